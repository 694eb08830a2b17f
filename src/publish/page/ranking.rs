//! Places by how far they are, each with the places in it.

use std::cmp::Ordering;

use serde::Serialize;

use crate::{
    ledger::Verdict,
    policy::{Counted, Insurance},
    publish::View,
    report::{
        layout::Order,
        progress::{Breakdown, Period, Rate, Tally, Unit, UnitLevel},
    },
};

/// The section.
#[derive(Serialize)]
pub(super) struct Ranking {
    /// The last day the night knows of.
    day: String,
    /// The code of the rows' level.
    level: &'static str,
    /// Whether places are ranked by completion of their targets, or else by cover rate.
    is_by_target: bool,
    /// Whether those who paid count against targets, or else those who are insured.
    is_of_paid: bool,
    /// Whether any row has a target.
    has_targets: bool,
    rows: Vec<Row>,
    total: Row,
}

/// A place.
#[derive(Serialize)]
struct Row {
    /// Equals share a rank; nothing for what is not known, or cannot be measured.
    rank: Option<usize>,
    name: String,
    liable: i64,
    covered: i64,
    cover_rate: Option<String>,
    insured: i64,
    target: Option<i64>,
    completion: Option<String>,
    paid: i64,
    paid_day: i64,
    unenrolled: i64,
    /// How long the row's bar is: thousandths of what it is ranked by.
    bar: i64,
    below: Vec<Row>,
    /// What it is ranked by: so many of so many.
    #[serde(skip)]
    far: Option<(i64, i64)>,
}

pub(super) fn ranking(view: &View<'_>) -> Ranking {
    let progress = &view.night.reports.progress;
    let level = progress.ranked_level();
    let units: Vec<&Unit> = progress.of_level(level).collect();
    let is_by_target = have_targets(view, &units);
    let mut rows: Vec<Row> = ranked(view, &units, is_by_target);
    let has_targets = rows.iter().any(|it| it.target.is_some());
    rows.retain(|it| it.rank.is_some() || it.liable + it.insured + it.paid > 0);
    Ranking {
        day: progress.calendar.day.to_string(),
        level: level.code(),
        is_by_target,
        is_of_paid: counted(view) == Counted::Paid,
        has_targets,
        rows,
        total: row(view, &Unit::Total, is_by_target),
    }
}

/// Who counts against a target: as in the pipeline's own table of completion, else the insured.
pub(super) fn counted(view: &View<'_>) -> Counted {
    let sheets = &view.night.layouts.sheets;
    let ranked = sheets.iter().find(|it| it.order == Order::Completion);
    ranked.map_or(Counted::Insured, |it| it.counted)
}

/// How many of a place count against its target.
pub(super) fn done(tally: &Tally, counted: Counted) -> i64 {
    match counted {
        Counted::Paid => tally.paid,
        Counted::Insured => tally.insured(Insurance::Resident),
    }
}

/// Whether every known place has a target that can be divided by.
fn have_targets(view: &View<'_>, units: &[&Unit]) -> bool {
    let mut known = units.iter().filter(|it| it.is_known()).peekable();
    known.peek().is_some() && known.all(|it| target(view, it).is_some_and(|it| it > 0))
}

fn target(view: &View<'_>, unit: &Unit) -> Option<i64> {
    let progress = &view.night.reports.progress;
    progress.target(unit, Insurance::Resident, "").map(|it| it.target)
}

/// The rows of places, the furthest first, each with its rank.
fn ranked(view: &View<'_>, units: &[&Unit], is_by_target: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = units
        .iter()
        .map(|unit| {
            let mut row = row(view, unit, is_by_target);
            row.far = row.far.filter(|it| unit.is_known() && it.1 > 0);
            let below = below(view, unit);
            row.below = ranked(view, &below, have_targets(view, &below));
            row.below.retain(|it| it.rank.is_some() || it.liable + it.insured + it.paid > 0);
            row
        })
        .collect();
    rows.sort_by(|a, b| further(a.far, b.far));
    for at in 0..rows.len() {
        let is_equal = at > 0 && further(rows[at - 1].far, rows[at].far) == Ordering::Equal;
        let rank = if is_equal { rows[at - 1].rank } else { Some(at + 1) };
        rows[at].rank = rank.filter(|_| rows[at].far.is_some());
    }
    rows
}

