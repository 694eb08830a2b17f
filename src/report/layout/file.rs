//! `layouts.toml`: the tables a county reports, column by column.

use serde::Deserialize;
use toml::Spanned;

use crate::{
    config::{RuleFolders, TomlFile},
    diagnostic::Message,
    error::Result,
    ledger::Group,
    policy::{CategoryId, Counted, Insurance, Policy, Rewarded},
    report::progress::Breakdown,
};

crate::labelled! {
    /// In which order rows stand.
    pub enum Order {
        Code = "code", "按区划代码";
        Table = "table", "按任务表";
        Completion = "completion", "按完成率";
    }
}

crate::labelled! {
    /// Where the row of totals stands.
    pub enum TotalRow {
        First = "first", "首行";
        Last = "last", "末行";
        None = "none", "无";
    }
}

crate::labelled! {
    /// In which rows a column shows anything.
    pub enum Shown {
        All = "all", "各行";
        Total = "total", "仅合计行";
        Rows = "rows", "仅分项行";
    }
}

crate::labelled! {
    /// What a column shows.
    pub enum Value {
        Sequence = "sequence", "序号";
        Name = "name", "名称";
        Within = "within", "所属";
        Code = "code", "代码";
        Population = "population", "户籍人口";
        Residents = "residents", "任务表人口";
        Liable = "liable", "应保人数";
        Covered = "covered", "已保人数";
        Owing = "owing", "应缴人数";
        Unenrolled = "unenrolled", "应保未保";
        Unpaid = "unpaid", "已登记未缴费";
        Review = "review", "待核实";
        Insured = "insured", "参保人数";
        InsuredDay = "insured-day", "当日新增参保";
        InsuredWeek = "insured-week", "本周新增参保";
        InsuredMonth = "insured-month", "本月新增参保";
        Paid = "paid", "缴费人数";
        PaidDay = "paid-day", "当日缴费人数";
        PaidWeek = "paid-week", "本周缴费人数";
        PaidMonth = "paid-month", "本月缴费人数";
        Amount = "amount", "缴费金额";
        Subsidised = "subsidised", "资助金额";
        Target = "target", "任务数";
        Gap = "gap", "任务差额";
        Completion = "completion", "完成率";
        CoverRate = "cover-rate", "参保率";
        ResidentsRate = "residents-rate", "占任务表人口";
        Accuracy = "accuracy", "信息准确率";
        Rank = "rank", "名次";
        RankWeekBefore = "rank-week-before", "上周名次";
        Grade = "grade", "等次";
        IncentiveCount = "incentive-count", "奖惩数量";
        Incentive = "incentive", "奖惩金额";
        IncentiveSum = "incentive-sum", "奖惩合计";
        Households = "households", "户数";
        WholeHouseholds = "whole-households", "整户参保户数";
        Blank = "blank", "备注";
    }
}

/// A column as the file has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnToml {
    head: String,
    /// The heading over this column and its neighbours with the same.
    #[serde(default)]
    group: String,
    value: Value,
    insurance: Option<Insurance>,
    /// A group or a category; everybody if absent.
    people: Option<Spanned<String>>,
    counted: Option<Counted>,
    #[serde(default)]
    set_by: String,
    shown: Option<Shown>,
    #[serde(default)]
    needs_target: bool,
    incentive: Option<Spanned<String>>,
    width: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetToml {
    name: String,
    title: String,
    #[serde(default)]
    note: String,
    rows: Rewarded,
    order: Option<Order>,
    counted: Option<Counted>,
    total: Option<TotalRow>,
    #[serde(default)]
    total_name: Option<String>,
    reference: Spanned<String>,
    column: Vec<ColumnToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutsToml {
    /// The ages at which the bands of the report page begin.
    age_bands: Vec<u16>,
    #[serde(default)]
    sheet: Vec<SheetToml>,
}

/// A column of a reported table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    pub group: String,
    pub value: Value,
    pub insurance: Insurance,
    /// Whose progress the column is of.
    pub people: Breakdown,
    /// Whom gap, completion and rank count.
    pub counted: Counted,
    /// Who set the target; empty for the area's own.
    pub set_by: String,
    pub shown: Shown,
    /// Whether the cell is empty where no target is set for its insurance.
    pub needs_target: bool,
    /// Positions in the policy's list of incentives.
    pub incentives: Vec<usize>,
    /// In pixels, where the usual width does not do.
    pub width: Option<u32>,
}

