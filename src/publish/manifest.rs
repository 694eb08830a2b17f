//! `manifest.json`: what went in, what was checked, what came out. No personal data.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    View,
    folder::{Staging, Written, sha256},
};
use crate::{
    cases::JudgedBy,
    config::Pipeline,
    error::{Error, Result},
    findings::RULES,
    ingest::Account,
    ledger::Verdict,
};

#[derive(Serialize)]
struct Manifest<'a> {
    pipeline: &'a str,
    title: &'a str,
    area: Area<'a>,
    as_of: String,
    insurance_year: u16,
    bulou_version: &'static str,
    configuration: Vec<Written>,
    inputs: Vec<Input<'a>>,
    rejects_by_reason: BTreeMap<&'static str, u64>,
    diagnostics_by_code: BTreeMap<&'static str, u64>,
    persons: Persons,
    identity: Identity<'a>,
    findings: Findings,
    controls: Vec<ControlLine<'a>>,
    controls_breached: usize,
    outputs: Vec<Written>,
}

#[derive(Serialize)]
struct Area<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Input<'a> {
    source: &'a str,
    kind: &'static str,
    supplier: &'a str,
    file: &'a str,
    sheet: &'a str,
    sha256: &'a str,
    bytes: u64,
    encoding: &'a str,
    header_rows: &'a [u32],
    columns: Vec<InputColumn>,
    rows_read: u64,
    accepted: u64,
    rejected: u64,
    no_data: u64,
    sum_fen: i64,
    first_on: Option<String>,
    last_on: Option<String>,
}

#[derive(Serialize)]
struct InputColumn {
    header: String,
    /// What it was recognised as, if anything.
    field: Option<&'static str>,
}

/// How rows were given to persons where no number says it.
#[derive(Serialize)]
struct Identity<'a> {
    model_trained_on: &'a str,
    link_from: f64,
    review_from: f64,
    /// Rows given to their person by comparison, and rows that are questions.
    rows_compared_and_joined: u64,
    rows_in_question: u64,
    /// Payments of other years and enrolments in maternity insurance by nobody who is known.
    rows_of_nobody: u64,
    candidates: Vec<Candidates>,
}

/// The candidate pairs under one kind of key, counted before they were made.
#[derive(Serialize)]
struct Candidates {
    key: &'static str,
    blocks: u64,
    pairs: u64,
    cut_blocks: u64,
    cut_pairs: u64,
}

fn identity<'a>(view: &View<'a>) -> Identity<'a> {
    let identities = view.night.identities;
    let joined = identities.matches.iter().filter(|it| it.is_joined).count() as u64;
    let candidates = identities.blocking.iter().map(|it| Candidates {
        key: it.key.code(),
        blocks: it.blocks,
        pairs: it.pairs,
        cut_blocks: it.cut_blocks,
        cut_pairs: it.cut_pairs,
    });
    Identity {
        model_trained_on: &identities.trained_on,
        link_from: view.night.pipeline.identity.link,
        review_from: view.night.pipeline.identity.review,
        rows_compared_and_joined: joined,
        rows_in_question: identities.matches.len() as u64 - joined,
        rows_of_nobody: identities.n_nobodys as u64,
        candidates: candidates.collect(),
    }
}

#[derive(Serialize)]
struct Persons {
    total: u64,
    by_verdict: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct Findings {
    total: u64,
    by_code: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct ControlLine<'a> {
    control: &'static str,
    scope: &'a str,
    expected: i64,
    actual: i64,
    passed: bool,
}

/// Writes the manifest, which lists every other file, and then the timings, which differ from
/// run to run and so are in no hash.
pub(super) fn write(view: &View<'_>, staging: &Staging, timings: &[(String, f64)]) -> Result<()> {
    staging.write("manifest.json", &json("manifest.json", &manifest(view, staging)?)?)?;
    let timing =
        |(stage, seconds): &'_ (String, f64)| Timing { stage: stage.clone(), seconds: *seconds };
    let timings: Vec<Timing> = timings.iter().map(timing).collect();
    staging.write("timings.json", &json("timings.json", &timings)?)
}

#[derive(Serialize)]
struct Timing {
    stage: String,
    seconds: f64,
}

fn json(path: &str, value: &impl Serialize) -> Result<Vec<u8>> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Error::Write { path: path.into(), reason: error.to_string() })?;
    Ok(format!("{text}\n").into_bytes())
}

fn manifest<'a>(view: &'a View<'a>, staging: &Staging) -> Result<Manifest<'a>> {
    let night = &view.night;
    let area = night.cx.divisions.get(night.cx.area);
    let verdicts = night.standings.iter().map(|it| it.verdict.code());
    let persons = Persons {
        total: night.identities.people.len() as u64,
        by_verdict: tally(verdicts, Verdict::ALL.iter().map(|it| it.code())),
    };
    let judged: u64 = persons.by_verdict.values().sum();
    assert_eq!(judged, persons.total, "bug: the verdicts do not add up to the persons");
    let codes = night.findings.iter().map(|it| it.rule.code);
    Ok(Manifest {
        pipeline: &night.pipeline.name,
        title: &night.pipeline.title,
        area: Area { code: &area.code, name: &area.name },
        as_of: night.cx.as_of.to_string(),
        insurance_year: night.pipeline.insurance_year,
        bulou_version: env!("CARGO_PKG_VERSION"),
        configuration: configuration(night.pipeline)?,
        inputs: night.ingested.accounts.iter().map(|it| input(view, it)).collect(),
        rejects_by_reason: tally(night.ingested.rejects.iter().map(|it| it.reason.code()), []),
        diagnostics_by_code: tally(night.ingested.diagnostics.iter().map(|it| it.code), []),
        persons,
        identity: identity(view),
        findings: Findings {
            total: night.findings.len() as u64,
            by_code: tally(codes, RULES.iter().map(|it| it.code)),
        },
        controls: night
            .controls
            .iter()
            .map(|it| ControlLine {
                control: it.name.code(),
                scope: &it.scope,
                expected: it.expected,
                actual: it.actual,
                passed: it.passed,
            })
            .collect(),
        controls_breached: night.controls.iter().filter(|it| !it.passed).count(),
        outputs: staging.written(),
    })
}

