//! `departments/<owner>.xlsx`: what each department has to correct, one sheet a rule; and what
//! changed on the monthly lists it keeps.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_xlsxwriter::Worksheet;

use super::{
    SHEET_ROWS, View, footer, list_changes,
    paper::{Column, Made, Paper, Value, column},
    places, sheet_name,
    style::{Kind, Style},
};
use crate::{
    error::Result,
    findings::{Owner, Rule},
    publish::folder::Staging,
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

/// A department's findings of one rule, in the order of the sheet.
type ByRule = BTreeMap<&'static str, Vec<usize>>;

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let mut owners: BTreeMap<Owner, ByRule> = BTreeMap::new();
    for (at, finding) in view.night.findings.iter().enumerate() {
        if finding.owner != Owner::Township {
            let by_rule = owners.entry(finding.owner).or_default();
            by_rule.entry(finding.rule.code).or_default().push(at);
        }
    }
    let changes = list_changes::by_owner(view);
    for owner in changes.keys() {
        owners.entry(*owner).or_default();
    }
    let write_one = |(owner, by_rule): (Owner, ByRule)| {
        let changes = changes.get(&owner).map_or(&[][..], |it| it);
        let path = format!("departments/{}.xlsx", owner.code());
        let year = view.night.pipeline.insurance_year;
        let title = format!("{year}年度居民医保比对问题清单（{}）", owner.zh());
        super::publish(view, staging, &path, &title, sheets(view, owner, by_rule, changes, &title))
    };
    owners.into_par_iter().map(write_one).collect::<Result<Vec<()>>>()?;
    Ok(())
}

fn sheets(
    view: &View<'_>,
    owner: Owner,
    by_rule: ByRule,
    changes: &[usize],
    title: &str,
) -> Made<Vec<Worksheet>> {
    let style = Style::new();
    let mut sheets = vec![summary(view, owner, &by_rule, title, &style)?];
    for (code, mut findings) in by_rule {
        findings.sort_by_key(|at| {
            let (place, person) = (view.place_of(*at), view.person_of(*at));
            (place.is_none(), place, person.map(|it| it.key), &view.finding_ids[*at])
        });
        for (nth, chunk) in findings.chunks(SHEET_ROWS).enumerate() {
            let first = nth * SHEET_ROWS;
            sheets.push(rule_sheet(view, owner, &sheet_name(code, nth), first, chunk, &style)?);
        }
    }
    sheets.extend(list_changes::sheets(view, owner, changes, &style)?);
    Ok(sheets)
}

fn summary(
    view: &View<'_>,
    owner: Owner,
    by_rule: &ByRule,
    title: &str,
    style: &Style,
) -> Made<Worksheet> {
    let mut paper = Paper::new("汇总", style, SUMMARY)?;
    paper.title(title)?;
    paper.note(&format!(
        "任务：{}　　数据截止：{}。请按各工作表核实更正，结果填在黄色栏交回；更正后的数据下次比对自动消失。",
        view.night.pipeline.title, view.night.cx.as_of
    ))?;
    paper.head(1)?;
    let (mut n_findings, mut expected, mut actual) = (0, 0, 0);
    for (code, findings) in by_rule {
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
    paper.running(owner.zh(), &footer(view));
    paper.finish()
}

fn sheet_names(code: &str, rows: usize) -> String {
    let names = (0..rows.div_ceil(SHEET_ROWS)).map(|nth| sheet_name(code, nth));
    names.collect::<Vec<_>>().join("、")
}

fn rule_sheet(
    view: &View<'_>,
    owner: Owner,
    name: &str,
    first: usize,
    findings: &[usize],
    style: &Style,
) -> Made<Worksheet> {
    let mut paper = Paper::new(name, style, COLUMNS)?;
    let rule = view.night.findings[findings[0]].rule;
    paper.title(&format!("{} {}", rule.code, rule.zh))?;
    paper.head(4)?;
    for (nth, at) in findings.iter().enumerate() {
        paper.row(&row(view, first + nth, *at), nth % 2 == 1)?;
    }
    paper.running(&format!("{} {}", owner.zh(), rule.code), &footer(view));
    paper.finish()
}

fn row(view: &View<'_>, nth: usize, at: usize) -> Vec<Value> {
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
        view.finding_ids[at].as_str().into(),
    ]
}
