//! `bulou diff`: what is other between two published runs, and why.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;

use super::count;
use crate::{
    cases::{Book, Case, CaseChange, Change, Reason, between},
    columns,
    diagnostic::{Lang, Message},
    error::{Error, Result},
    history::{RunName, runs_before},
    publish,
};

#[derive(clap::Args)]
pub struct Args {
    /// The earlier run, or the only one: then it is compared with the newest of an earlier day
    before: PathBuf,
    /// The later run
    after: Option<PathBuf>,
    /// The lines of one code, such as E01; all of them with `--of all`
    #[arg(long, value_name = "CODE")]
    of: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let (before, after) = match &args.after {
        Some(after) => (args.before.clone(), after.clone()),
        None => (earlier(&args.before)?, args.before.clone()),
    };
    let (old, new) = (book(&before)?, book(&after)?);
    let changes = between(&old.cases, &new.cases);
    let wanted = |it: &&CaseChange<'_>| {
        args.of.as_ref().is_some_and(|of| of == "all" || *of == it.after.found.code)
    };
    let lines: Vec<&CaseChange<'_>> = changes.iter().filter(wanted).collect();
    if args.json {
        let lines: Vec<_> = lines.iter().map(|it| as_json(it)).collect();
        let by_code: BTreeMap<&str, _> = counts(&old.cases, &new.cases, &changes)
            .into_iter()
            .map(|(code, it)| (code, it.as_json()))
            .collect();
        let told = json!({
            "before": before.display().to_string(), "after": after.display().to_string(),
            "by_code": by_code, "by_reason": by_reason(&changes), "changes": lines,
        });
        println!("{told:#}");
        return Ok(0);
    }
    println!("{} → {}", before.display(), after.display());
    tables(&old.cases, &new.cases, &changes, lang).iter().for_each(|it| println!("{it}"));
    if !lines.is_empty() {
        println!();
        let rows: Vec<Vec<String>> = lines.iter().map(|it| cells(it, lang)).collect();
        columns::align(&rows).iter().for_each(|it| println!("{it}"));
    }
    Ok(0)
}

/// The newest run of an earlier day than this one, beside it.
fn earlier(run: &Path) -> Result<PathBuf> {
    let found = fs::canonicalize(run).map_err(Error::io("read the run", run))?;
    let name = found.file_name().and_then(|it| RunName::parse(it.to_str()?));
    let home = found.parent().unwrap_or(Path::new("."));
    let earlier = name.and_then(|it| runs_before(home, it.as_of).into_iter().next());
    let earlier = earlier.map(|it| home.join(it.to_string()));
    earlier.ok_or_else(|| {
        let shown = run.display();
        Error::NotFound(Message::new(
            format!("{shown} 旁边没有更早日期的结果；请同时给出两次结果的文件夹"),
            format!("beside {shown} there is no run of an earlier day; name both runs"),
        ))
    })
}

fn book(run: &Path) -> Result<Book> {
    publish::book(run).ok_or_else(|| {
        let shown = run.display();
        Error::NotFound(Message::new(
            format!("{shown} 里没有可读的 cases.parquet 和 persons.parquet；请给出一次结果的文件夹，如 runs/lengshi/latest"),
            format!("{shown} has no cases.parquet and persons.parquet of this version; name the folder of a run, such as runs/lengshi/latest"),
        ))
    })
}

/// The cases of one code: open before + new + back − gone = open after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    before: i64,
    new: i64,
    back: i64,
    gone: i64,
    changed: i64,
    after: i64,
}

impl Counts {
    fn as_json(self) -> serde_json::Value {
        json!({
            "open_before": self.before, "new": self.new, "back": self.back, "gone": self.gone,
            "changed": self.changed, "open_after": self.after,
        })
    }

    fn cells(self) -> [String; 6] {
        [self.before, self.new, self.back, self.gone, self.after, self.changed].map(count)
    }

    fn add(&mut self, it: Counts) {
        self.before += it.before;
        self.new += it.new;
        self.back += it.back;
        self.gone += it.gone;
        self.changed += it.changed;
        self.after += it.after;
    }
}

