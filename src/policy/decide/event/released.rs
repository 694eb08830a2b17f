//! Released from military service or from prison.

use chrono::NaiveDate;

use crate::policy::Circumstances;

/// The day of release.
pub(super) fn day(who: &Circumstances) -> Option<NaiveDate> {
    who.released_on
}
