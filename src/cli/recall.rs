//! `bulou recall`: lists that count no more.

use std::path::PathBuf;

use super::{audit::Act, count};
use crate::{
    delivery::{self, Recalled},
    diagnostic::{Lang, Message},
    error::{Error, Result},
};

#[derive(clap::Args)]
pub struct Args {
    /// The folder of a pipeline's runs, such as runs/lengshi
    home: PathBuf,
    /// A list's number, as 2023-12-20-430923109, or a run's name for all its lists
    batch: String,
    /// Why, for those who have the list in their hands
    #[arg(long, value_name = "WHY")]
    because: String,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let what = Recalled::parse(&args.batch).ok_or_else(|| {
        Error::Usage(Message::new(
            format!("{} 不是批次，如 2023-12-20-430923109，或整次 2023-12-20", args.batch),
            format!("{} is no list, as 2023-12-20-430923109, nor a run", args.batch),
        ))
    })?;
    if args.because.trim().is_empty() {
        return Err(Error::Usage(Message::new(
            "--because 要写明作废原因",
            "--because takes the reason",
        )));
    }
    let home = args.home.canonicalize().map_err(Error::io("find the runs", &args.home))?;
    let out = home.parent().unwrap_or(&home);
    let about = serde_json::json!({ "home": home, "batch": args.batch.trim() });
    let act = Act::begin(out, "recall", about)?;
    let recalled = delivery::recall(&home, &what, &super::now(), args.because.trim());
    match &recalled {
        Ok(batches) => {
            let batches: Vec<String> = batches.iter().map(ToString::to_string).collect();
            act.end(0, serde_json::json!({ "recalled": batches }))?;
        }
        Err(error) => act.end(error.exit_code(), serde_json::Value::Null)?,
    }
    let recalled = recalled?;
    recalled.iter().for_each(|it| println!("{it}"));
    let n = count(recalled.len() as i64);
    println!(
        "{}",
        match (lang, recalled.is_empty()) {
            (Lang::Zh, true) => "此前已全部作废".to_string(),
            (Lang::Zh, false) => format!("已作废 {n} 份名单：不再下发，交回时按作废处理"),
            (Lang::En, true) => "they were recalled before".to_string(),
            (Lang::En, false) => format!("{n} lists recalled: not sent any more, void if returned"),
        }
    );
    Ok(0)
}
