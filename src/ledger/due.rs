//! What a payment costs a person of the run on a day, by the policy.

use chrono::NaiveDate;

use super::{Case, Context, circumstances::circumstances};
use crate::policy::{Decision, Terms, terms_on};

/// The terms of a payment on that day.
pub fn terms(cx: &Context<'_>, case: &Case<'_>, day: NaiveDate) -> Decision<Terms> {
    terms_on(cx.policy, &circumstances(cx, case.person, &case.file), day)
}

/// What a payment on a day cost, before any subsidy: nothing where none was to be taken.
pub fn price_on(cx: &Context<'_>, case: &Case<'_>, day: NaiveDate) -> Option<i64> {
    match cx.policy.windows.on(day) {
        Some(window) => cx.policy.fee.price(window.value.price),
        None => terms(cx, case, day).value.price_fen,
    }
}
