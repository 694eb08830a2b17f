//! Coming to flexible employment from other cover: who waits, and how long the old cover stays
//! beside the new one.

use chrono::NaiveDate;

use super::first_enrolment::first_enrolment;
use crate::policy::{
    Decision, FlexibleLife, Policy, PreviousCover, Reason,
    flexible_life::month,
    parameter::{
        flexible::Switch,
        start::{add_months, first_of_month},
    },
};

/// Where the new cover starts and the old one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switched {
    /// The first day of the new cover, if no month is missed.
    pub cover_from: NaiveDate,
    /// The last day on which the old relation may stand beside the new one; nothing where no old
    /// one does.
    pub old_until: Option<NaiveDate>,
}

/// What the step into flexible employment means for the cover of before and after it.
pub fn switch(policy: &Policy, life: &FlexibleLife) -> Option<Decision<Switched>> {
    let as_first = |reason| {
        let first = first_enrolment(policy, life)?;
        Some(Decision { value: first.value.benefit_from, clause: first.clause, reason })
    };
    let from = match life.previous.filter(|it| !it.is_resident) {
        None => as_first(Reason::FirstEnrolment)?,
        Some(previous) => {
            let row = policy.flexible.switch.on(life.enrolled_on)?;
            let decide = |value, reason| Some(Decision { value, clause: row.clause, reason });
            match gap_of(&row.value, &previous, life.enrolled_on) {
                None => as_first(Reason::SwitchAsFirst)?,
                Some(gap) if gap <= row.value.gap_months => {
                    decide(life.enrolled_on, Reason::SwitchSeamless)?
                }
                Some(_) => {
                    let first = first_of_month(life.enrolled_on);
                    decide(add_months(first, row.value.wait_months)?, Reason::SwitchWait)?
                }
            }
        }
    };
    Some(from.map(|cover_from| Switched { cover_from, old_until: old_until(life, cover_from) }))
}

/// Months without cover between the old and the new one; nothing where the old one was too short
/// to count.
fn gap_of(rule: &Switch, previous: &PreviousCover, enrolled_on: NaiveDate) -> Option<u32> {
    let last = previous.to.map_or(enrolled_on, |to| to.min(enrolled_on));
    let is_long_on = add_months(previous.from, rule.continuous_years * 12)?;
    // Two years from the first of March are over on the last of February, that day included.
    if last.succ_opt()? < is_long_on {
        return None;
    }
    Some(u32::try_from(month(enrolled_on) - month(last) - 1).unwrap_or(0))
}

/// The old relation is ended when the wait is over; without a wait, when the new one starts.
fn old_until(life: &FlexibleLife, cover_from: NaiveDate) -> Option<NaiveDate> {
    let previous = life.previous?;
    let waits = life.enrolled_on < cover_from;
    let still_runs = previous.to.is_none_or(|to| life.enrolled_on <= to);
    (waits || still_runs).then(|| cover_from.pred_opt()).flatten()
}
