//! `subsidy_list.parquet`: whom the tax bureau has to mark, and what has changed.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View};
use crate::{
    config::Division,
    error::Result,
    policy::Category,
    report::{
        settlement::fund,
        share::Heading,
        subsidy_list::{Mark, Marked, Row},
    },
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list, which is by village, then person.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "subsidy_list",
        zh: "资助标识名单：数据日期当天应享受资助、应在本地参保的人，及与上次发布名单相比的变化（含完整证件号码，仅限局内导入使用）",
        en: "whom the tax bureau has to mark for a subsidy, and what has changed since the list was last published (whole ids: for the bureau only)",
        rows: |view| (0..view.night.reports.subsidy_list.rows.len() as u32).collect(),
        columns: [who(), place(), what(), how(), before()].into_iter().flatten().collect(),
    }
}

fn of<'r>(view: &'r View<'_>, row: usize) -> &'r Row {
    &view.night.reports.subsidy_list.rows[row]
}

fn mark<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Mark> {
    of(view, row).mark.as_ref()
}

/// What the list of before said of somebody who is no longer on it.
fn gone<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Marked> {
    let row = of(view, row);
    row.before.as_ref().filter(|_| row.mark.is_none())
}

fn township<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Division> {
    view.township(view.person(mark(view, row)?.person).place)
}

fn village<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Division> {
    view.village(view.person(mark(view, row)?.person).place)
}

fn category<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Category> {
    let category = mark(view, row)?.entitlement.category;
    Some(view.night.cx.policy.categories.get(category))
}

/// A text of today or, of those who are gone, of before.
fn either<'r>(
    view: &'r View<'_>,
    row: usize,
    today: Option<&'r String>,
    before: fn(&Marked) -> &String,
) -> &'r str {
    today.or_else(|| gone(view, row).map(before)).map_or("", |it| it)
}

fn who<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "change",
            "与上次发布名单相比：added 新增，changed 变更（类别或金额），removed 取消，withheld 名单骤减、暂不取消，kept 不变，first 首次发布",
            "against the list published last: added, changed (category or amount), removed, withheld (the list shrank too much to take anybody off), kept, first",
            Values::Text(|view: &View<'v>, row| of(view, row).change.code()),
        ),
        new(
            "person",
            "人员键，对应 persons.parquet",
            "person key, as in persons.parquet",
            Values::Made(|view: &View<'v>, row, to| {
                let key = mark(view, row).map(|it| it.key).or(gone(view, row).map(|it| it.key));
                if let Some(key) = key {
                    let _ = write!(to, "{key}");
                }
            }),
        )
        .distinct(),
        new(
            "id_number",
            "完整有效的证件号码；无则空",
            "whole, valid certificate number",
            Values::Made(|view: &View<'v>, row, to| {
                let today = mark(view, row).map(|it| view.person(it.person));
                if let Some(id) = today.and_then(|it| it.id) {
                    let _ = write!(to, "{id}");
                }
                to.push_str(gone(view, row).map_or("", |it| &it.id_number));
            }),
        )
        .distinct(),
        new(
            "name",
            "姓名",
            "name",
            Values::Text(|view: &View<'v>, row| match mark(view, row) {
                Some(mark) => view.night.cx.text(view.person(mark.person).name),
                None => gone(view, row).map_or("", |it| &it.name),
            }),
        ),
    ]
}

fn place<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "township",
            "乡镇代码（9 位）",
            "township code, 9 digits",
            Values::Text(|view: &View<'v>, row| {
                either(view, row, township(view, row).map(|it| &it.code), |it| &it.township)
            }),
        ),
        new(
            "township_name",
            "乡镇名称",
            "township",
            Values::Text(|view: &View<'v>, row| {
                either(view, row, township(view, row).map(|it| &it.shown), |it| &it.township_name)
            }),
        ),
        new(
            "village",
            "村（社区）代码（12 位）；不明为空",
            "village code, 12 digits; null where unknown",
            Values::Text(|view: &View<'v>, row| {
                either(view, row, village(view, row).map(|it| &it.code), |it| &it.village)
            }),
        ),
        new(
            "village_name",
            "村（社区）名称",
            "village",
            Values::Text(|view: &View<'v>, row| {
                either(view, row, village(view, row).map(|it| &it.shown), |it| &it.village_name)
            }),
        ),
    ]
}

fn what<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "category",
            "资助类别代码：多重身份只计最高一项；取消的为原类别",
            "category: the highest of several; of those removed, the one they had",
            Values::Text(|view: &View<'v>, row| {
                either(view, row, category(view, row).map(|it| &it.code), |it| &it.category)
            }),
        ),
        new(
            "category_name",
            "资助类别",
            "category, in Chinese",
            Values::Text(|view: &View<'v>, row| {
                either(view, row, category(view, row).map(|it| &it.name), |it| &it.category_name)
            }),
        ),
        new(
            "fund",
            "资助资金来源",
            "fund that pays",
            Values::Text(|view: &View<'v>, row| match mark(view, row) {
                Some(it) => fund(view.night.cx, Heading::Category(it.entitlement.category)),
                None => gone(view, row).map_or("", |it| &it.fund),
            }),
        ),
        new(
            "subsidy_fen",
            "资助金额（分）",
            "amount of the subsidy",
            Values::Integer(|view: &View<'v>, row| match mark(view, row) {
                Some(it) => Some(it.entitlement.amount_fen),
                None => gone(view, row).map(|it| it.subsidy_fen),
            }),
        ),
        new(
            "due_fen",
            "个人应缴（分）：已缴费的按缴费当日；不再办理的为空",
            "what the person owes, or owed on the day of payment; null where nothing is taken",
            Values::Integer(|view: &View<'v>, row| match mark(view, row) {
                Some(it) => it.due_fen,
                None => gone(view, row)?.due_fen,
            }),
        ),
        new(
            "listed_from",
            "纳入时间：名单上的认定日期；名单未写的为空",
            "since when the list has the person; null where it does not say",
            Values::Date(|view: &View<'v>, row| match mark(view, row) {
                Some(it) => it.listed_from,
                None => gone(view, row)?.listed_from,
            }),
        ),
    ]
}

fn how<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "state",
            "状态代码：是否及如何资助；取消的为原因",
            "whether and how the person was subsidised; of those removed, why",
            Values::Text(|view: &View<'v>, row| of(view, row).state.code()),
        ),
        new(
            "state_zh",
            "状态",
            "the same, in Chinese",
            Values::Text(|view: &View<'v>, row| of(view, row).state.zh()),
        ),
        new(
            "subsidised_fen",
            "已资助净额（分）",
            "paid by subsidy, net",
            Values::Integer(|view: &View<'v>, row| Some(mark(view, row)?.subsidised_fen)),
        ),
        new(
            "paid_on",
            "缴费日期",
            "day of payment",
            Values::Date(|view: &View<'v>, row| mark(view, row)?.paid_on),
        ),
    ]
}

fn before<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "previous_category",
            "上次名单的类别代码",
            "category on the list of before",
            Values::Text(|view: &View<'v>, row| {
                of(view, row).before.as_ref().map_or("", |it| &it.category)
            }),
        ),
        new(
            "previous_subsidy_fen",
            "上次名单的资助金额（分）",
            "amount on the list of before",
            Values::Integer(|view: &View<'v>, row| {
                Some(of(view, row).before.as_ref()?.subsidy_fen)
            }),
        ),
        new(
            "previous",
            "上次名单的数据日期；首次发布为空",
            "the day of the list of before; null the first time",
            Values::Date(|view: &View<'v>, _| view.night.reports.subsidy_list.previous),
        ),
    ]
}
