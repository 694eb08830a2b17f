//! `整户参保` and `只差一两人`: households that are insured as a whole, and those that nearly are,
//! where the policy rewards it.

use std::collections::BTreeMap;

use rust_xlsxwriter::Worksheet;

use super::{Job, View, running};
use crate::{
    policy::{Cited, InsuredBy, WholeHousehold},
    publish::workbook::{
        paper::{Column, Made, Paper, Value, column},
        progress::whole_household,
        style::{Kind, Style},
    },
    report::household::Household,
    tables::DivisionId,
};

const WHOLE: &str = "整户参保";
const NEARLY: &str = "只差一两人";
/// A household that misses so many is worth a visit of its own.
const FEW: usize = 2;

const COLUMNS: &[Column] = &[
    column("序号", 44, Kind::Number),
    column("村（社区）", 130, Kind::Text),
    column("户号", 140, Kind::Text),
    column("户主", 90, Kind::Text),
    column("应保人数", 70, Kind::Number),
    column("居民参保", 70, Kind::Tally),
    column("职工参保", 70, Kind::Tally),
    column("异地参保", 70, Kind::Tally),
    column("缴费金额（元）", 110, Kind::Amount),
    column("最后缴费日期", 110, Kind::Date),
];
const NEARLY_COLUMNS: &[Column] = &[
    column("序号", 44, Kind::Number),
    column("还差人数", 64, Kind::Number),
    column("村（社区）", 120, Kind::Text),
    column("户号", 140, Kind::Text),
    column("户主", 84, Kind::Text),
    column("应保人数", 64, Kind::Number),
    column("居民参保", 64, Kind::Tally),
    column("职工参保", 64, Kind::Tally),
    column("异地参保", 64, Kind::Tally),
    column("未参保或待核实成员", 170, Kind::Text),
    column("备注", 120, Kind::Answer),
];

/// Households by township; none where the policy has no rule for them.
pub(super) fn by_township<'a>(view: &View<'a>) -> BTreeMap<Option<DivisionId>, Vec<&'a Household>> {
    let mut townships: BTreeMap<Option<DivisionId>, Vec<&Household>> = BTreeMap::new();
    if view.night.cx.policy.incentives.whole_household.is_some() {
        for it in view.night.reports.households.iter().filter(|it| it.is_whole || is_near(it)) {
            let township = it.place.and_then(|place| view.night.cx.divisions.township(place));
            townships.entry(township).or_default().push(it);
        }
    }
    townships
}

fn is_near(it: &Household) -> bool {
    (1..=FEW).contains(&it.missing.len()) && it.members as usize > it.missing.len()
}

pub(super) fn sheets(view: &View<'_>, job: &Job<'_>, style: &Style) -> Made<Vec<Worksheet>> {
    let Some(rule) = &view.night.cx.policy.incentives.whole_household else {
        return Ok(Vec::new());
    };
    Ok(vec![whole(view, job, rule, style)?, nearly(view, job, rule, style)?])
}

fn whole(
    view: &View<'_>,
    job: &Job<'_>,
    rule: &Cited<WholeHousehold>,
    style: &Style,
) -> Made<Worksheet> {
    let rows: Vec<&Household> = job.households.iter().copied().filter(|it| it.is_whole).collect();
    let mut paper = Paper::new(WHOLE, style, COLUMNS)?;
    paper.compact();
    let year = view.night.cx.policy.year;
    paper.title(&format!("{}{year}年度整户参保名单", job.name))?;
    notes(view, &mut paper, rule, &format!("共{}户。", rows.len()))?;
    paper.head(4)?;
    if rows.is_empty() {
        paper.row(&nobody(COLUMNS.len()), false)?;
    }
    for (nth, it) in rows.iter().enumerate() {
        // Each village takes its own pages with it, and sees nobody else's.
        if nth > 0 && rows[nth - 1].place != it.place {
            paper.break_page();
        }
        let mut row = vec![Value::Count(nth as i64 + 1)];
        row.extend(who(view, it));
        row.extend(insured(it));
        row.extend([Value::Fen(Some(it.paid_fen)), Value::Date(it.last_paid_on)]);
        paper.row(&row, nth % 2 == 1)?;
    }
    paper.running(&format!("{} {WHOLE}", job.name), &running(view));
    paper.finish()
}

fn nearly(
    view: &View<'_>,
    job: &Job<'_>,
    rule: &Cited<WholeHousehold>,
    style: &Style,
) -> Made<Worksheet> {
    let mut rows: Vec<&Household> =
        job.households.iter().copied().filter(|it| is_near(it)).collect();
    // Of as many missing, by village and number as before.
    rows.sort_by_key(|it| it.missing.len());
    let mut paper = Paper::new(NEARLY, style, NEARLY_COLUMNS)?;
    let year = view.night.cx.policy.year;
    paper.title(&format!("{}{year}年度只差一两人即整户参保的户", job.name))?;
    let count = |n: usize| rows.iter().filter(|it| it.missing.len() == n).count();
    let counts = format!("差一人的{}户，差两人的{}户。", count(1), count(FEW));
    notes(view, &mut paper, rule, &counts)?;
    paper.head(5)?;
    if rows.is_empty() {
        paper.row(&nobody(NEARLY_COLUMNS.len()), false)?;
    }
    for (nth, it) in rows.iter().enumerate() {
        let mut row = vec![Value::Count(nth as i64 + 1), Value::Count(it.missing.len() as i64)];
        row.extend(who(view, it));
        row.extend(insured(it));
        row.extend([missing(view, it), Value::Empty]);
        paper.row(&row, nth % 2 == 1)?;
    }
    paper.running(&format!("{} {NEARLY}", job.name), &running(view));
    paper.finish()
}

/// What counts, what it earns and by which clause; then how many there are.
fn notes(
    view: &View<'_>,
    paper: &mut Paper<'_>,
    rule: &Cited<WholeHousehold>,
    count: &str,
) -> Made {
    paper.note(&format!("{}依据：{}。", whole_household(&rule.value), view.clause(rule.clause)))?;
    paper.note(&format!("数据截止{}，{count}", view.night.cx.as_of))
}

fn who(view: &View<'_>, it: &Household) -> [Value; 3] {
    let cx = view.night.cx;
    [
        view.village(it.place).map_or("（村不明）", |it| &it.shown).into(),
        cx.text(it.number).into(),
        it.head.map_or("", |it| cx.text(view.person(it).name)).into(),
    ]
}

/// Members, and how they are insured.
fn insured(it: &Household) -> Vec<Value> {
    let by = InsuredBy::ALL.iter().map(|by| it.insured_by(*by));
    std::iter::once(it.members).chain(by).map(|it| Value::Count(it.into())).collect()
}

/// Who is missing, by name.
fn missing(view: &View<'_>, it: &Household) -> Value {
    let mut people: Vec<_> = it.missing.iter().map(|it| view.person(*it)).collect();
    people.sort_by_key(|it| it.key);
    let names: Vec<&str> = people.iter().map(|it| view.night.cx.text(it.name)).collect();
    names.join("、").into()
}

fn nobody(columns: usize) -> Vec<Value> {
    let mut row = vec![Value::Empty; columns];
    row[2] = "暂无".into();
    row
}
