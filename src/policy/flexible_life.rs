//! A person's flexible employment, as far as any rule looks at it. Months count, not days: a
//! month is any of its days.

use chrono::{Datelike, NaiveDate};

/// Cover of before, by employment or otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousCover {
    /// The first day of cover in a row.
    pub from: NaiveDate,
    /// The last day of it; open where it still runs.
    pub to: Option<NaiveDate>,
    /// In the resident scheme, not in the employee scheme.
    pub is_resident: bool,
}

/// One person's flexible employment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlexibleLife {
    /// The first month paid.
    pub enrolled_on: NaiveDate,
    /// Cover of before, where there was any: employee cover, if there was both.
    pub previous: Option<PreviousCover>,
    /// The last month paid before a break.
    pub paid_to: Option<NaiveDate>,
    /// The month in which payment went on again.
    pub resumed_on: Option<NaiveDate>,
}

/// A month as a number, so that months can be subtracted.
pub(super) fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}
