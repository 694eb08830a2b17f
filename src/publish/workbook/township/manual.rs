//! `填写说明`: every answer, the proof it needs, and what comes of it.

use rust_xlsxwriter::Worksheet;

use super::{Job, View, running};
use crate::{
    publish::workbook::{
        paper::{Column, Made, Paper, Value, column},
        style::{Kind, Style},
    },
    tables::ANSWERS,
};

const COLUMNS: &[Column] = &[
    column("代码", 60, Kind::Centre),
    column("核查结果", 160, Kind::Text),
    column("佐证材料（填在“佐证材料”栏，复印件随表交回）", 376, Kind::Text),
    column("是否销号", 110, Kind::Centre),
    column("后续处理", 330, Kind::Text),
];

pub(super) fn sheet(view: &View<'_>, job: &Job<'_>, style: &Style) -> Made<Worksheet> {
    let mut paper = Paper::new("填写说明", style, COLUMNS)?;
    paper.title("核查结果填写说明")?;
    paper.note("每人只选一项最主要的结果；没有佐证材料的，结果照填，但不销号，列入待核实。")?;
    paper.head(1)?;
    for (at, answer) in ANSWERS.iter().enumerate() {
        let closes = if answer.closes { "是（须有材料）" } else { "否，继续跟踪" };
        let texts = [answer.code, answer.zh, answer.evidence, closes, answer.then];
        paper.row(&texts.map(Value::from), at % 2 == 1)?;
    }
    paper.running(&format!("{} 填写说明", job.name), &running(view));
    paper.finish()
}
