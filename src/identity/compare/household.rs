//! The household: by its number, or because the row bears the number of somebody who lives there.
//!
//! Departments number households in ways of their own, so numbers that differ say something only
//! within the roster.

use crate::{identity::nodes::Node, tables::SourceKind};

crate::labelled! {
    /// A row and the household of the person it may be about.
    pub enum HouseholdLevel {
        Missing = "missing", "无可比";
        Same = "same", "同户号";
        Kin = "kin", "该行号码属于同户另一人";
        Different = "different", "户号不同";
    }
}

pub(super) fn compare(a: &Node, b: &Node) -> HouseholdLevel {
    let kin = a.kin.is_some() && a.kin == b.household || b.kin.is_some() && b.kin == a.household;
    if kin {
        return HouseholdLevel::Kin;
    }
    let are_rostered = [a, b].iter().all(|it| it.is_in(SourceKind::Household));
    match (a.household.is_some() && b.household.is_some(), a.household == b.household) {
        (true, true) => HouseholdLevel::Same,
        (true, false) if are_rostered => HouseholdLevel::Different,
        _ => HouseholdLevel::Missing,
    }
}
