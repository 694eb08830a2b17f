//! Moving between employment and flexible employment: who waits, and how long the old cover
//! stays beside the new one.

use chrono::NaiveDate;

use super::first_enrolment::first_enrolment;
use crate::policy::{
    Decision, FlexibleLife, Policy, Reason,
    flexible_life::month,
    parameter::start::{add_months, first_of_month},
};

/// The first day of the new cover. Until the day before, the old cover may run beside it.
pub fn switch(policy: &Policy, life: &FlexibleLife) -> Option<Decision<NaiveDate>> {
    let as_first = |reason| {
        let first = first_enrolment(policy, life)?;
        Some(Decision { value: first.value.benefit_from, clause: first.clause, reason })
    };
    let Some(previous) = life.previous else { return as_first(Reason::FirstEnrolment) };
    let row = policy.flexible.switch.on(life.enrolled_on)?;
    let last = previous.to.unwrap_or(life.enrolled_on).min(life.enrolled_on);
    let years = add_months(previous.from, row.value.continuous_years * 12)?;
    // Twelve months from the first of March end on the last of February.
    let is_long = years <= last.succ_opt()?;
    if !is_long {
        return as_first(Reason::SwitchAsFirst);
    }
    let gap = (month(life.enrolled_on) - month(last) - 1).max(0) as u32;
    let starts = first_of_month(life.enrolled_on);
    if gap <= row.value.gap_months {
        let value = life.enrolled_on;
        return Some(Decision { value, clause: row.clause, reason: Reason::SwitchSeamless });
    }
    let value = add_months(starts, row.value.wait_months)?;
    Some(Decision { value, clause: row.clause, reason: Reason::SwitchWait })
}
