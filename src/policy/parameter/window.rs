//! `window.toml`: when the fee can be paid, at which price, and from when cover runs.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{
    rule_file::{Reading, year_rows},
    start::Start,
};
use crate::{diagnostic::Message, error::Result, policy::Cited};

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
    /// The day from which the window is known; from the start where absent.
    pub announced: Option<NaiveDate>,
    pub price: Price,
    pub cover: Start,
    reference: String,
}

/// What holds outside every window, while the coverage year runs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    pub coverage_year: u16,
    pub price: Price,
    /// From when cover runs; absent where the fee is refused.
    pub cover: Option<Start>,
    reference: String,
}

/// Whether two levels check enrolments made after the main window.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub coverage_year: u16,
    reference: String,
}

year_rows!(Window, Late, Review);

/// The windows of the run's coverage year, in order, and what holds outside them.
#[derive(Clone, Debug)]
pub struct Windows {
    windows: Vec<Cited<Window>>,
    pub late: Cited<Late>,
    /// Set where enrolments after the main window are checked at two levels.
    pub review_mid_year: Option<Cited<Review>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowToml {
    window: Vec<Spanned<Window>>,
    late: Vec<Spanned<Late>>,
    #[serde(default)]
    mid_year_review: Vec<Spanned<Review>>,
}

impl Windows {
    pub(in crate::policy) fn load(reading: &mut Reading<'_>) -> Result<Windows> {
        let file = reading.open("window.toml")?;
        let toml: WindowToml = file.parse()?;
        let last = toml.window.last().map_or(0..0, Spanned::span);
        let mut windows = reading.of_year(&file, toml.window)?;
        windows.sort_by_key(|it| it.1.value.opens);
        let year = reading.year;
        let refuse = |span| {
            Err(file.refuse(
                span,
                Message::new(
                    format!("{year} 年度的缴费期缺失、颠倒或重叠"),
                    format!("the windows of coverage year {year} are missing, reversed or overlap"),
                ),
                Message::new("检查 opens 和 closes", "check `opens` and `closes`"),
            ))
        };
        if windows.is_empty() {
            return refuse(last);
        }
        for at in 0..windows.len() {
            let it = &windows[at].1.value;
            let overlaps = at > 0 && it.opens <= windows[at - 1].1.value.closes;
            if it.closes < it.opens || overlaps {
                return refuse(windows[at].0.clone());
            }
        }
        Ok(Windows {
            windows: windows.into_iter().map(|it| it.1).collect(),
            late: reading.one_of_year(&file, "late", toml.late)?,
            review_mid_year: reading.any_of_year(&file, "mid_year_review", toml.mid_year_review)?,
        })
    }

    /// The window that is open on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&Cited<Window>> {
        self.windows.iter().find(|it| it.value.opens <= day && day <= it.value.closes)
    }

    /// The first window known on the day that closes on it or later: the one to meet.
    pub fn next(&self, day: NaiveDate) -> Option<&Cited<Window>> {
        self.windows.iter().find(|it| {
            day <= it.value.closes && it.value.announced.is_none_or(|known| known <= day)
        })
    }

    /// Every window of the year, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Cited<Window>> {
        self.windows.iter()
    }

    /// The main window of the year.
    pub fn first(&self) -> &Cited<Window> {
        &self.windows[0]
    }
}
