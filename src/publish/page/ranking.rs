//! Places by how far they are, each with the places in it.

use serde::Serialize;

use crate::{
    ledger::Verdict,
    policy::{Counted, Insurance},
    publish::View,
    report::{
        progress::{Breakdown, Period, Tally, Unit, UnitLevel},
        ranking::{self, By, Far},
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
}

pub(super) fn ranking(view: &View<'_>) -> Ranking {
    let (progress, counted) =
        (&view.night.reports.progress, view.night.cx.policy.targets.counted());
    let level = progress.ranked_level();
    let units: Vec<&Unit> = progress.of_level(level).collect();
    let by = By::of(progress, counted, &units);
    let rows = ranked(view, &units, by);
    Ranking {
        day: progress.calendar.day.to_string(),
        level: level.code(),
        is_by_target: matches!(by, By::Target(_)),
        is_of_paid: counted == Counted::Paid,
        rows,
        total: row(view, &Unit::Total, by),
    }
}

/// The rows of places, the furthest first, each with its rank; then those that cannot be measured,
/// if anybody is there.
fn ranked(view: &View<'_>, units: &[&Unit], by: By) -> Vec<Row> {
    let progress = &view.night.reports.progress;
    let make = |unit: &Unit, rank: Option<usize>| {
        let units = below(view, unit);
        // Targets are shown below only where they are shown above.
        let by_below = match by {
            By::Target(counted) => By::of(progress, counted, &units),
            By::Cover => By::Cover,
        };
        Row { rank, below: ranked(view, &units, by_below), ..row(view, unit, by) }
    };
    let places = ranking::ranking(units.iter().copied(), |it| by.far(progress, it));
    let is_ranked = |unit: &Unit| places.iter().any(|it| it.1 == unit);
    let rest = units.iter().filter(|it| !is_ranked(it)).map(|it| make(it, None));
    let rest = rest.filter(|it| it.liable + it.insured + it.paid > 0);
    places.iter().map(|(rank, unit, _)| make(unit, Some(*rank))).chain(rest).collect()
}

/// The places right below one that a row opens to: townships of a county, villages of a township.
fn below<'a>(view: &View<'a>, unit: &Unit) -> Vec<&'a Unit> {
    let progress = &view.night.reports.progress;
    let of_level = |level: UnitLevel| progress.of_level(level);
    match unit {
        Unit::County(county) => of_level(UnitLevel::Township)
            .filter(|it| matches!(it, Unit::Township { county: of, .. } if of == county))
            .collect(),
        Unit::Region(region) => of_level(UnitLevel::Township)
            .filter(|it| {
                let township = it.division(view.night.cx);
                township.is_some_and(|it| view.night.cx.divisions.region(it) == region)
            })
            .collect(),
        Unit::Township { township, .. } => of_level(UnitLevel::Village)
            .filter(|it| matches!(it, Unit::Village { township: of, .. } if of == township))
            .collect(),
        Unit::Total | Unit::Village { .. } => Vec::new(),
    }
}

fn row(view: &View<'_>, unit: &Unit, by: By) -> Row {
    let (progress, counted) =
        (&view.night.reports.progress, view.night.cx.policy.targets.counted());
    let tally: Tally = progress.tally(unit, Breakdown::All);
    let far = by.far(progress, unit).and_then(Far::rate);
    let (cover, target) = (By::Cover, By::Target(counted));
    let rate = |by: By| by.far(progress, unit).and_then(Far::rate).map(|it| it.to_string());
    Row {
        rank: None,
        name: unit.name(view.night.cx),
        liable: tally.liable,
        covered: tally.covered,
        cover_rate: rate(cover),
        insured: tally.insured(Insurance::Resident),
        target: progress.target(unit, Insurance::Resident, "").map(|it| it.target),
        completion: rate(target),
        paid: tally.paid,
        paid_day: tally.paid_in(Period::Day),
        unenrolled: tally.of_verdict(Verdict::Unenrolled),
        bar: far.map_or(0, |it| it.0 / 10).clamp(0, 1000),
        below: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn villages_of_a_township_add_up_to_it() {
        let world = World::new(300, 4);
        let cx = world.context();
        let shown = ranking(&View::first(&world.night(&cx)));
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
        assert!(shown.rows.windows(2).all(|it| it[0].bar >= it[1].bar), "the longest bar first");
    }

    #[test]
    fn a_countys_townships_open_to_their_villages() {
        let world = World::of_county(300, 4);
        let cx = world.context();
        let shown = ranking(&View::first(&world.night(&cx)));
        assert!(shown.is_by_target, "nobody lives where there are no targets");
        let township = shown.rows.iter().find(|it| it.name == "冷市镇").unwrap();
        assert!(township.below.len() > 3, "those where somebody lives");
        let villages = township.below.iter().map(|it| it.liable).sum::<i64>();
        assert_eq!((villages, township.liable), (300, 300));
        assert_eq!(township.rank, Some(1), "nobody lives elsewhere");
    }
}
