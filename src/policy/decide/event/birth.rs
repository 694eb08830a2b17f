//! Born: a newborn's parents may pay outside the window.

use chrono::NaiveDate;

use crate::policy::Circumstances;

/// The day of birth. Up to which age it opens a door, the exception says.
pub(super) fn day(who: &Circumstances) -> Option<NaiveDate> {
    who.birth
}
