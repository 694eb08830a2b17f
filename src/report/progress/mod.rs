//! Progress (进度): how far every place is, by insurance, group and category of people.
//!
//! People are counted where they live, each exactly once; employees where they are insured, if
//! that is another county. Every table is a sum over the same tallies, so that no two can
//! disagree.

mod count;
mod rate;
mod tally;
mod target;
mod unit;

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate, TimeDelta};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

pub use rate::{Rate, rounded};
pub use tally::{Period, Tally};
pub use target::{Aim, Goals};
pub use unit::{Unit, UnitLevel, units_of};

use super::Everybody;
use crate::{
    findings::Finding,
    identity::PersonId,
    ledger::{Context, Group, Standing, Verdict},
    policy::{CategoryId, age_on},
    tables::{DivisionId, Payment, PaymentKind, RecordId, Scheme},
};

/// Which of a place's people a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breakdown {
    All,
    Group(Group),
    /// Everybody on such a list today; who is on several is counted under each.
    Category(CategoryId),
}

/// The days that "yesterday", "last week" and "last month" begin on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The last day that the night knows of: that of the newest payment, if it is the day of the
    /// run or the day before; else the day before, on which nothing came.
    pub day: NaiveDate,
    /// The first day of each period, by [`Period`].
    pub begins: [NaiveDate; Period::ALL.len()],
}

impl Default for Calendar {
    fn default() -> Self {
        Calendar::ending(NaiveDate::default())
    }
}

impl Calendar {
    fn new(as_of: NaiveDate, standings: &[Standing]) -> Calendar {
        let newest = standings.iter().filter_map(|it| it.paid_on).filter(|it| *it <= as_of).max();
        let yesterday = as_of - Days::new(1);
        Calendar::ending(newest.map_or(yesterday, |it| it.max(yesterday)))
    }

    fn ending(day: NaiveDate) -> Calendar {
        let next = day + Days::new(1);
        Calendar { day, begins: [day, next - TimeDelta::weeks(1), next - Months::new(1)] }
    }
}

/// How far everybody is.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    pub calendar: Calendar,
    /// Every unit, in order; those that are not known only where they have people.
    pub units: Vec<Unit>,
    tallies: FxHashMap<(Unit, Breakdown), Tally>,
    /// Payers by the day of their first payment, by unit.
    days: FxHashMap<Unit, BTreeMap<NaiveDate, i64>>,
    /// The same of the year before, by the feed's rows for that year; of the whole area.
    pub last_year: BTreeMap<NaiveDate, i64>,
    /// Who should be insured and is not, by group and age in years.
    pub missing: BTreeMap<(Group, Option<i32>), i64>,
    /// Categories that anybody holds, in the order of the policy.
    pub categories: Vec<CategoryId>,
    pub goals: Goals,
}

/// Sums in the making, by the place itself.
#[derive(Default)]
struct Sums {
    tallies: BTreeMap<(Option<DivisionId>, Breakdown), Tally>,
    days: BTreeMap<Option<DivisionId>, BTreeMap<NaiveDate, i64>>,
    last_year: BTreeMap<NaiveDate, i64>,
    missing: BTreeMap<(Group, Option<i32>), i64>,
}

/// Counts everybody.
pub fn progress(cx: &Context<'_>, all: &Everybody<'_>, findings: &[Finding]) -> Progress {
    let calendar = Calendar::new(cx.as_of, all.standings);
    let wrong = wrong_rows(findings);
    let mut sums = all
        .ids()
        .into_par_iter()
        .fold(Sums::default, |mut sums, id| {
            sums.take(cx, all, PersonId(id), &calendar, &wrong);
            sums
        })
        .reduce(Sums::default, Sums::merge);
    // Who has moved away since is nobody here, and was a payer all the same.
    for row in all.files.payments_of_nobody() {
        if let Some(day) = paid_last_year(cx, std::slice::from_ref(row)) {
            *sums.last_year.entry(day).or_default() += 1;
        }
    }
    sums.roll_up(cx, calendar)
}

/// Rows in which somebody's name or number is wrong.
fn wrong_rows(findings: &[Finding]) -> FxHashSet<RecordId> {
    let is_of_data = |code: &str| matches!(code, "Q01" | "Q02" | "Q03" | "Q04" | "P03");
    let wrong = findings.iter().filter(|it| is_of_data(it.rule.code));
    wrong.flat_map(|it| it.evidence.iter().copied()).collect()
}

impl Sums {
    fn take(
        &mut self,
        cx: &Context<'_>,
        all: &Everybody<'_>,
        id: PersonId,
        calendar: &Calendar,
        wrong: &FxHashSet<RecordId>,
    ) {
        let one = all.one(id);
        let place = one.person.place;
        let breakdowns = count::breakdowns(cx, &one);
        let is_accurate = !one.file.payments.iter().any(|it| wrong.contains(&it.subject.record));
        for part in count::parts(cx, &one, calendar, is_accurate) {
            for breakdown in &breakdowns {
                *self.tallies.entry((part.place, *breakdown)).or_default() += part.tally;
            }
        }
        if let Some(day) = one.standing.paid_on.filter(|_| one.standing.has_paid) {
            *self.days.entry(place).or_default().entry(day).or_default() += 1;
        }
        if let Some(day) = paid_last_year(cx, one.file.payments) {
            *self.last_year.entry(day).or_default() += 1;
        }
        if one.standing.verdict == Verdict::Unenrolled {
            let age = one.person.birth.map(|it| age_on(it, cx.as_of));
            *self.missing.entry((one.standing.group, age)).or_default() += 1;
        }
    }

