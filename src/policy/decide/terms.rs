//! What a payment on a day costs: in the window, late, by an exception, or not at all.

use chrono::NaiveDate;

use super::event;
use crate::policy::{
    Circumstances, Cited, ClauseId, Decision, Event, Exception, Policy, Price, Reason, Start,
};

/// The terms of a payment on a day, before any subsidy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    pub price: Price,
    /// Nothing where the fee is refused.
    pub price_fen: Option<i64>,
    /// The event that makes the exception, if one does, and its day.
    pub event: Option<(Event, NaiveDate)>,
    /// From when cover runs by the clause itself, before any waiting.
    pub cover: Option<Start>,
    /// The last day on which these terms hold.
    pub deadline: Option<NaiveDate>,
}

/// The terms of a payment on that very day.
pub fn terms_on(policy: &Policy, who: &Circumstances, day: NaiveDate) -> Decision<Terms> {
    let windows = &policy.windows;
    if let Some(window) = windows.on(day) {
        let is_first = window.value.opens == windows.first().value.opens;
        let reason = if is_first { Reason::InWindow } else { Reason::Reopened };
        let cover = Some(window.value.cover);
        let deadline = Some(window.value.closes);
        let price = window.value.price;
        let price_fen = policy.fee.price(price);
        let terms = Terms { price, price_fen, event: None, cover, deadline };
        return Decision { value: terms, clause: window.clause, reason };
    }
    if day < windows.first().value.opens {
        return refused(windows.first().clause, Reason::NotYetOpen);
    }
    if policy.benefit.year.value.to < day {
        return refused(policy.benefit.year.clause, Reason::YearOver);
    }
    exception_on(policy, who, day).unwrap_or_else(|| late(policy))
}

/// The terms that somebody who has not paid should be told on a day: the window that is open or
/// still to come, else those of the day itself.
pub fn terms_ahead(policy: &Policy, who: &Circumstances, day: NaiveDate) -> Decision<Terms> {
    match policy.windows.next(day) {
        Some(window) => terms_on(policy, who, window.value.opens.max(day)),
        None => terms_on(policy, who, day),
    }
}

/// The best of the exceptions that the person's life opens: the cheapest, then the earliest
/// cover.
fn exception_on(policy: &Policy, who: &Circumstances, day: NaiveDate) -> Option<Decision<Terms>> {
    let by_event = |event: &Event| {
        let (event_on, row) = serving(policy, *event, who, day)?;
        let price_fen = Some(policy.fee.price(row.value.price)?);
        let reason = if row.value.is_limited() {
            Reason::InTime
        } else if policy.exceptions.of(*event).any(|it| it.value.is_limited()) {
            Reason::TooLate
        } else {
            Reason::ByEvent
        };
        let value = Terms {
            price: row.value.price,
            price_fen,
            event: Some((*event, event_on)),
            cover: Some(row.value.cover),
            deadline: row.value.last_day(event_on),
        };
        Some(Decision { value, clause: row.clause, reason })
    };
    Event::ALL.iter().filter_map(by_event).min_by_key(|it| {
        let cover = it.value.cover.and_then(|at| at.day(it.value.event.map(|it| it.1), day));
        (it.value.price_fen, cover, it.clause)
    })
}

/// The day of an event in a person's life and the exception that it opens on a day.
pub(super) fn serving<'a>(
    policy: &'a Policy,
    event: Event,
    who: &Circumstances,
    day: NaiveDate,
) -> Option<(NaiveDate, &'a Cited<Exception>)> {
    let event_on = event::day_of(policy, event, who, day)?;
    let serves =
        |it: &&Cited<Exception>| it.value.holds_on(event_on, day) && may_be_proven(&it.value, who);
    Some((event_on, policy.exceptions.of(event).find(serves)?))
}

/// Whether what the exception wants proven holds, or nobody has asked yet.
fn may_be_proven(exception: &Exception, who: &Circumstances) -> bool {
    exception.proof.is_none() || who.objective_cause != Some(false)
}

fn late(policy: &Policy) -> Decision<Terms> {
    let late = &policy.windows.late;
    if late.value.price == Price::Refused {
        return refused(late.clause, Reason::Refused);
    }
    let value = Terms {
        price: late.value.price,
        price_fen: policy.fee.price(late.value.price),
        event: None,
        cover: late.value.cover,
        deadline: Some(policy.benefit.year.value.to),
    };
    Decision { value, clause: late.clause, reason: Reason::Late }
}

fn refused(clause: ClauseId, reason: Reason) -> Decision<Terms> {
    let value =
        Terms { price: Price::Refused, price_fen: None, event: None, cover: None, deadline: None };
    Decision { value, clause, reason }
}
