//! What a payment costs a person of the run on a day, by the policy.

use chrono::NaiveDate;

use super::{Case, Context, circumstances::circumstances};
use crate::policy::{Decision, Terms, terms_on};

/// The terms of a payment on that day.
pub fn terms(cx: &Context<'_>, case: &Case<'_>, day: NaiveDate) -> Decision<Terms> {
    terms_on(cx.policy, &circumstances(cx, case.person, &case.file), day)
}
