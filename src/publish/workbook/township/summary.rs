//! `汇总`: what this is, how to use it, and how many doors there are in each village.

use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;

use super::{Job, View, running, visit::Visit};
use crate::{
    ledger::Group,
    publish::workbook::{
        paper::{Column, Made, Paper, Value, column},
        style::{Kind, Style},
    },
    tables::DivisionId,
};

const COLUMNS: &[Column] = &[
    column("村（社区）", 120, Kind::Text),
    column("应保未保人数", 78, Kind::Tally),
    column("其中困难群众", 64, Kind::Tally),
    column("新生儿", 56, Kind::Tally),
    column("在校学生", 56, Kind::Tally),
    column("居住证持有人", 64, Kind::Tally),
    column("灵活就业", 56, Kind::Tally),
    column("中断参保", 56, Kind::Tally),
    column("一般居民", 56, Kind::Tally),
    column("已登记未缴费", 64, Kind::Tally),
    column("待核实", 56, Kind::Tally),
    column("其他", 48, Kind::Tally),
    column("入户合计人数", 72, Kind::Tally),
    column("其他核实件数", 64, Kind::Tally),
    column("最早截止日期", 84, Kind::Date),
];
/// The groups that have a column, in its order; everybody else is counted with the last.
const GROUPS: [Group; 7] = [
    Group::Priority,
    Group::Newborn,
    Group::Student,
    Group::PermitHolder,
    Group::Flexible,
    Group::Lapsed,
    Group::General,
];
const HOW_TO: [&str; 4] = [
    "一、“入户名单”按村、按走访路线排列，一人一行，各村从新的一页开始，可直接打印分发；只发给负责该村的人。",
    "二、走访后在黄色栏填写：核查结果从下拉列表选（纸质填代码），并写明日期、佐证材料；各结果要什么材料见“填写说明”。",
    "三、标注“先参保登记再缴费”的，先到便民服务中心登记，否则缴费会失败；标注“先更正证件号码”的，带身份证或户口簿。",
    "四、填好后整份交回，不要增删行列、不要改动“批次”“编号”列；同一人已缴费的，下次比对后自动消失，不必填写。",
];

/// What a village (or all of them) comes to.
#[derive(Clone, Default)]
struct Count {
    unenrolled: i64,
    groups: [i64; GROUPS.len()],
    unpaid: i64,
    doubtful: i64,
    rest: i64,
    others: i64,
    deadline: Option<NaiveDate>,
}

pub(super) fn sheet(
    view: &View<'_>,
    job: &Job<'_>,
    visits: &[Visit<'_>],
    style: &Style,
) -> Made<Worksheet> {
    let mut paper = Paper::new("汇总", style, COLUMNS)?;
    let year = view.night.pipeline.insurance_year;
    paper.title(&format!("{}{year}年度居民医保应保未保核查汇总", job.name))?;
    paper.note(&format!(
        "任务：{}　　参保年度：{year}　　数据截止：{}",
        view.night.pipeline.title, view.night.cx.as_of
    ))?;
    for line in HOW_TO {
        paper.note(line)?;
    }
    if job.errands.len() == 0 {
        paper.note("★ 截至数据截止日，本乡镇没有需要核查的人员。")?;
    }
    paper.head(1)?;
    let mut total = Count::default();
    let known = job.villages.iter().map(|(id, it)| (Some(*id), it.shown.as_str()));
    for (village, name) in known.chain([(None, "（村不明）")]) {
        let count = count(view, job, visits, village);
        if village.is_some() || count.visits() + count.others > 0 {
            paper.row(&row(name, &count), false)?;
        }
        total.add(&count);
    }
    assert_eq!(total.visits(), visits.len() as i64, "bug: the villages do not add up");
    paper.total(&row("合计", &total))?;
    paper.running(&format!("{} 汇总", job.name), &running(view));
    paper.finish()
}

fn count(
    view: &View<'_>,
    job: &Job<'_>,
    visits: &[Visit<'_>],
    village: Option<DivisionId>,
) -> Count {
    let mut count = Count::default();
    for visit in visits.iter().filter(|it| home(job, it.village) == village) {
        match visit.code {
            "E01" => {
                count.unenrolled += 1;
                let at = GROUPS.iter().position(|it| *it == visit.group);
                count.groups[at.unwrap_or(GROUPS.len() - 1)] += 1;
            }
            "E02" => count.unpaid += 1,
            "E05" | "E06" => count.doubtful += 1,
            _ => count.rest += 1,
        }
        count.meet(visit.deadline);
    }
    for at in &job.errands.others {
        let place = view.place_of(*at).filter(|it| view.village(Some(*it)).is_some());
        if home(job, place) == village {
            count.others += 1;
        }
    }
    count
}

/// A village that has a row, or the row of unknown villages.
fn home(job: &Job<'_>, village: Option<DivisionId>) -> Option<DivisionId> {
    village.filter(|it| job.villages.iter().any(|(id, _)| id == it))
}

impl Count {
    fn visits(&self) -> i64 {
        self.unenrolled + self.unpaid + self.doubtful + self.rest
    }

    fn meet(&mut self, deadline: Option<NaiveDate>) {
        self.deadline = [self.deadline, deadline].into_iter().flatten().min();
    }

    fn add(&mut self, other: &Count) {
        self.unenrolled += other.unenrolled;
        for (sum, more) in self.groups.iter_mut().zip(other.groups) {
            *sum += more;
        }
        self.unpaid += other.unpaid;
        self.doubtful += other.doubtful;
        self.rest += other.rest;
        self.others += other.others;
        self.meet(other.deadline);
    }
}

fn row(name: &str, count: &Count) -> Vec<Value> {
    let mut row = vec![Value::from(name), Value::Count(count.unenrolled)];
    row.extend(count.groups.map(Value::Count));
    row.extend([count.unpaid, count.doubtful, count.rest, count.visits()].map(Value::Count));
    row.push(Value::Count(count.others));
    row.push(Value::Date(count.deadline));
    row
}
