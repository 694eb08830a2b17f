//! Born: a newborn's parents may pay outside the window.

use chrono::NaiveDate;

use crate::policy::{Circumstances, Policy};

/// The day of birth of somebody born since the main window opened: older children had the
/// window itself.
pub(super) fn day(policy: &Policy, who: &Circumstances) -> Option<NaiveDate> {
    who.birth.filter(|born| policy.windows.first().value.opens <= *born)
}
