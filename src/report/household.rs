//! Households (户) and whether they are insured as a whole (整户参保).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{
    Everybody, One,
    progress::{Unit, units_of},
};
use crate::{
    identity::PersonId,
    ledger::{Context, Verdict, exempt},
    policy::InsuredBy,
    tables::{DivisionId, Relation, TextId},
};

/// One household of the roster: those of its members who are to be insured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    pub place: Option<DivisionId>,
    /// The household's number as the roster has it.
    pub number: TextId,
    /// The head, if living in it and registered.
    pub head: Option<PersonId>,
    /// Members who are to be insured, and of these who is insured, by [`InsuredBy`].
    pub members: u32,
    pub insured: [u32; InsuredBy::ALL.len()],
    /// Members who are not insured in a way that counts here, in the order of persons.
    pub missing: Vec<PersonId>,
    /// What its members have paid for the year, and the last day they did.
    pub paid_fen: i64,
    pub last_paid_on: Option<NaiveDate>,
    /// Whether every member is insured as the policy has it, one at least as a resident here.
    pub is_whole: bool,
}

/// What tells households apart: villages number theirs from 1, each for itself.
type Home = (Option<DivisionId>, TextId);

/// Every household with a member who is to be insured, by place, then by number.
pub fn households(cx: &Context<'_>, all: &Everybody<'_>) -> Vec<Household> {
    let members: Vec<PersonId> =
        all.ids().into_par_iter().map(PersonId).filter(|id| is_member(cx, &all.one(*id))).collect();
    let (villages, accepted) = (Villages::new(cx, all, &members), accepted(cx));
    let mut found: BTreeMap<Home, Household> = BTreeMap::new();
    for id in members {
        let one = all.one(id);
        let home = villages.home(cx, &one);
        let household = found.entry(home).or_insert_with(|| Household::new(home));
        household.take(&one, &accepted);
    }
    let mut households: Vec<Household> = found.into_values().collect();
    for it in &mut households {
        it.is_whole = it.missing.is_empty() && it.insured_by(InsuredBy::Resident) > 0;
    }
    households.sort_by_key(|it| (it.place.is_none(), it.place, cx.text(it.number)));
    households
}

/// The villages that have a household of a number, by the rows of its members.
struct Villages(FxHashMap<TextId, BTreeSet<DivisionId>>);

impl Villages {
    fn new(cx: &Context<'_>, all: &Everybody<'_>, members: &[PersonId]) -> Villages {
        let mut of: FxHashMap<TextId, BTreeSet<DivisionId>> = FxHashMap::default();
        for one in members.iter().map(|it| all.one(*it)) {
            if let Some(village) = village_on_roster(cx, &one) {
                of.entry(one.person.household).or_default().insert(village);
            }
        }
        Villages(of)
    }

    /// A member whose roster row names no village belongs to the one household of that number, in
    /// the member's township if that is known. Where several villages have one, nobody is moved.
    fn home(&self, cx: &Context<'_>, one: &One<'_>) -> Home {
        let (place, number) = (one.person.place, one.person.household);
        let known = self.0.get(&number).filter(|_| village_on_roster(cx, one).is_none());
        let Some(known) = known.filter(|it| place.is_none_or(|place| !it.contains(&place))) else {
            return (place, number);
        };
        let township = place.and_then(|it| cx.divisions.township(it));
        let is_possible =
            |it: &&DivisionId| township.is_none_or(|own| cx.divisions.township(**it) == Some(own));
        let mut possible = known.iter().filter(is_possible);
        match (possible.next(), possible.next()) {
            (Some(only), None) => (Some(*only), number),
            _ => (place, number),
        }
    }
}

/// The village that a person's own row of the roster names.
fn village_on_roster(cx: &Context<'_>, one: &One<'_>) -> Option<DivisionId> {
    let person = one.person;
    let is_village = |it: &DivisionId| cx.divisions.township(*it).is_some_and(|own| own != *it);
    let is_home = one.file.residents.iter().any(|it| it.subject.record == person.home);
    person.place.filter(is_village).filter(|_| is_home)
}

/// How many households a place has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseholdCount {
    pub all: i64,
    /// Those insured as a whole.
    pub whole: i64,
}

