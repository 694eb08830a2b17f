//! `findings.parquet`: who has to act on what, and the rows that prove it.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View, column::Places};
use crate::{error::Result, findings::Finding, tables::DivisionId};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the list of findings.
pub(super) fn table<'v>() -> Table<View<'v>> {
    let parts = [what_and_who(), where_they_live(), what_to_do(), proof()];
    Table {
        name: "findings",
        zh: "问题清单：每条问题谁来办、依据哪些来源行",
        en: "findings: who acts on what, and the source rows that prove it",
        rows,
        columns: parts.into_iter().flatten().collect(),
    }
}

fn of<'v>(view: &View<'v>, row: usize) -> &'v Finding {
    &view.night.findings[row]
}

fn place_of(view: &View<'_>, row: usize) -> Option<DivisionId> {
    view.person_of(row)?.place
}

fn what_and_who<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "code",
            "问题代码，见 bulou rules",
            "code of the rule; see `bulou rules`",
            Values::Text(|view: &View<'v>, row| of(view, row).rule.code),
        ),
        new(
            "finding",
            "问题编号：同一件事每晚不变",
            "stable id: same case, same id, every night",
            Values::Text(|view: &View<'v>, row| &view.finding_ids[row]),
        )
        .distinct(),
        new(
            "person",
            "人员键，对应 persons.parquet",
            "person key, as in persons.parquet",
            Values::Made(|view: &View<'v>, row, to| {
                if let Some(person) = view.person_of(row) {
                    let _ = write!(to, "{}", person.key);
                }
            }),
        )
        .distinct(),
        new(
            "name",
            "姓名",
            "name",
            Values::Text(|view: &View<'v>, row| {
                view.person_of(row).map_or("", |it| view.night.cx.text(it.name))
            }),
        ),
        new(
            "id_number",
            "证件号码（默认只留前 6 位和后 4 位）",
            "certificate number, masked as 6 + 4 unless configured",
            Values::Made(|view: &View<'v>, row, to| {
                if let Some(person) = view.person_of(row) {
                    to.push_str(&view.shown_id(person));
                }
            }),
        ),
    ]
}

fn where_they_live<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "township",
            "乡镇代码（9 位）",
            "township code, 9 digits",
            Values::Text(|view: &View<'v>, row| {
                view.township(place_of(view, row)).map_or("", |it| &it.code)
            }),
        ),
        new(
            "village",
            "村（社区）代码（12 位）",
            "village code, 12 digits",
            Values::Text(|view: &View<'v>, row| {
                view.village(place_of(view, row)).map_or("", |it| &it.code)
            }),
        ),
        new(
            "household",
            "户号",
            "household number",
            Values::Text(|view: &View<'v>, row| {
                view.person_of(row).map_or("", |it| view.night.cx.text(it.household))
            }),
        ),
        new(
            "group",
            "人群代码",
            "population group",
            Values::Text(|view: &View<'v>, row| {
                of(view, row).person.map_or("", |it| view.standing(it).group.code())
            }),
        ),
    ]
}

fn what_to_do<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "priority",
            "轻重：high、medium、low",
            "high, medium or low",
            Values::Text(|view: &View<'v>, row| of(view, row).rule.priority.code()),
        ),
        new(
            "owner",
            "由谁办理",
            "who acts",
            Values::Text(|view: &View<'v>, row| of(view, row).owner.code()),
        ),
        new(
            "amount_expected_fen",
            "应有金额（分）",
            "what it should be",
            Values::Integer(|view: &View<'v>, row| of(view, row).expected_fen),
        ),
        new(
            "amount_actual_fen",
            "实际金额（分）",
            "what it is",
            Values::Integer(|view: &View<'v>, row| of(view, row).actual_fen),
        ),
        new(
            "deadline",
            "办理期限",
            "last day to act",
            Values::Date(|view: &View<'v>, row| of(view, row).deadline),
        ),
        new(
            "state",
            "状态：new、open、answered、closed、reopened",
            "new, open, answered, closed or reopened",
            Values::Text(|view: &View<'v>, row| view.state(row)),
        ),
        new(
            "first_seen",
            "首次发现日期",
            "day on which it was first found",
            Values::Date(|view: &View<'v>, row| {
                Some(view.case_of(row).map_or(view.night.cx.as_of, |it| it.first_seen))
            }),
        ),
    ]
}

fn proof<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "evidence",
            "依据：来源、文件、工作表、行号",
            "the rows that prove it",
            Values::Places(|view: &View<'v>, row, to: &mut Places| {
                for (part, row) in view.evidence(of(view, row)) {
                    to.add(&part.source_name, &part.file, &part.sheet, row);
                }
            }),
        ),
        new(
            "probability",
            "把握，1 为确定",
            "probability; 1 is certain",
            Values::Share(|view: &View<'v>, row| Some(of(view, row).probability)),
        ),
        new(
            "detail",
            "说明",
            "one sentence for the person who acts",
            Values::Text(|view: &View<'v>, row| &of(view, row).detail),
        ),
    ]
}

/// Findings by code, then person key, then id.
fn rows(view: &View<'_>) -> Vec<u32> {
    let key = |row: &u32| {
        let (at, finding) = (*row as usize, of(view, *row as usize));
        let key = (finding.rule.code, view.person_of(at).map(|it| it.key), &view.finding_ids[at]);
        (key, &finding.detail, &finding.evidence)
    };
    let mut rows: Vec<u32> = (0..view.night.findings.len() as u32).collect();
    rows.sort_by(|a, b| key(a).cmp(&key(b)));
    rows
}
