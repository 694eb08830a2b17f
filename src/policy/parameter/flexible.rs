//! `flexible.toml`: employee cover of people in flexible employment, by the month.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{
    rule_file::Reading,
    timeline::{DatedRow, Timeline},
};
use crate::{diagnostic::Message, error::Result};

/// The monthly contribution: a rate of a share of the average wage.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// Hundredths of a per cent.
    pub rate_basis_points: u32,
    /// Share of the average wage that is the base.
    pub base_percent: u32,
    reference: String,
}

/// The province's average monthly wage of the year before.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wage {
    from: NaiveDate,
    /// The last day it is the base: next year's must be written down.
    until: Option<NaiveDate>,
    pub monthly_fen: i64,
    reference: String,
}

impl Wage {
    /// A wage that somebody supposes, to reckon with.
    pub(in crate::policy) fn supposed(monthly_fen: i64) -> Wage {
        Wage { from: NaiveDate::MIN, until: None, monthly_fen, reference: String::new() }
    }
}

crate::labelled! {
    /// How often something is paid.
    pub enum Paid {
        Monthly = "monthly", "按月";
        Yearly = "yearly", "按年";
    }
}

/// The large-amount supplement.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    from: NaiveDate,
    until: Option<NaiveDate>,
    pub compulsory: bool,
    pub paid: Paid,
    /// Where the document names it.
    pub amount_fen: Option<i64>,
    reference: String,
}

/// A first enrolment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct First {
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// Months paid in a row, after which cover starts with the next month.
    pub benefit_after_months: u32,
    /// Months paid in a row, after which the chronic-disease benefit can be applied for.
    pub chronic_after_months: u32,
    reference: String,
}

/// Months that were not paid.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrears {
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// Up to so many months, that many included, are paid up and cover goes on.
    pub repay_up_to_months: u32,
    /// Beyond that: months to wait, from the month of normal payment on.
    pub wait_months: u32,
    reference: String,
}

/// Moving between employment and flexible employment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    from: NaiveDate,
    until: Option<NaiveDate>,
    /// Years of cover in a row, these included, from which on a short gap costs no wait.
    pub continuous_years: u32,
    /// The longest gap in months, these included, that costs no wait.
    pub gap_months: u32,
    pub wait_months: u32,
    reference: String,
}

macro_rules! dated_rows {
    ($($row:ident),+) => { $(
        impl DatedRow for $row {
            fn from(&self) -> NaiveDate { self.from }
            fn until(&self) -> Option<NaiveDate> { self.until }
            fn reference(&self) -> &str { &self.reference }
        }
    )+ };
}

dated_rows!(Contribution, Wage, Supplement, First, Arrears, Switch);

/// Everything about flexible employment; empty where the locality has no file for it.
#[derive(Clone, Debug, Default)]
pub struct Flexible {
    pub contribution: Timeline<Contribution>,
    pub wage: Timeline<Wage>,
    pub supplement: Timeline<Supplement>,
    pub first: Timeline<First>,
    pub arrears: Timeline<Arrears>,
    pub switch: Timeline<Switch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlexibleToml {
    contribution: Vec<Spanned<Contribution>>,
    #[serde(default)]
    wage: Vec<Spanned<Wage>>,
    supplement: Vec<Spanned<Supplement>>,
    first: Vec<Spanned<First>>,
    arrears: Vec<Spanned<Arrears>>,
    switch: Vec<Spanned<Switch>>,
}

impl Flexible {
    pub(in crate::policy) fn load(reading: &mut Reading<'_>) -> Result<Flexible> {
        let Some(file) = reading.find("flexible.toml")? else { return Ok(Flexible::default()) };
        let toml: FlexibleToml = file.parse()?;
        let open_ended = toml.wage.iter().find(|it| it.get_ref().until.is_none());
        if let Some(row) = open_ended {
            return Err(file.refuse(
                row.span(),
                Message::new(
                    "工资没有写明用到哪一天",
                    "the wage does not say until when it is used",
                ),
                Message::new(
                    "写 until = \"…-…-…\"；过期工资不会沿用",
                    "give `until`; a wage is never used longer than that",
                ),
            ));
        }
        Ok(Flexible {
            contribution: Timeline::load(reading, &file, toml.contribution)?,
            wage: Timeline::load(reading, &file, toml.wage)?,
            supplement: Timeline::load(reading, &file, toml.supplement)?,
            first: Timeline::load(reading, &file, toml.first)?,
            arrears: Timeline::load(reading, &file, toml.arrears)?,
            switch: Timeline::load(reading, &file, toml.switch)?,
        })
    }
}
