//! `returned.parquet`: every row of the lists that came back, and what became of it.

use super::{Column, Staging, Table, Values, View};
use crate::{
    cases::Returned,
    error::Result,
    history::BatchNumber,
    tables::{Answer, AnswerCode, Part},
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions among the answers, which are in the order of files and rows.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "returned",
        zh: "交回名单：乡镇交回的每一行及其处理结果",
        en: "returned lists: every row that came back and what became of it",
        rows: |view| (0..view.tables().answers.len() as u32).collect(),
        columns: [place(), batch(), said()].into_iter().flatten().collect(),
    }
}

fn row_of<'v>(view: &View<'v>, row: usize) -> &'v Answer {
    &view.tables().answers[row]
}

fn returned<'v>(view: &View<'v>, row: usize) -> &'v Returned {
    &view.night.kept.returned[row]
}

fn origin<'v>(view: &View<'v>, row: usize) -> (&'v Part, u32) {
    view.tables().origins.of(row_of(view, row).subject.record)
}

fn text<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: for<'r> fn(&'r View<'v>, usize) -> &'r str,
) -> Column<View<'v>> {
    Column::new(name, zh, en, Values::Text(value))
}

fn place<'v>() -> Vec<Column<View<'v>>> {
    vec![
        text("file", "文件", "the file", |it, row| &origin(it, row).0.file),
        text("sheet", "工作表", "the sheet", |it, row| &origin(it, row).0.sheet),
        Column::new(
            "row",
            "行号",
            "the row, from 1",
            Values::Number(|it: &View<'v>, row| i32::try_from(origin(it, row).1).ok()),
        ),
    ]
}

fn batch<'v>() -> Vec<Column<View<'v>>> {
    vec![
        text(
            "batch",
            "行上的批次；没有为空",
            "the batch that the row names",
            |it, row| it.night.cx.text(row_of(it, row).batch),
        ),
        Column::new(
            "recipient",
            "批次的接收单位代码",
            "code of that batch's recipient",
            Values::Made(|it: &View<'v>, row, to| {
                let batch = BatchNumber::parse(it.night.cx.text(row_of(it, row).batch));
                to.push_str(&batch.map_or(String::new(), |it| it.recipient));
            }),
        ),
        text("stated", "行上的问题编号", "the finding that the row names", |it, row| {
            it.night.cx.text(row_of(it, row).finding)
        })
        .distinct(),
    ]
}

fn said<'v>() -> Vec<Column<View<'v>>> {
    vec![
        text(
            "outcome",
            "处理：taken 采用，by-person 按人匹配后采用，blank 未填写，to-come 日期晚于数据日期，other-name 编号与姓名或村不符，unknown 找不到对应问题",
            "taken, by-person (taken for what is open of the person), blank, to-come (dated after this night), other-name (its finding is another person's), unknown",
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
                let said = it.night.cx.text(row_of(it, row).answer);
                AnswerCode::read(said).map_or("", |it| it.code)
            },
        ),
        Column::new(
            "answered_on",
            "反馈日期",
            "day of the answer",
            Values::Date(|it: &View<'v>, row| row_of(it, row).answered_on),
        ),
    ]
}
