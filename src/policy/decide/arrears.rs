//! Months of flexible employment that were not paid.

use chrono::NaiveDate;

use crate::policy::{
    Decision, FlexibleLife, Policy, Reason,
    flexible_life::month,
    parameter::start::{add_months, first_of_month},
};

/// What a break in payments did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// Months not paid when payment went on, or not paid so far.
    pub months: u32,
    /// The first day without cover: the month after the first that was not paid.
    pub suspended_from: NaiveDate,
    /// The first day of cover again; nothing while nothing is paid.
    pub cover_from: Option<NaiveDate>,
}

/// What a break means on a day; nothing where no month is missing.
pub fn arrears(policy: &Policy, life: &FlexibleLife, day: NaiveDate) -> Option<Decision<Break>> {
    let paid_to = life.paid_to?;
    let resumed_on = life.resumed_on.filter(|it| *it <= day);
    let seen = resumed_on.unwrap_or(day);
    let months = u32::try_from(month(seen) - month(paid_to) - 1).ok().filter(|it| *it > 0)?;
    let row = policy.flexible.arrears.on(seen)?;
    let is_short = months <= row.value.repay_up_to_months;
    let cover_from = match (resumed_on, is_short) {
        (None, _) => None,
        (Some(on), true) => Some(on),
        (Some(on), false) => Some(add_months(first_of_month(on), row.value.wait_months)?),
    };
    let reason = match (resumed_on, is_short) {
        (None, _) => Reason::Suspended,
        (Some(_), true) => Reason::ArrearsPaid,
        (Some(_), false) => Reason::ArrearsTooLong,
    };
    // The month after the first unpaid one, which is the month after the last paid one.
    let suspended_from = add_months(first_of_month(paid_to), 2)?;
    Some(Decision {
        value: Break { months, suspended_from, cover_from },
        clause: row.clause,
        reason,
    })
}
