//! `rejects.parquet`: every row that could not be used, as found, and why.

use super::{Column, Staging, Table, Values, View};
use crate::{error::Result, ingest::Reject};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list of rejects.
pub(super) fn table<'v>() -> Table<View<'v>> {
    let new = Column::new;
    Table {
        name: "rejects",
        zh: "未能采用的来源行及原因",
        en: "source rows that could not be used, and why",
        rows,
        columns: vec![
            new(
                "source",
                "来源名称，见 pipeline.toml",
                "source, as pipeline.toml names it",
                Values::Text(|view: &View<'v>, row| &of(view, row).source),
            ),
            new(
                "file",
                "来源文件",
                "file",
                Values::Text(|view: &View<'v>, row| &of(view, row).file),
            ),
            new(
                "sheet",
                "工作表",
                "sheet",
                Values::Text(|view: &View<'v>, row| &of(view, row).sheet),
            ),
            new(
                "row",
                "行号",
                "row, from 1",
                Values::Number(|view: &View<'v>, row| Some(of(view, row).row as i32)),
            ),
            new(
                "column",
                "列名（按文件表头）",
                "header of the column, as found",
                Values::Text(|view: &View<'v>, row| &of(view, row).column),
            ),
            new(
                "value",
                "原值",
                "value as found",
                Values::Text(|view: &View<'v>, row| &of(view, row).value),
            ),
            new(
                "reason",
                "原因代码",
                "reason",
                Values::Text(|view: &View<'v>, row| of(view, row).reason.code()),
            ),
            new(
                "reason_zh",
                "原因",
                "reason, in Chinese",
                Values::Text(|view: &View<'v>, row| of(view, row).reason.zh()),
            ),
        ],
    }
}

fn of<'r>(view: &'r View<'_>, row: usize) -> &'r Reject {
    &view.night.ingested.rejects[row]
}

fn rows(view: &View<'_>) -> Vec<u32> {
    let key = |row: &u32| {
        let it = of(view, *row as usize);
        (&it.source, &it.file, &it.sheet, it.row, &it.column, &it.value, it.reason)
    };
    let mut rows: Vec<u32> = (0..view.night.ingested.rejects.len() as u32).collect();
    rows.sort_by(|a, b| key(a).cmp(&key(b)));
    rows
}
