//! `progress.parquet`: how far every place is, by insurance and by group and category of people.

mod people;

use super::{Column, Staging, Table, Values, View, encode};
use crate::{
    config::Division,
    error::Result,
    ledger::Group,
    policy::Insurance,
    report::{
        household::{self, HouseholdCount},
        progress::{Aim, Breakdown, Rate, Tally, Unit},
    },
};

/// One row: a place, whose progress, in what.
struct Line {
    unit: Unit,
    breakdown: Breakdown,
    insurance: Insurance,
    tally: Tally,
    aim: Option<Aim>,
    households: Option<HouseholdCount>,
    name: String,
}

/// A run and the rows of its progress.
pub(super) struct Lines<'v> {
    view: &'v View<'v>,
    lines: Vec<Line>,
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let lines = Lines { view, lines: lines(view) };
    staging.write("progress.parquet", &encode::encode(&table(), &lines)?)
}

/// Each place with everybody, then its groups, then its categories; of each the insurances. Groups
/// and categories with nobody are left out.
fn lines(view: &View<'_>) -> Vec<Line> {
    let progress = &view.night.reports.progress;
    let households = household::by_unit(view.night.cx, &view.night.reports.households);
    let groups = Group::ALL.iter().map(|it| Breakdown::Group(*it));
    let categories = progress.categories.iter().map(|it| Breakdown::Category(*it));
    let parts: Vec<Breakdown> = groups.chain(categories).collect();
    let mut lines = Vec::new();
    for unit in &progress.units {
        let name = unit.name(view.night.cx);
        let mut add = |breakdown, insurance, tally| {
            let is_all = breakdown == Breakdown::All;
            let aim = progress.target(unit, insurance, "").filter(|_| is_all);
            let wanted = is_all && insurance == Insurance::All;
            let households = wanted.then(|| households.get(unit).copied().unwrap_or_default());
            let (unit, name) = (unit.clone(), name.clone());
            lines.push(Line { unit, breakdown, insurance, tally, aim, households, name });
        };
        for insurance in Insurance::ALL {
            add(Breakdown::All, *insurance, progress.tally(unit, Breakdown::All));
        }
        for part in &parts {
            let tally = progress.tally(unit, *part);
            if tally != Tally::default() {
                add(*part, Insurance::All, tally);
                add(*part, Insurance::Resident, tally);
            }
        }
    }
    lines
}

/// Rows are positions in the list of lines.
pub(super) fn table<'v>() -> Table<Lines<'v>> {
    Table {
        name: "progress",
        zh: "参保进度：各地区、县、乡镇、村，按险种、人群和人员类别；人按居住地只计一次，职工按参保地",
        en: "progress by region, county, township and village, by insurance, group and category; people are counted where they live, employees where they are insured",
        rows: |it| (0..it.lines.len() as u32).collect(),
        columns: [
            place(),
            whose(),
            people::counts(),
            people::verdicts(),
            people::paid(),
            targets(),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn line<'l>(lines: &'l Lines<'_>, row: usize) -> &'l Line {
    &lines.lines[row]
}

fn division<'v>(lines: &Lines<'v>, row: usize) -> Option<&'v Division> {
    let cx = lines.view.night.cx;
    line(lines, row).unit.division(cx).map(|it| cx.divisions.get(it))
}

/// The division that a place lies in, where it has a column.
fn above<'v>(lines: &Lines<'v>, row: usize) -> Option<&'v Division> {
    let above = match &line(lines, row).unit {
        Unit::Township { county, .. } => *county,
        Unit::Village { township, .. } => *township,
        Unit::Total | Unit::County(_) | Unit::Region(_) => None,
    };
    above.map(|it| lines.view.night.cx.divisions.get(it))
}