/// Who is further comes first, who cannot be measured last.
fn further(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Ordering {
    let product = |part: i64, whole: i64| i128::from(part) * i128::from(whole);
    match (a, b) {
        (Some(a), Some(b)) => product(b.0, a.1).cmp(&product(a.0, b.1)),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The places right below one that a row opens to: townships of a county, villages of a township.
fn below<'a>(view: &View<'a>, unit: &Unit) -> Vec<&'a Unit> {
    let progress = &view.night.reports.progress;
    let of_level = |level: UnitLevel| progress.of_level(level);
    match unit {
        Unit::County(county) => of_level(UnitLevel::Township)
            .filter(|it| matches!(it, Unit::Township { county: of, .. } if of == county))
            .collect(),
        Unit::Township { township, .. } => of_level(UnitLevel::Village)
            .filter(|it| matches!(it, Unit::Village { township: of, .. } if of == township))
            .collect(),
        Unit::Total | Unit::Region(_) | Unit::Village { .. } => Vec::new(),
    }
}

fn row(view: &View<'_>, unit: &Unit, is_by_target: bool) -> Row {
    let tally: Tally = view.night.reports.progress.tally(unit, Breakdown::All);
    let rate = |part, whole| Rate::of(part, whole);
    let insured = tally.insured(Insurance::Resident);
    let target = target(view, unit);
    let done = done(&tally, counted(view));
    let far = match target.filter(|_| is_by_target) {
        Some(target) => Some((done, target)),
        None => Some((tally.covered, tally.liable)).filter(|_| !is_by_target),
    };
    let bar = far.and_then(|(part, whole)| rate(part, whole)).map_or(0, |it| it.0 / 10);
    Row {
        rank: None,
        name: unit.name(view.night.cx),
        liable: tally.liable,
        covered: tally.covered,
        cover_rate: rate(tally.covered, tally.liable).map(|it| it.to_string()),
        insured,
        target,
        completion: target.and_then(|it| rate(done, it)).map(|it| it.to_string()),
        paid: tally.paid,
        paid_day: tally.paid_in(Period::Day),
        unenrolled: tally.of_verdict(Verdict::Unenrolled),
        bar: bar.clamp(0, 1000),
        below: Vec::new(),
        far,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn the_furthest_comes_first_and_who_cannot_be_measured_last() {
        let mut far = [Some((1, 2)), None, Some((2, 3)), Some((50, 100)), Some((0, 7))];
        far.sort_by(|a, b| further(*a, *b));
        assert_eq!(far, [Some((2, 3)), Some((1, 2)), Some((50, 100)), Some((0, 7)), None]);
    }

    #[test]
    fn villages_of_a_township_add_up_to_it() {
        let world = World::new(300, 4);
        let cx = world.context();
        let shown = ranking(&View::new(&world.night(&cx), None));
        assert!(shown.is_by_target, "every village of 冷市 has a target");
        assert!(shown.rows.iter().all(|it| it.below.is_empty()));
        let sum = |of: fn(&Row) -> i64| shown.rows.iter().map(of).sum::<i64>();
        let all: [fn(&Row) -> i64; 4] =
            [|it| it.liable, |it| it.covered, |it| it.unenrolled, |it| it.paid];
        for of in all {
            assert_eq!(sum(of), of(&shown.total));
        }
        assert!(shown.total.unenrolled > 0 && shown.total.paid > 0);
        let ranks: Vec<usize> = shown.rows.iter().filter_map(|it| it.rank).collect();
        assert!(ranks[0] == 1 && ranks.is_sorted());
        assert!(shown.rows.windows(2).all(|it| further(it[0].far, it[1].far).is_le()));
    }

    #[test]
    fn a_countys_townships_open_to_their_villages() {
        let world = World::of_county(300, 4);
        let cx = world.context();
        let shown = ranking(&View::new(&world.night(&cx), None));
        assert!(!shown.is_by_target, "the county's table has one township's targets");
        let township = shown.rows.iter().find(|it| it.name == "冷市镇").unwrap();
        assert!(township.below.len() > 10);
        let villages = township.below.iter().map(|it| it.liable).sum::<i64>();
        assert_eq!((villages, township.liable), (300, 300));
        assert_eq!(township.rank, Some(1), "nobody lives elsewhere");
    }
}
