//! `名单内未参保人员`: who is on the department's lists and not insured, and what is needed.

use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer, home, kept, names};
use crate::{
    ledger::{Standing, Step, Verdict},
    policy::CategoryId,
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::Kind,
    },
    report::listed::Listed,
};

const NAME: &str = "名单内未参保人员";
const COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("镇", 76, Kind::Text),
    column("村（社区）", 90, Kind::Text),
    column("姓名", 64, Kind::Text),
    column("证件号码", 130, Kind::Centre),
    column("名单类别", 140, Kind::Text),
    column("参保情况", 84, Kind::Centre),
    column("需要办理", 190, Kind::Text),
    column("个人应缴\n（元）", 60, Kind::Money),
    column("截止日期", 78, Kind::Date),
    column("核实结果", 100, Kind::Answer),
];

pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let is_uninsured = |it: &Listed| {
        matches!(
            view.standing(it.person).verdict,
            Verdict::Unenrolled
                | Verdict::RegisteredUnpaid
                | Verdict::PaidUnregistered
                | Verdict::Review
        )
    };
    let rows = kept(view, job.owner, is_uninsured);
    chunked(NAME, &rows, |name, first, rows| sheet(view, job, name, first, rows))
}

fn sheet(
    view: &View<'_>,
    job: &Job,
    name: &str,
    first: usize,
    rows: &[(&Listed, Vec<CategoryId>)],
) -> Made<Worksheet> {
    let mut paper = Paper::new(name, &job.style, COLUMNS)?;
    let year = view.night.pipeline.insurance_year;
    paper.title(&format!("{}名单内{year}年度未参保人员", job.owner.zh()))?;
    paper.note(&format!(
        "{}　　本部门名单内、截至{}没有有效参保的人员。请会同乡镇逐人落实，结果填在黄色栏交回；不在当地或情况有变的，请同时更正名单。",
        job.line, view.night.cx.as_of
    ))?;
    paper.head(4)?;
    for (nth, (listed, own)) in rows.iter().enumerate() {
        paper.row(&row(view, first + nth, listed, own), nth % 2 == 1)?;
    }
    paper.running(&format!("{} {NAME}", job.owner.zh()), &footer(view));
    paper.finish()
}

fn row(view: &View<'_>, nth: usize, listed: &Listed, own: &[CategoryId]) -> Vec<Value> {
    let (person, standing) = (view.person(listed.person), view.standing(listed.person));
    let [township, village] = home(view, person);
    vec![
        Value::Count(nth as i64 + 1),
        township,
        village,
        view.night.cx.text(person.name).into(),
        view.shown_id(person).into(),
        names(view, own).into(),
        standing.verdict.zh().into(),
        needed(standing).into(),
        Value::Fen(standing.due_fen),
        Value::Date(standing.deadline),
        Value::Empty,
    ]
}

/// What has to happen.
fn needed(standing: &Standing) -> &'static str {
    match standing.verdict {
        Verdict::PaidUnregistered => "已缴费，补办参保登记",
        _ if standing.scope.is_none() => "户籍、居住证等名单中查无此人，核实身份和户籍",
        _ if standing.step == Step::Pay && standing.due_fen == Some(0) => {
            "全额资助、个人不缴费，办理缴费确认"
        }
        _ => standing.step.zh(),
    }
}
