//! `汇总` and a sheet a rule: what the department has to correct.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer, sheet_name};
use crate::{
    findings::{Owner, Rule},
    publish::{
        handed_out::Line,
        workbook::{
            SHEET_ROWS, View,
            paper::{Column, Made, Paper, Value, column},
            places,
            style::Kind,
        },
    },
};

const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("镇", 70, Kind::Text),
    column("村（社区）", 76, Kind::Text),
    column("姓名", 60, Kind::Text),
    column("证件号码", 124, Kind::Centre),
    column("应有金额（元）", 52, Kind::Money),
    column("实际金额（元）", 52, Kind::Money),
    column("说明", 210, Kind::Text),
    column("来源（文件:行）", 190, Kind::Text),
    column("处理结果", 90, Kind::Answer),
    column("备注", 80, Kind::Answer),
    column("批次", 60, Kind::Key),
    column("编号", 60, Kind::Key),
];
const SUMMARY: &[Column] = &[
    column("代码", 60, Kind::Centre),
    column("问题", 420, Kind::Text),
    column("条数", 80, Kind::Number),
    column("涉及人数", 80, Kind::Number),
    column("应有金额合计（元）", 130, Kind::Money),
    column("实际金额合计（元）", 130, Kind::Money),
    column("工作表", 120, Kind::Text),
];

/// A department's findings by rule.
pub(super) type ByRule = BTreeMap<&'static str, Vec<usize>>;

/// The findings of every department: by place, person and id.
pub(super) fn by_owner(view: &View<'_>) -> BTreeMap<Owner, ByRule> {
    let mut owners: BTreeMap<Owner, ByRule> = BTreeMap::new();
    let findings = view.night.findings.iter().enumerate();
    for (at, finding) in findings.filter(|(_, it)| it.owner != Owner::Township) {
        let by_rule = owners.entry(finding.owner).or_default();
        by_rule.entry(finding.rule.code).or_default().push(at);
    }
    for findings in owners.values_mut().flat_map(BTreeMap::values_mut) {
        findings.sort_by_key(|at| {
            let (place, person) = (view.place_of(*at), view.person_of(*at));
            (place.is_none(), place, person.map(|it| it.key), &view.finding_ids[*at])
        });
    }
    owners
}

/// A sheet a rule, in the order of codes.
pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let mut sheets = Vec::new();
    for (code, findings) in &job.findings {
        sheets.extend(chunked(code, findings, |name, first, chunk| {
            rule_sheet(view, job, name, first, chunk)
        })?);
    }
    Ok(sheets)
}

/// What stands on those sheets.
pub(super) fn lines(job: &Job) -> Vec<Line> {
    let mut lines = Vec::new();
    for (code, findings) in &job.findings {
        lines.extend(findings.iter().enumerate().map(|(at, finding)| Line {
            sheet: sheet_name(code, at / SHEET_ROWS),
            nth: at + 1,
            finding: *finding,
            is_main: true,
        }));
    }
    lines
}

/// The first page; nothing where there is nothing to correct.
pub(super) fn summary(view: &View<'_>, job: &Job) -> Made<Option<Worksheet>> {
    if job.findings.is_empty() {
        return Ok(None);
    }
    let mut paper = Paper::new("汇总", &job.style, SUMMARY)?;
    paper.title(&job.title)?;
    paper.note(&format!(
        "{}　　任务：{}　　数据截止：{}。请按各工作表核实更正，结果填在黄色栏交回；更正后的数据下次比对自动消失。",
        job.line, view.night.pipeline.title, view.night.cx.as_of
    ))?;
    paper.head(1)?;
    let (mut n_findings, mut expected, mut actual) = (0, 0, 0);
    for (code, findings) in &job.findings {
        let all = || findings.iter().map(|at| &view.night.findings[*at]);
        let mut people: Vec<_> = all().map(|it| it.person).collect();
        people.sort();
        people.dedup();
        let sums = [
            all().filter_map(|it| it.expected_fen).sum::<i64>(),
            all().filter_map(|it| it.actual_fen).sum::<i64>(),
        ];
        let has_amounts = all().any(|it| it.expected_fen.is_some() || it.actual_fen.is_some());
        let amount = |fen| Value::Fen(Some(fen).filter(|_| has_amounts));
        let rule: &Rule = view.night.findings[findings[0]].rule;
        paper.row(
            &[
                (*code).into(),
                rule.zh.into(),
                Value::Count(findings.len() as i64),
                Value::Count(people.len() as i64),
                amount(sums[0]),
                amount(sums[1]),
                sheet_names(code, findings.len()).into(),
            ],
            false,
        )?;
        n_findings += findings.len() as i64;
        (expected, actual) = (expected + sums[0], actual + sums[1]);
    }
    paper.total(&[
        "合计".into(),
        Value::Empty,
        Value::Count(n_findings),
        Value::Empty,
        Value::Fen(Some(expected)),
        Value::Fen(Some(actual)),
        Value::Empty,
    ])?;
    paper.running(job.owner.zh(), &footer(view));
    paper.finish().map(Some)
}

fn sheet_names(code: &str, rows: usize) -> String {
    let names = (0..rows.div_ceil(SHEET_ROWS)).map(|nth| sheet_name(code, nth));
    names.collect::<Vec<_>>().join("、")
}

fn rule_sheet(
    view: &View<'_>,
    job: &Job,
    name: &str,
    first: usize,
    findings: &[usize],
) -> Made<Worksheet> {
    let mut paper = Paper::new(name, &job.style, COLUMNS)?;
    let rule = view.night.findings[findings[0]].rule;
    paper.title(&format!("{} {}", rule.code, rule.zh))?;
    paper.note(&format!("{}　　数据截止{}。", job.line, view.night.cx.as_of))?;
    paper.head(4)?;
    for (nth, at) in findings.iter().enumerate() {
        paper.row(&row(view, job, first + nth, *at), nth % 2 == 1)?;
    }
    paper.running(&format!("{} {}", job.owner.zh(), rule.code), &footer(view));
    paper.finish()
}

fn row(view: &View<'_>, job: &Job, nth: usize, at: usize) -> Vec<Value> {
    let (finding, place) = (&view.night.findings[at], view.place_of(at));
    let nowhere = if finding.person.is_some() { "不明" } else { "" };
    vec![
        Value::Count(nth as i64 + 1),
        view.township_name(place).unwrap_or(nowhere).into(),
        view.village(place).map_or(nowhere, |it| &it.shown).into(),
        view.name_of(at).into(),
        view.id_of(at).into(),
        Value::Fen(finding.expected_fen),
        Value::Fen(finding.actual_fen),
        finding.detail.as_str().into(),
        places(view, finding).into(),
        Value::Empty,
        Value::Empty,
        job.batch.as_str().into(),
        view.finding_ids[at].as_str().into(),
    ]
}
