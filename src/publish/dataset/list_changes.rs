//! `list_changes.parquet`: who came onto a monthly list, changed category or left it, month by
//! month; and who is missing on a list that may be broken.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View};
use crate::{error::Result, lists::Change};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list of changes, which is in order.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "list_changes",
        zh: "按月全量报送的困难人员名单，逐月比对的新增、变更、取消（没有这种名单时为空）",
        en: "who was added to, changed on or removed from the lists of categories that are handed in whole every month (empty where there is none)",
        rows: |view| (0..view.night.lists.changes.len() as u32).collect(),
        columns: [what(), who(), days(), proof()].into_iter().flatten().collect(),
    }
}

fn of(view: &View<'_>, row: usize) -> Change {
    view.night.lists.changes[row]
}

/// A category's code, or the label that no category claims.
fn code<'r>(view: &'r View<'_>, category: u16) -> &'r str {
    let cx = view.night.cx;
    view.night.lists.code(category, cx.policy, cx.texts)
}

fn what<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "source",
            "名单（来源名）",
            "the list, by its source's name",
            Values::Text(|view: &View<'v>, row| &view.origin(of(view, row).record).0.source_name),
        ),
        new(
            "month",
            "由哪个月的名单看出（当月第一天）",
            "the month whose list shows it, by its first day",
            Values::Date(|view: &View<'v>, row| Some(of(view, row).month)),
        ),
        new(
            "change",
            "变化：added 新增，changed 变更（类别变了，或取消后重新列入），removed 取消，withheld 名单不完整暂不取消",
            "added, changed (another category, or back after removal), removed, withheld (missing on a list that may be broken: not taken as removed)",
            Values::Text(|view: &View<'v>, row| of(view, row).kind.code()),
        ),
        new(
            "category",
            "人员类别代码；政策中没有的类别为名单原文",
            "category code; the list's own word where the policy has no such category",
            Values::Text(|view: &View<'v>, row| code(view, of(view, row).category)),
        ),
        new(
            "previous_category",
            "变更前的类别",
            "the category before, where it changed or the person came back",
            Values::Text(|view: &View<'v>, row| {
                of(view, row).previous.map_or("", |it| code(view, it))
            }),
        ),
        new(
            "reason",
            "暂不取消的原因代码",
            "why somebody missing is not taken as removed",
            Values::Text(|view: &View<'v>, row| of(view, row).reason.map_or("", |it| it.code())),
        ),
    ]
}

fn who<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "person",
            "人员键",
            "person key",
            Values::Made(|view: &View<'v>, row, to| {
                let _ = write!(to, "{}", view.person(of(view, row).person).key);
            }),
        ),
        new(
            "name",
            "姓名（规范后）",
            "name, normalised",
            Values::Text(|view: &View<'v>, row| {
                view.night.cx.text(view.person(of(view, row).person).name)
            }),
        ),
        new(
            "township",
            "乡镇代码（9 位）",
            "township code, 9 digits",
            Values::Text(|view: &View<'v>, row| {
                let place = view.person(of(view, row).person).place;
                view.township(place).map_or("", |it| &it.code)
            }),
        ),
        new(
            "village",
            "村（社区）代码（12 位）；不明为空",
            "village code, 12 digits; null where unknown",
            Values::Text(|view: &View<'v>, row| {
                let place = view.person(of(view, row).person).place;
                view.village(place).map_or("", |it| &it.code)
            }),
        ),
    ]
}

fn days<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "from",
            "起始日；空为最早一份名单上已有",
            "from when; null where the first list had the person already",
            Values::Date(|view: &View<'v>, row| of(view, row).from),
        ),
        new(
            "to",
            "自当日起不再属于；空为仍属于",
            "the first day on which it no longer holds; null where it still does",
            Values::Date(|view: &View<'v>, row| of(view, row).to),
        ),
    ]
}

fn proof<'v>() -> Vec<Column<View<'v>>> {
    vec![Column::new(
        "evidence",
        "依据行：新增、变更为首次列入的行，取消、暂不取消为此前最后一次列入的行",
        "the row that shows it: the first with the person or, of who is missing, the last before",
        Values::Places(|view: &View<'v>, row, to| {
            let (part, number) = view.origin(of(view, row).record);
            to.add(&part.source_name, &part.file, &part.sheet, number);
        }),
    )]
}
