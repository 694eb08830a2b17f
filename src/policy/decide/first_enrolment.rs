//! A first enrolment in flexible employment: so many months paid in a row, then cover.

use chrono::NaiveDate;

use crate::policy::{
    Decision, FlexibleLife, Policy, Reason,
    parameter::start::{add_months, first_of_month},
};

/// The days on which a first enrolment bears fruit, if no month is missed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstDays {
    /// The first day of cover: the month after the last of the months to be paid.
    pub benefit_from: NaiveDate,
    /// From when the chronic-disease benefit can be applied for.
    pub chronic_from: NaiveDate,
}

/// When cover starts after a first enrolment.
pub fn first_enrolment(policy: &Policy, life: &FlexibleLife) -> Option<Decision<FirstDays>> {
    let row = policy.flexible.first.on(life.enrolled_on)?;
    let first = first_of_month(life.enrolled_on);
    let value = FirstDays {
        benefit_from: add_months(first, row.value.benefit_after_months)?,
        chronic_from: add_months(first, row.value.chronic_after_months)?,
    };
    Some(Decision { value, clause: row.clause, reason: Reason::FirstEnrolment })
}
