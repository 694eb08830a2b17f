//! `diagnostics.parquet`: what is wrong with the inputs, where, and what to do about it.

use super::{Column, Staging, Table, Values, View};
use crate::{
    diagnostic::{Diagnostic, Lang},
    error::Result,
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list of diagnostics.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "diagnostics",
        zh: "来源数据的问题、位置和办法",
        en: "what is wrong with the inputs, where, and what to do",
        rows,
        columns: place().into_iter().chain(words()).collect(),
    }
}

fn place<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new("code", "诊断代码", "code", Values::Text(|view: &View<'v>, row| of(view, row).code)),
        new(
            "severity",
            "轻重：note、warning、error",
            "note, warning or error",
            Values::Text(|view: &View<'v>, row| of(view, row).severity.word(Lang::En)),
        ),
        new(
            "source",
            "来源名称",
            "source, as pipeline.toml names it",
            Values::Text(|view: &View<'v>, row| &of(view, row).place.source),
        ),
        new("file", "文件", "file", Values::Text(|view: &View<'v>, row| &of(view, row).place.file)),
        new(
            "sheet",
            "工作表",
            "sheet",
            Values::Text(|view: &View<'v>, row| &of(view, row).place.sheet),
        ),
        new(
            "row",
            "行号；与整份文件有关时为空",
            "row, from 1; null where the whole file is meant",
            Values::Number(|view: &View<'v>, row| {
                Some(of(view, row).place.row as i32).filter(|it| *it > 0)
            }),
        ),
        new(
            "column",
            "列名（按文件表头）",
            "header of the column, as found",
            Values::Text(|view: &View<'v>, row| &of(view, row).place.column),
        ),
    ]
}

fn words<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "value",
            "原值",
            "value as found",
            Values::Text(|view: &View<'v>, row| &of(view, row).value),
        ),
        new(
            "what",
            "问题",
            "what is wrong, in Chinese",
            Values::Text(|view: &View<'v>, row| &of(view, row).what.zh),
        ),
        new(
            "what_en",
            "问题（英文）",
            "what is wrong",
            Values::Text(|view: &View<'v>, row| &of(view, row).what.en),
        ),
        new(
            "help",
            "办法",
            "what to do, in Chinese",
            Values::Text(|view: &View<'v>, row| &of(view, row).help.zh),
        ),
        new(
            "help_en",
            "办法（英文）",
            "what to do",
            Values::Text(|view: &View<'v>, row| &of(view, row).help.en),
        ),
    ]
}

fn of<'r>(view: &'r View<'_>, row: usize) -> &'r Diagnostic {
    &view.night.ingested.diagnostics[row]
}

fn rows(view: &View<'_>) -> Vec<u32> {
    let key = |row: &u32| {
        let it = of(view, *row as usize);
        (&it.place, it.code, &it.value, &it.what.zh, &it.help.zh)
    };
    let mut rows: Vec<u32> = (0..view.night.ingested.diagnostics.len() as u32).collect();
    rows.sort_by(|a, b| key(a).cmp(&key(b)));
    rows
}
