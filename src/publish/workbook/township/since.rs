//! `较上次清单`: what is other than on the list that the township had last, and why.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::Worksheet;
use rustc_hash::FxHashMap;

use super::{Job, View, list, others, running, visit::Visit};
use crate::{
    cases::Case,
    delivery::{Line, List},
    publish::workbook::{
        paper::{Column, Made, Paper, Value, column},
        style::{Kind, Style},
    },
};

const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("变化", 76, Kind::Centre),
    column("名单", 70, Kind::Centre),
    column("村（社区）", 120, Kind::Text),
    column("姓名", 80, Kind::Text),
    column("变化缘由", 190, Kind::Text),
    column("现在的情况", 330, Kind::Text),
    column("本次序号", 64, Kind::Number),
    column("上次序号", 64, Kind::Number),
];

crate::labelled! {
    /// What became of a line, in the order of the sheet.
    pub enum Change {
        Added = "added", "新增";
        MovedIn = "moved-in", "转入";
        Back = "back", "重新列入";
        Changed = "changed", "情况变化";
        MovedOut = "moved-out", "转出";
        Gone = "gone", "已销号";
    }
}

/// Whose list each person was on before: the person's key and the township's name.
pub(super) type DoorsBefore<'a> = FxHashMap<&'a str, &'a str>;

/// Whom every township had on its list for the doors.
pub(super) fn doors_before<'a>(view: &View<'a>) -> DoorsBefore<'a> {
    let lists = view.night.past.last_lists.values();
    let doors = lists.flat_map(|list| list.lines.iter().map(move |line| (list, line)));
    let doors = doors.filter(|it| it.1.sheet == list::SHEET && !it.1.person.is_empty());
    doors.map(|(list, line)| (line.person.as_str(), list.recipient_name.as_str())).collect()
}

/// A line of the sheet.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    change: Change,
    sheet: &'static str,
    village: String,
    name: String,
    reason: String,
    now: String,
    nth: Option<usize>,
    nth_before: Option<usize>,
}

/// A line of tonight: where it stands, and what it is about.
struct Tonight<'r> {
    nth: usize,
    /// The person at a door, else the finding.
    key: String,
    findings: Vec<usize>,
    village: &'r str,
    name: &'r str,
    now: &'r str,
}

