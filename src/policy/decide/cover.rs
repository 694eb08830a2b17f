//! From when to when cover runs that is bought by a payment on a day.

use chrono::NaiveDate;

use super::{terms::Terms, waiting::waiting};
use crate::policy::{
    Circumstances, Cited, ClauseId, Decision, Policy, Reason, StudentKind, StudentYear, WaitsFrom,
    parameter::start::add_months,
};

/// A stretch of cover; both days included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cover {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The cover that a payment buys on these terms; nothing where the fee is refused, or where the
/// year is over before cover would start.
pub fn cover(
    policy: &Policy,
    who: &Circumstances,
    terms: &Decision<Terms>,
    paid_on: NaiveDate,
) -> Option<Decision<Cover>> {
    let year = &policy.benefit.year.value;
    let event = terms.value.event;
    let by_terms = terms.value.cover?.day(event.map(|it| it.1), paid_on)?.max(year.from);
    let (from, clause, reason) = after_waiting(policy, who, terms, paid_on, by_terms).unwrap_or((
        by_terms,
        terms.clause,
        Reason::WindowCover,
    ));
    let plain = Decision { value: Cover { from, to: year.to }, clause, reason };
    let bought = match student_year(policy, who, terms) {
        Some(row) => {
            let from = row.value.cover_from.map_or(from, |it| it.min(from));
            let cover = Cover { from, to: row.value.cover_to.max(year.to) };
            Decision { value: cover, clause: row.clause, reason: Reason::StudentCover }
        }
        None => plain,
    };
    Some(bought).filter(|it| it.value.from <= it.value.to)
}

/// The first day after a waiting period, where the policy has one for this person.
fn after_waiting(
    policy: &Policy,
    who: &Circumstances,
    terms: &Decision<Terms>,
    paid_on: NaiveDate,
    by_terms: NaiveDate,
) -> Option<(NaiveDate, ClauseId, Reason)> {
    let is_in_window = matches!(terms.reason, Reason::InWindow | Reason::Reopened);
    let wait = waiting(policy, who, paid_on, is_in_window)?;
    let counts_from = policy.benefit.waiting.as_ref()?.value.counts_from;
    let start = match counts_from {
        WaitsFrom::Payment => paid_on,
        WaitsFrom::Cover => by_terms,
    };
    let from =
        if wait.value == 0 { by_terms } else { add_months(start, wait.value)?.max(by_terms) };
    Some((from, wait.clause, wait.reason))
}

/// The longer year of a student, if one of the policy's kinds fits.
fn student_year<'a>(
    policy: &'a Policy,
    who: &Circumstances,
    terms: &Decision<Terms>,
) -> Option<&'a Cited<StudentYear>> {
    if terms.reason != Reason::InWindow {
        return None;
    }
    let fits = |row: &StudentYear| match row.who {
        StudentKind::SchoolYear => who.paid_by_school_year,
        StudentKind::NewCollege => who.study.is_some_and(|it| {
            let entered = it.period.from;
            it.is_college && it.is_here && entered >= row.entered_from && entered.is_some()
        }),
    };
    policy.benefit.students.iter().find(|it| fits(&it.value))
}
