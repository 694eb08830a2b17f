//! `入户名单`: one row a person, in the order of walking, with room for the answer.

use rust_xlsxwriter::Worksheet;

use super::{Job, View, running, visit::Visit};
use crate::publish::workbook::{
    drop_down::drop_down,
    paper::{Column, Made, Paper, Value, column},
    style::{Kind, Style},
};

pub(super) const SHEET: &str = "入户名单";

/// The widths add up to a landscape A4 page; batch and id at the end are for the computer that
/// reads the returned list, and are not printed.
const COLUMNS: &[Column] = &[
    column("序号", 32, Kind::Number),
    column("村（社区）", 58, Kind::Text),
    column("组/地址", 68, Kind::Text),
    column("户号", 106, Kind::Text),
    column("户主", 48, Kind::Text),
    column("姓名", 48, Kind::Text),
    column("性别", 24, Kind::Centre),
    column("年龄", 28, Kind::Number),
    column("证件号码", 106, Kind::Centre),
    column("人群类别", 58, Kind::Text),
    column("当前情况", 120, Kind::Text),
    column("应缴金额（元）", 48, Kind::Money),
    column("截止日期", 66, Kind::Date),
    column("建议步骤", 84, Kind::Text),
    column("核查结果", 76, Kind::Answer),
    column("核查日期", 56, Kind::AnswerDate),
    column("佐证材料", 56, Kind::Answer),
    column("备注", 56, Kind::Answer),
    column("批次", 60, Kind::Key),
    column("编号", 60, Kind::Key),
];
const ANSWER: u16 = 14;

pub(super) fn sheet(
    view: &View<'_>,
    job: &Job<'_>,
    visits: &[Visit<'_>],
    style: &Style,
) -> Made<Worksheet> {
    let mut paper = Paper::new(SHEET, style, COLUMNS)?;
    let year = view.night.pipeline.insurance_year;
    paper.title(&format!("{}{year}年度居民医保入户核查名单", job.name))?;
    paper.note(&format!(
        "{}　　数据截止{}，共 {} 人。黄色栏由走访人填写，核查结果填代码（见“填写说明”）。\
         “先参保登记”的人系统中查无，直接缴费会失败。",
        job.line(view),
        view.night.cx.as_of,
        visits.len()
    ))?;
    paper.head(6)?;
    let first = paper.at();
    if visits.is_empty() {
        let mut row = vec![Value::Empty; COLUMNS.len()];
        row[10] = "暂无需要入户核查的人员".into();
        paper.row(&row, false)?;
    }
    let batch = view.batch(job.code).to_string();
    let mut is_striped = false;
    for (at, visit) in visits.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).map(|it| &visits[it]) {
            // Each village takes its own pages with it, and sees nobody else's.
            if before.village != visit.village {
                paper.break_page();
                is_striped = true;
            }
            let is_same = !visit.household.is_empty() && before.household == visit.household;
            is_striped ^= !is_same || before.village != visit.village;
        }
        paper.row(&row(at, visit, &batch), is_striped)?;
    }
    if !visits.is_empty() {
        let last = paper.at() - 1;
        paper.sheet.add_data_validation(first, ANSWER, last, ANSWER, &drop_down()?)?;
    }
    paper.running(&format!("{} 入户名单", job.name), &running(view));
    paper.finish()
}

fn row(at: usize, visit: &Visit<'_>, batch: &str) -> Vec<Value> {
    vec![
        Value::Count(at as i64 + 1),
        visit.village_name.into(),
        visit.address.into(),
        visit.household.into(),
        visit.head.into(),
        visit.name.into(),
        visit.sex.into(),
        visit.age.map_or(Value::Empty, |it| Value::Count(it.into())),
        visit.id_number.as_str().into(),
        visit.category.as_str().into(),
        visit.situation.as_str().into(),
        Value::Fen(visit.due_fen),
        Value::Date(visit.deadline),
        visit.step.into(),
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
        batch.into(),
        visit.finding.into(),
    ]
}
