//! The name of a run's folder: `2023-12-20`, then `2023-12-20.2`, `2023-12-20.3` …

use std::fmt;

use chrono::NaiveDate;

/// A day and the how-manieth run of it. Ordered by day, then number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunName {
    pub as_of: NaiveDate,
    /// From 1 on; the first is not written.
    pub number: u32,
}

impl RunName {
    /// Reads a name; nothing of what is not written exactly so.
    pub fn parse(name: &str) -> Option<RunName> {
        let (date, number) = match name.split_once('.') {
            None => (name, 1),
            Some((date, number)) => (date, number.parse().ok()?),
        };
        let run = RunName { as_of: date.parse().ok()?, number };
        (run.number > 0 && run.to_string() == name).then_some(run)
    }

    /// The name of the next run of a day, of which these have been.
    pub fn next(as_of: NaiveDate, taken: impl IntoIterator<Item = RunName>) -> RunName {
        let of_day = taken.into_iter().filter(|it| it.as_of == as_of);
        RunName { as_of, number: 1 + of_day.map(|it| it.number).max().unwrap_or(0) }
    }
}

impl fmt::Display for RunName {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            1 => write!(to, "{}", self.as_of),
            number => write!(to, "{}.{number}", self.as_of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_run_is_called_is_a_name() {
        for name in ["2023-12-20", "2023-12-20.2", "2023-12-20.10"] {
            assert_eq!(RunName::parse(name).unwrap().to_string(), name);
        }
        for name in [
            "latest",
            "2023-12-20.1",
            "2023-12-20.02",
            "2023-12-20.0",
            "2023-12-20.x",
            "2023-1-2",
            "",
        ] {
            assert_eq!(RunName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn the_tenth_run_of_a_day_comes_after_the_second_and_before_the_next_day() {
        let names = ["2023-12-20", "2023-12-20.2", "2023-12-20.10", "2023-12-21"];
        let runs = names.map(|it| RunName::parse(it).unwrap());
        assert!(runs.is_sorted());
        assert_eq!(RunName::next(runs[0].as_of, runs).to_string(), "2023-12-20.11");
        assert_eq!(RunName::next(runs[0].as_of, []).to_string(), "2023-12-20");
    }
}