/// The households of every place; they come by place.
pub fn by_unit(cx: &Context<'_>, households: &[Household]) -> FxHashMap<Unit, HouseholdCount> {
    let mut found: FxHashMap<Unit, HouseholdCount> = FxHashMap::default();
    for of_place in households.chunk_by(|a, b| a.place == b.place) {
        let whole = of_place.iter().filter(|it| it.is_whole).count();
        for unit in units_of(cx, of_place[0].place) {
            let count = found.entry(unit).or_default();
            count.all += of_place.len() as i64;
            count.whole += whole as i64;
        }
    }
    found
}

/// How a member may be insured: every way, where no document says.
fn accepted(cx: &Context<'_>) -> Vec<InsuredBy> {
    let row = cx.policy.incentives.whole_household.as_ref();
    row.map_or(InsuredBy::ALL.to_vec(), |it| it.value.insured_by.clone())
}

/// Registered in a household here, alive, and not exempt.
fn is_member(cx: &Context<'_>, one: &One<'_>) -> bool {
    one.person.household.is_some()
        && one.standing.verdict != Verdict::Exempt
        && !one.file.residents.is_empty()
        && exempt::gone(cx, &one.file).is_none()
}

impl Household {
    fn new((place, number): Home) -> Household {
        Household {
            place,
            number,
            head: None,
            members: 0,
            insured: [0; InsuredBy::ALL.len()],
            missing: Vec::new(),
            paid_fen: 0,
            last_paid_on: None,
            is_whole: false,
        }
    }

    fn take(&mut self, one: &One<'_>, accepted: &[InsuredBy]) {
        let insured_by = match one.standing.verdict {
            Verdict::Resident => Some(InsuredBy::Resident),
            Verdict::Employee | Verdict::Flexible => Some(InsuredBy::Employee),
            Verdict::Elsewhere => Some(InsuredBy::Elsewhere),
            Verdict::Exempt
            | Verdict::RegisteredUnpaid
            | Verdict::PaidUnregistered
            | Verdict::Review
            | Verdict::Unenrolled => None,
        };
        self.members += 1;
        if let Some(by) = insured_by {
            self.insured[by as usize] += 1;
        }
        if insured_by.is_none_or(|by| !accepted.contains(&by)) {
            self.missing.push(one.id);
        }
        self.paid_fen += one.standing.paid_fen;
        self.last_paid_on = self.last_paid_on.max(one.standing.paid_on);
        let is_head = |it: &Relation| *it == Relation::Head;
        if self.head.is_none() && one.file.residents.iter().any(|it| is_head(&it.relation)) {
            self.head = Some(one.id);
        }
    }

    /// Members insured in one way.
    pub fn insured_by(&self, by: InsuredBy) -> u32 {
        self.insured[by as usize]
    }

