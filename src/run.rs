//! The nightly job, top to bottom: source → records → identities → ledger → findings →
//! publication. Each stage is a function from tables to tables; only the first reads and only
//! the last writes.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::{
    cases,
    config::{Pipeline, SMALLEST_LIST_JUDGED},
    diagnostic::{Diagnostic, Lang, Message},
    error::{Error, Result},
    findings,
    history::BatchNumber,
    identity::{self, Model, ModelFile, PersonFiles},
    ingest,
    ledger::{self, Context, Verdict},
    lists,
    policy::Policy,
    publish::{self, Control, Lock, Night, Past},
    report::{self, layout::Layouts, subsidy_list::Tolerance, summary::Summary},
};

crate::labelled! {
    /// The stages of a run, in order.
    pub enum Stage {
        Ingest = "ingest", "读取";
        Identify = "identify", "认人";
        Judge = "judge", "记账";
        Find = "find", "比对";
        Report = "report", "汇算";
        Publish = "publish", "发布";
    }
}

/// Whoever watches a run: shows how far it is and keeps the time.
pub trait Monitor: ingest::Progress {
    /// A stage begins.
    fn stage(&self, stage: Stage);
    /// The seconds of each stage, of the running one until now.
    fn timings(&self) -> Vec<(String, f64)>;
}

/// What an operator may choose for one run.
pub struct Options<'a> {
    /// The day the run looks at the world from.
    pub as_of: NaiveDate,
    /// The folder that holds the published runs of all pipelines.
    pub out: &'a Path,
    /// The language of the sentences in what is published.
    pub lang: Lang,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct InputFile {
    pub file: String,
    pub sha256: String,
}

/// What came of a run.
pub struct Outcome {
    /// The published folder; nothing where publication was held.
    pub folder: Option<PathBuf>,
    pub n_rows: u64,
    pub n_rejected: u64,
    pub n_persons: usize,
    /// Persons by verdict, in the order of verdicts.
    pub verdicts: Vec<(Verdict, usize)>,
    /// The night in figures.
    pub summary: Summary,
    /// Findings by code, in the order of the table of rules.
    pub findings: Vec<(&'static findings::Rule, usize)>,
    pub diagnostics: Vec<Diagnostic>,
    /// What was read, in the order of paths.
    pub inputs: Vec<InputFile>,
    /// The controls that were not met.
    pub breaches: Vec<Control>,
}

/// What identification needs of a pipeline.
pub fn setting(pipeline: &Pipeline) -> Result<identity::Setting<'_>> {
    let model = match &pipeline.identity.model {
        None => Model::built_in(),
        Some(name) => {
            let path = pipeline.folder.join(name);
            let text = std::fs::read_to_string(&path).map_err(Error::io("reading", &path))?;
            ModelFile::parse(&text).map_err(|what| Error::Config {
                file: path,
                what,
                shown: String::new(),
                help: Message::new(
                    "用 bulou train 生成模型文件",
                    "make the model with bulou train",
                ),
            })?
        }
    };
    let divisions = &pipeline.divisions;
    let geography =
        identity::Geography::new(divisions.iter().map(|(id, _)| divisions.township(id)).collect());
    let (link, review) = (pipeline.identity.link, pipeline.identity.review);
    let thresholds = identity::Thresholds { link, review };
    let (key, year) = (&pipeline.person_key[..], pipeline.insurance_year);
    Ok(identity::Setting { key, geography, model, thresholds, year })
}

