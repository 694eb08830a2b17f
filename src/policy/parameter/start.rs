//! From when cover runs: a formula written in the policy file, not here.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Deserialize;

crate::labelled! {
    /// The day a formula counts from.
    pub enum CountsFrom {
        Event = "event", "事由发生之日";
        Payment = "payment", "缴费之日";
    }
}

/// When cover starts: `{ on = "2024-01-01" }`, or `{ after = "payment", months = 3 }`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "StartToml")]
pub enum Start {
    /// On a day, or on the payment if that is later.
    On(NaiveDate),
    After(Wait),
}

/// A stretch of time from a day that something happened on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    pub after: CountsFrom,
    pub months: u32,
    pub days: u32,
    /// Whether cover starts only on the first of the month that follows.
    pub next_month: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StartToml {
    on: Option<NaiveDate>,
    after: Option<CountsFrom>,
    months: Option<u32>,
    days: Option<u32>,
    next_month: Option<bool>,
}

impl TryFrom<StartToml> for Start {
    type Error = String;

    fn try_from(toml: StartToml) -> Result<Start, String> {
        let has_wait = toml.months.is_some() || toml.days.is_some() || toml.next_month.is_some();
        match (toml.on, toml.after) {
            (Some(day), None) if !has_wait => Ok(Start::On(day)),
            (None, Some(after)) => Ok(Start::After(Wait {
                after,
                months: toml.months.unwrap_or(0),
                days: toml.days.unwrap_or(0),
                next_month: toml.next_month.unwrap_or(false),
            })),
            _ => Err("give either `on`, or `after` with `months`, `days` or `next_month`".into()),
        }
    }
}

impl Start {
    /// The day cover starts for a payment, and for an event if the formula counts from one.
    pub fn day(self, event_on: Option<NaiveDate>, paid_on: NaiveDate) -> Option<NaiveDate> {
        match self {
            Start::On(day) => Some(day.max(paid_on)),
            Start::After(wait) => wait.end(match wait.after {
                CountsFrom::Event => event_on?,
                CountsFrom::Payment => paid_on,
            }),
        }
    }
}

impl Wait {
    fn end(self, from: NaiveDate) -> Option<NaiveDate> {
        let day = add_months(from, self.months)?.checked_add_days(Days::new(self.days.into()))?;
        if self.next_month { first_of_next_month(day) } else { Some(day) }
    }
}

/// The same day some months later, or the last day of a shorter month.
pub fn add_months(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    day.checked_add_months(Months::new(months))
}

/// The first day of a day's month.
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.day0()))
}

/// The first day of the month after a day's.
pub fn first_of_next_month(day: NaiveDate) -> Option<NaiveDate> {
    add_months(first_of_month(day), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, paid_on: &str, expected: &str) {
        #[derive(Deserialize)]
        struct Row {
            cover: Start,
        }
        let row: Row = toml::from_str(&format!("cover = {toml}")).unwrap();
        let event = "2024-03-01".parse().ok();
        let day = row.cover.day(event, paid_on.parse().unwrap()).unwrap();
        assert_eq!(day.to_string(), expected, "{toml}");
    }

    #[test]
    fn cover_starts_as_the_formula_says() {
        check("{ on = \"2024-01-01\" }", "2023-10-08", "2024-01-01");
        check("{ on = \"2024-01-01\" }", "2024-01-08", "2024-01-08");
        check("{ after = \"event\" }", "2024-05-08", "2024-03-01");
        check("{ after = \"payment\", months = 3 }", "2024-02-10", "2024-05-10");
        check("{ after = \"payment\", months = 3 }", "2023-11-30", "2024-02-29");
        check("{ after = \"payment\", days = 30 }", "2024-02-01", "2024-03-02");
        check("{ after = \"payment\", next_month = true }", "2024-04-08", "2024-05-01");
        check("{ after = \"payment\", next_month = true }", "2024-12-31", "2025-01-01");
    }

    #[test]
    fn a_formula_that_says_two_things_is_refused() {
        for toml in ["{ on = \"2024-01-01\", days = 3 }", "{ days = 3 }", "{}"] {
            let row = toml::from_str::<std::collections::BTreeMap<String, Start>>(&format!(
                "cover = {toml}"
            ));
            assert!(row.is_err(), "{toml}");
        }
    }
}
