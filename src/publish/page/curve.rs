//! Payers day by day over the window, against the year before and the line to the target.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Serialize;

use crate::{ledger::LastYear, policy::Insurance, publish::View, report::progress::Unit};

/// Days in a row of the table.
const WEEK: usize = 7;

/// The section. Sums count persons by the day of their first payment.
#[derive(Serialize)]
pub(super) struct Curve {
    /// The first window's opening … its close, or the last day known if that is later.
    days: Vec<String>,
    /// Payers up to each day, as far as days are known.
    sums: Vec<i64>,
    /// The same of the year before, shifted by a year; empty where nothing is known of it.
    last_year: Vec<i64>,
    target: Option<i64>,
    /// The day the target is to be reached on.
    closes: String,
    /// Each window, first day and last.
    windows: Vec<(String, String)>,
    weeks: Vec<Week>,
    /// How many had paid before the first day.
    paid_before: i64,
    /// Last year on the last day known, shifted, and by how many this year is ahead of it.
    last_year_now: Option<i64>,
    ahead: Option<i64>,
    day: String,
}

/// A row of the table.
#[derive(Serialize)]
struct Week {
    begins: String,
    /// Payers of each day; nothing for days that are not known.
    paid: Vec<Option<i64>>,
    sum: Option<i64>,
    last_year: Option<i64>,
    /// Where the line to the target stands on the week's last day.
    line: Option<i64>,
}

pub(super) fn curve(view: &View<'_>) -> Curve {
    let (cx, progress) = (view.night.cx, &view.night.reports.progress);
    let windows = &cx.policy.windows;
    let known = |it: &NaiveDate| *it <= cx.as_of;
    let (opens, closes) = (windows.first().value.opens, windows.first().value.closes);
    let last_known = progress.calendar.day;
    let days: Vec<NaiveDate> = stretch(opens, closes.max(last_known));
    let paid: BTreeMap<NaiveDate, i64> = progress.days(&Unit::Total).collect();
    let shifted = progress.last_year.iter().map(|(day, n)| (*day + Months::new(12), *n));
    let mut of_last_year: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for (day, n) in shifted {
        *of_last_year.entry(day).or_default() += n;
    }
    let sums = sums(&paid, days.iter().copied().filter(|it| *it <= last_known));
    let last_year = match is_whole(view, &of_last_year) {
        true => self::sums(&of_last_year, days.iter().copied()),
        false => Vec::new(),
    };
    let target = progress.target(&Unit::Total, Insurance::Resident, "").map(|it| it.target);
    let last_year_now = sums.len().checked_sub(1).and_then(|at| last_year.get(at).copied());
    let known_windows = windows
        .iter()
        .filter(|it| it.value.announced.as_ref().is_none_or(known))
        .map(|it| (it.value.opens.to_string(), it.value.closes.to_string()));
    Curve {
        weeks: weeks(&days, &paid, &sums, &last_year, target.map(|it| Line { opens, closes, it })),
        days: days.iter().map(NaiveDate::to_string).collect(),
        paid_before: paid.range(..opens).map(|it| it.1).sum(),
        ahead: last_year_now.and_then(|it| Some(sums.last()? - it)),
        last_year_now,
        sums,
        last_year,
        target,
        closes: closes.to_string(),
        windows: known_windows.collect(),
        day: last_known.to_string(),
    }
}

/// Whether the year before is there, not merely some stray rows of it: at least half as many
/// payers as the register of that year has insured or, where there is none, as this year has.
fn is_whole(view: &View<'_>, of_last_year: &BTreeMap<NaiveDate, i64>) -> bool {
    let insured = view.night.standings.iter().filter(|it| it.last_year == LastYear::Resident);
    let all = match insured.count() as i64 {
        0 => view.night.reports.progress.total().paid,
        n => n,
    };
    let payers: i64 = of_last_year.values().sum();
    payers > 0 && payers * 2 >= all
}

/// The line from nobody before the first day to the target on the last.
#[derive(Clone, Copy)]
struct Line {
    opens: NaiveDate,
    closes: NaiveDate,
    it: i64,
}

impl Line {
    /// Where it stands at the end of a day, rounded up: a part of a person is one more.
    fn on(self, day: NaiveDate) -> i64 {
        let whole = (self.closes - self.opens).num_days() + 1;
        let gone = ((day - self.opens).num_days() + 1).clamp(0, whole);
        (self.it * gone + whole - 1) / whole
    }
}

