//! The figures of a night on one screen.

use chrono::NaiveDate;

use super::{
    progress::{Breakdown, Period, Progress, Unit},
    ranking::{self, By, Far},
};
use crate::{
    ledger::{Context, Group, Verdict},
    policy::Insurance,
};

/// How many places at each end of the ranking are named.
const NAMED: usize = 2;

/// What the operator sees at the end of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The last day the night knows of.
    pub day: NaiveDate,
    pub liable: i64,
    pub covered: i64,
    pub priority_liable: i64,
    pub priority_covered: i64,
    pub paid: i64,
    pub paid_day: i64,
    pub paid_week: i64,
    /// Those who count against the target, and the target.
    pub done: i64,
    pub target: Option<i64>,
    pub unenrolled: i64,
    pub registered_unpaid: i64,
    pub paid_unregistered: i64,
    pub review: i64,
    /// The first and the last of the ranking, each with how far it is.
    pub first: Vec<(String, Far)>,
    pub last: Vec<(String, Far)>,
}

/// Sums a night up.
pub fn summary(cx: &Context<'_>, progress: &Progress) -> Summary {
    let total = progress.total();
    let priority = progress.tally(&Unit::Total, Breakdown::Group(Group::Priority));
    let counted = cx.policy.targets.counted();
    let aim = progress.target(&Unit::Total, Insurance::Resident, "");
    let units: Vec<&Unit> = progress.of_level(progress.ranked_level()).collect();
    let by = By::of(progress, counted, &units);
    let ranked = ranking::ranking(units, |it| by.far(progress, it));
    let named: Vec<(String, Far)> =
        ranked.into_iter().map(|(_, unit, far)| (unit.name(cx), far)).collect();
    // Nobody is named as the first and the last.
    let last = named.len().saturating_sub(NAMED).max(NAMED.min(named.len()));
    Summary {
        day: progress.calendar.day,
        liable: total.liable,
        covered: total.covered,
        priority_liable: priority.liable,
        priority_covered: priority.covered,
        paid: total.paid,
        paid_day: total.paid_in(Period::Day),
        paid_week: total.paid_in(Period::Week),
        done: total.counted(counted, Insurance::Resident),
        target: aim.map(|it| it.target),
        unenrolled: total.of_verdict(Verdict::Unenrolled),
        registered_unpaid: total.of_verdict(Verdict::RegisteredUnpaid),
        paid_unregistered: total.of_verdict(Verdict::PaidUnregistered),
        review: total.of_verdict(Verdict::Review),
        first: named.iter().take(NAMED).cloned().collect(),
        last: named[last..].to_vec(),
    }
}