    /// Members who are not insured, or not for certain.
    pub fn uninsured(&self) -> u32 {
        self.members - self.insured.iter().sum::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::{INSIDE, on_world};

    /// A line a household: number, members, how many insured in each way, whether whole.
    #[track_caller]
    fn check(world: &str, expected: &str) {
        let found = on_world(INSIDE, world, |cx, run| {
            let all = Everybody { people: run.people, files: run.files, standings: run.standings };
            let line = |it: &Household| {
                let insured: Vec<String> = it.insured.iter().map(u32::to_string).collect();
                let whole = if it.is_whole { " whole" } else { "" };
                let (members, insured) = (it.members, insured.join(","));
                format!("{} {members}: {insured} -{}{whole}", cx.text(it.number), it.uninsured())
            };
            households(cx, &all).iter().map(line).collect::<Vec<_>>()
        });
        let expected: Vec<&str> =
            expected.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        assert_eq!(found, expected, "{world}");
    }

    #[test]
    fn a_household_is_whole_if_nobody_of_it_is_missing() {
        check(
            "
            household A 张三 village=南华村 household=1 relation=head
            enrolment A 张三 scheme=390 year=2024
            payment A 张三 paid=380 on=2023-10-02
            household B 李四 village=南华村 household=1
            enrolment B 李四 scheme=310 year=2024
            household C 王五 village=南华村 household=1
            elsewhere C 王五
            household D 赵六 village=南华村 household=1 status=dead
            household E 孙七 village=南华村 household=2
            enrolment E 孙七 scheme=390 year=2024
            payment E 孙七 paid=380 on=2023-10-02
            household F 周八 village=南华村 household=2
            household G 吴九 village=南华村 household=3
            enrolment G 吴九 scheme=310 year=2024
            ",
            "
            1 3: 1,1,1 -0 whole
            2 2: 1,0,0 -1
            3 1: 0,1,0 -0
            ",
        );
    }

    #[test]
    fn numbers_that_two_villages_use_are_two_households() {
        check(
            "
            household A 张三 village=南华村 household=7
            household B 李四 village=文昌村 household=7
            ",
            "
            7 1: 0,0,0 -1
            7 1: 0,0,0 -1
            ",
        );
    }

    /// Households as lines: village, number, head, members, missing, whole or not.
    #[track_caller]
    fn check_homes(world: &str, expected: &[&str]) {
        on_world(INSIDE, world, |cx, run| {
            let all = Everybody { people: run.people, files: run.files, standings: run.standings };
            let name = |it: PersonId| cx.text(run.people[it.0 as usize].name).to_string();
            let line = |it: Household| {
                let village = it.place.map_or("-", |it| &cx.divisions.get(it).shown);
                let head = it.head.map_or("-".to_string(), name);
                let mut missing: Vec<String> = it.missing.iter().map(|it| name(*it)).collect();
                missing.sort();
                let (number, missing) = (cx.text(it.number), missing.join(","));
                let whole = if it.is_whole { " whole" } else { "" };
                format!("{village} {number} {head} {} [{missing}]{whole}", it.members)
            };
            let found: Vec<String> = households(cx, &all).into_iter().map(line).collect();
            assert_eq!(found, expected, "{world}");
        });
    }

    #[test]
    fn a_member_whose_row_lacks_the_village_belongs_to_the_household_of_that_number() {
        let world = "
            household A 王一 household=77 village=南华村 relation=head
            household B 王二 household=77";
        check_homes(world, &["南华村 77 王一 2 [王一,王二]"]);
        // Nor does another source's village part them.
        let register = "
            enrolment B 王二 year=2024 village=文昌村";
        check_homes(&format!("{world}{register}"), &["南华村 77 王一 2 [王一,王二]"]);
    }

    #[test]
    fn where_two_villages_have_the_number_nobody_is_moved() {
        let world = "
            household A 王一 household=1 village=南华村 relation=head
            household C 李三 household=1 village=文昌村 relation=head
            household B 王二 household=1";
        check_homes(world, &["南华村 1 王一 1 [王一]", "文昌村 1 李三 1 [李三]", "- 1 - 1 [王二]"]);
        // Unless another source knows which of the two.
        let register = "
            enrolment B 王二 year=2024 village=文昌村";
        check_homes(
            &format!("{world}{register}"),
            &["南华村 1 王一 1 [王一]", "文昌村 1 李三 2 [李三,王二]"],
        );
    }

    #[test]
    fn a_household_is_whole_when_all_who_are_to_be_insured_are_and_one_of_them_as_a_resident() {
        let insured = |letter: &str, name: &str| {
            format!(
                "
            enrolment {letter} {name} year=2024
            payment {letter} {name} year=2024 paid=380 on=2023-10-01 voucher=V{letter}"
            )
        };
        let household = "
            household A 王一 household=7 village=南华村 relation=head
            household B 王二 household=7 village=南华村";
        let (a, b) = (insured("A", "王一"), insured("B", "王二"));
        check_homes(&format!("{household}{a}"), &["南华村 7 王一 2 [王二]"]);
        check_homes(&format!("{household}{a}{b}"), &["南华村 7 王一 2 [] whole"]);
        let at_work = "
            enrolment B 王二 year=2024 scheme=310 type=1101";
        check_homes(&format!("{household}{a}{at_work}"), &["南华村 7 王一 2 [] whole"]);
        // The dead are not waited for.
        let dead = "
            death B 王二 on=2023-05-01";
        check_homes(&format!("{household}{a}{dead}"), &["南华村 7 王一 1 [] whole"]);
        let employees = "
            enrolment A 王一 year=2024 scheme=310 type=1101";
        check_homes(&format!("{household}{employees}{at_work}"), &["南华村 7 王一 2 []"]);
    }
}
