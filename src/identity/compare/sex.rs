//! Sex: half of all strangers agree.

use crate::tables::Sex;

crate::labelled! {
    /// Two sexes.
    pub enum SexLevel {
        Missing = "missing", "无可比";
        Same = "same", "一致";
        Different = "different", "不同";
    }
}

pub(super) fn compare(a: Option<Sex>, b: Option<Sex>) -> SexLevel {
    match (a, b) {
        (Some(a), Some(b)) if a == b => SexLevel::Same,
        (Some(_), Some(_)) => SexLevel::Different,
        _ => SexLevel::Missing,
    }
}