/// Every day from one to another.
fn stretch(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    from.iter_days().take_while(|it| *it <= to).collect()
}

/// How many there are up to each of the days, those before the first included.
fn sums(counts: &BTreeMap<NaiveDate, i64>, days: impl Iterator<Item = NaiveDate>) -> Vec<i64> {
    days.map(|day| counts.range(..=day).map(|it| it.1).sum()).collect()
}

fn weeks(
    days: &[NaiveDate],
    paid: &BTreeMap<NaiveDate, i64>,
    sums: &[i64],
    last_year: &[i64],
    line: Option<Line>,
) -> Vec<Week> {
    let week = |(nth, week): (usize, &[NaiveDate])| {
        let last = nth * WEEK + week.len() - 1;
        let is_known = |at: usize| nth * WEEK + at < sums.len();
        let of_day = |(at, day): (usize, &NaiveDate)| {
            is_known(at).then(|| paid.get(day).copied().unwrap_or(0))
        };
        Week {
            begins: format!("{:02}-{:02}", week[0].month(), week[0].day()),
            paid: week.iter().enumerate().map(of_day).collect(),
            sum: sums.get(last.min(sums.len().max(1) - 1)).copied().filter(|_| is_known(0)),
            last_year: last_year.get(last).copied(),
            line: line.map(|it| it.on(week[0] + Days::new(week.len() as u64 - 1))),
        }
    };
    days.chunks(WEEK).enumerate().map(week).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{World, day};

    #[test]
    fn the_curve_ends_with_everybody_who_has_paid() {
        let world = World::new(300, 4);
        let cx = world.context();
        let curve = curve(&View::first(&world.night(&cx)));
        assert_eq!((curve.days[0].as_str(), curve.days.len()), ("2023-09-01", 122));
        let paid = world.standings.iter().filter(|it| it.has_paid).count() as i64;
        assert!(paid > 0);
        assert_eq!(curve.sums.last(), Some(&paid));
        // The day before the run is the last one known; nobody pays after it.
        assert_eq!(curve.sums.len(), stretch(day("2023-09-01"), day("2023-12-19")).len());
        let of_days: i64 = curve.weeks.iter().flat_map(|it| &it.paid).flatten().sum();
        assert_eq!(of_days + curve.paid_before, paid);
        assert_eq!(curve.weeks.iter().filter_map(|it| it.sum).next_back(), Some(paid));
        assert_eq!((curve.last_year.len(), curve.ahead), (0, None), "nothing is known of it");
    }

    #[test]
    fn the_line_reaches_the_target_on_the_last_day() {
        let line = Line { opens: day("2023-09-01"), closes: day("2023-09-10"), it: 101 };
        let on = |it: &str| line.on(day(it));
        assert_eq!((on("2023-08-31"), on("2023-09-01"), on("2023-09-05")), (0, 11, 51));
        assert_eq!((on("2023-09-10"), on("2023-10-10")), (101, 101));
    }

    #[test]
    fn last_years_payers_stand_on_the_same_day_of_this_year() {
        let world = World::with(300, 4, |tables| {
            tables.enrolments.iter_mut().for_each(|it| it.year = 2024);
            for row in &mut tables.payments[..100] {
                (row.year, row.paid_on) = (2023, Some(day("2022-10-31")));
            }
        });
        let cx = world.context();
        let curve = curve(&View::first(&world.night(&cx)));
        let at = |it: &str| curve.days.iter().position(|day| day == it).unwrap();
        assert_eq!(curve.last_year[at("2023-10-30")], 0);
        assert_eq!(curve.last_year[at("2023-10-31")], 100);
        assert_eq!(curve.last_year_now, Some(100));
        assert_eq!(curve.ahead, curve.sums.last().map(|it| it - 100));
    }

    #[test]
    fn stray_rows_of_the_year_before_are_no_curve() {
        let world = World::with(300, 4, |tables| {
            for row in &mut tables.payments[..9] {
                (row.year, row.paid_on) = (2023, Some(day("2022-10-31")));
            }
        });
        assert!(!world.reports.progress.last_year.is_empty());
        let cx = world.context();
        let curve = curve(&View::first(&world.night(&cx)));
        assert_eq!((curve.last_year.len(), curve.ahead), (0, None));
    }
}
