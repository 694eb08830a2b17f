//! `households.parquet`: every household of the roster, and who of it is insured.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View};
use crate::{error::Result, policy::InsuredBy, report::household::Household};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list of households, which is by village, then number.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "households",
        zh: "户：户籍名册上有应保成员的每一户，成员如何参保，是否整户参保",
        en: "households: each of the roster with somebody to be insured, how its members are, and whether all are",
        rows: |view| (0..view.night.reports.households.len() as u32).collect(),
        columns: [place(), who(), insured(), paid()].into_iter().flatten().collect(),
    }
}

fn of<'r>(view: &'r View<'_>, row: usize) -> &'r Household {
    &view.night.reports.households[row]
}

fn place<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "household",
            "户号；各村可能重号，与村一起才唯一",
            "household number; villages may use the same, so it is unique with the village only",
            Values::Text(|view: &View<'v>, row| view.night.cx.text(of(view, row).number)),
        ),
        new(
            "township",
            "乡镇代码（9 位）；不明为空",
            "township code, 9 digits; null where unknown",
            Values::Text(|view: &View<'v>, row| {
                view.township(of(view, row).place).map_or("", |it| &it.code)
            }),
        ),
        new(
            "township_name",
            "乡镇名称；全市任务在前面加县名",
            "township; in a city's run behind its county's name",
            Values::Text(|view: &View<'v>, row| {
                view.township_name(of(view, row).place).unwrap_or("")
            }),
        ),
        new(
            "village",
            "村（社区）代码（12 位）；不明为空",
            "village code, 12 digits; null where unknown",
            Values::Text(|view: &View<'v>, row| {
                view.village(of(view, row).place).map_or("", |it| &it.code)
            }),
        ),
        new(
            "village_name",
            "村（社区）名称",
            "village",
            Values::Text(|view: &View<'v>, row| {
                view.village(of(view, row).place).map_or("", |it| &it.shown)
            }),
        ),
    ]
}

fn who<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "head",
            "户主的人员键，对应 persons.parquet；户主不在册的为空",
            "person key of the head, as in persons.parquet; null where the head is not registered",
            Values::Made(|view: &View<'v>, row, to| {
                if let Some(head) = of(view, row).head {
                    let _ = write!(to, "{}", view.person(head).key);
                }
            }),
        )
        .distinct(),
        new(
            "head_name",
            "户主姓名",
            "name of the head",
            Values::Text(|view: &View<'v>, row| {
                of(view, row).head.map_or("", |it| view.night.cx.text(view.person(it).name))
            }),
        ),
    ]
}

fn insured<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "members",
            "应保成员人数",
            "members who are to be insured",
            Values::Number(|view: &View<'v>, row| Some(of(view, row).members as i32)),
        ),
        new(
            "insured_resident",
            "其中居民参保人数",
            "of these, insured as residents",
            Values::Number(|view: &View<'v>, row| by(view, row, InsuredBy::Resident)),
        ),
        new(
            "insured_employee",
            "其中职工参保人数（含灵活就业）",
            "of these, insured as employees, flexible employment included",
            Values::Number(|view: &View<'v>, row| by(view, row, InsuredBy::Employee)),
        ),
        new(
            "insured_elsewhere",
            "其中异地参保人数",
            "of these, insured elsewhere",
            Values::Number(|view: &View<'v>, row| by(view, row, InsuredBy::Elsewhere)),
        ),
        new(
            "uninsured",
            "未参保或待核实人数",
            "not insured, or not for certain",
            Values::Number(|view: &View<'v>, row| Some(of(view, row).uninsured() as i32)),
        ),
        new(
            "whole",
            "是否整户参保：按当地规定全部应保成员已参保，至少一人为居民参保",
            "whether all are insured as the policy has it, one at least as a resident here",
            Values::Flag(|view: &View<'v>, row| of(view, row).is_whole),
        ),
    ]
}

fn by(view: &View<'_>, row: usize, by: InsuredBy) -> Option<i32> {
    Some(of(view, row).insured_by(by) as i32)
}

fn paid<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "paid_fen",
            "成员个人缴费合计（分），已扣除退费",
            "paid by its members, net of refunds",
            Values::Integer(|view: &View<'v>, row| Some(of(view, row).paid_fen)),
        ),
        new(
            "last_paid_on",
            "最后缴费日期",
            "the last day that a member paid",
            Values::Date(|view: &View<'v>, row| of(view, row).last_paid_on),
        ),
    ]
}
