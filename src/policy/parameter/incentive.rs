//! `incentive.toml`: what collecting earns and what falling short costs, grades, and households
//! that are insured as a whole. May be absent.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{
    counted::{Counted, Insurance},
    rule_file::{Reading, YearRow, year_rows},
};
use crate::{config::TomlFile, diagnostic::Message, error::Result, policy::Cited};

crate::labelled! {
    /// Who is rewarded or graded.
    pub enum Rewarded {
        County = "county", "县区";
        Region = "region", "区域";
        Township = "township", "乡镇";
        Village = "village", "村";
    }
}

crate::labelled! {
    /// What an amount is for.
    pub enum Each {
        Person = "person", "每人";
        MissingPoint = "missing-point", "每低一个百分点";
        Place = "place", "每个单位";
    }
}

crate::labelled! {
    /// How a part of a percentage point counts.
    pub enum Points {
        Exact = "exact", "按比例折算";
        Whole = "whole", "满一个百分点计一个";
        Started = "started", "不足一个按一个计";
    }
}

crate::labelled! {
    /// Which places come first, where only some are rewarded.
    pub enum FirstBy {
        Highest = "highest", "完成率最高";
        Earliest = "earliest", "最早达到";
    }
}

crate::labelled! {
    /// How a member of a household may be insured, for the household to count as a whole.
    pub enum InsuredBy {
        Resident = "resident", "居民参保";
        Employee = "employee", "职工参保";
        Elsewhere = "elsewhere", "异地参保";
    }
}

/// A reward or penalty.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incentive {
    pub coverage_year: u16,
    /// As printed at the head of its column.
    pub name: String,
    pub place: Rewarded,
    pub counted: Counted,
    /// The completion from which it is due, or below which it is: in per cent of the target.
    /// Neither: always.
    pub from_percent: Option<u32>,
    pub below_percent: Option<u32>,
    /// Only so many places, and which.
    pub first_places: Option<u32>,
    pub first_by: Option<FirstBy>,
    pub each: Each,
    /// For each: negative for a penalty.
    pub amount_fen: i64,
    /// Where the document gives a range, its other end.
    pub amount_to_fen: Option<i64>,
    /// For [`Each::MissingPoint`], which counts from `below_percent` down.
    pub points: Option<Points>,
    /// What comes with it that is no money.
    #[serde(default)]
    pub remark: String,
    reference: String,
}

/// A grade: the highest whose completion is reached.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    pub coverage_year: u16,
    pub grade: String,
    pub place: Rewarded,
    pub counted: Counted,
    pub insurance: Insurance,
    pub from_percent: u32,
    reference: String,
}

/// When a household counts as insured as a whole, and what that earns.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WholeHousehold {
    pub coverage_year: u16,
    /// How a member may be insured; one at least as a resident here.
    pub insured_by: Vec<InsuredBy>,
    #[serde(default)]
    pub reward: String,
    reference: String,
}

year_rows!(Incentive, Grade, WholeHousehold);

/// What the year's work earns.
#[derive(Clone, Debug, Default)]
pub struct Incentives {
    pub incentives: Vec<Cited<Incentive>>,
    /// The best first.
    pub grades: Vec<Cited<Grade>>,
    pub whole_household: Option<Cited<WholeHousehold>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncentiveToml {
    #[serde(default)]
    incentive: Vec<Spanned<Incentive>>,
    #[serde(default)]
    grade: Vec<Spanned<Grade>>,
    #[serde(default)]
    whole_household: Vec<Spanned<WholeHousehold>>,
}

impl Incentives {
    pub(in crate::policy) fn load(reading: &mut Reading<'_>) -> Result<Incentives> {
        let Some(file) = reading.find("incentive.toml")? else { return Ok(Incentives::default()) };
        let toml: IncentiveToml = file.parse()?;
        for row in &toml.incentive {
            check(&file, row)?;
        }
        let key = |it: &Incentive| (it.coverage_year, it.name.clone());
        check_names(&file, &toml.incentive, key)?;
        check_names(&file, &toml.grade, |it| (it.coverage_year, it.grade.clone()))?;
        let incentives = of_year(reading, &file, toml.incentive)?;
        let mut grades = of_year(reading, &file, toml.grade)?;
        grades.sort_by_key(|it| std::cmp::Reverse(it.value.from_percent));
        let whole_household =
            reading.any_of_year(&file, "whole_household", toml.whole_household)?;
        Ok(Incentives { incentives, grades, whole_household })
    }
}

/// The rows of the year. A document that says nothing of a year rewards nothing in it.
fn of_year<T: YearRow>(
    reading: &mut Reading<'_>,
    file: &TomlFile,
    rows: Vec<Spanned<T>>,
) -> Result<Vec<Cited<T>>> {
    let rows: Vec<(Range<usize>, Cited<T>)> = reading.of_year(file, rows)?;
    Ok(rows.into_iter().map(|it| it.1).collect())
}

/// No two rows of a year bear one name.
fn check_names<T>(
    file: &TomlFile,
    rows: &[Spanned<T>],
    key: impl Fn(&T) -> (u16, String),
) -> Result<()> {
    for (at, row) in rows.iter().enumerate() {
        let (year, name) = key(row.get_ref());
        if rows[..at].iter().any(|it| key(it.get_ref()) == (year, name.clone())) {
            return Err(file.refuse(
                row.span(),
                Message::new(
                    format!("{year} 年度的 {name} 有两条"),
                    format!("{name} is there twice for {year}"),
                ),
                Message::new("每条的名称必须不同", "give each row a name of its own"),
            ));
        }
    }
    Ok(())
}

/// Keys that belong together come together.
fn check(file: &TomlFile, row: &Spanned<Incentive>) -> Result<()> {
    let it = row.get_ref();
    let refuse = |zh: &str, en: &str| {
        let help = Message::new(
            "见 docs/configuration.md 的 incentive.toml",
            "see incentive.toml in docs/configuration.md",
        );
        Err(file.refuse(row.span(), Message::new(zh, en), help))
    };
    let is_point = it.each == Each::MissingPoint;
    if is_point != it.points.is_some() || (is_point && it.below_percent.is_none()) {
        return refuse(
            "each = \"missing-point\" 须写明 below_percent 和 points，其他情形不写 points",
            "each = \"missing-point\" needs below_percent and points; others take no points",
        );
    }
    if it.first_places.is_some() != it.first_by.is_some()
        || (it.first_places.is_some() && it.from_percent.is_none())
    {
        return refuse(
            "first_places 须与 first_by、from_percent 一起写",
            "first_places comes with first_by and from_percent",
        );
    }
    if it.from_percent.is_some() && it.below_percent.is_some() {
        return refuse(
            "from_percent 与 below_percent 只写一个",
            "give from_percent or below_percent, not both",
        );
    }
    Ok(())
}

#[cfg(test)]
impl Incentive {
    /// A prize between 50,000 and 100,000 yuan for the first places.
    pub(crate) fn prize_of_tests(first: u32, first_by: FirstBy, from_percent: u32) -> Incentive {
        Incentive {
            coverage_year: 2024,
            name: "奖".into(),
            place: Rewarded::Village,
            counted: Counted::Paid,
            from_percent: Some(from_percent),
            below_percent: None,
            first_places: Some(first),
            first_by: Some(first_by),
            each: Each::Place,
            amount_fen: 5_000_000,
            amount_to_fen: Some(10_000_000),
            points: None,
            remark: String::new(),
            reference: "某文".into(),
        }
    }
}
