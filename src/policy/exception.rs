//! `exceptions.toml`: who may pay outside the window, and what it costs them.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{Cited, Clauses, Price, rule_file};
use crate::{config::Pipeline, error::Result};

crate::labelled! {
    /// What happened to a person that opens the door outside the window.
    pub enum Event {
        Birth = "birth", "新生儿";
        EmployeeLapse = "employee-lapse", "职工医保中断";
        Released = "released", "退役或刑满释放";
        MovedIn = "moved-in", "户籍迁入";
        Hardship = "hardship", "困难群众客观原因漏保";
    }
}

crate::labelled! {
    /// From when cover runs that is bought by an exception.
    pub enum CoverFrom {
        Event = "event", "自事由发生之日起";
        Payment = "payment", "自缴费（含等待期）起";
    }
}

/// One way to pay outside the window.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub coverage_year: u16,
    pub event: Event,
    /// The last day after the event on which this holds; open-ended where absent.
    pub within_days: Option<u64>,
    pub price: Price,
    pub cover: CoverFrom,
    /// Days after the payment before cover runs.
    #[serde(default)]
    pub wait_days: u64,
    reference: String,
}

impl rule_file::YearRow for Exception {
    fn coverage_year(&self) -> u16 {
        self.coverage_year
    }
    fn reference(&self) -> &str {
        &self.reference
    }
}

impl Exception {
    /// The last day on which somebody with this event can pay by it.
    pub fn last_day(&self, event_on: NaiveDate) -> Option<NaiveDate> {
        event_on.checked_add_days(Days::new(self.within_days?))
    }

    /// From when cover runs.
    pub fn cover_from(&self, event_on: NaiveDate, paid_on: NaiveDate) -> Option<NaiveDate> {
        match self.cover {
            CoverFrom::Event => Some(event_on),
            CoverFrom::Payment => paid_on.checked_add_days(Days::new(self.wait_days)),
        }
    }
}

/// The exceptions of the run's coverage year, in the order of the file.
#[derive(Clone, Debug)]
pub struct Exceptions(Vec<Cited<Exception>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionsToml {
    #[serde(default)]
    exception: Vec<Spanned<Exception>>,
}

impl Exceptions {
    pub(super) fn load(pipeline: &Pipeline, clauses: &mut Clauses) -> Result<Exceptions> {
        let file = rule_file::open(pipeline, "exceptions.toml")?;
        let toml: ExceptionsToml = file.parse()?;
        let year = pipeline.insurance_year;
        rule_file::of_year(&file, toml.exception, year, clauses).map(Exceptions)
    }

    /// The exception that serves a payment on a day after such an event: the first in the file
    /// whose days have not run out.
    pub fn on(
        &self,
        event: Event,
        event_on: NaiveDate,
        day: NaiveDate,
    ) -> Option<&Cited<Exception>> {
        self.0.iter().find(|it| {
            it.value.event == event
                && event_on <= day
                && it.value.last_day(event_on).is_none_or(|last| day <= last)
        })
    }

    /// How many days after such an event the individual price still holds, if that is limited.
    pub fn days(&self, event: Event) -> Option<u64> {
        self.0.iter().find(|it| it.value.event == event)?.value.within_days
    }
}
