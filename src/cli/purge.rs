//! `bulou purge`: old runs removed, their figures kept.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::{
    diagnostic::Lang,
    error::Result,
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

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let as_of = args.as_of.unwrap_or_else(super::today);
    let keep = Keep { as_of, days: args.older_than, newest: args.keep, months: !args.all };
    let removed = purge(&args.home, keep, args.dry_run)?;
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
