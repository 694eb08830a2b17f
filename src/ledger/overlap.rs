//! The lawful overlap: while new cover by flexible employment waits to begin, the cover of before
//! stays beside it.

use chrono::NaiveDate;

use super::{Context, cover::FLEXIBLE};
use crate::{
    identity::PersonFile,
    policy::{FlexibleLife, PreviousCover, switch},
    tables::{Enrolment, EnrolmentStatus, Scheme},
};

/// The last day on which a person's active enrolments may stand side by side: one of before and a
/// new one by flexible employment. Nothing where no rule lets them.
pub fn lawful_until(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    active: &[&Enrolment],
) -> Option<NaiveDate> {
    let (enrolled_on, new) = newest_flexible(active)?;
    let mut old = active.iter().filter(|row| relation(row) != relation(new));
    let first = old.next()?;
    let is_older = |row: &Enrolment| row.enrolled_on.is_none_or(|on| on < enrolled_on);
    let is_one = old.all(|row| relation(row) == relation(first));
    if !is_one || !active.iter().all(|row| relation(row) == relation(new) || is_older(row)) {
        return None;
    }
    let resident = PreviousCover {
        from: first.enrolled_on.unwrap_or(enrolled_on),
        to: None,
        is_resident: true,
    };
    let previous = employed_before(file, enrolled_on).unwrap_or(resident);
    let life =
        FlexibleLife { enrolled_on, previous: Some(previous), paid_to: None, resumed_on: None };
    switch(cx.policy, &life)?.value.old_until
}

/// What tells one enrolment from another; the same row in two registers is one.
fn relation(row: &Enrolment) -> impl PartialEq + use<> {
    (row.scheme, row.person_number, row.unit)
}

/// The flexible enrolment that began last.
fn newest_flexible<'a>(rows: &[&'a Enrolment]) -> Option<(NaiveDate, &'a Enrolment)> {
    let is_flexible =
        |row: &Enrolment| row.scheme == Scheme::Employee && FLEXIBLE.contains(&row.person_type);
    let flexible = rows.iter().filter(|row| is_flexible(row));
    flexible
        .filter_map(|row| Some((row.enrolled_on?, *row)))
        .max_by_key(|(on, row)| (*on, row.subject.record))
}

/// The employee cover that began before a day and ended last. Without a first day, or without a
/// last one though it ended, nothing can be counted.
fn employed_before(file: &PersonFile<'_>, day: NaiveDate) -> Option<PreviousCover> {
    let covers = file.enrolments.iter().filter(|row| row.scheme == Scheme::Employee);
    let previous = covers.filter_map(|row| {
        let from = row.enrolled_on.filter(|on| *on < day)?;
        let to = match row.status {
            EnrolmentStatus::Active => None,
            EnrolmentStatus::Paused | EnrolmentStatus::Terminated => {
                Some(row.paused_on?.pred_opt()?)
            }
            _ => return None,
        };
        Some(PreviousCover { from, to, is_resident: false })
    });
    previous.max_by_key(|it| (it.to.unwrap_or(NaiveDate::MAX), std::cmp::Reverse(it.from)))
}
