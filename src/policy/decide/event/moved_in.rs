//! Registration (户籍) moved here.

use chrono::NaiveDate;

use crate::policy::Circumstances;

/// The day of moving; being registered as a newborn is no move.
pub(super) fn day(who: &Circumstances) -> Option<NaiveDate> {
    who.moved_in_on.filter(|day| Some(*day) != who.birth)
}
