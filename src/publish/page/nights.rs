//! The season night by night: who is covered and who is missing, what waits, what came and went,
//! and which places have moved.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::spark::{Spark, spark};
use crate::{
    cases::State,
    config::Level,
    history::{AREA, Kind, Night, RunName},
    publish::{
        View,
        history::{UNPLACED, figures},
    },
};

/// How many nights are shown, tonight included: as many as can be told apart on paper.
const SHOWN: usize = 60;
const WEEK: Days = Days::new(7);

/// The section. A figure is nothing where its night did not tell it.
#[derive(Serialize)]
pub(super) struct Nights {
    /// How many nights there are, tonight included.
    count: usize,
    /// Every day from the first night shown to tonight: what the charts stand on.
    days: Vec<String>,
    lines: Lines,
    /// The nights shown, newest first.
    nights: Vec<OfNight>,
    since: Since<String>,
    places: Vec<OfPlace>,
    total: OfPlace,
}

/// The charts: a value for each day.
#[derive(Serialize)]
struct Lines {
    covered: Vec<Option<i64>>,
    unenrolled: Vec<Option<i64>>,
    /// Findings that still wait, but for those answered.
    waiting: Vec<Option<i64>>,
    answered: Vec<Option<i64>>,
    /// Not those of the first night: then everything was new.
    new: Vec<Option<i64>>,
    reopened: Vec<Option<i64>>,
    closed: Vec<Option<i64>>,
}

/// A row of the table.
#[derive(Serialize)]
struct OfNight {
    day: String,
    covered: Option<i64>,
    liable: Option<i64>,
    unenrolled: Option<i64>,
    /// Since the night before.
    change: Option<i64>,
    findings: i64,
    /// Findings by state, in the order of states.
    states: [i64; State::ALL.len()],
    /// Cases closed on this night, also of findings that are found no more.
    closed: Option<i64>,
}

/// Something of each night that tonight is compared with: of the one before, of the newest that is a
/// week ago or longer, of the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Since<T> {
    last: Option<T>,
    week: Option<T>,
    first: Option<T>,
}

/// A place, or all together.
#[derive(Serialize)]
struct OfPlace {
    name: String,
    unenrolled: i64,
    /// What has changed.
    since: Since<i64>,
    spark: Option<Spark>,
}

pub(super) fn nights(view: &View<'_>) -> Nights {
    let tonight = tonight(view);
    let nights: Vec<&Night> = view.nights.iter().chain([&tonight]).collect();
    let shown = &nights[nights.len().saturating_sub(SHOWN)..];
    let since = Since::of(&nights);
    let unenrolled: Vec<BTreeMap<&str, i64>> = shown.iter().map(|it| unenrolled(it)).collect();
    let all = |scope: &str| place(view, scope, &since, &unenrolled);
    let scopes = unenrolled.last().into_iter().flat_map(|it| it.keys()).filter(|it| **it != AREA);
    let mut places: Vec<(&str, OfPlace)> = scopes.map(|it| (*it, all(it))).collect();
    // Where nobody is missing and nobody was, there is nothing to tell.
    places.retain(|(_, it)| it.unenrolled > 0 || it.since.any(|change| *change != 0));
    places.sort_by_key(|(scope, it)| (*scope == UNPLACED, -it.unenrolled, *scope));
    Nights {
        count: nights.len(),
        days: days(shown).iter().map(NaiveDate::to_string).collect(),
        lines: lines(shown, shown.len() == nights.len()),
        nights: rows(&nights).into_iter().rev().take(SHOWN).collect(),
        total: all(AREA),
        places: places.into_iter().map(|it| it.1).collect(),
        since: since.map(|it| it.run.as_of.to_string()),
    }
}

/// What history will keep of tonight. Under which name it will be published says the page nowhere.
fn tonight(view: &View<'_>) -> Night {
    let mut rows = figures(view);
    rows.sort();
    let run = RunName { as_of: view.night.cx.as_of, number: 1 };
    Night { run, insurance_year: None, version: String::new(), rows }
}

impl<T> Since<T> {
    fn any(&self, is: impl Fn(&T) -> bool) -> bool {
        [&self.last, &self.week, &self.first].into_iter().flatten().any(is)
    }

    fn map<U>(&self, with: impl Fn(&T) -> U) -> Since<U> {
        let Since { last, week, first } = self;
        Since {
            last: last.as_ref().map(&with),
            week: week.as_ref().map(&with),
            first: first.as_ref().map(&with),
        }
    }
}

