//! `exceptions.toml`: who may pay outside the window, and what it costs them.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{
    rule_file::{Reading, year_rows},
    start::{Start, add_months},
    window::Price,
};
use crate::{diagnostic::Message, error::Result, policy::Cited};

crate::labelled! {
    /// What happened to a person that opens the door outside the window.
    pub enum Event {
        Birth = "birth", "新生儿";
        WelfareHome = "welfare-home", "福利机构新接收儿童";
        EmployeeLapse = "employee-lapse", "职工医保中断";
        Released = "released", "退役或刑满释放";
        MovedIn = "moved-in", "户籍迁入";
        Hardship = "hardship", "困难群众客观原因漏保";
    }
}

crate::labelled! {
    /// What the person has to prove.
    pub enum Proof {
        ObjectiveCause = "objective-cause", "客观原因";
    }
}

/// One way to pay outside the window.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub coverage_year: u16,
    pub event: Event,
    /// How long after the event this holds; open-ended where neither is given.
    pub within_days: Option<u32>,
    pub within_months: Option<u32>,
    /// Whether the day of the event is counted as day 0 or already as day 1.
    #[serde(default)]
    pub event_day: u8,
    /// Events before this day do not count. Where a row without a limit gives none: the day the
    /// main window opened, since whoever it befell earlier had the whole window.
    pub event_from: Option<NaiveDate>,
    pub proof: Option<Proof>,
    pub price: Price,
    pub cover: Start,
    reference: String,
}

year_rows!(Exception);

impl Exception {
    /// The last day on which somebody with this event can pay by it.
    pub fn last_day(&self, event_on: NaiveDate) -> Option<NaiveDate> {
        let last = match (self.within_days, self.within_months) {
            (Some(days), _) => event_on.checked_add_days(Days::new(days.into()))?,
            (None, Some(months)) => add_months(event_on, months)?,
            (None, None) => return None,
        };
        last.checked_sub_days(Days::new(self.event_day.into()))
    }

    /// Whether it holds on a day for an event.
    pub fn holds_on(&self, event_on: NaiveDate, day: NaiveDate) -> bool {
        self.event_from.is_none_or(|from| from <= event_on)
            && event_on <= day
            && self.last_day(event_on).is_none_or(|last| day <= last)
    }

    /// Whether it stops holding some time after the event.
    pub fn is_limited(&self) -> bool {
        self.within_days.is_some() || self.within_months.is_some()
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
    /// Loads `exceptions.toml` for a year whose main window opens on a day.
    pub(in crate::policy) fn load(
        reading: &mut Reading<'_>,
        window_opens: NaiveDate,
    ) -> Result<Exceptions> {
        let file = reading.open("exceptions.toml")?;
        let toml: ExceptionsToml = file.parse()?;
        let mut rows = Vec::new();
        for (span, mut row) in reading.of_year(&file, toml.exception)? {
            let it = &mut row.value;
            if it.event_day > 1 || (it.within_days.is_some() && it.within_months.is_some()) {
                return Err(file.refuse(
                    span,
                    Message::new("期限写法不对", "the time limit is not stated rightly"),
                    Message::new(
                        "within_days 与 within_months 只写一个；event_day 为 0（当日不计）或 1（当日计入）",
                        "give within_days or within_months; event_day is 0 or 1",
                    ),
                ));
            }
            if !it.is_limited() {
                it.event_from.get_or_insert(window_opens);
            }
            rows.push(row);
        }
        Ok(Exceptions(rows))
    }

    /// The exceptions that such an event opens, in the order of the file.
    pub fn of(&self, event: Event) -> impl Iterator<Item = &Cited<Exception>> {
        self.0.iter().filter(move |it| it.value.event == event)
    }

    /// Until when somebody with this event is treated best.
    pub fn last_day_in_time(&self, event: Event, event_on: NaiveDate) -> Option<NaiveDate> {
        self.of(event).find(|it| it.value.is_limited())?.value.last_day(event_on)
    }
}
