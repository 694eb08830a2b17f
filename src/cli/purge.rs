//! `bulou purge`: old runs removed, their figures kept.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::audit::Act;
use crate::{
    diagnostic::Lang,
    error::{Error, Result},
    publish::{Keep, purge},
};

#[derive(clap::Args)]
pub struct Args {
    /// The folder of a pipeline's runs, such as runs/lengshi
    home: PathBuf,
    /// Runs of more than so many days ago may go
    #[arg(long, value_name = "DAYS")]
    older_than: u64,
    /// So many of the newest runs stay, however old; the newest always does
    #[arg(long, value_name = "N", default_value = "1")]
    keep: usize,
    /// Also the last run of each month
    #[arg(long)]
    all: bool,
    /// Say what would go and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// The day from which ages are counted; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
}

/// Removes what is old and has it in the audit log.
pub(super) fn remove(home: &Path, keep: Keep) -> Result<Vec<PathBuf>> {
    let home = home.canonicalize().map_err(Error::io("find the runs", home))?;
    let out = home.parent().unwrap_or(&home);
    let act =
        Act::begin(out, "purge", serde_json::json!({ "home": home, "older_than": keep.days }))?;
    let removed = purge(&home, keep, false);
    match &removed {
        Ok(removed) => act.end(0, serde_json::json!({ "removed": removed }))?,
        Err(error) => act.end(error.exit_code(), serde_json::Value::Null)?,
    }
    removed
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let as_of = args.as_of.unwrap_or_else(super::today);
    let keep = Keep { as_of, days: args.older_than, newest: args.keep, months: !args.all };
    let old = purge(&args.home, keep, true)?;
    let removed = if args.dry_run || old.is_empty() { old } else { remove(&args.home, keep)? };
    for run in &removed {
        println!("{}", run.display());
    }
    let count = removed.len();
    println!(
        "{}",
        match (lang, args.dry_run) {
            (Lang::Zh, false) => format!("已删除 {count} 次结果，历次数字仍在 history/"),
            (Lang::Zh, true) => format!("将删除 {count} 次结果；本次未删除"),
            (Lang::En, false) => format!("{count} runs removed; their figures stay in history/"),
            (Lang::En, true) => format!("{count} runs would go; nothing was removed"),
        }
    );
    Ok(0)
}
