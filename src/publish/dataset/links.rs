//! `links.parquet`: which record belongs to whom, and by what.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View};
use crate::{
    error::Result,
    identity::{Link, Person},
    tables::RecordId,
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are record ids, by person key.
pub(super) fn table<'v>() -> Table<View<'v>> {
    let new = Column::new;
    Table {
        name: "links",
        zh: "每条采用的来源记录归到哪个人、凭什么（按人员键排序）",
        en: "to which person each accepted source record belongs, and by what (by person key)",
        rows,
        columns: vec![
            new(
                "person",
                "人员键：同一个人每晚不变，不能由证件号码反推",
                "person key: stable from night to night",
                Values::Made(|view: &View<'v>, row, to| {
                    let _ = write!(to, "{}", person(view, row).key);
                }),
            ),
            new(
                "source",
                "来源名称，见 pipeline.toml",
                "source, as pipeline.toml names it",
                Values::Text(|view: &View<'v>, row| &view.origin(record(row)).0.source_name),
            ),
            new(
                "file",
                "来源文件",
                "file",
                Values::Text(|view: &View<'v>, row| &view.origin(record(row)).0.file),
            ),
            new(
                "sheet",
                "工作表；文本文件为空",
                "sheet; null for files without sheets",
                Values::Text(|view: &View<'v>, row| &view.origin(record(row)).0.sheet),
            ),
            new(
                "row",
                "行号，从文件或工作表第一行起数为 1",
                "row as a person opening the file counts it, from 1",
                Values::Number(|view: &View<'v>, row| Some(view.origin(record(row)).1 as i32)),
            ),
            new(
                "kind",
                "来源类别代码",
                "kind of source",
                Values::Text(|view: &View<'v>, row| view.tables().kind_of(record(row)).code()),
            ),
            new(
                "id_state",
                "该行证件号码的状况",
                "how the record's certificate number was read",
                Values::Text(|view: &View<'v>, row| {
                    view.tables().subject(record(row)).id_state.code()
                }),
            ),
            new(
                "method",
                "归并方式",
                "by what the record came to its person",
                Values::Text(|view: &View<'v>, row| link(view, row).method.code()),
            ),
            new(
                "probability",
                "归并的把握，1 为确定",
                "probability of the link; 1 is certain",
                Values::Share(|view: &View<'v>, row| Some(link(view, row).probability)),
            ),
        ],
    }
}

fn record(row: usize) -> RecordId {
    RecordId(row as u32)
}

fn link<'r>(view: &'r View<'_>, row: usize) -> &'r Link {
    &view.night.identities.links[row]
}

fn person<'r>(view: &'r View<'_>, row: usize) -> &'r Person {
    view.person(link(view, row).person)
}

/// Records by person key, a person's own in the order of record ids: a counting sort.
fn rows(view: &View<'_>) -> Vec<u32> {
    let (people, links) = (&view.night.identities.people, &view.night.identities.links);
    let mut starts = vec![0u32; people.len() + 1];
    let rank = super::persons::rank_by_key(people);
    let rank_of = |link: &Link| rank[link.person.0 as usize] as usize;
    for link in links {
        starts[rank_of(link) + 1] += 1;
    }
    for at in 0..people.len() {
        starts[at + 1] += starts[at];
    }
    let mut rows = vec![0; links.len()];
    for (record, link) in links.iter().enumerate() {
        let slot = &mut starts[rank_of(link)];
        rows[*slot as usize] = record as u32;
        *slot += 1;
    }
    rows
}
