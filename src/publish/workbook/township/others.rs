//! `其他核实`: what the township has to clear up besides the doors.

use rust_xlsxwriter::Worksheet;

use super::{Job, View, running};
use crate::publish::workbook::{
    paper::{Column, Made, Paper, Value, column},
    places,
    style::{Kind, Style},
};

pub(super) const SHEET: &str = "其他核实";

const COLUMNS: &[Column] = &[
    column("序号", 36, Kind::Number),
    column("代码", 40, Kind::Centre),
    column("问题", 120, Kind::Text),
    column("村（社区）", 70, Kind::Text),
    column("姓名", 56, Kind::Text),
    column("证件号码", 76, Kind::Centre),
    column("应有金额（元）", 52, Kind::Money),
    column("实际金额（元）", 52, Kind::Money),
    column("说明", 170, Kind::Text),
    column("依据（来源：文件:行）", 170, Kind::Text),
    column("处理结果", 100, Kind::Answer),
    column("备注", 80, Kind::Answer),
    column("批次", 60, Kind::Key),
    column("编号", 60, Kind::Key),
];

pub(super) fn sheet(view: &View<'_>, job: &Job<'_>, style: &Style) -> Made<Worksheet> {
    let mut paper = Paper::new(SHEET, style, COLUMNS)?;
    paper.title(&format!("{}其他需要核实的事项", job.name))?;
    paper.note(&format!(
        "{}　　代收款未入账、登记信息有误等，由乡镇查清后在黄色栏填写；不一定需要入户。",
        job.line(view)
    ))?;
    paper.head(2)?;
    if job.errands.others.is_empty() {
        let mut row = vec![Value::Empty; COLUMNS.len()];
        row[2] = "暂无".into();
        paper.row(&row, false)?;
    }
    let batch = view.batch(job.code).to_string();
    for (nth, at) in job.errands.others.iter().enumerate() {
        paper.row(&row(view, nth, *at, &batch), nth % 2 == 1)?;
    }
    paper.running(&format!("{} 其他核实", job.name), &running(view));
    paper.finish()
}

fn row(view: &View<'_>, nth: usize, at: usize, batch: &str) -> Vec<Value> {
    let (finding, place) = (&view.night.findings[at], view.place_of(at));
    vec![
        Value::Count(nth as i64 + 1),
        finding.rule.code.into(),
        finding.rule.zh.into(),
        view.village(place).map_or("（村不明）", |it| &it.shown).into(),
        view.name_of(at).into(),
        view.id_of(at).into(),
        Value::Fen(finding.expected_fen),
        Value::Fen(finding.actual_fen),
        finding.detail.as_str().into(),
        places(view, finding).into(),
        Value::Empty,
        Value::Empty,
        batch.into(),
        view.finding_ids[at].as_str().into(),
    ]
}
