//! `bulou deliver`: lists that are due, to whom they are for.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{audit::Act, count};
use crate::{
    config::{Delivery, Pipeline},
    delivery::{self, COUNTY, Event, NOBODYS, Order, Reason},
    diagnostic::{Lang, Message},
    error::{Error, Result},
    findings::Owner,
};

/// The exit status where something could not be delivered.
pub(super) const UNDELIVERED: u8 = 5;

#[derive(clap::Args)]
pub struct Args {
    /// The folder with pipeline.toml
    pipeline: PathBuf,
    /// Where runs are published
    #[arg(long, value_name = "DIR", default_value = "runs")]
    out: PathBuf,
    /// The day from which the days to answer are counted; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// One line of JSON a list
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let pipeline = Pipeline::open(&args.pipeline)?;
    let delivery = pipeline.delivery.as_ref().ok_or_else(nothing_set)?;
    check_recipients(&pipeline)?;
    let home = args.out.join(&pipeline.name);
    if !home.is_dir() {
        return Err(Error::NotFound(Message::new(
            format!("{} 还没有结果；先运行 bulou run", home.display()),
            format!("{} has no run yet; bulou run comes first", home.display()),
        )));
    }
    let on = args.as_of.unwrap_or_else(super::today);
    let act = Act::begin(&args.out, "deliver", serde_json::json!({ "pipeline": pipeline.name }))?;
    let mut tally = Tally::default();
    let done = send(&home, delivery, on, &mut |event| {
        tally.add(event);
        println!("{}", shown(event, args.json, lang));
    });
    let status = if tally.failed.is_empty() { 0 } else { UNDELIVERED };
    match &done {
        Ok(()) => act.end(status, tally.logged())?,
        Err(error) => act.end(error.exit_code(), tally.logged())?,
    }
    done?;
    if !args.json {
        println!("{}", tally.said(lang));
    }
    Ok(status)
}

fn send(
    home: &std::path::Path,
    delivery: &Delivery,
    on: NaiveDate,
    tell: &mut dyn FnMut(&Event),
) -> Result<()> {
    delivery::deliver(&Order { home, delivery, on, now: &super::now }, tell)
}

/// What was delivered and what was not, by number.
#[derive(Default)]
struct Tally {
    sent: Vec<String>,
    failed: Vec<String>,
}

impl Tally {
    fn add(&mut self, event: &Event) {
        match event {
            Event::Sent(it) => self.sent.push(it.batch.to_string()),
            Event::Failed(it) => self.failed.push(it.batch.to_string()),
            Event::Recalled(_) => {}
        }
    }

    fn logged(&self) -> serde_json::Value {
        serde_json::json!({ "sent": self.sent, "undelivered": self.failed })
    }

    fn said(&self, lang: Lang) -> String {
        let [sent, failed] = [&self.sent, &self.failed].map(|it| count(it.len() as i64));
        match lang {
            Lang::Zh => format!("下发 {sent} 份，未送达 {failed} 份"),
            Lang::En => format!("{sent} lists delivered, {failed} not"),
        }
    }
}

fn shown(event: &Event, is_json: bool, lang: Lang) -> String {
    if is_json {
        return serde_json::to_string(event).unwrap_or_default();
    }
    match event {
        Event::Sent(it) => format!("{} {} → {}", it.batch, it.name, it.to),
        Event::Failed(it) => {
            let (why, detail) = (word(it.reason, lang), &it.detail);
            format!("{} {} ✗ {why} {detail}", it.batch, it.name)
        }
        Event::Recalled(it) => it.batch.to_string(),
    }
}

/// A reason as it is said.
pub(super) fn word(reason: Reason, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => reason.zh(),
        Lang::En => reason.code(),
    }
}

fn nothing_set() -> Error {
    Error::Usage(Message::new(
        "pipeline.toml 没有 [delivery]，不下发任何名单；见 docs/configuration.md",
        "pipeline.toml has no [delivery], so nothing is delivered; see docs/configuration.md",
    ))
}

/// Refuses a recipient whom no list can be for: a code with a slip would send nothing and say nothing.
pub(super) fn check_recipients(pipeline: &Pipeline) -> Result<()> {
    let divisions = &pipeline.divisions;
    let is_township = |code: &str| {
        let id = divisions.by_code(code);
        id.is_some_and(|it| divisions.township(it) == Some(it))
    };
    let is_department =
        |code: &str| Owner::ALL.iter().any(|it| *it != Owner::Township && it.code() == code);
    for it in pipeline.delivery.iter().flat_map(|it| &it.recipients) {
        let code = it.code.as_str();
        if [COUNTY, NOBODYS].contains(&code) || is_department(code) || is_township(code) {
            continue;
        }
        let owners = Owner::ALL.iter().filter(|it| **it != Owner::Township);
        let departments: Vec<&str> = owners.map(|it| it.code()).collect();
        let known = departments.join(", ");
        return Err(pipeline.file.refuse(
            it.span.clone(),
            Message::new("没有这个接收单位", "there is no such recipient"),
            Message::new(
                format!("写乡镇的 9 位区划代码、{COUNTY} 或部门代码：{known}"),
                format!("write a township's code of 9 digits, {COUNTY}, or a department: {known}"),
            ),
        ));
    }
    Ok(())
}
