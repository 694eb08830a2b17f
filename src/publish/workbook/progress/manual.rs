//! `口径说明`: what every figure of the reported tables means, and by which clause.

use std::collections::BTreeSet;

use rust_xlsxwriter::Worksheet;

use super::{incentives, known, running, words};
use crate::{
    policy::{ClauseId, Counted, Insurance, TargetFrom},
    publish::workbook::{
        View,
        paper::{Column, Made, Paper, Value, column},
        style::{Kind, Style},
    },
    report::{
        layout::{Column as LayoutColumn, Value as Shows},
        progress::{Breakdown, Period},
    },
};

const COLUMNS: &[Column] = &[
    column("类别", 84, Kind::Text),
    column("项目", 190, Kind::Text),
    column("说明", 500, Kind::Text),
    column("依据", 250, Kind::Text),
];

/// One line: class, name, meaning, reference.
struct Line {
    class: &'static str,
    name: String,
    meaning: String,
    reference: String,
}

fn line(
    class: &'static str,
    name: impl Into<String>,
    meaning: impl Into<String>,
    reference: impl Into<String>,
) -> Line {
    let (name, meaning, reference) = (name.into(), meaning.into(), reference.into());
    Line { class, name, meaning, reference }
}

pub(super) fn sheet(view: &View<'_>, name: &str, style: &Style) -> Made<Worksheet> {
    let mut paper = Paper::new(name, style, COLUMNS)?;
    paper.compact();
    paper.title("进度表口径说明")?;
    paper.unfiltered();
    paper.head(2)?;
    let sections = [days(view), measures(view), people(view), targets(view), rewards(view)];
    let mut is_striped = true;
    let mut class = "";
    for it in sections.into_iter().flatten().chain(tables(view)) {
        is_striped ^= it.class != class;
        class = it.class;
        let texts: [Value; 4] =
            [class.into(), it.name.into(), it.meaning.into(), it.reference.into()];
        paper.row(&texts, is_striped)?;
    }
    paper.running(&format!("{} {name}", view.night.pipeline.title), &running(&known(view)));
    paper.finish()
}

/// The day of the data, and the days that periods begin on.
fn days(view: &View<'_>) -> Vec<Line> {
    let (as_of, calendar) = (view.night.cx.as_of, view.night.reports.progress.calendar);
    let mut lines = vec![
        line("日期", "数据截止", format!("{as_of}：比对所依据的日期。"), ""),
        line(
            "日期",
            "最近一天",
            format!(
                "{}：最新一笔缴费的日期；截止日和前一日都没有缴费的，取截止日前一日。",
                calendar.day
            ),
            "",
        ),
    ];
    for period in [Period::Week, Period::Month] {
        let begins = calendar.begins[period as usize];
        lines.push(line("日期", period.zh(), format!("{begins}至{}。", calendar.day), ""));
    }
    lines
}

/// Every column of every layout.
fn columns<'a>(view: &View<'a>) -> impl Iterator<Item = &'a LayoutColumn> {
    view.night.layouts.sheets.iter().flat_map(|it| &it.columns)
}

/// What the measures that occur count, each with the heads under which it is printed.
fn measures(view: &View<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for value in Shows::ALL {
        let of_value = || columns(view).filter(|it| it.value == *value);
        let Some(meaning) = words::of_value(*value).filter(|_| of_value().next().is_some()) else {
            continue;
        };
        let mut meaning = meaning.to_string();
        if is_done(*value) {
            let counted: BTreeSet<Counted> = of_value().map(|it| it.counted).collect();
            let words: Vec<&str> = counted.into_iter().map(words::of_counted).collect();
            meaning += &format!("完成人数{}。", words.join("；有的栏"));
        }
        lines.push(line("指标", name(*value, of_value()), meaning, ""));
    }
    let used: BTreeSet<Insurance> =
        columns(view).filter(|it| is_of_insurance(it.value)).map(|it| it.insurance).collect();
    lines.extend(used.iter().map(|it| line("险种", it.zh(), words::of_insurance(*it), "")));
    let rates = columns(view).filter(|it| it.value == Shows::CoverRate).map(|it| it.insurance);
    let bases: BTreeSet<Insurance> = rates.collect();
    let base = |it: &Insurance| Some(line("参保率的分母", it.zh(), words::of_base(*it)?, ""));
    lines.extend(bases.iter().filter_map(base));
    lines
}

/// The measure's name, and behind it the heads that call it otherwise.
fn name<'a>(value: Shows, columns: impl Iterator<Item = &'a LayoutColumn>) -> String {
    let mut heads: Vec<&str> = Vec::new();
    for column in columns {
        let head = column.head.as_str();
        if head != value.zh() && !heads.contains(&head) {
            heads.push(head);
        }
    }
    match heads.is_empty() {
        true => value.zh().to_string(),
        false => format!("{}（表头：{}）", value.zh(), heads.join("、")),
    }
}

