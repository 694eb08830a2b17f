//! `benefit.toml`: which days a coverage year covers, for whom it is longer, and who waits.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::{
    exception::Event,
    rule_file::{Reading, year_rows},
};
use crate::{error::Result, policy::Cited};

/// The days that a fee of the coverage year buys.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BenefitYear {
    pub coverage_year: u16,
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    reference: String,
}

crate::labelled! {
    /// Students for whom a coverage year is longer.
    pub enum StudentKind {
        NewCollege = "new-college", "大学新生";
        SchoolYear = "school-year", "按学年缴费的学生";
    }
}

/// A longer stretch of cover for students.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentYear {
    pub coverage_year: u16,
    pub who: StudentKind,
    /// Entered college on this day or later.
    pub entered_from: Option<NaiveDate>,
    pub cover_from: Option<NaiveDate>,
    pub cover_to: NaiveDate,
    reference: String,
}

crate::labelled! {
    /// The day a waiting period counts from.
    pub enum WaitsFrom {
        Payment = "payment", "缴费之日";
        Cover = "cover", "无等待期时待遇开始之日";
    }
}

/// Waiting for those who did not enrol in the window, or not every year. In months:
/// `fixed + max(0, lapsed years − offset) × each − repaired × each`, never below `fixed`, nor
/// below `long_lapse_least_months` from `long_lapse_years` on.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    pub coverage_year: u16,
    pub fixed_months: u32,
    pub months_per_lapsed_year: u32,
    /// How many lapsed years the fixed wait already stands for.
    pub lapsed_years_offset: u16,
    /// Lapses are counted from this coverage year on.
    pub counts_lapses_from: u16,
    pub months_per_repaired_year: u32,
    pub long_lapse_years: u16,
    pub long_lapse_least_months: u32,
    pub counts_from: WaitsFrom,
    /// Events that excuse from waiting.
    #[serde(default)]
    pub exempt: Vec<Event>,
    reference: String,
}

year_rows!(BenefitYear, StudentYear, Waiting);

/// The cover of the run's coverage year.
#[derive(Clone, Debug)]
pub struct Benefit {
    pub year: Cited<BenefitYear>,
    pub students: Vec<Cited<StudentYear>>,
    /// Nothing where nobody waits beyond what window and exception say.
    pub waiting: Option<Cited<Waiting>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BenefitToml {
    year: Vec<Spanned<BenefitYear>>,
    #[serde(default)]
    student: Vec<Spanned<StudentYear>>,
    #[serde(default)]
    waiting: Vec<Spanned<Waiting>>,
}

impl Benefit {
    pub(in crate::policy) fn load(reading: &mut Reading<'_>) -> Result<Benefit> {
        let file = reading.open("benefit.toml")?;
        let toml: BenefitToml = file.parse()?;
        let students = reading.of_year(&file, toml.student)?;
        Ok(Benefit {
            year: reading.one_of_year(&file, "year", toml.year)?,
            students: students.into_iter().map(|it| it.1).collect(),
            waiting: reading.any_of_year(&file, "waiting", toml.waiting)?,
        })
    }
}
