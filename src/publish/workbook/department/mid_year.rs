//! `中途参保待复核`: what came after the main window, to be reviewed at two levels.

use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer, place_and_key};
use crate::{
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::Kind,
    },
    report::mid_year::MidYear,
};

const NAME: &str = "中途参保待复核";
const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("姓名", 70, Kind::Text),
    column("身份证号", 136, Kind::Centre),
    column("村（社区）", 110, Kind::Text),
    column("缴费（登记）日期", 84, Kind::Date),
    column("金额（元）", 72, Kind::Money),
    column("情形", 270, Kind::Text),
    column("初审", 130, Kind::Answer),
    column("复审", 130, Kind::Answer),
];

pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let mut rows: Vec<&MidYear> = view.night.reports.mid_year.iter().collect();
    rows.sort_by_key(|it| (place_and_key(view.person(it.person)), it.on, it.amount_fen));
    chunked(NAME, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, COLUMNS)?;
        let year = view.night.pipeline.insurance_year;
        let closes = view.night.cx.policy.windows.first().value.closes;
        paper.title(&format!("{year}年度中途参保两级复核清单"))?;
        paper.note(&format!(
            "{}　　集中缴费期（截至{closes}）之后缴费或登记的，逐人核对适用情形，初审、复审分别签名。",
            job.line
        ))?;
        paper.head(2)?;
        for (nth, it) in rows.iter().enumerate() {
            paper.row(&row(view, first + nth, it), nth % 2 == 1)?;
        }
        paper.running(&format!("{} {NAME}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

fn row(view: &View<'_>, nth: usize, it: &MidYear) -> Vec<Value> {
    let person = view.person(it.person);
    let clause = view.clause(it.clause);
    let ground = match clause.is_empty() {
        true => it.ground.zh().to_string(),
        false => format!("{}：{clause}", it.ground.zh()),
    };
    vec![
        Value::Count(nth as i64 + 1),
        view.night.cx.text(person.name).into(),
        view.shown_id(person).into(),
        view.village(person.place).map_or("不明", |it| &it.shown).into(),
        Value::Date(Some(it.on)),
        Value::Fen(it.amount_fen),
        ground.into(),
        Value::Empty,
        Value::Empty,
    ]
}
