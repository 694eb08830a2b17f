//! Hardship: somebody whose cover must be complete and who missed the window.

use chrono::NaiveDate;

use crate::policy::{Circumstances, Policy};

/// The first day of the coverage year or, before it, the day itself, for somebody in such a
/// category on the day.
pub(super) fn day(policy: &Policy, who: &Circumstances, day: NaiveDate) -> Option<NaiveDate> {
    let must = |category| policy.categories.get(category).must_be_covered;
    let is_poor = who.identities.iter().any(|it| it.period.holds_on(day) && must(it.category));
    is_poor.then_some(policy.benefit.year.value.from.min(day))
}