/// How often each occurs; those in `always` also where it is never.
fn tally(
    found: impl IntoIterator<Item = &'static str>,
    always: impl IntoIterator<Item = &'static str>,
) -> BTreeMap<&'static str, u64> {
    let mut counts: BTreeMap<&'static str, u64> = always.into_iter().map(|it| (it, 0)).collect();
    for it in found {
        *counts.entry(it).or_default() += 1;
    }
    counts
}

fn input<'a>(view: &View<'a>, account: &'a Account) -> Input<'a> {
    let part = &view.tables().origins.parts[account.part.0 as usize];
    let column = |(header, field): &(String, Option<crate::ingest::Field>)| InputColumn {
        header: without_numbers(header),
        field: field.map(|it| it.code()),
    };
    Input {
        source: &part.source_name,
        kind: account.kind.code(),
        supplier: &account.supplier,
        file: &part.file,
        sheet: &part.sheet,
        sha256: &account.sha256,
        bytes: account.bytes,
        encoding: &account.encoding,
        header_rows: &account.header_rows,
        columns: account.columns.iter().map(column).collect(),
        rows_read: account.rows_read,
        accepted: account.accepted,
        rejected: account.rejected,
        no_data: account.no_data,
        sum_fen: account.sum_fen,
        first_on: account.first_on.map(|it| it.to_string()),
        last_on: account.last_on.map(|it| it.to_string()),
    }
}

/// A header, unless it holds a long number: then a person's row was taken for one.
fn without_numbers(header: &str) -> String {
    let mut run = 0;
    let is_long = header.chars().any(|it| {
        run = if it.is_ascii_digit() { run + 1 } else { 0 };
        run >= 9
    });
    if is_long { "***".to_string() } else { header.to_string() }
}

/// What a later night asks of a run's manifest first.
#[derive(Deserialize)]
pub(super) struct Said {
    pub as_of: NaiveDate,
    pub insurance_year: u16,
}

/// What a published run says of itself; nothing where it is none that can be read.
pub(super) fn said(run: &Path) -> Option<Said> {
    serde_json::from_slice(&fs::read(run.join("manifest.json")).ok()?).ok()
}

/// Hashes of what a night judges by: the policy, and configuration and program. What only lays out
/// tables judges nobody.
pub fn judged_by(pipeline: &Pipeline) -> Result<JudgedBy> {
    let (mut policy, mut rules) = (String::new(), env!("CARGO_PKG_VERSION").to_string());
    for it in configuration(pipeline)? {
        let is_layout = ["targets.csv", "layouts.toml"].iter().any(|name| it.path.ends_with(name));
        match it.path.contains("policy/") {
            true => policy.push_str(&format!("{} {}\n", it.path, it.sha256)),
            false if is_layout => {}
            false => rules.push_str(&format!("\n{} {}", it.path, it.sha256)),
        }
    }
    Ok(JudgedBy { policy: sha256(policy.as_bytes()), rules: sha256(rules.as_bytes()) })
}

/// Every file that decides what a run does, the nearest of each name; never the person key.
pub(super) fn configuration(pipeline: &Pipeline) -> Result<Vec<Written>> {
    let text = pipeline.file.text.as_bytes();
    let mut files = vec![hashed("pipeline.toml", text)];
    if let Some(name) = &pipeline.identity.model {
        let path = pipeline.folder.join(name);
        let content = fs::read(&path).map_err(Error::io("read the configuration", &path))?;
        files.push(hashed(&name.to_string(), &content));
    }
    let mut names = vec!["divisions.csv".to_string(), "targets.csv".to_string()];
    names.push("layouts.toml".to_string());
    for folder in pipeline.rules.iter() {
        names.extend(policy_files(folder));
    }
    names.sort();
    names.dedup();
    for name in names {
        let Some(path) = pipeline.rules.file(&name) else { continue };
        let content = fs::read(&path).map_err(Error::io("read the configuration", &path))?;
        // Where it is, seen from the pipeline, so that moving both changes nothing.
        let shown = path.strip_prefix(&pipeline.folder).unwrap_or(&path);
        files.push(hashed(&shown.to_string_lossy(), &content));
    }
    Ok(files)
}

fn policy_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder.join("policy")) else { return Vec::new() };
    entries
        .flatten()
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .filter(|it| it.ends_with(".toml"))
        .map(|it| format!("policy/{it}"))
        .collect()
}

fn hashed(path: &str, content: &[u8]) -> Written {
    Written { path: path.to_string(), bytes: content.len() as u64, sha256: sha256(content) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_row_that_was_taken_for_a_header_does_not_reach_the_manifest() {
        assert_eq!(without_numbers("2023年度缴费金额"), "2023年度缴费金额");
        assert_eq!(without_numbers("11010519491231002X"), "***");
        assert_eq!(without_numbers("13800138000"), "***");
    }
}
