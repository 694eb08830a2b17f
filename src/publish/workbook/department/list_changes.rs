//! The sheet 名单变动 of a department's workbook: what changed on the monthly lists it keeps.

use std::collections::BTreeMap;

use chrono::Datelike;
use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer, home};
use crate::{
    findings::Owner,
    lists::{Change, ChangeKind},
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::Kind,
    },
};

pub(super) const SHEET: &str = "名单变动";

const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("名单", 90, Kind::Text),
    column("镇", 70, Kind::Text),
    column("村（社区）", 76, Kind::Text),
    column("姓名", 60, Kind::Text),
    column("证件号码", 124, Kind::Centre),
    column("变动", 70, Kind::Centre),
    column("类别", 110, Kind::Text),
    column("原类别", 110, Kind::Text),
    column("起始日", 76, Kind::Date),
    column("终止日", 76, Kind::Date),
    column("暂不取消的原因", 130, Kind::Text),
    column("备注", 80, Kind::Answer),
];

/// The changes of the newest month of every list, by the department that keeps it: positions in
/// the list of changes, in the order of lists, kinds and places. What a township keeps goes to the
/// bureau that runs the comparison: townships have workbooks of another kind.
pub(super) fn by_owner(view: &View<'_>) -> BTreeMap<Owner, Vec<usize>> {
    let (lists, sources) = (view.night.lists, &view.night.pipeline.sources);
    let newest = |source: u16| {
        let months = lists.lists.iter().filter(move |it| it.source == source);
        months.map(|it| it.month).max()
    };
    let mut owners: BTreeMap<Owner, Vec<usize>> = BTreeMap::new();
    for (at, change) in lists.changes.iter().enumerate() {
        if newest(change.source) == Some(change.month) {
            let keeper = match Owner::of_keeper(&sources[change.source as usize].supplier) {
                Owner::Township => Owner::MedicalInsurance,
                keeper => keeper,
            };
            owners.entry(keeper).or_default().push(at);
        }
    }
    for changes in owners.values_mut() {
        changes.sort_by_key(|at| {
            let it = &lists.changes[*at];
            let person = view.person(it.person);
            (it.source, it.kind, person.place.is_none(), person.place, person.key, *at)
        });
    }
    owners
}

/// The sheet, or several where there are very many changes.
pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    chunked(SHEET, &job.changes, |name, first, chunk| {
        let mut paper = Paper::new(name, &job.style, COLUMNS)?;
        paper.title("按月报送名单的变动（最近一个月）")?;
        paper.note(&format!("{}　　{}", job.line, summary(view, &job.changes)))?;
        paper.head(6)?;
        for (at, change) in chunk.iter().enumerate() {
            paper.row(&row(view, first + at, *change), at % 2 == 1)?;
        }
        paper.running(job.owner.zh(), &footer(view));
        paper.finish()
    })
}

/// How many changes of each kind each list has.
fn summary(view: &View<'_>, changes: &[usize]) -> String {
    let mut counts: BTreeMap<(&str, i32, u32), BTreeMap<ChangeKind, usize>> = BTreeMap::new();
    for at in changes {
        let it = &view.night.lists.changes[*at];
        let list = (source_name(view, it), it.month.year(), it.month.month());
        *counts.entry(list).or_default().entry(it.kind).or_default() += 1;
    }
    let shown = counts.iter().map(|((list, year, month), kinds)| {
        let kinds: Vec<String> =
            kinds.iter().map(|(kind, count)| format!("{}{count}人", kind.zh())).collect();
        format!("{list}（{year}年{month}月）：{}", kinds.join("，"))
    });
    let shown = shown.collect::<Vec<_>>().join("；");
    format!("与上一份名单相比。{shown}。请核对；名单不完整的，请重报当月完整名单。")
}

fn source_name<'v>(view: &View<'v>, change: &Change) -> &'v str {
    &view.night.pipeline.sources[change.source as usize].name
}

fn row(view: &View<'_>, nth: usize, at: usize) -> Vec<Value> {
    let (lists, cx) = (view.night.lists, view.night.cx);
    let change = &lists.changes[at];
    let person = view.person(change.person);
    let category = |it| lists.name(it, cx.policy, cx.texts);
    let [township, village] = home(view, person);
    vec![
        Value::Count(nth as i64 + 1),
        source_name(view, change).into(),
        township,
        village,
        cx.text(person.name).into(),
        view.shown_id(person).into(),
        change.kind.zh().into(),
        category(change.category).into(),
        change.previous.map_or("", category).into(),
        Value::Date(change.from),
        Value::Date(change.to),
        change.reason.map_or("", |it| it.zh()).into(),
        Value::Empty,
    ]
}
