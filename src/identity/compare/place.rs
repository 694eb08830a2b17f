//! Where somebody lives: the village, or the township where that is all that is known.

use crate::{identity::Geography, tables::DivisionId};

crate::labelled! {
    /// Two places of living.
    pub enum PlaceLevel {
        Missing = "missing", "无可比";
        Village = "village", "同村";
        Township = "township", "同乡镇";
        Different = "different", "不同";
    }
}

pub(super) fn compare(
    geography: &Geography,
    a: Option<DivisionId>,
    b: Option<DivisionId>,
) -> PlaceLevel {
    let (Some(a), Some(b)) = (a, b) else { return PlaceLevel::Missing };
    let (town_of_a, town_of_b) = (geography.township(a), geography.township(b));
    if a == b && town_of_a != Some(a) {
        PlaceLevel::Village
    } else if a == b || town_of_a.is_some() && town_of_a == town_of_b {
        PlaceLevel::Township
    } else {
        PlaceLevel::Different
    }
}
