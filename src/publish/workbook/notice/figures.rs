//! What a notice says of its village.

use crate::{
    ledger::Group,
    policy::{Counted, Insurance},
    publish::View,
    report::{
        progress::{Breakdown, Progress, Rate, Tally, Unit, UnitLevel},
        ranking::{self, By, Far},
    },
    tables::DivisionId,
};

/// The groups that a notice names. They are not all: from these and the village's total nobody
/// can work out the others.
const GROUPS: [Group; 3] = [Group::Priority, Group::Newborn, Group::Student];

/// A figure as the public may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Public {
    Count(i64),
    /// Fewer than the smallest public count, but not none.
    Fewer(i64),
    /// It would tell another figure that is too small.
    Withheld,
}

/// A group of the village's people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OfGroup {
    pub group: Group,
    pub liable: Public,
    pub uninsured: Public,
}

/// What the rate of a village is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Whom the policy counts, of the target.
    Target(Counted),
    /// The insured of those whose fee is due here; where there is no target.
    Share,
}

/// Everything that is said of a village.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figures {
    pub township: String,
    pub village: String,
    /// What the village is measured by.
    pub measure: Measure,
    pub insured: i64,
    pub paid: i64,
    /// What is done of what is to be done.
    pub rate: Option<Rate>,
    pub whole: i64,
    pub left: i64,
    /// The place among the township's villages, and how many these are.
    pub rank: Option<(usize, usize)>,
    pub groups: Vec<OfGroup>,
}

/// The villages of a township that get a notice: those with people enough that nobody stands for
/// himself.
pub(super) fn of_township(view: &View<'_>, township: DivisionId) -> Vec<Figures> {
    let progress = &view.night.reports.progress;
    let counted = view.night.cx.policy.targets.counted();
    let is_here = |unit: &&Unit| matches!(unit, Unit::Village { township: Some(it), village: Some(_) } if *it == township);
    let smallest = i64::from(view.night.pipeline.publication.smallest_public_count);
    let villages: Vec<&Unit> = progress.of_level(UnitLevel::Village).filter(is_here).collect();
    let measured = |unit: &Unit| Some(measured(progress, unit, counted)?.1);
    let ranked = ranking::ranking(villages.iter().copied(), measured);
    let rank = |unit: &Unit| {
        let found = ranked.iter().find(|it| it.1 == unit)?;
        Some((found.0, ranked.len()))
    };
    villages.iter().filter_map(|it| of_village(view, it, counted, rank(it), smallest)).collect()
}

/// By what a village is measured, and how far it is.
fn measured(progress: &Progress, unit: &Unit, counted: Counted) -> Option<(Measure, Far)> {
    let of_target = By::Target(counted).far(progress, unit);
    let tally = progress.tally(unit, Breakdown::All);
    let share = Far { done: tally.owing_insured, of: tally.owing };
    let share = Some(share).filter(|it| it.of > 0);
    let of_target = of_target.map(|it| (Measure::Target(counted), it));
    of_target.or_else(|| share.map(|it| (Measure::Share, it)))
}

/// What is said of one village; nothing of a village of too few.
fn of_village(
    view: &View<'_>,
    unit: &Unit,
    counted: Counted,
    rank: Option<(usize, usize)>,
    smallest: i64,
) -> Option<Figures> {
    let (cx, progress) = (view.night.cx, &view.night.reports.progress);
    let tally = progress.tally(unit, Breakdown::All);
    if tally.liable < smallest.max(1) {
        return None;
    }
    let (measure, far) = measured(progress, unit, counted)?;
    let group = |group: &Group| {
        let tally = progress.tally(unit, Breakdown::Group(*group));
        (tally.liable > 0).then(|| of_group(*group, &tally, smallest))
    };
    Some(Figures {
        township: unit.within(cx),
        village: unit.name(cx),
        measure,
        insured: tally.insured(Insurance::Resident),
        paid: tally.paid,
        rate: Rate::of(far.done, far.of),
        whole: far.of,
        left: (far.of - far.done).max(0),
        rank,
        groups: GROUPS.iter().filter_map(group).collect(),
    })
}

fn of_group(group: Group, tally: &Tally, smallest: i64) -> OfGroup {
    let uninsured = tally.liable - tally.covered;
    let is_small = |it: i64| 0 < it && it < smallest;
    let shown = match public(uninsured, smallest) {
        // Both figures together would say how few are insured.
        Public::Count(_) if is_small(tally.covered) && !is_small(tally.liable) => Public::Withheld,
        shown => shown,
    };
    OfGroup { group, liable: public(tally.liable, smallest), uninsured: shown }
}

/// A figure below the smallest public count is not shown; that there is nobody is.
fn public(count: i64, smallest: i64) -> Public {
    match 0 < count && count < smallest {
        true => Public::Fewer(smallest),
        false => Public::Count(count),
    }
}

impl std::fmt::Display for Public {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Public::Count(count) => write!(to, "{count}"),
            Public::Fewer(than) => write!(to, "<{than}"),
            Public::Withheld => write!(to, "不公布"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(liable: i64, covered: i64, shown: &str) {
        let tally = Tally { liable, covered, ..Tally::default() };
        let it = of_group(Group::Priority, &tally, 5);
        assert_eq!(format!("{} {}", it.liable, it.uninsured), shown, "{covered} of {liable}");
    }

    #[test]
    fn figures_of_few_people_are_not_shown_nor_to_be_worked_out() {
        check(12, 6, "12 6");
        check(12, 7, "12 5");
        check(12, 8, "12 <5");
        check(12, 12, "12 0");
        check(12, 0, "12 12");
        // The 4 who are insured could be worked out.
        check(12, 4, "12 不公布");
        check(5, 5, "5 0");
        check(5, 3, "5 <5");
        check(4, 4, "<5 0");
        check(4, 0, "<5 <5");
    }
}
