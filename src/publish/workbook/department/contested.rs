//! `身份存疑人员`: who is on the department's lists and perhaps should not be, or not so.

use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;
use rustc_hash::FxHashMap;

use super::{Job, chunked, footer, home, kept, names};
use crate::{
    identity::PersonId,
    ledger::exempt::Exit,
    policy::CategoryId,
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::Kind,
    },
    report::listed::Listed,
};

const NAME: &str = "身份存疑人员";
const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("镇", 76, Kind::Text),
    column("村（社区）", 90, Kind::Text),
    column("姓名", 64, Kind::Text),
    column("证件号码", 130, Kind::Centre),
    column("名单类别", 140, Kind::Text),
    column("存疑情形", 310, Kind::Text),
    column("核实结果", 110, Kind::Answer),
    column("备注", 90, Kind::Answer),
];
/// Rules that put somebody's identity in question.
const IDENTITY: [&str; 2] = ["D01", "D02"];

/// The rules of identity that name a person, in order.
type InQuestion = FxHashMap<PersonId, Vec<&'static str>>;

pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let in_question = in_question(view);
    let is_contested = |it: &Listed| !doubts(view, &in_question, it).is_empty();
    let rows = kept(view, job.owner, is_contested);
    chunked(NAME, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, COLUMNS)?;
        paper.title(&format!("{}名单内身份存疑人员", job.owner.zh()))?;
        paper.note(&format!(
            "{}　　本部门名单内、截至{}身份或资格需要核实的人员。请核对后更正名单，结果填在黄色栏交回；多重身份的只按最高一项资助，无须退出名单的注明即可。",
            job.line, view.night.cx.as_of
        ))?;
        paper.head(4)?;
        for (nth, (listed, own)) in rows.iter().enumerate() {
            let doubts = doubts(view, &in_question, listed).join("；");
            paper.row(&row(view, first + nth, (listed, own), doubts), nth % 2 == 1)?;
        }
        paper.running(&format!("{} {NAME}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

/// Everybody whose rows prove such a finding, not only whom it is about.
fn in_question(view: &View<'_>) -> InQuestion {
    let mut people = InQuestion::default();
    let links = &view.night.identities.links;
    let findings = view.night.findings.iter().filter(|it| IDENTITY.contains(&it.rule.code));
    for finding in findings {
        for record in &finding.evidence {
            let said = people.entry(links[record.0 as usize].person).or_default();
            if !said.contains(&finding.rule.zh) {
                said.push(finding.rule.zh);
            }
        }
    }
    people
}

/// What is in question, one sentence a thing: the gravest first.
fn doubts(view: &View<'_>, in_question: &InQuestion, listed: &Listed) -> Vec<String> {
    let name = |it: CategoryId| view.night.cx.policy.categories.get(it).name.as_str();
    let mut doubts = Vec::new();
    doubts.extend(listed.exit.map(|(exit, since)| left(exit, since)));
    doubts.extend(in_question.get(&listed.person).into_iter().flatten().map(|it| it.to_string()));
    if view.person(listed.person).id.is_none() {
        doubts.push("证件号码缺失或无效，无法标识资助".to_string());
    }
    doubts
        .extend(listed.subsidised_as.map(|it| format!("已按{}资助，与应享受的类别不符", name(it))));
    if let Some(highest) = listed.highest
        && listed.paying.len() > 1
    {
        let all = names(view, &listed.paying);
        doubts.push(format!("同时在名单：{all}；只按{}资助", name(highest)));
    }
    doubts
}

fn left(exit: Exit, since: Option<NaiveDate>) -> String {
    let since = since.map(|it| format!("（{it}）")).unwrap_or_default();
    format!("{}{since}，仍在名单", exit.zh())
}

fn row(
    view: &View<'_>,
    nth: usize,
    (listed, own): (&Listed, &[CategoryId]),
    doubts: String,
) -> Vec<Value> {
    let person = view.person(listed.person);
    let [township, village] = home(view, person);
    vec![
        Value::Count(nth as i64 + 1),
        township,
        village,
        view.night.cx.text(person.name).into(),
        view.shown_id(person).into(),
        names(view, own).into(),
        doubts.into(),
        Value::Empty,
        Value::Empty,
    ]
}