/// A reported table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    /// `{title}`, `{year}`, `{as_of}`, `{day}` and `{month}` are filled in.
    pub title: String,
    pub note: String,
    pub rows: Rewarded,
    pub order: Order,
    /// By whom the order of completion goes.
    pub counted: Counted,
    pub total: TotalRow,
    pub total_name: String,
    /// The document that prints the table so.
    pub reference: String,
    pub columns: Vec<Column>,
}

/// Every layout of a pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layouts {
    pub age_bands: Vec<u16>,
    pub sheets: Vec<Sheet>,
}

impl Layouts {
    /// Loads the nearest `layouts.toml`, strictly; none where no folder has one.
    pub fn load(folders: &RuleFolders, policy: &Policy) -> Result<Layouts> {
        let Some(path) = folders.file("layouts.toml") else { return Ok(Layouts::default()) };
        let file = TomlFile::open(&path)?;
        let toml: LayoutsToml = file.parse()?;
        let sheets = toml.sheet.into_iter().map(|it| sheet(&file, policy, it));
        Ok(Layouts { age_bands: toml.age_bands, sheets: sheets.collect::<Result<_>>()? })
    }
}

fn sheet(file: &TomlFile, policy: &Policy, it: SheetToml) -> Result<Sheet> {
    if it.reference.get_ref().trim().is_empty() {
        return Err(file.refuse(
            it.reference.span(),
            Message::new("这张表没有依据", "this table has no reference"),
            Message::new("写明样表出处", "say where the table comes from"),
        ));
    }
    let counted = it.counted.unwrap_or_else(|| policy.targets.counted());
    let columns = it.column.into_iter().map(|it| column(file, policy, counted, it));
    Ok(Sheet {
        columns: columns.collect::<Result<_>>()?,
        name: it.name,
        title: it.title,
        note: it.note,
        rows: it.rows,
        order: it.order.unwrap_or(Order::Code),
        counted,
        total: it.total.unwrap_or(TotalRow::Last),
        total_name: it.total_name.unwrap_or_else(|| "合计".to_string()),
        reference: it.reference.into_inner(),
    })
}

fn column(file: &TomlFile, policy: &Policy, counted: Counted, it: ColumnToml) -> Result<Column> {
    let people = match &it.people {
        None => Breakdown::All,
        Some(code) => breakdown(policy, code.get_ref()).ok_or_else(|| {
            let known = policy.categories.iter().map(|it| it.1.code.as_str());
            let known: Vec<&str> = Group::ALL.iter().map(|it| it.code()).chain(known).collect();
            refuse(file, code, "人群", "people", &known)
        })?,
    };
    let names: Vec<&str> =
        policy.incentives.incentives.iter().map(|it| it.value.name.as_str()).collect();
    let incentives = match &it.incentive {
        None => (0..names.len()).collect(),
        Some(name) => match names.iter().position(|it| it == name.get_ref()) {
            Some(at) => vec![at],
            None => return Err(refuse(file, name, "奖惩", "incentive", &names)),
        },
    };
    Ok(Column {
        head: it.head,
        group: it.group,
        value: it.value,
        insurance: it.insurance.unwrap_or(Insurance::Resident),
        people,
        counted: it.counted.unwrap_or(counted),
        set_by: it.set_by,
        shown: it.shown.unwrap_or(Shown::All),
        needs_target: it.needs_target,
        incentives,
        width: it.width,
    })
}

fn refuse(
    file: &TomlFile,
    name: &Spanned<String>,
    zh: &str,
    en: &str,
    known: &[&str],
) -> crate::error::Error {
    let it = name.get_ref();
    file.refuse(
        name.span(),
        Message::new(format!("没有{zh} {it}"), format!("there is no {en} {it}")),
        Message::new(format!("可用：{}", known.join("、")), format!("known: {}", known.join(", "))),
    )
}

fn breakdown(policy: &Policy, code: &str) -> Option<Breakdown> {
    let category = |code: &str| -> Option<CategoryId> {
        policy.categories.iter().find(|it| it.1.code == code).map(|it| it.0)
    };
    Group::from_code(code).map(Breakdown::Group).or_else(|| category(code).map(Breakdown::Category))
}
