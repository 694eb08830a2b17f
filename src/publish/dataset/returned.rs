//! `returned.parquet`: every row of the lists that came back, and what became of it.

use std::collections::BTreeMap;

use super::{Column, Staging, Table, Values, View, encode};
use crate::{
    cases::Returned,
    delivery::Standing,
    error::Result,
    history::BatchNumber,
    tables::{Answer, AnswerCode, Part},
};

/// A run and how each batch that came back stands.
pub(super) struct ReturnedLists<'v> {
    view: &'v View<'v>,
    standings: BTreeMap<String, Standing>,
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let mut standings = BTreeMap::new();
    for row in &view.tables().answers {
        let text = view.night.cx.text(row.batch);
        if !standings.contains_key(text) {
            standings.insert(text.to_string(), standing(view, text)?);
        }
    }
    let lists = ReturnedLists { view, standings };
    staging.write("returned.parquet", &encode::encode(&table(), &lists)?)
}

/// How a batch stands tonight, as a row states it.
fn standing(view: &View<'_>, text: &str) -> Result<Standing> {
    match BatchNumber::parse(text) {
        None if text.trim().is_empty() => Ok(Standing::Unstated),
        None => Ok(Standing::Unknown),
        Some(batch) => Ok(view.night.past.sent.standing(&batch, view.night.cx.as_of)?.standing),
    }
}

/// Rows are positions among the answers, which are in the order of files and rows.
pub(super) fn table<'v>() -> Table<ReturnedLists<'v>> {
    Table {
        name: "returned",
        zh: "交回名单：乡镇交回的每一行及其处理结果",
        en: "returned lists: every row that came back and what became of it",
        rows: |it| (0..it.view.tables().answers.len() as u32).collect(),
        columns: [place(), batch(), said()].into_iter().flatten().collect(),
    }
}

fn row_of<'v>(it: &ReturnedLists<'v>, row: usize) -> &'v Answer {
    &it.view.tables().answers[row]
}

fn returned<'v>(it: &ReturnedLists<'v>, row: usize) -> &'v Returned {
    &it.view.night.kept.returned[row]
}

fn origin<'v>(it: &ReturnedLists<'v>, row: usize) -> (&'v Part, u32) {
    it.view.tables().origins.of(row_of(it, row).subject.record)
}

fn text<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: for<'r> fn(&'r ReturnedLists<'v>, usize) -> &'r str,
) -> Column<ReturnedLists<'v>> {
    Column::new(name, zh, en, Values::Text(value))
}

fn place<'v>() -> Vec<Column<ReturnedLists<'v>>> {
    vec![
        text("file", "文件", "the file", |it, row| &origin(it, row).0.file),
        text("sheet", "工作表", "the sheet", |it, row| &origin(it, row).0.sheet),
        Column::new(
            "row",
            "行号",
            "the row, from 1",
            Values::Number(|it: &ReturnedLists<'v>, row| i32::try_from(origin(it, row).1).ok()),
        ),
    ]
}

fn batch<'v>() -> Vec<Column<ReturnedLists<'v>>> {
    vec![
        text(
            "batch",
            "行上的批次；没有为空",
            "the batch that the row names",
            |it, row| it.view.night.cx.text(row_of(it, row).batch),
        ),
        Column::new(
            "recipient",
            "批次的接收单位代码",
            "code of that batch's recipient",
            Values::Made(|it: &ReturnedLists<'v>, row, to| {
                let batch = BatchNumber::parse(it.view.night.cx.text(row_of(it, row).batch));
                to.push_str(&batch.map_or(String::new(), |it| it.recipient));
            }),
        ),
        text(
            "standing",
            "批次的效力：current 有效，superseded 已被新名单取代（答复仍采用），recalled 已作废，unknown 没有这个批次，none 未注明",
            "current, superseded (its answers count all the same), recalled, unknown, none",
            |it, row| {
                let batch = it.view.night.cx.text(row_of(it, row).batch);
                it.standings.get(batch).copied().unwrap_or(Standing::Unstated).code()
            },
        ),
        text("stated", "行上的问题编号", "the finding that the row names", |it, row| {
            it.view.night.cx.text(row_of(it, row).finding)
        })
        .distinct(),
    ]
}

fn said<'v>() -> Vec<Column<ReturnedLists<'v>>> {
    vec![
        text(
            "outcome",
            "处理：taken 采用，by-person 按人匹配后采用，blank 未填写，to-come 日期晚于数据日期，other-name 编号与姓名或村不符，unknown 找不到对应问题，recalled 名单已作废",
            "taken, by-person (taken for what is open of the person), blank, to-come (dated after this night), other-name (its finding is another person's), unknown, recalled",
            |it, row| returned(it, row).outcome.code(),
        ),
        text(
            "finding",
            "采用到的问题编号",
            "the finding that it was taken for",
            |it, row| &returned(it, row).finding,
        )
        .distinct(),
        text(
            "answer",
            "反馈结果代码；不是约定的结果为空",
            "code of the answer",
            |it, row| {
                let said = it.view.night.cx.text(row_of(it, row).answer);
                AnswerCode::read(said).map_or("", |it| it.code)
            },
        ),
        Column::new(
            "answered_on",
            "反馈日期",
            "day of the answer",
            Values::Date(|it: &ReturnedLists<'v>, row| row_of(it, row).answered_on),
        ),
    ]
}
