//! Employee cover ended: the person has to find back to the resident scheme.

use chrono::NaiveDate;

use crate::policy::Circumstances;

/// The first day without employee cover, once it has come.
pub(super) fn day(who: &Circumstances, day: NaiveDate) -> Option<NaiveDate> {
    who.employment?.period.to.filter(|ended| *ended <= day)
}
