//! The command line: arguments in, exit status out. One file a subcommand.
//!
//! This is the only place that reads the clock, the locale and the terminal.

// The command line is the one module that speaks to a terminal.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is what a command line does")]

mod audit;
mod check;
mod deliver;
mod diff;
mod explain;
mod history;
mod lookup;
mod monitor;
mod night;
mod policy;
mod purge;
mod recall;
mod rules;
mod run;
mod schema;
mod score;
mod status;
mod summary;
mod synth;
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::{diagnostic::Lang, error::Result};

/// 不漏: who should have resident medical insurance and has none, who is in the data twice, and
/// whose subsidy is wrong.
#[derive(Parser)]
#[command(name = "bulou", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Language of messages: zh where the locale is Chinese, else en
    #[arg(long, global = true, value_enum)]
    lang: Option<LangArg>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Subcommand)]
enum Command {
    /// The nightly job: read, identify, judge, find, publish
    Run(run::Args),
    /// The runs of several pipelines, one after the other, each failing alone
    Night(night::Args),
    /// Configuration and inputs, nothing written: what was recognised, what is missing
    Check(check::Args),
    /// The catalogue of findings, or one rule's manual
    Rules(rules::Args),
    /// The parameters in force with their clauses; what a described person owes; two compared
    Policy(policy::Args),
    /// The data dictionary of everything a run publishes
    Schema(schema::Args),
    /// One person's file out of a published run: why is she on my list?
    Explain(explain::Args),
    /// The nights published so far, in figures
    History(history::Args),
    /// What is new, gone, back or other between two runs, and why
    Diff(diff::Args),
    /// Lists that are due, to whom they are for, each once
    Deliver(deliver::Args),
    /// Lists that count no more: not sent, and void if they come back
    Recall(recall::Args),
    /// What was sent, what came back, what is overdue, what did not arrive
    Status(status::Args),
    /// Remove old runs; their figures stay in the history
    Purge(purge::Args),
    /// Any list of people in, the same list out: who is insured, where, since when
    Lookup(lookup::Args),
    /// Learn the linkage model from a county's own rows
    Train(train::Args),
    /// A synthetic county with ground truth
    Synth(synth::Args),
    /// Precision and recall of a run against a ground truth
    Score(score::Args),
}

/// The languages of one call: of what is said, and of what is published.
#[derive(Clone, Copy)]
struct Langs {
    said: Lang,
    /// Chinese unless asked otherwise, so that what is published does not depend on a locale.
    published: Lang,
    /// What the operator asked for, if anything.
    asked: Option<Lang>,
}

/// Runs the program. Exit status: 0 done; 1 the run failed, nothing published, or nobody found;
/// 2 wrong usage or configuration; 3 held by a control; 4 another run holds the lock; 5 a list could
/// not be delivered.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let asked = cli.lang.map(|it| match it {
        LangArg::Zh => Lang::Zh,
        LangArg::En => Lang::En,
    });
    let said = asked.unwrap_or_else(lang_of_locale);
    let langs = Langs { said, published: asked.unwrap_or(Lang::Zh), asked };
    match execute(&cli.command, langs) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("{}", error.show(langs.said));
            ExitCode::from(error.exit_code())
        }
    }
}

fn execute(command: &Command, langs: Langs) -> Result<u8> {
    match command {
        Command::Run(args) => run::execute(args, langs),
        Command::Night(args) => night::execute(args, langs),
        Command::Check(args) => check::execute(args, langs.said),
        Command::Rules(args) => rules::execute(args, langs.said),
        Command::Policy(args) => policy::execute(args, langs.said),
        Command::Schema(args) => schema::execute(args, langs.said),
        Command::Explain(args) => explain::execute(args, langs.said),
        Command::History(args) => history::execute(args, langs.said),
        Command::Diff(args) => diff::execute(args, langs.said),
        Command::Deliver(args) => deliver::execute(args, langs.said),
        Command::Recall(args) => recall::execute(args, langs.said),
        Command::Status(args) => status::execute(args, langs.said),
        Command::Purge(args) => purge::execute(args, langs.said),
        Command::Lookup(args) => lookup::execute(args, langs),
        Command::Train(args) => train::execute(args, langs.said),
        Command::Synth(args) => synth::execute(args),
        Command::Score(args) => score::execute(args),
    }
}

fn lang_of_locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|it| it.starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// A number with its thousands parted.
fn count(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let parts: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|it| std::str::from_utf8(it).unwrap_or_default())
        .collect();
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", parts.join(","))
}

/// This moment, with its offset, for the audit log.
#[expect(clippy::disallowed_methods, reason = "the command line tells the audit log when")]
fn now() -> String {
    chrono::Local::now().format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The only place where the date comes from a clock.
#[expect(clippy::disallowed_methods, reason = "the command line turns the clock into an argument")]
fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}
