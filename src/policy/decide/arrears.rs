//! Months of flexible employment that were not paid.

use chrono::NaiveDate;

use super::switch::switch;
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
    /// The first day without cover: of the month after the first that was not paid. Nothing where
    /// cover had not begun by then.
    pub suspended_from: Option<NaiveDate>,
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
    // Paying up does not shorten the wait of somebody who was still waiting.
    let began = switch(policy, life).map_or(NaiveDate::MIN, |it| it.value.cover_from);
    let (cover_from, reason) = match resumed_on {
        None => (None, Reason::Suspended),
        Some(on) if months <= row.value.repay_up_to_months => {
            (Some(on.max(began)), Reason::ArrearsPaid)
        }
        Some(on) => {
            let waited = add_months(first_of_month(on), row.value.wait_months)?;
            (Some(waited.max(began)), Reason::ArrearsTooLong)
        }
    };
    // The month after the first unpaid one, which is the month after the last paid one.
    let stops = add_months(first_of_month(paid_to), 2)?;
    let suspended_from = Some(stops).filter(|it| began < *it);
    let value = Break { months, suspended_from, cover_from };
    Some(Decision { value, clause: row.clause, reason })
}
