//! `变动` and `资助标识名单`: whom the tax bureau has to mark, and what has changed.

use rust_xlsxwriter::Worksheet;

use super::{Job, chunked, footer, home};
use crate::{
    publish::{
        mask,
        workbook::{
            View,
            paper::{Column, Made, Paper, Value, column},
            style::Kind,
        },
    },
    report::subsidy_list::{Change, Row},
};

const LIST: &str = "资助标识名单";
const CHANGES: &str = "变动";
const LIST_COLUMNS: &[Column] = &[
    column("序号", 44, Kind::Number),
    column("身份证号", 140, Kind::Centre),
    column("姓名", 76, Kind::Text),
    column("乡镇", 90, Kind::Text),
    column("村（社区）", 110, Kind::Text),
    column("资助类别", 140, Kind::Text),
    column("资助金额（元）", 80, Kind::Money),
    column("个人应缴（元）", 80, Kind::Money),
    column("纳入时间", 84, Kind::Date),
    column("状态", 150, Kind::Text),
];
const CHANGE_COLUMNS: &[Column] = &[
    column("序号", 40, Kind::Number),
    column("变动", 60, Kind::Centre),
    column("身份证号", 130, Kind::Centre),
    column("姓名", 70, Kind::Text),
    column("乡镇", 76, Kind::Text),
    column("村（社区）", 90, Kind::Text),
    column("资助类别", 120, Kind::Text),
    column("资助金额\n（元）", 66, Kind::Money),
    column("个人应缴\n（元）", 66, Kind::Money),
    column("原资助类别", 120, Kind::Text),
    column("原资助金额\n（元）", 66, Kind::Money),
    column("纳入时间", 78, Kind::Date),
    column("状态", 110, Kind::Text),
];
/// What has to be done in the bureau's system, in this order; the last is not to be done.
const TO_DO: [Change; 4] = [Change::Added, Change::Changed, Change::Removed, Change::Withheld];

/// What has changed since the list of before; nothing where nothing has.
pub(super) fn changes(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let list = &view.night.reports.subsidy_list;
    let of = |change: Change| list.rows.iter().filter(move |it| it.change == change);
    let rows: Vec<&Row> = TO_DO.iter().flat_map(|it| of(*it)).collect();
    let counts: Vec<String> =
        TO_DO.iter().map(|it| format!("{}{}人", it.zh(), of(*it).count())).collect();
    let previous = list.previous.map(|it| it.to_string()).unwrap_or_default();
    chunked(CHANGES, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, CHANGE_COLUMNS)?;
        paper.title("资助标识名单变动")?;
        paper.note(&format!(
            "与上次发布的名单（数据截止{previous}）相比：{}。请先按本表办理；完整名单见“{LIST}”。",
            counts.join("，")
        ))?;
        if of(Change::Withheld).next().is_some() {
            paper.note("★ 名单人数比上次骤减，可能是来源名单不完整：“暂不取消”的人员保留标识，待医保局核实来源名单后再办。")?;
        }
        paper.head(4)?;
        for (nth, it) in rows.iter().enumerate() {
            paper.row(&change_row(view, first + nth, it), nth % 2 == 1)?;
        }
        paper.running(&format!("{} {CHANGES}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

/// Everybody who is to bear a mark.
pub(super) fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let list = &view.night.reports.subsidy_list;
    let rows: Vec<&Row> = list.rows.iter().filter(|it| it.change.is_marked()).collect();
    let (n_rows, total_fen) = (rows.len(), rows.iter().map(|it| shown(view, it).subsidy_fen).sum());
    chunked(LIST, &rows, |name, first, rows| {
        let mut paper = Paper::new(name, &job.style, LIST_COLUMNS)?;
        let year = view.night.pipeline.insurance_year;
        paper.title(&format!("{year}年度居民医保资助标识名单"))?;
        paper.note(&format!(
            "数据截止{}。请按资助类别和金额标识，多重身份只计最高一项；“状态”为是否已缴费、是否已资助，供核对。",
            view.night.cx.as_of
        ))?;
        paper.head(3)?;
        for (nth, it) in rows.iter().enumerate() {
            paper.row(&list_row(view, first + nth, it), nth % 2 == 1)?;
        }
        if first + rows.len() == n_rows {
            let mut total = vec![Value::Empty; LIST_COLUMNS.len()];
            (total[1], total[6]) = ("合计".into(), Value::Fen(Some(total_fen)));
            paper.total(&total)?;
        }
        paper.running(&format!("{} {LIST}", job.owner.zh()), &footer(view));
        paper.finish()
    })
}

/// What both sheets show of a person.
struct Shown {
    id_number: String,
    name: String,
    home: [Value; 2],
    category: String,
    subsidy_fen: i64,
    due_fen: Option<i64>,
    listed_from: Value,
}

fn shown(view: &View<'_>, row: &Row) -> Shown {
    let cx = view.night.cx;
    match (&row.mark, &row.before) {
        (Some(mark), _) => {
            let person = view.person(mark.person);
            Shown {
                id_number: view.shown_id(person),
                name: cx.text(person.name).to_string(),
                home: home(view, person),
                category: cx.policy.categories.get(mark.entitlement.category).name.clone(),
                subsidy_fen: mark.entitlement.amount_fen,
                due_fen: mark.due_fen,
                listed_from: Value::Date(mark.listed_from),
            }
        }
        (None, Some(it)) => Shown {
            id_number: match view.night.pipeline.privacy.mask_ids {
                true => mask::masked(&it.id_number),
                false => it.id_number.clone(),
            },
            name: it.name.clone(),
            home: [it.township_name.as_str().into(), it.village_name.as_str().into()],
            category: it.category_name.clone(),
            subsidy_fen: it.subsidy_fen,
            due_fen: it.due_fen,
            listed_from: Value::Date(it.listed_from),
        },
        (None, None) => unreachable!("a row is of today or of before"),
    }
}

fn list_row(view: &View<'_>, nth: usize, row: &Row) -> Vec<Value> {
    let it = shown(view, row);
    let [township, village] = it.home;
    vec![
        Value::Count(nth as i64 + 1),
        it.id_number.into(),
        it.name.into(),
        township,
        village,
        it.category.into(),
        Value::Fen(Some(it.subsidy_fen)),
        Value::Fen(it.due_fen),
        it.listed_from,
        said(row).into(),
    ]
}

/// The state; of those who stay only because nobody is taken off, that too.
fn said(row: &Row) -> String {
    match row.change {
        Change::Withheld => format!("{}（{}）", row.change.zh(), row.state.zh()),
        _ => row.state.zh().to_string(),
    }
}

fn change_row(view: &View<'_>, nth: usize, row: &Row) -> Vec<Value> {
    let it = shown(view, row);
    let [township, village] = it.home;
    // What is now, where there is anything; then what was.
    let today = row.mark.is_some();
    let before = row.before.as_ref();
    vec![
        Value::Count(nth as i64 + 1),
        row.change.zh().into(),
        it.id_number.into(),
        it.name.into(),
        township,
        village,
        if today { it.category.into() } else { Value::Empty },
        Value::Fen(Some(it.subsidy_fen).filter(|_| today)),
        Value::Fen(it.due_fen.filter(|_| today)),
        before.map_or("", |it| &it.category_name).into(),
        Value::Fen(before.map(|it| it.subsidy_fen)),
        it.listed_from,
        row.state.zh().into(),
    ]
}
