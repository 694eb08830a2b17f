//! `bulou run`: the nightly job.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{
    Langs,
    audit::Act,
    monitor::{LogFormat, Screen},
    summary,
};
use crate::{
    config::Pipeline,
    diagnostic::{Lang, Message, Severity},
    error::{Error, Result},
    run::{Options, Outcome, run},
};

/// How many problems of the inputs are shown on the terminal; all are in the run's folder.
const SHOWN_DIAGNOSTICS: usize = 20;

#[derive(clap::Args)]
pub struct Args {
    /// The folder with pipeline.toml
    pipeline: PathBuf,
    /// The day to look at the world from; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Where runs are published
    #[arg(long, value_name = "DIR", default_value = "runs")]
    out: PathBuf,
    /// Threads; all cores if not given. The result is the same whatever the number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// How log lines are written
    #[arg(long, value_enum, default_value = "text")]
    log_format: LogFormat,
    /// Log lines instead of a moving line, also on a terminal
    #[arg(long)]
    no_progress: bool,
}

pub(super) fn execute(args: &Args, langs: Langs) -> Result<u8> {
    let pipeline = Pipeline::open(&args.pipeline)?;
    let threads = args.threads.unwrap_or(0);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(|error| {
        Error::Usage(Message::new(format!("线程数不可用：{error}"), error.to_string()))
    })?;
    let options = Options {
        as_of: args.as_of.unwrap_or_else(super::today),
        out: &args.out,
        lang: langs.published,
    };
    let what = serde_json::json!({
        "pipeline": pipeline.name, "folder": args.pipeline, "as_of": options.as_of.to_string(),
    });
    let act = Act::begin(&args.out, "run", what)?;
    let screen = Screen::new(langs.said, args.log_format, !args.no_progress);
    let outcome = run(&pipeline, &options, &screen);
    let seconds = screen.finish();
    match &outcome {
        Ok(it) => act.end(status(it), logged(it))?,
        Err(error) => act.end(error.exit_code(), serde_json::Value::Null)?,
    }
    let outcome = outcome?;
    match args.log_format {
        LogFormat::Text => println!("{}", shown(&pipeline, &outcome, seconds, langs.said)),
        LogFormat::Json => println!("{}", summary_json(&outcome, seconds)),
    }
    Ok(status(&outcome))
}

fn status(outcome: &Outcome) -> u8 {
    if outcome.folder.is_some() { 0 } else { 3 }
}

/// What the audit log keeps of a run.
fn logged(outcome: &Outcome) -> serde_json::Value {
    let findings: usize = outcome.findings.iter().map(|it| it.1).sum();
    serde_json::json!({
        "run": outcome.folder, "inputs": outcome.inputs, "rows": outcome.n_rows,
        "rejected": outcome.n_rejected, "persons": outcome.n_persons, "findings": findings,
        "breaches": outcome.breaches.len(),
    })
}

fn shown(pipeline: &Pipeline, outcome: &Outcome, seconds: f64, lang: Lang) -> String {
    let mut lines = problems(outcome, lang);
    lines.extend(summary::lines(pipeline, outcome, seconds, lang));
    lines.push(match (&outcome.folder, lang) {
        (Some(folder), Lang::Zh) => format!(
            "报告：{0}/report.html　进度表：{0}/progress.xlsx\n入户名单：{0}/townships/\n部门清单：{0}/departments/\n分析数据：{0}/*.parquet（说明见 {0}/schema.md）",
            folder.display()
        ),
        (Some(folder), Lang::En) => format!(
            "report: {0}/report.html, progress tables: {0}/progress.xlsx\nlists for the doors: {0}/townships/\nlists for departments: {0}/departments/\n\
             data for analysts: {0}/*.parquet (described in {0}/schema.md)",
            folder.display()
        ),
        (None, Lang::Zh) => "控制项未通过，本次不发布，上一次结果保持不变".to_string(),
        (None, Lang::En) => {
            "a control was breached: nothing is published, the run before stays in place".to_string()
        }
    });
    lines.join("\n")
}

/// Breached controls, then the worst problems of the inputs: the first few, and how many more.
fn problems(outcome: &Outcome, lang: Lang) -> Vec<String> {
    // A file's own wrong total is among the diagnostics already.
    let breaches = outcome.breaches.iter().filter(|it| it.is_ours()).map(|it| it.show(lang));
    let serious = || outcome.diagnostics.iter().filter(|it| it.severity > Severity::Note);
    let shown = serious().take(SHOWN_DIAGNOSTICS).map(|it| it.show(lang));
    let mut lines: Vec<String> = breaches.chain(shown).collect();
    let more = serious().count().saturating_sub(SHOWN_DIAGNOSTICS);
    if more > 0 {
        lines.push(match lang {
            Lang::Zh => format!("……另有{more}条，见 diagnostics.parquet"),
            Lang::En => format!("… and {more} more, see diagnostics.parquet"),
        });
    }
    lines
}

fn summary_json(outcome: &Outcome, seconds: f64) -> serde_json::Value {
    let counts = |pairs: Vec<(&str, usize)>| -> serde_json::Value {
        pairs
            .into_iter()
            .map(|(name, count)| (name.to_string(), serde_json::Value::from(count)))
            .collect()
    };
    serde_json::json!({
        "event": "done",
        "seconds": (seconds * 1000.0).round() / 1000.0,
        "folder": outcome.folder,
        "rows": outcome.n_rows,
        "rejected": outcome.n_rejected,
        "persons": outcome.n_persons,
        "verdicts": counts(outcome.verdicts.iter().map(|it| (it.0.code(), it.1)).collect()),
        "findings": counts(outcome.findings.iter().map(|it| (it.0.code, it.1)).collect()),
        "breaches": outcome.breaches.iter().map(|it| it.show(Lang::En)).collect::<Vec<_>>(),
    })
}
