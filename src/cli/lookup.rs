//! `bulou lookup`: who on a list is insured, out of a published run.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Langs, audit::Act, count};
use crate::{
    diagnostic::{Lang, Message},
    error::{Error, Result},
    lookup::{Counts, Lookup, default_out, lookup, run_folder},
};

#[derive(clap::Args)]
pub struct Args {
    /// The published run: its folder, or a pipeline's home for the latest
    run: PathBuf,
    /// Any list of people, with a column of certificate numbers or of names
    file: PathBuf,
    /// Where the list goes with its answers, .xlsx or .csv; beside the list if not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn execute(args: &Args, langs: Langs) -> Result<u8> {
    let default = || default_out(&args.file, langs.published);
    let out = args.out.clone().unwrap_or_else(default);
    if is_same(&args.file, &out) {
        return Err(Error::Usage(Message::new(
            "--out 就是名单本身；请另写一个文件名",
            "--out is the list itself: name another file",
        )));
    }
    let run = run_folder(&args.run);
    let act = Act::reading(&run, "lookup", json!({}))?;
    let found = looked_up(&run, &args.file, &out, langs.published);
    match &found {
        Ok(it) => {
            act.end(0, json!({ "asked": it.counts.rows, "found": it.counts.matched }))?;
        }
        Err(error) => act.end(error.exit_code(), json!({}))?,
    }
    let found = found?;
    for diagnostic in &found.diagnostics {
        eprintln!("{}", diagnostic.show(langs.said));
    }
    println!("{}", line(&found.counts, langs.said));
    println!("{}", out.display());
    Ok(0)
}

/// Looks a list up and writes it with its answers.
fn looked_up(run: &Path, file: &Path, out: &Path, lang: Lang) -> Result<Lookup> {
    let found = lookup(run, file)?;
    found.write(out, lang)?;
    Ok(found)
}

fn is_same(file: &Path, out: &Path) -> bool {
    match (file.canonicalize(), out.canonicalize()) {
        (Ok(file), Ok(out)) => file == out,
        _ => false,
    }
}

/// What became of the list, in one line.
fn line(counts: &Counts, lang: Lang) -> String {
    let Counts { rows, matched, insured, uninsured, other, nobody, unclear } = *counts;
    let [rows, matched, insured, uninsured, other, nobody, unclear] =
        [rows, matched, insured, uninsured, other, nobody, unclear].map(|it| count(it as i64));
    match lang {
        Lang::Zh => format!(
            "名单{rows}行：对上{matched}人（已参保{insured}，未参保{uninsured}，不需参保或待核实{other}），\
             查无此人{nobody}，不能确定{unclear}"
        ),
        Lang::En => format!(
            "{rows} rows: {matched} matched ({insured} insured, {uninsured} not, {other} excused \
             or to be checked), {nobody} not found, {unclear} unclear"
        ),
    }
}