/// Runs a pipeline and publishes what it finds.
pub fn run(pipeline: &Pipeline, options: &Options<'_>, monitor: &dyn Monitor) -> Result<Outcome> {
    let _lock = Lock::take(options.out, &pipeline.name)?;
    let policy = Policy::load(pipeline)?;
    let layouts = Layouts::load(&pipeline.rules, &policy)?;

    let setting = setting(pipeline)?;

    monitor.stage(Stage::Ingest);
    let mut ingested = ingest::read(pipeline, monitor)?;

    let home = options.out.join(&pipeline.name);
    let past = Past::read(&home, options.as_of, pipeline.insurance_year)?;
    cases::unhear(&mut ingested.tables, &|it| past.is_recalled(it));

    monitor.stage(Stage::Identify);
    let identities = identity::identify(&ingested.tables, &setting);
    let people = &identities.people;
    let labels = ledger::label_index(&policy, &ingested.tables);
    let lists = lists::keep(&pipeline.sources, &policy, &labels, &mut ingested, &identities);
    let files = PersonFiles::new(&ingested.tables, &identities.links, people.len());

    monitor.stage(Stage::Judge);
    let cx = Context {
        policy: &policy,
        divisions: &pipeline.divisions,
        texts: &ingested.tables.texts,
        origins: &ingested.tables.origins,
        labels: &labels,
        area: pipeline.area,
        as_of: options.as_of,
        has_last_year: ledger::has_year(&ingested.tables, pipeline.insurance_year - 1),
        named_parts: ledger::named_parts(&ingested.tables),
        lang: options.lang,
    };
    let standings = ledger::keep(&cx, people, &files);

    monitor.stage(Stage::Find);
    let view = findings::RunView {
        tables: &ingested.tables,
        accounts: &ingested.accounts,
        people,
        files: &files,
        standings: &standings,
        claims: &identities.claims,
    };
    let findings = findings::find(&cx, &view);

    let judged_by = publish::judged_by(pipeline)?;
    let (book, recalled) = (&past.earlier.book, |it: &BatchNumber| past.is_recalled(it));
    let kept = cases::keep(&cx, &view, &findings, book, &judged_by, &recalled);

    monitor.stage(Stage::Report);
    let before = publish::list_before(&home, options.as_of, pipeline.insurance_year);
    let percent = pipeline.publication.tolerated_list_change_percent;
    let tolerance = Tolerance { percent, smallest: SMALLEST_LIST_JUDGED };
    let reports =
        report::make(&cx, &identities, (&files, &standings, &findings), before, tolerance);

    monitor.stage(Stage::Publish);
    let judged = (&standings[..], &findings[..]);
    let controls = publish::control::check(&ingested, &identities, &lists, judged, &reports);
    let night = Night {
        pipeline,
        cx: &cx,
        ingested: &ingested,
        identities: &identities,
        lists: &lists,
        standings: &standings,
        findings: &findings,
        kept: &kept,
        judged_by: &judged_by,
        past: &past,
        controls: &controls,
        reports: &reports,
        layouts: &layouts,
        timings: &|| monitor.timings(),
    };
    let folder = publish_unless_held(&night, options.out)?;
    Ok(outcome(&night, folder))
}

/// What the caller is told of a night.
fn outcome(night: &Night<'_>, folder: Option<PathBuf>) -> Outcome {
    let accounts = &night.ingested.accounts;
    Outcome {
        folder,
        n_rows: accounts.iter().map(|it| it.rows_read).sum(),
        n_rejected: accounts.iter().map(|it| it.rejected).sum(),
        n_persons: night.identities.people.len(),
        verdicts: ledger::count(night.standings),
        summary: night.reports.summary.clone(),
        findings: findings::count(night.findings),
        breaches: night.controls.iter().filter(|it| !it.passed).cloned().collect(),
        inputs: inputs(night.ingested),
        diagnostics: night.ingested.diagnostics.clone(),
    }
}

/// Every file once, whatever the number of its sheets.
fn inputs(ingested: &ingest::Ingested) -> Vec<InputFile> {
    let parts = &ingested.tables.origins.parts;
    let file = |it: &ingest::Account| {
        let file = parts[it.part.0 as usize].file.clone();
        InputFile { file, sha256: it.sha256.clone() }
    };
    let mut inputs: Vec<InputFile> = ingested.accounts.iter().map(file).collect();
    inputs.sort();
    inputs.dedup();
    inputs
}

/// Publishes a night, unless the pipeline holds what breaches a control.
fn publish_unless_held(night: &Night<'_>, out: &Path) -> Result<Option<PathBuf>> {
    let is_breached = night.controls.iter().any(|it| !it.passed);
    match night.pipeline.publication.hold_on_breach && is_breached {
        true => Ok(None),
        false => Ok(Some(publish::publish(night, out)?.folder)),
    }
}
