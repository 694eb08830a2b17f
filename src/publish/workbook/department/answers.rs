//! `乡镇反馈待办` and `交回名单未采用`: what came back from the townships that a department has to look
//! into, and what of it could not be taken.

use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer};
use crate::{
    cases::{Case, Outcome, Returned, Why},
    findings::Owner,
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::Kind,
    },
    tables::Answer,
};

const TO_DO: &str = "乡镇反馈待办";
const TO_DO_COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("事由", 120, Kind::Text),
    column("乡镇", 80, Kind::Text),
    column("村（社区）", 100, Kind::Text),
    column("姓名", 70, Kind::Text),
    column("证件号码", 136, Kind::Centre),
    column("原问题", 110, Kind::Text),
    column("乡镇反馈（日期、结果、佐证、备注、文件）", 330, Kind::Text),
    column("处理结果", 110, Kind::Answer),
];

const NOT_TAKEN: &str = "交回名单未采用";
const NOT_TAKEN_COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("未采用的原因", 180, Kind::Text),
    column("文件", 230, Kind::Text),
    column("工作表", 100, Kind::Text),
    column("行", 50, Kind::Number),
    column("行上的姓名", 90, Kind::Text),
    column("行上的编号", 150, Kind::Centre),
    column("行上的批次", 180, Kind::Centre),
    column("行上的结果", 160, Kind::Text),
];

pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let mut sheets = to_do(view, job)?;
    if job.owner == Owner::MedicalInsurance {
        sheets.extend(not_taken(view, job)?);
    }
    Ok(sheets)
}

/// Who looks into an answer, by what it says and whether it holds; nobody where the township goes on.
fn owner(case: &Case) -> Option<Owner> {
    let code = case.decision.as_ref()?.code.as_str();
    match (case.why, code) {
        (Why::Contradicted | Why::Unreadable, _) => Some(Owner::MedicalInsurance),
        (_, "Z9" | "X1") => Some(Owner::MedicalInsurance),
        (_, "X2") => Some(Owner::Tax),
        (_, "P1") => Some(Owner::CivilAffairs),
        // No list of the police says so yet.
        (Why::Nothing, "D1" | "D2" | "H1") => Some(Owner::Police),
        _ => None,
    }
}

fn to_do(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let findings = view.night.findings.iter().enumerate();
    let mut rows: Vec<(usize, &Case)> = findings
        .filter_map(|(at, _)| Some((at, view.case_of(at)?)))
        .filter(|(_, case)| owner(case) == Some(job.owner))
        .collect();
    rows.sort_by_key(|(at, case)| {
        let place = view.place_of(*at);
        (place.is_none(), place, &case.found.person, &case.found.finding)
    });
    chunked(TO_DO, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, TO_DO_COLUMNS)?;
        paper.title("乡镇交回的反馈中需要本部门核实处理的事项")?;
        paper.note(&format!(
            "{}　　核实后由本部门在自己的数据中更正，下次比对自动销号；两处反馈矛盾的，请定夺后告知乡镇重新反馈。",
            job.line
        ))?;
        paper.head(2)?;
        for (nth, (at, case)) in rows.iter().enumerate() {
            paper.row(&to_do_row(view, first + nth, *at, case), nth % 2 == 1)?;
        }
        paper.running(&format!("{} {TO_DO}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

fn to_do_row(view: &View<'_>, nth: usize, at: usize, case: &Case) -> Vec<Value> {
    let answer = case.decision.as_ref().map_or("", |it| &it.given.text);
    let matter = match case.why {
        Why::Nothing => answer,
        why => why.zh(),
    };
    let place = view.place_of(at);
    vec![
        Value::Count(nth as i64 + 1),
        matter.into(),
        view.township_name(place).unwrap_or("不明").into(),
        view.village(place).map_or("不明", |it| &it.shown).into(),
        view.name_of(at).into(),
        view.id_of(at).into(),
        view.night.findings[at].rule.zh.into(),
        answers(case).into(),
        Value::Empty,
    ]
}

/// What was said last, a line each: several where places contradict each other.
fn answers(case: &Case) -> String {
    let said = case.last_heard().into_iter().map(|it| {
        let on = it.on.map_or("日期不明".to_string(), |it| it.to_string());
        let file = it.from.rsplit('/').next().unwrap_or(&it.from);
        let parts = [&on, &it.text, &it.proof, &it.remark, file];
        let parts: Vec<&str> =
            parts.into_iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        parts.join("，")
    });
    said.collect::<Vec<_>>().join("\n")
}

fn not_taken(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let answers = view.tables().answers.iter().zip(&view.night.kept.returned);
    let rows: Vec<(&Answer, &Returned)> = answers
        .filter(|it| match it.1.outcome {
            Outcome::Taken | Outcome::ByPerson | Outcome::Blank => false,
            Outcome::ToCome | Outcome::OfOther | Outcome::Unknown | Outcome::Recalled => true,
        })
        .collect();
    chunked(NOT_TAKEN, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, NOT_TAKEN_COLUMNS)?;
        paper.title("乡镇交回名单中没有采用的行")?;
        paper.note(&format!(
            "{}　　请退回乡镇核对后重新交回；编号与姓名不符的，多为排序时只排了部分列。",
            job.line
        ))?;
        paper.head(2)?;
        for (nth, (answer, returned)) in rows.iter().enumerate() {
            let row = not_taken_row(view, first + nth, answer, returned);
            paper.row(&row, nth % 2 == 1)?;
        }
        paper.running(&format!("{} {NOT_TAKEN}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

fn not_taken_row(view: &View<'_>, nth: usize, answer: &Answer, returned: &Returned) -> Vec<Value> {
    let (part, row) = view.tables().origins.of(returned.record);
    let text = |id| view.night.cx.text(id);
    vec![
        Value::Count(nth as i64 + 1),
        returned.outcome.zh().into(),
        part.file.as_str().into(),
        part.sheet.as_str().into(),
        Value::Count(i64::from(row)),
        text(answer.subject.name).into(),
        text(answer.finding).into(),
        text(answer.batch).into(),
        text(answer.answer).into(),
    ]
}
