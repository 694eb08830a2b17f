//! What each place is measured by.

use rustc_hash::FxHashMap;

use super::{Breakdown, Progress, Unit, UnitLevel};
use crate::{
    config::{Division, Level},
    ledger::Context,
    policy::{ClauseId, Goal, Insurance, TargetFrom, TargetPlace},
    tables::DivisionId,
};

/// A target and the clause that sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    pub target: i64,
    pub clause: ClauseId,
}

/// The targets of every unit: from the table, added up from the places in it, or a share of those
/// whose fee is due.
#[derive(Clone, Debug, Default)]
pub struct Goals {
    /// By unit, insurance and who set it.
    aims: FxHashMap<(Unit, Insurance, String), Aim>,
    residents: FxHashMap<(Unit, Insurance), i64>,
}

impl Goals {
    pub(super) fn new(cx: &Context<'_>, progress: &Progress) -> Goals {
        let setters = cx.policy.targets.setters();
        let mut goals = Goals::default();
        for unit in &progress.units {
            for insurance in Insurance::ALL {
                for set_by in setters.clone() {
                    let aim = stated(cx, unit, *insurance, &set_by, |it| it.target)
                        .or_else(|| share(cx, progress, unit, *insurance, &set_by));
                    if let Some(aim) = aim {
                        goals.aims.insert((unit.clone(), *insurance, set_by), aim);
                    }
                }
                if let Some(it) = stated(cx, unit, *insurance, "", |it| it.residents) {
                    goals.residents.insert((unit.clone(), *insurance), it.target);
                }
            }
        }
        goals
    }
}

/// What the table says of a unit, or of all places right below it together.
fn stated(
    cx: &Context<'_>,
    unit: &Unit,
    insurance: Insurance,
    set_by: &str,
    value: fn(&Goal) -> Option<u64>,
) -> Option<Aim> {
    of_place(cx, &unit.target_place(cx)?, insurance, set_by, value)
}

fn of_place(
    cx: &Context<'_>,
    place: &TargetPlace,
    insurance: Insurance,
    set_by: &str,
    value: fn(&Goal) -> Option<u64>,
) -> Option<Aim> {
    let own = cx.policy.targets.of(place, insurance, set_by);
    if let Some(it) = own.and_then(|it| Some((it.clause, value(&it.value)?))) {
        return Some(Aim { target: i64::try_from(it.1).ok()?, clause: it.0 });
    }
    let TargetPlace::Division(id) = place else { return None };
    let below: Vec<DivisionId> = children(cx, *id).collect();
    let aims: Option<Vec<Aim>> = below
        .into_iter()
        .map(|it| of_place(cx, &TargetPlace::Division(it), insurance, set_by, value))
        .collect();
    let aims = aims.filter(|it| !it.is_empty())?;
    Some(Aim { target: aims.iter().map(|it| it.target).sum(), clause: aims[0].clause })
}

/// The divisions right below one; villages are below townships.
fn children<'a>(cx: &'a Context<'_>, of: DivisionId) -> impl Iterator<Item = DivisionId> + 'a {
    let is_below = move |it: &Division| it.parent == Some(of) && it.level != Level::City;
    cx.divisions.iter().filter(move |(_, it)| is_below(it)).map(|it| it.0)
}

/// The share of those whose fee is due that the policy wants insured.
fn share(
    cx: &Context<'_>,
    progress: &Progress,
    unit: &Unit,
    insurance: Insurance,
    set_by: &str,
) -> Option<Aim> {
    let rates = cx.policy.targets.rates.as_ref()?;
    let is_by_share = rates.value.measured_by == TargetFrom::Liable;
    if !is_by_share || insurance != Insurance::Resident || !set_by.is_empty() {
        return None;
    }
    let owing = progress.tally(unit, Breakdown::All).owing;
    let percent = i64::from(rates.value.overall_percent);
    // A part of a person is one more.
    Some(Aim { target: (owing * percent + 99) / 100, clause: rates.clause })
}

impl Progress {
    /// What a unit is measured by; `set_by` is empty for the area's own targets.
    pub fn target(&self, unit: &Unit, insurance: Insurance, set_by: &str) -> Option<Aim> {
        self.goals.aims.get(&(unit.clone(), insurance, set_by.to_string())).copied()
    }

    /// The residents that the table of targets counts.
    pub fn residents(&self, unit: &Unit, insurance: Insurance) -> Option<i64> {
        self.goals.residents.get(&(unit.clone(), insurance)).copied()
    }

    /// The level that a ranking is of: regions that have targets of their own, else the first level
    /// below the area.
    pub fn ranked_level(&self) -> UnitLevel {
        let mut regions = self.of_level(UnitLevel::Region).filter(|it| it.is_known());
        if regions.any(|it| self.target(it, Insurance::Resident, "").is_some()) {
            return UnitLevel::Region;
        }
        let levels = [UnitLevel::County, UnitLevel::Township, UnitLevel::Village];
        let several =
            |level: &UnitLevel| self.of_level(*level).filter(|it| it.is_known()).count() > 1;
        levels.into_iter().find(several).unwrap_or(UnitLevel::Village)
    }
}
