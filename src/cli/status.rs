//! `bulou status`: what was sent, what came back, what is overdue, what did not arrive.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{count, deliver::word};
use crate::{
    columns::{pad, pad_left, width},
    delivery::{self, Counts, Late, Recipient, Status},
    diagnostic::{Lang, Message},
    error::{Error, Result},
};

#[derive(clap::Args)]
pub struct Args {
    /// The folder of a pipeline's runs, such as runs/lengshi
    home: PathBuf,
    /// The day on which it is asked what is overdue; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let as_of = args.as_of.unwrap_or_else(super::today);
    let known = if args.home.is_dir() { delivery::status(&args.home, as_of)? } else { None };
    let status = known.ok_or_else(|| nothing(args))?;
    match args.json {
        true => println!("{}", serde_json::to_string_pretty(&status).unwrap_or_default()),
        false => shown(&status, lang).iter().for_each(|it| println!("{it}")),
    }
    Ok(0)
}

fn nothing(args: &Args) -> Error {
    let home = args.home.display();
    Error::NotFound(Message::new(
        format!("{home} 里没有结果；请给出流水线的结果文件夹，例如 runs/lengshi"),
        format!("{home} has no run; name the folder of a pipeline's runs, such as runs/lengshi"),
    ))
}

/// The table, then what did not arrive, then what came back late.
fn shown(status: &Status, lang: Lang) -> Vec<String> {
    let mut lines = table(status, lang);
    let undelivered: Vec<String> =
        status.recipients.iter().filter_map(|it| undelivered(it, lang)).collect();
    if !undelivered.is_empty() {
        let head = Message::new("未送达：", "not delivered:");
        lines.extend([String::new(), head.say(lang).to_string()]);
        lines.extend(undelivered);
    }
    let recalled: Vec<String> =
        status.recipients.iter().filter_map(|it| recalled(it, lang)).collect();
    if !recalled.is_empty() {
        let head = Message::new("已作废、尚无新名单：", "recalled, and nothing sent since:");
        lines.extend([String::new(), head.say(lang).to_string()]);
        lines.extend(recalled);
    }
    if !status.late.is_empty() {
        let head = Message::new(
            "按作废、被取代或不明的批次交回：",
            "returned under a number that does not count:",
        );
        lines.extend([String::new(), head.say(lang).to_string()]);
        lines.extend(status.late.iter().map(|it| late(it, lang)));
    }
    lines
}

/// How many columns stand at the left, as texts; the others are numbers, but for the last.
const LEFT: usize = 3;

fn table(status: &Status, lang: Lang) -> Vec<String> {
    let head = match lang {
        Lang::Zh => "接收单位|批次|送达|条数|交回|已反馈|已销号|未反馈|期限|逾期条数|逾期天数|送至",
        Lang::En => {
            "recipient|list|sent|lines|returned|answered|closed|open|due|overdue|days over|to"
        }
    };
    let mut rows = vec![head.split('|').map(str::to_string).collect::<Vec<_>>()];
    rows.extend(status.recipients.iter().map(|it| row(it, lang)));
    let total = Message::new("合计", "all").say(lang).to_string();
    let mut last = vec![total, String::new(), String::new()];
    last.extend(numbers(status.total));
    last.insert(LEFT + 5, String::new());
    last.extend([String::new(), String::new()]);
    rows.push(last);
    let widest = |at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(widest).collect();
    let is_left = |at: usize| at < LEFT || at + 1 == widths.len();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (cell, to))| match is_left(at) {
            true => pad(cell, *to),
            false => pad_left(cell, *to),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

fn row(it: &Recipient, lang: Lang) -> Vec<String> {
    let name = format!("{} {}", it.code, it.name);
    let Some(sent) = &it.sent else {
        let made = it.made.as_ref().map(ToString::to_string).unwrap_or_default();
        let not_sent = Message::new("未下发", "not sent").say(lang).to_string();
        let mut row = vec![name, made, not_sent];
        row.resize(LEFT + 9, String::new());
        return row;
    };
    // The day alone: the rest is in the log.
    let at = sent.at.split('T').next().unwrap_or_default().to_string();
    let mut row = vec![name, sent.batch.to_string(), at];
    row.extend(numbers(sent.counts));
    let is_asked = sent.counts.lines > 0;
    row.insert(LEFT + 5, if is_asked { sent.due.to_string() } else { String::new() });
    row.extend([few(sent.overdue_days), sent.to.clone()]);
    row
}

fn numbers(it: Counts) -> [String; 6] {
    let whole = [it.lines, it.returned, it.answered, it.closed, it.open].map(|it| count(it as i64));
    let [lines, returned, answered, closed, open] = whole;
    [lines, returned, answered, closed, open, few(it.overdue as i64)]
}

/// A number of what there should be none of.
fn few(number: i64) -> String {
    if number == 0 { String::new() } else { count(number) }
}

fn undelivered(it: &Recipient, lang: Lang) -> Option<String> {
    let what = it.undelivered.as_ref()?;
    let (name, why, tries) = (&it.name, word(what.reason, lang), count(what.tries as i64));
    let (batch, detail, since) = (&what.batch, &what.detail, &what.since);
    Some(match lang {
        Lang::Zh => format!("  {batch} {name}：{why} {detail}（自 {since} 起，共 {tries} 次）"),
        Lang::En => format!("  {batch} {name}: {why} {detail} (since {since}, {tries} times)"),
    })
}

fn recalled(it: &Recipient, lang: Lang) -> Option<String> {
    let recall = it.recalled.as_ref()?;
    let colon = Message::new("：", ": ");
    Some(format!("  {} {}{}{}", recall.batch, it.name, colon.say(lang), recall.because))
}

fn late(it: &Late, lang: Lang) -> String {
    let [rows, taken, not_taken] =
        [it.rows - it.blank, it.taken, it.not_taken].map(|it| count(it as i64));
    let (file, sheet, batch) = (&it.file, &it.sheet, &it.batch);
    match lang {
        Lang::Zh => format!(
            "  {batch} {}：{file}[{sheet}]，填写 {rows} 行，采用 {taken} 行，未采用 {not_taken} 行",
            it.standing.zh()
        ),
        Lang::En => format!(
            "  {batch} {}: {file}[{sheet}], {rows} rows filled in, {taken} taken, {not_taken} not",
            it.standing.code()
        ),
    }
}