    fn merge(mut self, other: Sums) -> Sums {
        for (key, tally) in other.tallies {
            *self.tallies.entry(key).or_default() += tally;
        }
        for (place, days) in other.days {
            add_days(self.days.entry(place).or_default(), &days);
        }
        add_days(&mut self.last_year, &other.last_year);
        for (key, n) in other.missing {
            *self.missing.entry(key).or_default() += n;
        }
        self
    }

    fn roll_up(self, cx: &Context<'_>, calendar: Calendar) -> Progress {
        let mut units = unit::all_units(cx);
        let mut tallies: FxHashMap<(Unit, Breakdown), Tally> = FxHashMap::default();
        let mut categories = Vec::new();
        for ((place, breakdown), tally) in &self.tallies {
            for unit in units_of(cx, *place) {
                units.extend(Some(unit.clone()).filter(|it| !it.is_known()));
                *tallies.entry((unit, *breakdown)).or_default() += *tally;
            }
            categories.extend(match breakdown {
                Breakdown::Category(it) => Some(*it),
                Breakdown::All | Breakdown::Group(_) => None,
            });
        }
        let mut days: FxHashMap<Unit, BTreeMap<NaiveDate, i64>> = FxHashMap::default();
        for (place, of_place) in &self.days {
            for unit in units_of(cx, *place) {
                add_days(days.entry(unit).or_default(), of_place);
            }
        }
        units.sort_by_key(|it| it.order(cx.divisions));
        units.dedup();
        categories.sort_unstable();
        categories.dedup();
        let (last_year, missing) = (self.last_year, self.missing);
        let goals = Goals::default();
        let mut progress =
            Progress { calendar, units, tallies, days, last_year, missing, categories, goals };
        progress.goals = Goals::new(cx, &progress);
        progress
    }
}

fn add_days(sums: &mut BTreeMap<NaiveDate, i64>, more: &BTreeMap<NaiveDate, i64>) {
    for (day, n) in more {
        *sums.entry(*day).or_default() += n;
    }
}

/// The day of the first payment for the year before, unless it was taken back.
fn paid_last_year(cx: &Context<'_>, payments: &[Payment]) -> Option<NaiveDate> {
    let is_of = |row: &&Payment| {
        row.year + 1 == cx.policy.year && matches!(row.scheme, Scheme::Resident | Scheme::Unknown)
    };
    let count = |kinds: &[PaymentKind]| {
        payments.iter().filter(is_of).filter(|it| kinds.contains(&it.kind)).count()
    };
    let paid = count(&[PaymentKind::Paid]);
    if paid <= count(&[PaymentKind::Refund, PaymentKind::Cancellation]) {
        return None;
    }
    let rows = payments.iter().filter(is_of).filter(|it| it.kind == PaymentKind::Paid);
    rows.filter_map(|it| it.paid_on).min()
}

impl Progress {
    /// What is counted of some people of a place.
    pub fn tally(&self, unit: &Unit, breakdown: Breakdown) -> Tally {
        self.tallies.get(&(unit.clone(), breakdown)).copied().unwrap_or_default()
    }

    /// The whole area.
    pub fn total(&self) -> Tally {
        self.tally(&Unit::Total, Breakdown::All)
    }

    /// The units of a level, in order.
    pub fn of_level(&self, level: UnitLevel) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |it| it.level() == level)
    }

    /// Payers by the day of their first payment.
    pub fn days(&self, unit: &Unit) -> impl Iterator<Item = (NaiveDate, i64)> {
        self.days.get(unit).into_iter().flatten().map(|(day, n)| (*day, *n))
    }

    /// The day on which so many had paid.
    pub fn reached_on(&self, unit: &Unit, payers: i64) -> Option<NaiveDate> {
        let mut sum = 0;
        self.days(unit)
            .find(|(_, n)| {
                sum += n;
                sum >= payers
            })
            .map(|it| it.0)
    }

    /// A progress of given figures: published tables are reproduced from them.
    pub fn of_figures(
        cx: &Context<'_>,
        figures: impl IntoIterator<Item = (Unit, Tally)>,
    ) -> Progress {
        let tallies: FxHashMap<(Unit, Breakdown), Tally> =
            figures.into_iter().map(|(unit, it)| ((unit, Breakdown::All), it)).collect();
        let mut units: Vec<Unit> = tallies.keys().map(|it| it.0.clone()).collect();
        units.sort_by_key(|it| it.order(cx.divisions));
        let calendar = Calendar::ending(cx.as_of);
        let mut progress = Progress { calendar, units, tallies, ..Progress::default() };
        progress.goals = Goals::new(cx, &progress);
        progress
    }
}

#[cfg(test)]
mod tests;
