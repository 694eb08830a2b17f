//! Taken into a welfare home as a child.

use chrono::NaiveDate;

use crate::policy::Circumstances;

/// The day the home took the child in.
pub(super) fn day(who: &Circumstances) -> Option<NaiveDate> {
    who.welfare_home_on
}