/// Whether a measure depends on what counts as done.
fn is_done(value: Shows) -> bool {
    matches!(
        value,
        Shows::Gap | Shows::Completion | Shows::ResidentsRate | Shows::Rank | Shows::RankWeekBefore
    )
}

/// Whether a measure is of an insurance.
fn is_of_insurance(value: Shows) -> bool {
    matches!(
        value,
        Shows::Insured
            | Shows::InsuredDay
            | Shows::InsuredWeek
            | Shows::InsuredMonth
            | Shows::CoverRate
            | Shows::Target
            | Shows::Gap
            | Shows::Completion
    )
}

/// The people that columns are of, where that is not everybody.
fn people(view: &View<'_>) -> Vec<Line> {
    let used: BTreeSet<Breakdown> = columns(view).map(|it| it.people).collect();
    let name = |it: Breakdown| match it {
        Breakdown::All => String::new(),
        Breakdown::Group(group) => group.zh().to_string(),
        Breakdown::Category(id) => view.night.cx.policy.categories.get(id).name.clone(),
    };
    let one = |it: &Breakdown| Some(line("人群", name(*it), words::of_people(*it)?, ""));
    used.iter().filter_map(one).collect()
}

/// Where targets come from: the year's rates, and every clause of the table.
fn targets(view: &View<'_>) -> Vec<Line> {
    let targets = &view.night.cx.policy.targets;
    let mut lines = Vec::new();
    if let Some(rates) = &targets.rates {
        let it = &rates.value;
        let mut meaning = match it.measured_by {
            TargetFrom::Table => "各地任务数见任务表；".to_string(),
            TargetFrom::Liable => {
                format!("没有任务表的，任务数为应缴人数的{}%，不足一人按一人；", it.overall_percent)
            }
        };
        meaning += &format!(
            "总参保率目标{}%，困难群众{}%",
            it.overall_percent, it.must_be_covered_percent
        );
        if let Some(percent) = it.identity_accuracy_percent {
            meaning += &format!("，信息准确率{percent}%");
        }
        lines.push(line("任务", "年度目标", meaning + "。", view.clause(rates.clause)));
    }
    let progress = &view.night.reports.progress;
    let mut clauses: Vec<(Insurance, String, ClauseId)> = Vec::new();
    for column in columns(view).filter(|it| it.value == Shows::Target) {
        for unit in &progress.units {
            let aim = progress.target(unit, column.insurance, &column.set_by);
            let found = aim.map(|it| (column.insurance, column.set_by.clone(), it.clause));
            clauses.extend(found.filter(|it| !clauses.contains(it)));
        }
    }
    let is_rates = |it: ClauseId| targets.rates.as_ref().is_some_and(|rates| rates.clause == it);
    for (insurance, set_by, clause) in clauses.into_iter().filter(|it| !is_rates(it.2)) {
        let meaning = "任务表列明；上级未列明的，为下级任务数之和。";
        let set_by = if set_by.is_empty() { set_by } else { format!("（{set_by}定）") };
        lines.push(line(
            "任务",
            insurance.zh().to_string() + &set_by,
            meaning,
            view.clause(clause),
        ));
    }
    lines
}

/// Rewards, penalties, grades, and households insured as a whole.
fn rewards(view: &View<'_>) -> Vec<Line> {
    let it = &view.night.cx.policy.incentives;
    let incentive = |it: &crate::policy::Cited<crate::policy::Incentive>| {
        let meaning = incentives::incentive(&it.value);
        line("奖惩", it.value.name.as_str(), meaning, view.clause(it.clause))
    };
    let mut lines: Vec<Line> = it.incentives.iter().map(incentive).collect();
    lines.extend(it.grades.iter().map(|it| {
        let meaning = incentives::grade(&it.value);
        line("等次", it.value.grade.as_str(), meaning, view.clause(it.clause))
    }));
    lines.extend(it.whole_household.iter().map(|it| {
        let meaning = incentives::whole_household(&it.value);
        line("整户参保", "整户参保", meaning, view.clause(it.clause))
    }));
    lines
}

/// The document that each table is printed after.
fn tables(view: &View<'_>) -> Vec<Line> {
    let sheets = view.night.layouts.sheets.iter();
    let one = |it: &crate::report::layout::Sheet| {
        let order = format!("{}；合计行在{}。", it.order.zh(), it.total.zh());
        line("表样", it.name.as_str(), order, it.reference.as_str())
    };
    sheets.map(one).collect()
}
