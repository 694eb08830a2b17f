//! `batches.parquet`: what went out to whom, so that a list that comes back is known.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View, encode};
use crate::{
    error::Result,
    publish::{HandedOut, handed_out::Line},
};

/// A run and its lists.
pub(super) struct Batches<'v> {
    view: &'v View<'v>,
    lists: Vec<HandedOut>,
    /// List and line; no line where a list has none.
    rows: Vec<(usize, Option<usize>)>,
}

/// Written when every list is: they say what stands on them.
pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let lists = staging.handed_out();
    let rows = lists.iter().enumerate().flat_map(|(list, it)| {
        let lines = (0..it.lines.len()).map(Some);
        let nothing = it.lines.is_empty().then_some(None);
        lines.chain(nothing).map(move |line| (list, line))
    });
    let rows = rows.collect();
    let batches = Batches { view, lists, rows };
    staging.write("batches.parquet", &encode::encode(&table(), &batches)?)
}

/// Rows are positions in the list of rows: by recipient, then as the sheets have them.
pub(super) fn table<'v>() -> Table<Batches<'v>> {
    Table {
        name: "batches",
        zh: "下发批次：每份下发名单上的每条问题，按名单顺序；没有问题行的名单占一行，finding 为空",
        en: "batches: every finding on every list that goes out, in the order of the list; a list without any has one row whose finding is null",
        rows: |it| (0..it.rows.len() as u32).collect(),
        columns: [list(), line(), whom()].into_iter().flatten().collect(),
    }
}

fn list_of<'r>(it: &'r Batches<'_>, row: usize) -> &'r HandedOut {
    &it.lists[it.rows[row].0]
}

fn line_of<'r>(it: &'r Batches<'_>, row: usize) -> Option<&'r Line> {
    it.rows[row].1.map(|line| &list_of(it, row).lines[line])
}

fn list<'v>() -> Vec<Column<Batches<'v>>> {
    let new = Column::new;
    vec![
        new(
            "batch",
            "批次：发布文件夹名-接收单位代码，印在名单上",
            "number of the batch, as printed: run and recipient",
            Values::Made(|it: &Batches<'v>, row, to| {
                let _ = write!(to, "{}", it.view.batch(&list_of(it, row).recipient));
            }),
        ),
        new(
            "recipient",
            "接收单位代码：乡镇 9 位代码（000000000 乡镇不明）或部门代码",
            "code of the recipient: a township's 9 digits (000000000 unknown) or a department's code",
            Values::Text(|it: &Batches<'v>, row| &list_of(it, row).recipient),
        ),
        new(
            "recipient_name",
            "接收单位名称",
            "name of the recipient",
            Values::Text(|it: &Batches<'v>, row| &list_of(it, row).name),
        ),
        new(
            "kind",
            "接收单位类型：township 乡镇，department 部门",
            "kind of recipient: township or department",
            Values::Text(|it: &Batches<'v>, row| list_of(it, row).kind.code()),
        ),
        new(
            "file",
            "工作簿（发布文件夹内路径）",
            "the workbook, relative to the run's folder",
            Values::Text(|it: &Batches<'v>, row| &list_of(it, row).file),
        ),
    ]
}

fn line<'v>() -> Vec<Column<Batches<'v>>> {
    let new = Column::new;
    vec![
        new(
            "sheet",
            "工作表",
            "the sheet",
            Values::Text(|it: &Batches<'v>, row| line_of(it, row).map_or("", |it| &it.sheet)),
        ),
        new(
            "nth",
            "序号（名单上的行）",
            "the row's number as printed",
            Values::Number(|it: &Batches<'v>, row| Some(line_of(it, row)?.nth as i32)),
        ),
        new(
            "main",
            "名单上该行的编号是否就是这条问题；否则为同一人同次入户一并核实的其他问题",
            "whether the row bears this finding's id; else it is another finding of the same visit",
            Values::Flag(|it: &Batches<'v>, row| line_of(it, row).is_some_and(|it| it.is_main)),
        ),
        new(
            "finding",
            "问题编号，对应 findings.parquet；名单没有问题行的为空",
            "id of the finding; null where the list has none",
            Values::Text(|it: &Batches<'v>, row| {
                line_of(it, row).map_or("", |line| &it.view.finding_ids[line.finding])
            }),
        )
        .distinct(),
    ]
}

fn whom<'v>() -> Vec<Column<Batches<'v>>> {
    let new = Column::new;
    vec![
        new(
            "person",
            "人员键；针对文件的问题为空",
            "person key; null where the finding is about a file",
            Values::Made(|it: &Batches<'v>, row, to| {
                let person = line_of(it, row).and_then(|line| it.view.person_of(line.finding));
                if let Some(person) = person {
                    let _ = write!(to, "{}", person.key);
                }
            }),
        )
        .distinct(),
        new(
            "name",
            "姓名",
            "name",
            Values::Text(|it: &Batches<'v>, row| {
                line_of(it, row).map_or("", |line| it.view.name_of(line.finding))
            }),
        ),
        new(
            "village_name",
            "村（社区）",
            "village",
            Values::Text(|it: &Batches<'v>, row| {
                let place = line_of(it, row).and_then(|line| it.view.place_of(line.finding));
                it.view.village(place).map_or("", |it| &it.shown)
            }),
        ),
    ]
}
