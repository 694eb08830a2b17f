//! Registration (户籍) moved here within the coverage year.

use chrono::NaiveDate;

use crate::policy::{Circumstances, Policy};

/// The day of moving; being registered as a newborn is no move.
pub(super) fn day(policy: &Policy, who: &Circumstances) -> Option<NaiveDate> {
    let year_starts = policy.benefit.year.value.from;
    who.moved_in_on.filter(|day| year_starts <= *day && Some(*day) != who.birth)
}