fn counts<'a>(
    before: &'a [Case],
    after: &'a [Case],
    changes: &[CaseChange<'a>],
) -> BTreeMap<&'a str, Counts> {
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for it in before.iter().filter(|it| it.is_open()) {
        counts.entry(&it.found.code).or_default().before += 1;
    }
    for it in after.iter().filter(|it| it.is_open()) {
        counts.entry(&it.found.code).or_default().after += 1;
    }
    for it in changes {
        let of = counts.entry(&it.after.found.code).or_default();
        match it.change {
            Change::New => of.new += 1,
            Change::Back => of.back += 1,
            Change::Changed => of.changed += 1,
            Change::Gone => of.gone += 1,
        }
    }
    counts
}

fn by_reason(changes: &[CaseChange<'_>]) -> BTreeMap<&'static str, BTreeMap<&'static str, usize>> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for it in changes {
        *counts.entry(it.change.code()).or_default().entry(it.reason.code()).or_default() += 1;
    }
    counts
}

/// By code, then by reason.
fn tables(before: &[Case], after: &[Case], changes: &[CaseChange<'_>], lang: Lang) -> Vec<String> {
    let is_zh = lang == Lang::Zh;
    let head = match is_zh {
        true => ["问题", "原有", "新增", "重新列入", "销号", "现有", "其中情况变化"],
        false => ["code", "open", "new", "back", "gone", "open now", "of these changed"],
    };
    let mut total = Counts::default();
    let mut rows = vec![head.map(str::to_string).to_vec()];
    for (code, it) in counts(before, after, changes) {
        rows.push([code.to_string()].into_iter().chain(it.cells()).collect());
        total.add(it);
    }
    let all = if is_zh { "合计" } else { "all" };
    rows.push([all.to_string()].into_iter().chain(total.cells()).collect());
    let mut lines = columns::figures(&rows);
    lines.push(String::new());
    let reasons = Reason::ALL.iter();
    let mut rows: Vec<Vec<String>> = vec![
        std::iter::once(if is_zh { "原因" } else { "why" }.to_string())
            .chain(Change::ALL.iter().map(|it| word(is_zh, it.zh(), it.code())))
            .collect(),
    ];
    rows.extend(reasons.map(|reason| {
        let of = |change: &Change| {
            let of = changes.iter().filter(|it| it.change == *change && it.reason == *reason);
            count(of.count() as i64)
        };
        let head = word(is_zh, reason.zh(), reason.code());
        std::iter::once(head).chain(Change::ALL.iter().map(of)).collect()
    }));
    lines.extend(columns::figures(&rows));
    lines
}

fn word(is_zh: bool, zh: &str, code: &str) -> String {
    if is_zh { zh } else { code }.to_string()
}

/// A change as a line: no names.
fn cells(it: &CaseChange<'_>, lang: Lang) -> Vec<String> {
    let is_zh = lang == Lang::Zh;
    let found = &it.after.found;
    let state = |case: Option<&Case>| {
        case.map_or(String::new(), |it| word(is_zh, it.state.zh(), it.state.code()))
    };
    vec![
        found.code.clone(),
        word(is_zh, it.change.zh(), it.change.code()),
        word(is_zh, it.reason.zh(), it.reason.code()),
        found.finding.clone(),
        found.person.clone(),
        found.village.clone(),
        format!("{} → {}", state(it.before), state(Some(it.after))).trim().to_string(),
        word(is_zh, it.after.why.zh(), it.after.why.code()),
    ]
}

fn as_json(it: &CaseChange<'_>) -> serde_json::Value {
    let found = &it.after.found;
    json!({
        "change": it.change.code(), "reason": it.reason.code(), "finding": found.finding,
        "code": found.code, "person": found.person, "township": found.township,
        "village": found.village, "from": it.before.map(|it| it.state.code()),
        "to": it.after.state.code(), "why": it.after.why.code(),
    })
}
