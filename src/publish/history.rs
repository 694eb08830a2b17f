//! The figures of a run for the pipeline's history.

use std::collections::BTreeMap;

use super::View;
use crate::{
    cases::Reason,
    config::Level,
    findings::RULES,
    history::{AREA, Kind, Night, Row, RunName},
    ledger::{self, Verdict},
    policy::Insurance,
    report::progress::{Breakdown, Tally, Unit, UnitLevel},
};

/// The scope of what could not be placed.
pub(super) const UNPLACED: &str = "unknown";

/// What history keeps of a run.
pub(super) fn night(view: &View<'_>, run: RunName, timings: &[(String, f64)]) -> Night {
    let mut rows = figures(view);
    let milliseconds = |seconds: f64| (seconds * 1000.0).round() as i64;
    rows.extend(
        timings.iter().map(|(stage, it)| Row::of_area(Kind::Timing, stage, milliseconds(*it))),
    );
    rows.sort();
    let insurance_year = Some(view.night.pipeline.insurance_year);
    Night { run, insurance_year, version: env!("CARGO_PKG_VERSION").to_string(), rows }
}

/// All figures but times, in no order: the same whenever the night is run.
pub(super) fn figures(view: &View<'_>) -> Vec<Row> {
    let verdicts = ledger::count(view.night.standings).into_iter();
    let mut rows: Vec<Row> =
        verdicts.map(|(it, count)| Row::of_area(Kind::Verdict, it.code(), count as i64)).collect();
    rows.extend(findings(view));
    rows.extend(closed(view));
    rows.extend(controls(view));
    rows.extend(progress(view));
    rows
}

/// Every rule, also that found nothing; of its states those that occur.
fn findings(view: &View<'_>) -> Vec<Row> {
    let mut counts: BTreeMap<String, i64> =
        RULES.iter().map(|it| (it.code.to_string(), 0)).collect();
    for (at, finding) in view.night.findings.iter().enumerate() {
        let code = finding.rule.code;
        *counts.entry(code.to_string()).or_default() += 1;
        *counts.entry(format!("{code}.{}", view.state(at))).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| Row::of_area(Kind::Finding, name, count)).collect()
}

fn controls(view: &View<'_>) -> Vec<Row> {
    let three = view.night.controls.iter().map(|it| {
        let row = |suffix: &str, value| {
            let name = format!("{}{suffix}", it.name.code());
            Row::new(Kind::Control, name, it.scope.clone(), value)
        };
        [row("", i64::from(it.passed)), row(".expected", it.expected), row(".actual", it.actual)]
    });
    three.flatten().collect()
}

/// How many cases were closed on this night, by what closed them.
fn closed(view: &View<'_>) -> impl Iterator<Item = Row> {
    let ended = view.night.kept.cases.iter().filter(|it| !it.is_open()).filter_map(|it| it.closed);
    let tonight = ended.filter(|it| it.on == view.night.cx.as_of).map(|it| it.by);
    let tonight: Vec<Reason> = tonight.collect();
    Reason::ALL.iter().map(move |by| {
        let count = tonight.iter().filter(|it| *it == by).count();
        Row::of_area(Kind::Closed, by.code(), count as i64)
    })
}

/// Of the area and of the places that history is told of: townships, or villages where the area is
/// one township. What could not be placed there is one place.
fn progress(view: &View<'_>) -> Vec<Row> {
    let (cx, progress) = (view.night.cx, &view.night.reports.progress);
    let level = match cx.divisions.get(cx.area).level {
        Level::Township | Level::Village => UnitLevel::Village,
        Level::City | Level::County => UnitLevel::Township,
    };
    let mut tallies: BTreeMap<String, (Tally, Option<i64>)> = BTreeMap::new();
    for unit in progress.of_level(UnitLevel::Total).chain(progress.of_level(level)) {
        let scope = match unit {
            Unit::Total => AREA,
            _ => unit.division(cx).map_or(UNPLACED, |it| cx.divisions.get(it).code.as_str()),
        };
        let place = tallies.entry(scope.to_string()).or_default();
        place.0 += progress.tally(unit, Breakdown::All);
        place.1 = progress.target(unit, Insurance::Resident, "").map(|it| it.target);
    }
    tallies.iter().flat_map(|(scope, (tally, target))| of_place(scope, tally, *target)).collect()
}

fn of_place(scope: &str, tally: &Tally, target: Option<i64>) -> Vec<Row> {
    let counts = [
        ("liable", Some(tally.liable)),
        ("covered", Some(tally.covered)),
        ("insured", Some(tally.insured(Insurance::Resident))),
        ("paid", Some(tally.paid)),
        ("unenrolled", Some(tally.of_verdict(Verdict::Unenrolled))),
        ("target", target),
    ];
    let known = counts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    known.map(|(name, value)| Row::new(Kind::Progress, name, scope, value)).collect()
}
