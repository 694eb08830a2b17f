//! Households (户) and whether they are insured as a whole (整户参保).

use std::collections::BTreeMap;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Household {
    pub place: Option<DivisionId>,
    /// The household's number as the roster has it.
    pub number: TextId,
    /// The head, if living in it and registered.
    pub head: Option<PersonId>,
    /// Members who are to be insured, and of these who is insured, by [`InsuredBy`].
    pub members: u32,
    pub insured: [u32; InsuredBy::ALL.len()],
    /// What its members have paid for the year, and the last day they did.
    pub paid_fen: i64,
    pub last_paid_on: Option<NaiveDate>,
    /// Whether every member is insured as the policy has it, one at least as a resident here.
    pub is_whole: bool,
}

/// Every household with a member who is to be insured, by place, then by number.
pub fn households(cx: &Context<'_>, all: &Everybody<'_>) -> Vec<Household> {
    let members: Vec<PersonId> =
        all.ids().into_par_iter().map(PersonId).filter(|id| is_member(cx, &all.one(*id))).collect();
    let mut found: BTreeMap<(Option<DivisionId>, TextId), Household> = BTreeMap::new();
    for id in members {
        let one = all.one(id);
        let (place, number) = (one.person.place, one.person.household);
        let household =
            found.entry((place, number)).or_insert_with(|| Household::new(place, number));
        household.take(&one);
    }
    let mut households: Vec<Household> = found.into_values().collect();
    for it in &mut households {
        it.is_whole = it.is_insured_by(&accepted(cx));
    }
    households.sort_by_key(|it| (it.place.is_none(), it.place, cx.text(it.number)));
    households
}

/// How many households a place has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseholdCount {
    pub all: i64,
    /// Those insured as a whole.
    pub whole: i64,
}

/// The households of every place.
pub fn by_unit(cx: &Context<'_>, households: &[Household]) -> FxHashMap<Unit, HouseholdCount> {
    let mut found: FxHashMap<Unit, HouseholdCount> = FxHashMap::default();
    for it in households {
        for unit in units_of(cx, it.place) {
            let count = found.entry(unit).or_default();
            count.all += 1;
            count.whole += i64::from(it.is_whole);
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
    fn new(place: Option<DivisionId>, number: TextId) -> Household {
        Household {
            place,
            number,
            head: None,
            members: 0,
            insured: [0; InsuredBy::ALL.len()],
            paid_fen: 0,
            last_paid_on: None,
            is_whole: false,
        }
    }

    fn take(&mut self, one: &One<'_>) {
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

    fn is_insured_by(&self, accepted: &[InsuredBy]) -> bool {
        let insured: u32 = accepted.iter().map(|it| self.insured_by(*it)).sum();
        insured == self.members && self.insured_by(InsuredBy::Resident) > 0
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
}