impl<'n> Since<&'n Night> {
    /// Of several nights, of which the last is tonight.
    fn of(nights: &[&'n Night]) -> Since<&'n Night> {
        let (tonight, before) = nights.split_last().expect("bug: tonight is a night");
        let is_week_ago = |it: &&&Night| it.run.as_of + WEEK <= tonight.run.as_of;
        Since {
            last: before.last().copied(),
            week: before.iter().rfind(is_week_ago).copied(),
            first: before.first().copied(),
        }
    }
}

/// Every day from the first of some nights to the last.
fn days(nights: &[&Night]) -> Vec<NaiveDate> {
    let day = |it: Option<&&Night>| it.map(|it| it.run.as_of);
    let Some((first, last)) = day(nights.first()).zip(day(nights.last())) else { return vec![] };
    first.iter_days().take_while(|it| *it <= last).collect()
}

fn lines(nights: &[&Night], is_whole: bool) -> Lines {
    let by_day: BTreeMap<NaiveDate, &Night> = nights.iter().map(|it| (it.run.as_of, *it)).collect();
    let days = days(nights);
    let line = |of: &dyn Fn(&Night) -> Option<i64>| {
        days.iter().map(|it| of(by_day.get(it).copied()?)).collect::<Vec<_>>()
    };
    let state = |of: State| line(&|it| Some(it.findings_of(of.code())));
    let mut new = state(State::New);
    if is_whole && !new.is_empty() {
        new[0] = None;
    }
    let waiting = [State::New, State::Open, State::Reopened];
    Lines {
        covered: line(&|it| it.value(Kind::Progress, "covered")),
        unenrolled: line(&|it| it.value(Kind::Progress, "unenrolled")),
        waiting: line(&|it| Some(waiting.iter().map(|state| it.findings_of(state.code())).sum())),
        answered: state(State::Answered),
        new,
        reopened: state(State::Reopened),
        closed: line(&Night::closed),
    }
}

fn rows(nights: &[&Night]) -> Vec<OfNight> {
    let mut before: Option<i64> = None;
    let mut row = |night: &&Night| {
        let of_area = |name: &str| night.value(Kind::Progress, name);
        let unenrolled = of_area("unenrolled");
        let change = unenrolled.zip(before).map(|(now, before)| now - before);
        before = unenrolled;
        let states: Vec<i64> = State::ALL.iter().map(|it| night.findings_of(it.code())).collect();
        OfNight {
            day: night.run.as_of.to_string(),
            covered: of_area("covered"),
            liable: of_area("liable"),
            unenrolled,
            change,
            findings: night.findings(),
            states: states.try_into().expect("bug: a count for every state"),
            closed: night.closed(),
        }
    };
    nights.iter().map(&mut row).collect()
}

/// The missing of every place by the code of the place, of one night.
fn unenrolled<'n>(night: &&'n Night) -> BTreeMap<&'n str, i64> {
    let rows = night.of(Kind::Progress, "unenrolled");
    rows.map(|it| (it.scope.as_str(), it.value)).collect()
}

/// A place tonight, which is the last of the nights shown.
fn place(
    view: &View<'_>,
    scope: &str,
    since: &Since<&Night>,
    shown: &[BTreeMap<&str, i64>],
) -> OfPlace {
    let values: Vec<Option<i64>> = shown.iter().map(|it| it.get(scope).copied()).collect();
    let now = values.last().copied().flatten().unwrap_or(0);
    let change = |night: &&Night| {
        let mut of_place = night.of(Kind::Progress, "unenrolled");
        of_place.find(|it| it.scope == scope).map(|it| now - it.value)
    };
    let since = since.map(change);
    OfPlace {
        name: name(view, scope),
        unenrolled: now,
        since: Since {
            last: since.last.flatten(),
            week: since.week.flatten(),
            first: since.first.flatten(),
        },
        spark: spark(&values),
    }
}

