//! `bulou score`: the command line's side.

use std::path::PathBuf;

use super::run::RunOutput;
use super::truth::Truth;
use super::{list, score, show, strays, tally};
use crate::error::Result;

/// Score a run against the truth of a synthetic county.
#[derive(clap::Args, Clone, Debug)]
pub struct ScoreArgs {
    /// The published run.
    pub run: PathBuf,
    /// The truth's folder.
    pub truth: PathBuf,
    /// List what was missed and what was falsely found under this code; ALL for every code, LINKS
    /// for rows given to the wrong person.
    #[arg(long, value_name = "CODE")]
    pub list: Option<String>,
    /// How many of each to list, per code.
    #[arg(long, default_value_t = 10)]
    pub worst: usize,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// Scores the run; what it returns is to be printed.
pub fn run(args: &ScoreArgs) -> Result<String> {
    let truth = Truth::read(&args.truth)?;
    let output = RunOutput::read(&args.run, &truth)?;
    let scored = score(&output, &truth);
    let wrong = match &args.list {
        Some(code) if code == strays::LINKS => strays::strays(&output, &truth, args.worst),
        Some(code) => {
            let judged = tally::judge(&output, &truth);
            let code = Some(code.as_str()).filter(|it| *it != "ALL");
            list::wrongs(&output, &judged, &truth, code, args.worst)
        }
        None => Vec::new(),
    };
    if args.json {
        let whole = serde_json::json!({ "score": scored, "wrong": wrong });
        return Ok(format!("{whole:#}\n"));
    }
    Ok(format!("{}\n{}", show::text(&scored), show::wrongs(&wrong)))
}
