//! `window.toml`: when the fee can be paid, and at which price.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{Cited, Clauses, rule_file};
use crate::{config::Pipeline, diagnostic::Message, error::Result};

crate::labelled! {
    /// What a payment costs at a time.
    pub enum Price {
        Individual = "individual", "个人缴费标准";
        Full = "full", "个人缴费加财政补助";
        Refused = "refused", "原则上不再办理";
    }
}

/// A stretch of days in which the fee of a coverage year is taken.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub coverage_year: u16,
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
    pub price: Price,
    pub cover_from: NaiveDate,
    pub cover_to: NaiveDate,
    reference: String,
}

/// What holds outside every window.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    pub coverage_year: u16,
    pub price: Price,
    reference: String,
}

impl rule_file::YearRow for Window {
    fn coverage_year(&self) -> u16 {
        self.coverage_year
    }
    fn reference(&self) -> &str {
        &self.reference
    }
}

impl rule_file::YearRow for Late {
    fn coverage_year(&self) -> u16 {
        self.coverage_year
    }
    fn reference(&self) -> &str {
        &self.reference
    }
}

/// The windows of the run's coverage year, in order, and what holds outside them.
#[derive(Clone, Debug)]
pub struct Windows {
    windows: Vec<Cited<Window>>,
    pub late: Cited<Late>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowToml {
    window: Vec<Spanned<Window>>,
    late: Vec<Spanned<Late>>,
}

impl Windows {
    pub(super) fn load(pipeline: &Pipeline, clauses: &mut Clauses) -> Result<Windows> {
        let file = rule_file::open(pipeline, "window.toml")?;
        let toml: WindowToml = file.parse()?;
        let year = pipeline.insurance_year;
        let span = toml.window.last().map_or(0..0, Spanned::span);
        let mut windows = rule_file::of_year(&file, toml.window, year, clauses)?;
        windows.sort_by_key(|it| it.value.opens);
        let is_sound = windows.iter().all(|it| it.value.opens <= it.value.closes)
            && windows.windows(2).all(|pair| pair[0].value.closes < pair[1].value.opens)
            && !windows.is_empty();
        if !is_sound {
            return Err(file.refuse(
                span,
                Message::new(
                    format!("{year} 年度的缴费期缺失、颠倒或重叠"),
                    format!("the windows of coverage year {year} are missing, reversed or overlap"),
                ),
                Message::new("检查 opens 和 closes", "check `opens` and `closes`"),
            ));
        }
        let late = rule_file::one_of_year(&file, "late", toml.late, year, clauses)?;
        Ok(Windows { windows, late })
    }

    /// The window that is open on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&Cited<Window>> {
        self.windows.iter().find(|it| it.value.opens <= day && day <= it.value.closes)
    }

    /// The first window that closes on the day or later: the one to meet.
    pub fn next(&self, day: NaiveDate) -> Option<&Cited<Window>> {
        self.windows.iter().find(|it| day <= it.value.closes)
    }

    /// The main window of the year.
    pub fn first(&self) -> &Cited<Window> {
        &self.windows[0]
    }
}
