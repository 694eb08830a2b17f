//! `controls.parquet`: what was checked, and how it came out.

use super::{Column, Staging, Table, Values, View};
use crate::{error::Result, publish::Control};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list of controls, which keeps the order of checking.
pub(super) fn table<'v>() -> Table<View<'v>> {
    let new = Column::new;
    Table {
        name: "controls",
        zh: "校验项及结果",
        en: "what was checked, and how it came out",
        rows: |view| (0..view.night.controls.len() as u32).collect(),
        columns: vec![
            new(
                "control",
                "校验项代码",
                "what is compared",
                Values::Text(|view: &View<'v>, row| of(view, row).name.code()),
            ),
            new(
                "control_zh",
                "校验项",
                "what is compared, in Chinese",
                Values::Text(|view: &View<'v>, row| of(view, row).name.zh()),
            ),
            new(
                "scope",
                "范围：文件[工作表]；空为整次运行",
                "file and sheet; null for the run as a whole",
                Values::Text(|view: &View<'v>, row| &of(view, row).scope),
            ),
            new(
                "expected",
                "应为（行数、人数或分）",
                "what it should be: rows, persons or fen",
                Values::Integer(|view: &View<'v>, row| Some(of(view, row).expected)),
            )
            .counted_in(""),
            new(
                "actual",
                "实为",
                "what it is",
                Values::Integer(|view: &View<'v>, row| Some(of(view, row).actual)),
            )
            .counted_in(""),
            new(
                "passed",
                "是否一致",
                "whether they agree",
                Values::Flag(|view: &View<'v>, row| of(view, row).passed),
            ),
        ],
    }
}

fn of<'r>(view: &'r View<'_>, row: usize) -> &'r Control {
    &view.night.controls[row]
}
