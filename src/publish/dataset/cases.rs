//! `cases.parquet`: the book of cases, from the first night of each to its end.

use chrono::NaiveDate;

use super::{Column, Staging, Table, Values, View};
use crate::{
    cases::{Case, Decision},
    error::Result,
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are positions in the book, which is in the order of finding ids.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "cases",
        zh: "问题台账：每条问题从首次发现到销号，含乡镇反馈；已销号的也保留",
        en: "the book of cases: each finding from its first night to its end, with its answer; closed ones stay",
        rows: |view| (0..view.night.kept.cases.len() as u32).collect(),
        columns: [what(), life(), answer(), marks()].into_iter().flatten().collect(),
    }
}

fn of<'v>(view: &View<'v>, row: usize) -> &'v Case {
    &view.night.kept.cases[row]
}

fn decision<'v>(view: &View<'v>, row: usize) -> Option<&'v Decision> {
    of(view, row).decision.as_ref()
}

fn text<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: for<'r> fn(&'r View<'v>, usize) -> &'r str,
) -> Column<View<'v>> {
    Column::new(name, zh, en, Values::Text(value))
}

fn date<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: fn(&View<'v>, usize) -> Option<NaiveDate>,
) -> Column<View<'v>> {
    Column::new(name, zh, en, Values::Date(value))
}

fn what<'v>() -> Vec<Column<View<'v>>> {
    vec![
        text("finding", "问题编号", "id of the finding", |it, row| &of(it, row).found.finding)
            .distinct(),
        text("code", "问题代码", "code of the rule", |it, row| &of(it, row).found.code),
        text("person", "人员键", "person key", |it, row| &of(it, row).found.person).distinct(),
        text("township", "乡镇代码", "township code", |it, row| &of(it, row).found.township),
        text("village", "村代码", "village code", |it, row| &of(it, row).found.village),
    ]
}

fn life<'v>() -> Vec<Column<View<'v>>> {
    let number = |name, zh, en, value| Column::new(name, zh, en, Values::Number(value));
    vec![
        text(
            "state",
            "状态：new 新发现，open 未办结，answered 已反馈，closed 已销号，reopened 重新列入",
            "new, open, answered, closed or reopened",
            |it, row| of(it, row).state.code(),
        ),
        text(
            "why",
            "原因：found-again 再次发现，evidence-changed 反馈所依据的情况已变化，expired 反馈过期，no-proof 缺少佐证，contradicted 反馈矛盾，unreadable 不是约定的结果",
            "found-again, evidence-changed, expired, no-proof, contradicted, unreadable, where the state is not plain",
            |it, row| of(it, row).why.code(),
        ),
        date("first_seen", "首次发现日期", "the night it was found first", |it, row| {
            Some(of(it, row).first_seen)
        }),
        date("last_seen", "最近一次发现日期", "the last night it was found", |it, row| {
            Some(of(it, row).last_seen)
        }),
        number(
            "nights",
            "发现的晚数",
            "on how many nights it was found",
            |it: &View<'v>, row| i32::try_from(of(it, row).nights).ok(),
        )
        .counted_in("night"),
        number(
            "reopened",
            "销号后又列入的次数",
            "how often it came back after it was closed",
            |it: &View<'v>, row| i32::try_from(of(it, row).reopened).ok(),
        ),
        text(
            "changed_by",
            "未销号期间最近一次新增、重新列入或变化的原因：data 数据，answer 乡镇反馈，policy 政策，rule 规则或程序，date 日期推移",
            "why it came, came back or changed last while open: data, answer, policy, rule or date",
            |it, row| of(it, row).touched.by.code(),
        ),
        date("changed_on", "该次变化的日期", "the night of that change", |it, row| {
            Some(of(it, row).touched.on)
        }),
        text(
            "closed_by",
            "由什么销号：data 数据已变化，answer 乡镇反馈，policy 政策变化，rule 规则或程序变化，date 日期推移",
            "what closed it: data, answer, policy, rule or date",
            |it, row| of(it, row).closed.map_or("", |it| it.by.code()),
        ),
        date("closed_on", "销号日期", "the night it was closed", |it, row| {
            of(it, row).closed.map(|it| it.on)
        }),
    ]
}

fn answer<'v>() -> Vec<Column<View<'v>>> {
    vec![
        text(
            "answer",
            "反馈结果代码；不是约定的结果为空",
            "code of the answer; null if none of ours",
            |it, row| decision(it, row).map_or("", |it| &it.code),
        ),
        text("answer_text", "反馈原文", "the answer as written", |it, row| {
            decision(it, row).map_or("", |it| &it.given.text)
        }),
        text("answer_proof", "佐证材料", "the proof as written", |it, row| {
            decision(it, row).map_or("", |it| &it.given.proof)
        }),
        text("answer_remark", "反馈备注", "the remark as written", |it, row| {
            decision(it, row).map_or("", |it| &it.given.remark)
        }),
        date("answered_on", "反馈日期", "day of the answer", |it, row| {
            decision(it, row).and_then(|it| it.given.on)
        }),
        text("answer_from", "反馈文件", "the file it came with", |it, row| {
            decision(it, row).map_or("", |it| &it.given.from)
        }),
        date(
            "answer_until",
            "反馈有效期止（含）；空为情况变化前一直有效",
            "last day on which it holds; null where it holds until the evidence changes",
            |it, row| decision(it, row).and_then(|it| it.until),
        ),
    ]
}

/// What the next night needs to know again.
fn marks<'v>() -> Vec<Column<View<'v>>> {
    let mark = |name, zh, en, value| Column::new(name, zh, en, Values::Integer(value));
    vec![
        mark(
            "evidence",
            "依据内容的摘要",
            "hash of what the evidence says",
            |it: &View<'v>, row| Some(of(it, row).found.evidence.cast_signed()),
        )
        .counted_in(""),
        mark(
            "facts",
            "此人全部数据的摘要（反馈除外）",
            "hash of all that is known of the person",
            |it: &View<'v>, row| Some(of(it, row).found.facts.cast_signed()),
        )
        .counted_in(""),
        mark(
            "answer_evidence",
            "反馈时依据内容的摘要",
            "hash of the evidence when it was answered",
            |it: &View<'v>, row| decision(it, row).map(|it| it.on_evidence.cast_signed()),
        )
        .counted_in(""),
        Column::new(
            "heard",
            "收到的全部反馈（JSON），is_spent 为已失效",
            "every answer heard, as JSON; is_spent: overtaken",
            Values::Made(|it: &View<'v>, row, to| {
                let heard = &of(it, row).heard;
                if !heard.is_empty() {
                    to.push_str(&serde_json::to_string(heard).unwrap_or_default());
                }
            }),
        ),
        text(
            "rests_on",
            "依据范围：own 本人数据，others 涉及他人，answer 乡镇反馈",
            "own rows, others' too, or an answer",
            |it, row| of(it, row).found.rests_on.code(),
        ),
        text(
            "policy",
            "所用政策文件的摘要",
            "hash of the policy it was kept by",
            |it, _| &it.night.judged_by.policy,
        ),
        text(
            "rules",
            "所用配置和程序的摘要",
            "hash of the configuration and program it was kept by",
            |it, _| &it.night.judged_by.rules,
        ),
    ]
}
