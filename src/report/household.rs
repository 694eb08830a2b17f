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
