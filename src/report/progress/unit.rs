//! The places that progress is told of: the area, its counties, reporting regions, townships and
//! villages, and what could not be placed.

use crate::{
    config::{Divisions, Level},
    ledger::Context,
    policy::TargetPlace,
    tables::DivisionId,
};

crate::labelled! {
    /// What kind of place a row is about.
    pub enum UnitLevel {
        Total = "total", "合计";
        County = "county", "县区";
        Region = "region", "区域";
        Township = "township", "乡镇";
        Village = "village", "村";
    }
}

/// A place. `None`, or an empty region, is what could not be placed there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Total,
    County(Option<DivisionId>),
    Region(String),
    Township { county: Option<DivisionId>, township: Option<DivisionId> },
    Village { township: Option<DivisionId>, village: Option<DivisionId> },
}

impl Unit {
    /// What kind of place it is.
    pub fn level(&self) -> UnitLevel {
        match self {
            Unit::Total => UnitLevel::Total,
            Unit::County(_) => UnitLevel::County,
            Unit::Region(_) => UnitLevel::Region,
            Unit::Township { .. } => UnitLevel::Township,
            Unit::Village { .. } => UnitLevel::Village,
        }
    }

    /// The division; none for a region and for what is not known.
    pub fn division(&self, cx: &Context<'_>) -> Option<DivisionId> {
        match self {
            Unit::Total => Some(cx.area),
            Unit::County(it) => *it,
            Unit::Region(_) => None,
            Unit::Township { township, .. } => *township,
            Unit::Village { village, .. } => *village,
        }
    }

    /// Whether it is a place at all.
    pub fn is_known(&self) -> bool {
        match self {
            Unit::Total => true,
            Unit::Region(name) => !name.is_empty(),
            Unit::County(it) => it.is_some(),
            Unit::Township { township, .. } => township.is_some(),
            Unit::Village { village, .. } => village.is_some(),
        }
    }

    /// What it is called.
    pub fn name(&self, cx: &Context<'_>) -> String {
        match self {
            _ if !self.is_known() => cx.say(|| "不明".to_string(), || "unknown".to_string()),
            Unit::Region(name) => name.clone(),
            Unit::County(Some(id)) => cx.divisions.get(*id).short().to_string(),
            _ => self.division(cx).map_or(String::new(), |it| cx.divisions.get(it).shown.clone()),
        }
    }

    /// What it lies in: of a village the township, of a township the county.
    pub fn within(&self, cx: &Context<'_>) -> String {
        let above = match self {
            Unit::Township { county, .. } => county.map(|it| cx.divisions.get(it).short()),
            Unit::Village { township, .. } => {
                township.map(|it| cx.divisions.get(it).shown.as_str())
            }
            Unit::Total | Unit::County(_) | Unit::Region(_) => None,
        };
        above.unwrap_or_default().to_string()
    }

    /// How `targets.csv` names it.
    pub fn target_place(&self, cx: &Context<'_>) -> Option<TargetPlace> {
        match self {
            Unit::Region(name) => Some(TargetPlace::Region(name.clone())),
            _ => self.division(cx).map(TargetPlace::Division),
        }
    }

    /// The order of units: by level, then by what they lie in, then by code; the unknown last.
    /// Regions stand where their first division does.
    pub fn order(&self, divisions: &Divisions) -> impl Ord + use<> {
        let last = |it: Option<DivisionId>| (it.is_none(), it);
        let (within, own) = match self {
            Unit::Total => (None, None),
            Unit::County(it) => (None, *it),
            Unit::Region(name) => (None, first_of(divisions, name)),
            Unit::Township { county, township } => (*county, *township),
            Unit::Village { township, village } => (*township, *village),
        };
        (self.level(), last(within), last(own))
    }
}

fn first_of(divisions: &Divisions, region: &str) -> Option<DivisionId> {
    let is_in = |id: &DivisionId| !region.is_empty() && divisions.region(*id) == region;
    divisions.iter().map(|it| it.0).find(is_in)
}

/// The units that a place adds to, from the area down to itself. A place that is not known, or
/// lies outside the area, adds to the unknown of every level.
pub fn units_of(cx: &Context<'_>, place: Option<DivisionId>) -> Vec<Unit> {
    let divisions = cx.divisions;
    let place = place.filter(|it| divisions.is_within(*it, cx.area));
    let is_village = |id: &DivisionId| divisions.get(*id).level == Level::Village;
    let county = place.and_then(|it| divisions.county(it));
    let township = place.and_then(|it| divisions.township(it));
    let village = place.filter(is_village);
    let mut units = vec![Unit::Total];
    if divisions.get(cx.area).level == Level::City {
        units.push(Unit::County(county));
    }
    if has_regions(cx) {
        units.push(Unit::Region(place.map_or("", |it| divisions.region(it)).to_string()));
    }
    units.push(Unit::Township { county, township });
    units.push(Unit::Village { township, village });
    units
}

/// Every unit of the area, also those that nobody lives in.
pub fn all_units(cx: &Context<'_>) -> Vec<Unit> {
    let divisions = cx.divisions;
    let within = divisions.iter().map(|it| it.0).filter(|it| divisions.is_within(*it, cx.area));
    let mut units: Vec<Unit> = Vec::new();
    for id in within {
        let of_level = |unit: &Unit| match divisions.get(id).level {
            Level::City => matches!(unit, Unit::Total | Unit::Region(_)),
            Level::County => matches!(unit, Unit::Total | Unit::County(_) | Unit::Region(_)),
            Level::Township => !matches!(unit, Unit::Village { .. }),
            Level::Village => true,
        };
        let known = units_of(cx, Some(id)).into_iter().filter(|it| it.is_known() && of_level(it));
        units.extend(known);
    }
    units.sort_by_key(|it| it.order(divisions));
    units.dedup();
    units
}

/// Whether the divisions name reporting regions that are more than the counties.
fn has_regions(cx: &Context<'_>) -> bool {
    let area = cx.divisions.get(cx.area).level;
    matches!(area, Level::City | Level::County) && cx.divisions.has_regions()
}
