//! The figures of a run for the pipeline's history.

use super::View;
use crate::{
    findings::RULES,
    history::{AREA, Kind, Night, Row, RunName},
    ledger,
    policy::Insurance,
    report::progress::{Breakdown, Progress, Unit, UnitLevel},
};

/// The scope of what could not be placed in a township.
const UNPLACED: &str = "unknown";

/// What history keeps of a run.
pub(super) fn night(view: &View<'_>, run: RunName, timings: &[(String, f64)]) -> Night {
    let mut rows = Vec::new();
    let area = |kind, name: &str, value| Row::of_area(kind, name, value);
    let verdicts = ledger::count(view.night.standings).into_iter();
    rows.extend(verdicts.map(|(it, count)| area(Kind::Verdict, it.code(), count as i64)));
    rows.extend(findings(view));
    rows.extend(controls(view));
    let milliseconds = |seconds: f64| (seconds * 1000.0).round() as i64;
    rows.extend(timings.iter().map(|(stage, it)| area(Kind::Timing, stage, milliseconds(*it))));
    let progress = &view.night.reports.progress;
    for unit in progress.of_level(UnitLevel::Total) {
        rows.extend(places(progress, unit, AREA));
    }
    for unit in progress.of_level(UnitLevel::Township) {
        let division = unit.division(view.night.cx).map(|it| view.night.cx.divisions.get(it));
        let scope = division.map_or(UNPLACED, |it| it.code.as_str());
        rows.extend(places(progress, unit, scope));
    }
    rows.sort();
    Night { run, version: env!("CARGO_PKG_VERSION").to_string(), rows }
}

/// Every rule, also that found nothing; of its states those that occur.
fn findings(view: &View<'_>) -> Vec<Row> {
    let mut counts: std::collections::BTreeMap<String, i64> =
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

fn places(progress: &Progress, unit: &Unit, scope: &str) -> Vec<Row> {
    let tally = progress.tally(unit, Breakdown::All);
    let target = progress.target(unit, Insurance::Resident, "").map(|it| it.target);
    let counts = [
        ("liable", Some(tally.liable)),
        ("covered", Some(tally.covered)),
        ("insured", Some(tally.insured(Insurance::Resident))),
        ("paid", Some(tally.paid)),
        ("target", target),
    ];
    let known = counts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    known.map(|(name, value)| Row::new(Kind::Progress, name, scope, value)).collect()
}