pub(super) fn sheet(
    view: &View<'_>,
    job: &Job<'_>,
    visits: &[Visit<'_>],
    style: &Style,
) -> Made<Worksheet> {
    let name = "较上次清单";
    let mut paper = Paper::new(name, style, COLUMNS)?;
    paper.title(&format!("{}与上次清单相比", job.name))?;
    let last = view.night.past.last_lists.get(job.code);
    let rows = last.map_or(Vec::new(), |last| rows(view, job, visits, last));
    match last {
        None => paper.note("没有可比的上次清单：这是第一份，或上次的记录已清理。")?,
        Some(last) => {
            let count = |change: Change| rows.iter().filter(|it| it.change == change).count();
            let counts = Change::ALL.iter().map(|it| format!("{} {}", it.zh(), count(*it)));
            let counts = counts.collect::<Vec<_>>().join("，");
            paper.note(&format!(
                "上次清单：批次 {}（数据截止{}）。{counts}；其余没有变化。“已销号”的不必再走访。",
                last.batch, last.batch.run.as_of,
            ))?;
        }
    }
    paper.head(2)?;
    if rows.is_empty() {
        let mut row = vec![Value::Empty; COLUMNS.len()];
        row[6] = "没有变化".into();
        paper.row(&row, false)?;
    }
    for (at, row) in rows.iter().enumerate() {
        paper.row(&values(at, row), at % 2 == 1)?;
    }
    paper.running(&format!("{} {name}", job.name), &running(view));
    paper.finish()
}

fn values(at: usize, row: &Row) -> Vec<Value> {
    let count = |it: Option<usize>| it.map_or(Value::Empty, |it| Value::Count(it as i64));
    vec![
        Value::Count(at as i64 + 1),
        row.change.zh().into(),
        row.sheet.into(),
        row.village.as_str().into(),
        row.name.as_str().into(),
        row.reason.as_str().into(),
        row.now.as_str().into(),
        count(row.nth),
        count(row.nth_before),
    ]
}

/// Every line that is other, by change, then as the lists have them.
fn rows(view: &View<'_>, job: &Job<'_>, visits: &[Visit<'_>], last: &List) -> Vec<Row> {
    let doors: Vec<Tonight<'_>> = visits
        .iter()
        .zip(1..)
        .map(|(it, nth)| Tonight {
            nth,
            key: view.person_of(it.findings[0]).map_or(String::new(), |it| it.key.to_string()),
            findings: it.findings.to_vec(),
            village: it.village_name,
            name: it.name,
            now: &it.situation,
        })
        .collect();
    let rest: Vec<Tonight<'_>> = job
        .errands
        .others
        .iter()
        .zip(1..)
        .map(|(at, nth)| Tonight {
            nth,
            key: view.finding_ids[*at].clone(),
            findings: vec![*at],
            village: view.village(view.place_of(*at)).map_or("（村不明）", |it| &it.shown),
            name: view.name_of(*at),
            now: &view.night.findings[*at].detail,
        })
        .collect();
    let before = |sheet| last.lines.iter().filter(move |it| it.is_main && it.sheet == sheet);
    let here = before(list::SHEET).map(|it| (it.person.as_str(), it)).collect();
    let rest_before = before(others::SHEET).map(|it| (it.finding.as_str(), it)).collect();
    let mut rows = compare(view, last, list::SHEET, &doors, &here, job.doors_before);
    rows.extend(compare(view, last, others::SHEET, &rest, &rest_before, job.doors_before));
    rows.sort_by_key(|it| (it.change, it.sheet != list::SHEET, it.nth, it.nth_before));
    rows
}

/// One sheet tonight and before, by person or finding.
fn compare(
    view: &View<'_>,
    last: &List,
    sheet: &'static str,
    tonight: &[Tonight<'_>],
    before: &BTreeMap<&str, &Line>,
    doors_before: &DoorsBefore<'_>,
) -> Vec<Row> {
    let here: BTreeSet<&str> = tonight.iter().map(|it| it.key.as_str()).collect();
    let stays = tonight.iter().filter_map(|it| {
        let line = before.get(it.key.as_str()).copied();
        let (change, reason) = on_the_list(view, last, it, line, doors_before)?;
        Some(Row {
            change,
            sheet,
            village: it.village.to_string(),
            name: it.name.to_string(),
            reason,
            now: it.now.to_string(),
            nth: Some(it.nth),
            nth_before: line.map(|it| it.nth as usize),
        })
    });
    let mut rows: Vec<Row> = stays.collect();
    rows.extend(before.iter().filter(|it| !here.contains(*it.0)).map(|it| gone(view, sheet, it.1)));
    rows
}

/// What is other with a line that is on the list tonight, and why; nothing where nothing is.
fn on_the_list(
    view: &View<'_>,
    last: &List,
    it: &Tonight<'_>,
    before: Option<&Line>,
    doors_before: &DoorsBefore<'_>,
) -> Option<(Change, String)> {
    let since = last.batch.run.as_of;
    let cases = || it.findings.iter().filter_map(|at| view.case_of(*at));
    // The newest change is what there is to tell.
    let case = cases().max_by_key(|it| it.touched.on)?;
    let reason = reason(case.touched.by.zh(), case.why.zh());
    if before.is_some() {
        return (case.touched.on > since).then_some((Change::Changed, reason));
    }
    let is_new = cases().all(|it| it.first_seen > since);
    Some(match doors_before.get(it.key.as_str()) {
        Some(from) => (Change::MovedIn, format!("从{from}转来")),
        None if is_new => (Change::Added, reason),
        None => (Change::Back, reason),
    })
}

/// A line that was on the list and is not any more.
fn gone(view: &View<'_>, sheet: &'static str, line: &Line) -> Row {
    let person = view.people_by_key().id(&line.person);
    let case = view.case(&line.finding);
    let township = person.and_then(|it| view.township_name(view.person(it).place));
    let now = person.map_or("不在本次数据中", |it| view.standing(it).verdict.zh()).to_string();
    let (change, reason) = match case.filter(|it| it.is_open()) {
        Some(_) if township.is_some() => {
            (Change::MovedOut, format!("现属{}", township.unwrap_or_default()))
        }
        Some(_) => (Change::MovedOut, "乡镇不明".to_string()),
        None => (Change::Gone, case.map_or(String::new(), closed_by)),
    };
    Row {
        change,
        sheet,
        village: line.village_name.clone(),
        name: line.name.clone(),
        reason,
        now,
        nth: None,
        nth_before: Some(line.nth as usize),
    }
}

/// What closed a case, and by which answer.
fn closed_by(case: &Case) -> String {
    let by = case.closed.map_or("", |it| it.by.zh());
    let answer = case.last_heard().into_iter().next().filter(|_| case.is_closed_by_answer());
    reason(by, answer.map_or("", |it| &it.text))
}

fn reason(by: &str, why: &str) -> String {
    match why.is_empty() {
        true => by.to_string(),
        false => format!("{by}：{why}"),
    }
}