/// What a place is called; a township of a city with its county.
fn name(view: &View<'_>, scope: &str) -> String {
    let cx = view.night.cx;
    match cx.divisions.by_code(scope) {
        _ if scope == AREA => String::new(),
        Some(id) if cx.divisions.get(id).level == Level::Township => {
            cx.divisions.shown_in(id, cx.area)
        }
        Some(id) => cx.divisions.get(id).shown.clone(),
        None => cx.say(|| "不明".to_string(), || "unknown".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        history::Row,
        publish::fixture::{World, night_of},
    };

    /// A night before the world's, with so many more missing in all and in one village.
    fn earlier(view: &View<'_>, day: &str, more: i64) -> Night {
        let is_of = |it: &Row, scope: &str| it.name == "unenrolled" && it.scope == scope;
        let village = village(view);
        let mut rows = figures(view);
        for row in rows.iter_mut().filter(|it| is_of(it, AREA) || is_of(it, &village)) {
            row.value += if row.kind == Kind::Progress { more } else { 0 };
        }
        night_of(day, rows)
    }

    /// The village where most are missing.
    fn village(view: &View<'_>) -> String {
        let rows = figures(view).into_iter().filter(|it| it.name == "unenrolled");
        let villages = rows.filter(|it| it.scope.len() == 12);
        villages.min_by_key(|it| (-it.value, it.scope.clone())).unwrap().scope
    }

    fn look<T>(days: &[(&str, i64)], check: impl Fn(&View<'_>, Nights) -> T) -> T {
        let world = World::new(300, 4);
        let cx = world.context();
        let mut view = View::first(&world.night(&cx));
        view.nights = days.iter().map(|(day, more)| earlier(&view, day, *more)).collect();
        check(&view, nights(&view))
    }

    #[test]
    fn tonight_is_what_the_headline_says() {
        look(&[("2023-12-19", 5)], |view, shown| {
            let (newest, total) = (&shown.nights[0], view.night.reports.progress.total());
            let unenrolled = total.of_verdict(crate::ledger::Verdict::Unenrolled);
            assert_eq!(newest.day, "2023-12-20");
            assert_eq!((newest.covered, newest.liable), (Some(total.covered), Some(total.liable)));
            assert_eq!((newest.unenrolled, shown.total.unenrolled), (Some(unenrolled), unenrolled));
            assert_eq!(newest.findings, view.night.findings.len() as i64);
            assert_eq!(newest.states.iter().sum::<i64>(), newest.findings);
            assert_eq!(newest.closed, Some(0));
            assert_eq!(shown.lines.unenrolled.last(), Some(&Some(unenrolled)));
            let places: i64 = shown.places.iter().map(|it| it.unenrolled).sum();
            assert_eq!(places, unenrolled, "all are somewhere");
        });
    }

    #[test]
    fn places_are_compared_with_the_last_night_a_week_ago_and_the_first() {
        let days = [
            ("2023-12-01", 9),
            ("2023-12-12", 6),
            ("2023-12-13", 4),
            ("2023-12-14", 3),
            ("2023-12-19", 1),
        ];
        look(&days, |_, shown| {
            let day = |it: &str| Some(it.to_string());
            let since = Since {
                last: day("2023-12-19"),
                week: day("2023-12-13"),
                first: day("2023-12-01"),
            };
            assert_eq!(shown.since, since);
            let changed = Since { last: Some(-1), week: Some(-4), first: Some(-9) };
            assert_eq!((&shown.total.since, &shown.places[0].since), (&changed, &changed));
            assert_eq!(
                shown.places[1].since,
                Since { last: Some(0), week: Some(0), first: Some(0) }
            );
            let changes: Vec<Option<i64>> = shown.nights.iter().map(|it| it.change).collect();
            assert_eq!(changes, [Some(-1), Some(-2), Some(-1), Some(-2), Some(-3), None]);
        });
    }

    #[test]
    fn days_without_a_night_have_no_figure_and_the_first_night_brings_nothing_new() {
        look(&[("2023-12-16", 0), ("2023-12-17", 0)], |_, shown| {
            assert_eq!(shown.days.len(), 5);
            let told =
                |line: &[Option<i64>]| line.iter().map(|it| it.is_some()).collect::<Vec<_>>();
            assert_eq!(told(&shown.lines.covered), [true, true, false, false, true]);
            assert_eq!(told(&shown.lines.new), [false, true, false, false, true]);
        });
        look(&[("2023-12-19", 0)], |_, shown| assert_eq!(shown.since.week, None));
        look(&[], |_, shown| assert_eq!((shown.count, shown.nights.len()), (1, 1)));
    }

    #[test]
    fn the_last_sixty_nights_are_shown_and_the_first_of_all_is_compared_with() {
        let first: NaiveDate = "2023-09-30".parse().unwrap();
        let days: Vec<String> = first.iter_days().take(80).map(|it| it.to_string()).collect();
        let days: Vec<(&str, i64)> =
            days.iter().enumerate().map(|(nth, it)| (it.as_str(), 80 - nth as i64)).collect();
        look(&days, |_, shown| {
            assert_eq!(
                (shown.count, shown.nights.len(), shown.lines.covered.len()),
                (81, SHOWN, 61)
            );
            assert!(shown.lines.new[0].is_some(), "it is not the first night");
            assert_eq!(shown.since.first.as_deref(), Some("2023-09-30"));
            assert_eq!(shown.total.since.first, Some(-80));
        });
    }

    #[test]
    fn what_a_night_did_not_tell_is_not_nought() {
        let world = World::new(60, 4);
        let cx = world.context();
        let mut view = View::first(&world.night(&cx));
        view.nights = vec![night_of("2023-12-19", Vec::new())];
        let shown = nights(&view);
        assert_eq!((shown.nights[1].covered, shown.nights[1].closed), (None, None));
        assert_eq!((shown.nights[0].change, shown.total.since.last), (None, None));
    }
}