fn place<'v>() -> Vec<Column<Lines<'v>>> {
    type It<'v> = Lines<'v>;
    vec![
        Column::new(
            "level",
            "层级：total 合计，county 县，region 区域，township 乡镇，village 村",
            "total, county, region, township or village",
            Values::Text(|it: &It<'v>, row| line(it, row).unit.level().code()),
        ),
        Column::new(
            "code",
            "区划代码；区域和不明为空",
            "division code; null for a region and for what could not be placed",
            Values::Text(|it: &It<'v>, row| division(it, row).map_or("", |it| &it.code)),
        ),
        Column::new(
            "name",
            "名称；不明的写“不明”",
            "name; of what could not be placed: unknown",
            Values::Text(|it: &It<'v>, row| &line(it, row).name),
        ),
        Column::new(
            "parent",
            "所属县（乡镇行）或乡镇（村行）代码",
            "code of the county of a township, of the township of a village",
            Values::Text(|it: &It<'v>, row| above(it, row).map_or("", |it| &it.code)),
        ),
        Column::new(
            "parent_name",
            "所属县或乡镇名称",
            "name of that county or township",
            Values::Text(|it: &It<'v>, row| above(it, row).map_or("", |it| &it.shown)),
        ),
    ]
}

fn whose<'v>() -> Vec<Column<Lines<'v>>> {
    type It<'v> = Lines<'v>;
    vec![
        Column::new(
            "people",
            "人群：all 全部，group 人群，category 人员类别",
            "all, group or category",
            Values::Text(|it: &It<'v>, row| match line(it, row).breakdown {
                Breakdown::All => "all",
                Breakdown::Group(_) => "group",
                Breakdown::Category(_) => "category",
            }),
        ),
        Column::new(
            "people_code",
            "人群或人员类别代码；当日在多份名单上的人各类别都计",
            "code of the group or category; who is on several lists is counted under each",
            Values::Text(|it: &It<'v>, row| match line(it, row).breakdown {
                Breakdown::All => "",
                Breakdown::Group(group) => group.code(),
                Breakdown::Category(id) => &it.view.night.cx.policy.categories.get(id).code,
            }),
        ),
        Column::new(
            "people_name",
            "人群或人员类别名称",
            "name of the group or category, in Chinese",
            Values::Text(|it: &It<'v>, row| match line(it, row).breakdown {
                Breakdown::All => "",
                Breakdown::Group(group) => group.zh(),
                Breakdown::Category(id) => &it.view.night.cx.policy.categories.get(id).name,
            }),
        ),
        Column::new(
            "insurance",
            "险种：all 基本医疗保险（居民＋职工），employee 职工（含灵活就业），flexible 其中灵活就业，resident 居民，maternity 生育保险",
            "all (resident and employee), employee (with flexible), flexible, resident, maternity",
            Values::Text(|it: &It<'v>, row| line(it, row).insurance.code()),
        ),
    ]
}

/// A count of persons.
fn persons<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: fn(&Lines<'v>, usize) -> Option<i64>,
) -> Column<Lines<'v>> {
    Column::new(name, zh, en, Values::Integer(value)).counted_in("person")
}

fn targets<'v>() -> Vec<Column<Lines<'v>>> {
    fn aim(lines: &Lines<'_>, row: usize) -> Option<Aim> {
        line(lines, row).aim
    }
    fn insured(lines: &Lines<'_>, row: usize) -> i64 {
        line(lines, row).tally.insured(line(lines, row).insurance)
    }
    vec![
        persons(
            "target",
            "任务数；未定为空",
            "target; null where none is set",
            |it, row| aim(it, row).map(|it| it.target),
        ),
        persons(
            "difference",
            "差额＝任务数－参保人数，负数为超额",
            "target less insured: negative where there are more",
            |it, row| aim(it, row).map(|aim| aim.target - insured(it, row)),
        ),
        Column::new(
            "completion",
            "完成率＝参保人数÷任务数，万分之一，四舍五入",
            "insured / target in hundredths of a per cent, rounded half up",
            Values::Integer(|it: &Lines<'v>, row| {
                Rate::of(insured(it, row), aim(it, row)?.target).map(|it| it.0)
            }),
        )
        .counted_in("0.01%"),
        Column::new(
            "target_clause",
            "任务数的依据",
            "clause of the target",
            Values::Text(|it: &Lines<'v>, row| {
                aim(it, row).map_or("", |aim| it.view.clause(aim.clause))
            }),
        ),
        Column::new(
            "households",
            "户数：有应参保成员的户（仅 all 行）",
            "households with a member to be insured (rows of all insurances)",
            Values::Integer(|it: &Lines<'v>, row| line(it, row).households.map(|it| it.all)),
        )
        .counted_in("household"),
        Column::new(
            "whole_households",
            "其中整户参保的户",
            "of them insured as a whole",
            Values::Integer(|it: &Lines<'v>, row| line(it, row).households.map(|it| it.whole)),
        )
        .counted_in("household"),
        Column::new(
            "last_day",
            "最近一天：最新缴费日期；数据日期及前一天都无缴费的，为前一天",
            "the day that the last day, week and month end with: of the newest payment, or the day before the run",
            Values::Date(|it: &Lines<'v>, _| Some(it.view.night.reports.progress.calendar.day)),
        ),
    ]
}
