//! What the fee would be if it were paid on a day, until when, and from when cover would run.

use chrono::NaiveDate;

use super::{Case, Context, entitlement};
use crate::{
    identity::{Person, PersonFile},
    policy::{ClauseId, Event},
    tables::{EnrolmentStatus, ExemptionReason, Scheme},
};

/// The terms of a payment on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Due {
    /// Before any subsidy; nothing where the fee is refused.
    pub amount_fen: Option<i64>,
    pub clause: ClauseId,
    pub benefit_from: Option<NaiveDate>,
    /// The last day on which these terms hold.
    pub deadline: Option<NaiveDate>,
}

/// The terms for one person: the window if it is open or still to come, else the best exception
/// that an event in the person's life gives, else what holds outside the window.
pub fn due(cx: &Context<'_>, person: &Person, file: &PersonFile<'_>, day: NaiveDate) -> Due {
    let Some(window) = cx.policy.windows.next(day) else {
        return exceptional(cx, person, file, day);
    };
    Due {
        amount_fen: cx.policy.fee.price(window.value.price),
        clause: window.clause,
        benefit_from: Some(window.value.cover_from.max(day.min(window.value.cover_to))),
        deadline: Some(window.value.closes),
    }
}

/// The terms outside every window.
pub fn exceptional(
    cx: &Context<'_>,
    person: &Person,
    file: &PersonFile<'_>,
    day: NaiveDate,
) -> Due {
    let by_event = events(cx, person, file)
        .into_iter()
        .filter_map(|(event, event_on)| {
            let exception = cx.policy.exceptions.on(event, event_on, day)?;
            Some(Due {
                amount_fen: Some(cx.policy.fee.price(exception.value.price)?),
                clause: exception.clause,
                benefit_from: exception.value.cover_from(event_on, day),
                deadline: exception.value.last_day(event_on),
            })
        })
        .min_by_key(|it| (it.amount_fen, it.benefit_from, it.clause));
    by_event.unwrap_or_else(|| {
        let late = &cx.policy.windows.late;
        let amount_fen = cx.policy.fee.price(late.value.price);
        Due { amount_fen, clause: late.clause, benefit_from: None, deadline: None }
    })
}

/// What a payment on a day cost, before any subsidy: nothing where none was to be taken.
pub fn price_on(cx: &Context<'_>, case: &Case<'_>, day: NaiveDate) -> Option<i64> {
    match cx.policy.windows.on(day) {
        Some(window) => cx.policy.fee.price(window.value.price),
        None => exceptional(cx, case.person, &case.file, day).amount_fen,
    }
}

/// What happened to a person that the policy may make an exception for.
fn events(cx: &Context<'_>, person: &Person, file: &PersonFile<'_>) -> Vec<(Event, NaiveDate)> {
    let mut events = Vec::new();
    events.extend(person.birth.map(|day| (Event::Birth, day)));
    events.extend(employee_lapse(file).map(|day| (Event::EmployeeLapse, day)));
    let released = file.exemptions.iter().filter_map(|row| {
        let is_service = matches!(row.reason, ExemptionReason::Army | ExemptionReason::Prison);
        row.to.filter(|_| is_service)
    });
    events.extend(released.max().map(|day| (Event::Released, day)));
    let cover_from = cx.policy.windows.first().value.cover_from;
    let moved_in = file.residents.iter().filter_map(|row| row.registered_on);
    let moved_in = moved_in.filter(|day| *day >= cover_from && Some(*day) != person.birth);
    events.extend(moved_in.max().map(|day| (Event::MovedIn, day)));
    events.retain(|(event, day)| *event != Event::Birth || *day >= cover_from);
    if entitlement::must_be_covered(cx, file, cx.as_of) {
        events.push((Event::Hardship, cover_from));
    }
    events
}

/// The last day of an employee cover that is no more.
pub fn employee_lapse(file: &PersonFile<'_>) -> Option<NaiveDate> {
    file.enrolments
        .iter()
        .filter(|row| {
            row.scheme == Scheme::Employee
                && matches!(row.status, EnrolmentStatus::Paused | EnrolmentStatus::Terminated)
        })
        .filter_map(|row| row.paused_on)
        .max()
}
