//! `事后资助`: who got an identity after paying, still inside the window, and is paid back later.

use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer, home, place_and_key};
use crate::{
    identity::PersonId,
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::Kind,
    },
};

const NAME: &str = "事后资助";
const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("镇", 76, Kind::Text),
    column("村（社区）", 96, Kind::Text),
    column("姓名", 70, Kind::Text),
    column("证件号码", 136, Kind::Centre),
    column("缴费日期", 84, Kind::Date),
    column("个人实缴（元）", 72, Kind::Money),
    column("新增身份", 120, Kind::Text),
    column("事后资助（元）", 72, Kind::Money),
    column("依据", 190, Kind::Text),
    column("办理结果", 110, Kind::Answer),
];

pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let ids = (0..view.night.standings.len() as u32).map(PersonId);
    let mut rows: Vec<PersonId> =
        ids.filter(|it| view.standing(*it).reimbursement.is_some()).collect();
    rows.sort_by_key(|it| place_and_key(view.person(*it)));
    chunked(NAME, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, COLUMNS)?;
        let year = view.night.pipeline.insurance_year;
        paper.title(&format!("{year}年度事后资助清单"))?;
        paper.note(&format!(
            "{}　　缴费之后、集中缴费期内新认定的资助对象：缴费当日按规定缴费无误，差额按政策事后资助（退费）。",
            job.line
        ))?;
        paper.head(5)?;
        for (nth, id) in rows.iter().enumerate() {
            paper.row(&row(view, first + nth, *id), nth % 2 == 1)?;
        }
        paper.running(&format!("{} {NAME}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

fn row(view: &View<'_>, nth: usize, id: PersonId) -> Vec<Value> {
    let (person, standing) = (view.person(id), view.standing(id));
    let [township, village] = home(view, person);
    let category =
        standing.reimbursement.map(|it| view.night.cx.policy.categories.get(it.category));
    vec![
        Value::Count(nth as i64 + 1),
        township,
        village,
        view.night.cx.text(person.name).into(),
        view.shown_id(person).into(),
        Value::Date(standing.paid_on),
        Value::Fen(Some(standing.paid_fen)),
        category.map_or("", |it| it.name.as_str()).into(),
        Value::Fen(standing.reimbursement.map(|it| it.amount_fen)),
        standing.reimbursement.map_or("", |it| view.clause(it.clause)).into(),
        Value::Empty,
    ]
}
