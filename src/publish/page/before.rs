//! The newest published night of a day before this one: what the headline figures have changed
//! since.

use std::{fs, path::Path};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::history::runs_before;

/// What an earlier night counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub as_of: NaiveDate,
    pub unenrolled: i64,
    pub findings: i64,
}

/// What of a manifest is needed.
#[derive(Deserialize)]
struct Manifest {
    as_of: NaiveDate,
    insurance_year: u16,
    persons: Persons,
    findings: Findings,
}

#[derive(Deserialize)]
struct Persons {
    by_verdict: Verdicts,
}

#[derive(Deserialize)]
struct Verdicts {
    unenrolled: i64,
}

#[derive(Deserialize)]
struct Findings {
    total: i64,
}

/// The newest run in `home` of a day before, for the same year. Nothing where there is none that
/// can be read: yesterday's files must not keep today's from coming out.
pub(super) fn before(home: &Path, as_of: NaiveDate, year: u16) -> Option<Before> {
    runs_before(home, as_of).iter().find_map(|run| read(&home.join(run.to_string()), year))
}

fn read(run: &Path, year: u16) -> Option<Before> {
    let text = fs::read(run.join("manifest.json")).ok()?;
    let it: Manifest = serde_json::from_slice(&text).ok()?;
    (it.insurance_year == year).then_some(Before {
        as_of: it.as_of,
        unenrolled: it.persons.by_verdict.unenrolled,
        findings: it.findings.total,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::day;

    fn publish(home: &Path, name: &str, year: u16, unenrolled: i64) {
        let run = home.join(name);
        fs::create_dir_all(&run).unwrap();
        let text = format!(
            r#"{{"as_of": "{}", "insurance_year": {year}, "findings": {{"total": 9}},
                "persons": {{"by_verdict": {{"unenrolled": {unenrolled}, "review": 1}}}}}}"#,
            &name[..10]
        );
        fs::write(run.join("manifest.json"), text).unwrap();
    }

    #[test]
    fn the_last_run_of_an_earlier_day_of_the_year_is_taken() {
        let home = tempfile::tempdir().unwrap();
        let found = || before(home.path(), day("2023-12-20"), 2024).map(|it| it.unenrolled);
        assert_eq!(found(), None, "there is no run");
        publish(home.path(), "2023-12-18", 2024, 18);
        assert_eq!(found(), Some(18));
        publish(home.path(), "2023-12-19", 2024, 191);
        publish(home.path(), "2023-12-19.10", 2024, 1910);
        publish(home.path(), "2023-12-19.2", 2024, 192);
        publish(home.path(), "2023-12-20", 2024, 20);
        publish(home.path(), "2023-12-21", 2024, 21);
        assert_eq!(found(), Some(1910), "of a day the last; never this day, never a later one");
        publish(home.path(), "2023-12-19.11", 2023, 5);
        fs::create_dir(home.path().join("2023-12-19.12")).unwrap();
        assert_eq!(found(), Some(1910), "another year's and an unreadable one are passed over");
    }
}
