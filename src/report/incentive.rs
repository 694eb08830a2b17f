//! What every place has earned and lost by its progress, and its grade.

use rustc_hash::FxHashMap;

use super::{
    progress::{Breakdown, Progress, Unit, UnitLevel, rounded},
    ranking::Far,
};
use crate::{
    ledger::Context,
    policy::{Counted, Each, FirstBy, Grade, Incentive, Insurance, Points, Rewarded},
};

/// Hundredths of a percentage point in a point.
const POINT: i64 = 100;

/// One reward or penalty of one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Award {
    /// For how many persons, hundredths of a point, or places.
    pub count: i64,
    pub fen: i64,
    /// The other end where the document gives a range; else the same.
    pub to_fen: i64,
}

/// Every reward, penalty and grade.
#[derive(Clone, Debug, Default)]
pub struct Awards {
    /// By place and position in the policy's list.
    awards: FxHashMap<(Unit, usize), Award>,
    grades: FxHashMap<Unit, String>,
}

/// Works out every reward and grade that progress gives.
pub fn awards(cx: &Context<'_>, progress: &Progress) -> Awards {
    let mut all = Awards::default();
    for (at, incentive) in cx.policy.incentives.incentives.iter().enumerate() {
        for (unit, award) in of_incentive(progress, &incentive.value) {
            all.awards.insert((unit.clone(), at), award);
        }
    }
    for unit in progress.units.iter().filter(|it| it.is_known()) {
        let reached = |it: &Grade| {
            level(it.place) == unit.level()
                && far(progress, unit, it.counted, it.insurance)
                    .is_some_and(|far| far.has(it.from_percent))
        };
        let grade = cx.policy.incentives.grades.iter().find(|it| reached(&it.value));
        all.grades.extend(grade.map(|it| (unit.clone(), it.value.grade.clone())));
    }
    all
}

impl Awards {
    /// What a place gets by one of the policy's incentives.
    pub fn of(&self, unit: &Unit, incentive: usize) -> Option<Award> {
        self.awards.get(&(unit.clone(), incentive)).copied()
    }

    /// The place's grade.
    pub fn grade(&self, unit: &Unit) -> Option<&str> {
        self.grades.get(unit).map(String::as_str)
    }

    /// What all places together get by one incentive.
    pub fn sum(&self, incentive: usize) -> Award {
        let mut sum = Award::default();
        for award in self.awards.iter().filter(|it| it.0.1 == incentive).map(|it| it.1) {
            sum.count += award.count;
            sum.fen += award.fen;
            sum.to_fen += award.to_fen;
        }
        sum
    }
}

/// The level of those who are rewarded.
pub fn level(place: Rewarded) -> UnitLevel {
    match place {
        Rewarded::County => UnitLevel::County,
        Rewarded::Region => UnitLevel::Region,
        Rewarded::Township => UnitLevel::Township,
        Rewarded::Village => UnitLevel::Village,
    }
}

/// How far a place is with its target; nothing where it has none.
fn far(progress: &Progress, unit: &Unit, counted: Counted, insurance: Insurance) -> Option<Far> {
    let target = progress.target(unit, insurance, "").filter(|it| it.target > 0)?.target;
    let done = progress.tally(unit, Breakdown::All).counted(counted, insurance);
    Some(Far { done, of: target })
}

/// How many hundredths of a point are missing to so many per cent, as `points` counts them.
fn missing(far: Far, percent: u32, points: Points) -> i64 {
    let missing = missing_of(far, percent);
    match points {
        Points::Exact => rounded(missing * POINT, far.of),
        Points::Whole => missing / far.of * POINT,
        Points::Started => (missing + far.of - 1) / far.of * POINT,
    }
}

/// An amount for each missing point, to the fen.
fn for_missing(far: Far, percent: u32, points: Points, amount_fen: i64) -> i64 {
    match points {
        Points::Exact => {
            let missing = missing_of(far, percent);
            amount_fen.signum() * rounded(missing * amount_fen.abs(), far.of)
        }
        Points::Whole | Points::Started => missing(far, percent, points) / POINT * amount_fen,
    }
}

/// Missing points times the target.
fn missing_of(far: Far, percent: u32) -> i64 {
    (far.of * i64::from(percent) - far.done * 100).max(0)
}

/// The places that get it, each with what it gets.
fn of_incentive<'p>(progress: &'p Progress, it: &Incentive) -> Vec<(&'p Unit, Award)> {
    let places = progress.of_level(level(it.place)).filter(|unit| unit.is_known());
    let mut due: Vec<(&Unit, Far)> = places
        .filter_map(|unit| {
            let far = far(progress, unit, it.counted, Insurance::Resident);
            let is_always = it.from_percent.is_none() && it.below_percent.is_none();
            // What is paid a head needs no target.
            let tally = progress.tally(unit, Breakdown::All);
            let headcount = || Far { done: tally.counted(it.counted, Insurance::Resident), of: 0 };
            let far = far.or_else(|| is_always.then(headcount))?;
            let is_due = it.from_percent.is_none_or(|percent| far.has(percent))
                && it.below_percent.is_none_or(|percent| !far.has(percent));
            is_due.then_some((unit, far))
        })
        .collect();
    if let (Some(first), Some(by), Some(percent)) = (it.first_places, it.first_by, it.from_percent)
    {
        keep_first(progress, &mut due, first as usize, by, percent);
    }
    due.into_iter().map(|(unit, far)| (unit, award(it, far))).collect()
}

fn award(it: &Incentive, far: Far) -> Award {
    let to_fen = it.amount_to_fen.unwrap_or(it.amount_fen);
    let percent = it.below_percent.unwrap_or(100);
    let (count, fen, to_fen) = match (it.each, it.points) {
        (Each::Person, _) => (far.done, far.done * it.amount_fen, far.done * to_fen),
        (Each::Place, _) => (1, it.amount_fen, to_fen),
        (Each::MissingPoint, points) => {
            let points = points.expect("bug: checked when loaded");
            let amount = |fen| for_missing(far, percent, points, fen);
            (missing(far, percent, points), amount(it.amount_fen), amount(to_fen))
        }
    };
    Award { count, fen, to_fen }
}

/// Keeps the first places: those furthest, or those that got there earliest and, of one day, those
/// furthest now. What is still equal stays in the order of units.
fn keep_first(
    progress: &Progress,
    due: &mut Vec<(&Unit, Far)>,
    first: usize,
    by: FirstBy,
    percent: u32,
) {
    due.sort_by(|(_, a), (_, b)| a.compare(*b));
    if by == FirstBy::Earliest {
        let reached = |unit: &Unit, far: Far| {
            let payers = (far.of * i64::from(percent) + 99) / 100;
            progress.reached_on(unit, payers)
        };
        due.sort_by_cached_key(|(unit, far)| {
            let on = reached(unit, *far);
            (on.is_none(), on)
        });
    }
    due.truncate(first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        findings::testkit::{INSIDE, on_world},
        report::{
            Everybody,
            progress::{Tally, progress},
            ranking,
        },
    };

    const RATE: i64 = -5000;

    #[track_caller]
    fn check_missing(done: i64, target: i64, points: Points, hundredths: i64, fen: i64) {
        let far = Far { done, of: target };
        let found = (missing(far, 100, points), for_missing(far, 100, points, RATE));
        assert_eq!(found, (hundredths, fen), "{done} of {target}");
    }

    #[test]
    fn missing_points_count_in_parts_in_wholes_or_as_begun() {
        check_missing(950, 1000, Points::Exact, 500, -25_000);
        check_missing(949, 1000, Points::Exact, 510, -25_500);
        check_missing(949, 1000, Points::Whole, 500, -25_000);
        check_missing(949, 1000, Points::Started, 600, -30_000);
        check_missing(1000, 1000, Points::Started, 0, 0);
        check_missing(1001, 1000, Points::Exact, 0, 0);
        // A third of a point is 16.67 yuan, not 16.50.
        check_missing(299, 300, Points::Exact, 33, -1667);
    }

    #[test]
    fn a_percentage_is_reached_exactly_or_not() {
        let has = |done, of| Far { done, of }.has(95);
        assert_eq!((has(95, 100), has(949, 1000), has(1, 1)), (true, false, true));
    }

    /// Lengshi's villages, so many of each one's target having paid.
    fn lengshi<T>(
        paid: impl Fn(usize, i64) -> i64,
        look: impl Fn(&Context<'_>, &Progress) -> T,
    ) -> T {
        on_world(INSIDE, "", |cx, _| {
            let empty = Progress::of_figures(cx, all_villages(cx));
            let villages = empty.of_level(UnitLevel::Village).enumerate().map(|(at, unit)| {
                let target = empty.target(unit, Insurance::Resident, "").unwrap().target;
                (unit.clone(), Tally { paid: paid(at, target), ..Tally::default() })
            });
            look(cx, &Progress::of_figures(cx, villages.collect::<Vec<_>>()))
        })
    }

    fn all_villages(cx: &Context<'_>) -> Vec<(Unit, Tally)> {
        let within = cx.divisions.iter().map(|it| it.0);
        within
            .filter(|it| cx.divisions.township(*it) == Some(cx.area) && *it != cx.area)
            .map(|it| Unit::Village { township: Some(cx.area), village: Some(it) })
            .map(|unit| (unit, Tally::default()))
            .collect()
    }

    #[test]
    fn equals_share_a_rank_and_the_next_counts_on() {
        let ranks = lengshi(
            |at, target| if at < 3 { target } else { target / 2 - at as i64 },
            |_, progress| {
                let by = ranking::By::Target(Counted::Paid);
                let villages = progress.of_level(UnitLevel::Village);
                let ranked = ranking::ranking(villages, |it| by.far(progress, it));
                ranked.into_iter().map(|it| it.0).collect::<Vec<_>>()
            },
        );
        assert_eq!(ranks[..4], [1, 1, 1, 4]);
        assert_eq!(ranks.len(), 18);
    }

    fn prize(first: u32, first_by: FirstBy) -> Incentive {
        Incentive::prize_of_tests(first, first_by, 95)
    }

    #[test]
    fn only_the_first_places_get_a_prize_and_a_range_stays_one() {
        let prizes = lengshi(
            |at, target| target - at as i64 * target / 50,
            |_, progress| of_incentive(progress, &prize(2, FirstBy::Highest)).len(),
        );
        assert_eq!(prizes, 2, "of three with 95 % and more");
        let award = award(&prize(2, FirstBy::Highest), Far { done: 1, of: 1 });
        assert_eq!((award.fen, award.to_fen), (5_000_000, 10_000_000));
    }

    /// Payers of a village, a letter each, all on one day.
    fn payers(village: &str, letters: &str, day: &str) -> String {
        let rows = |it: char| {
            format!(
                "household {it} 张{it} village={village}\npayment {it} 张{it} paid=380 on={day}\n"
            )
        };
        letters.chars().map(rows).collect()
    }

    #[test]
    fn the_earliest_are_those_who_got_there_first_and_of_one_day_those_furthest() {
        // Two per cent of 86 are two payers, of 101 three, of 170 four.
        let world = [
            payers("曲江社区", "A", "2023-09-20"),
            payers("曲江社区", "B", "2023-10-06"),
            payers("曲江社区", "C", "2023-12-01"),
            payers("琵琶村", "DEF", "2023-10-05"),
            payers("文昌村", "GHI", "2023-09-01"),
        ];
        check_first(&world.concat(), FirstBy::Highest, &["曲江社区", "琵琶村"]);
        check_first(&world.concat(), FirstBy::Earliest, &["琵琶村", "曲江社区"]);
        let of_one_day = world.concat().replace("2023-10-05", "2023-10-06");
        check_first(&of_one_day, FirstBy::Earliest, &["曲江社区", "琵琶村"]);
    }

    /// Who gets the prize of the first one, two, three … with two per cent.
    #[track_caller]
    fn check_first(world: &str, by: FirstBy, expected: &[&str]) {
        on_world(INSIDE, world, |cx, run| {
            let all = Everybody { people: run.people, files: run.files, standings: run.standings };
            let progress = progress(cx, &all, &[]);
            for first in 1..=3 {
                let prize = Incentive::prize_of_tests(first, by, 2);
                let got = of_incentive(&progress, &prize);
                let got: Vec<String> = got.iter().map(|it| it.0.name(cx)).collect();
                assert_eq!(got, expected[..expected.len().min(first as usize)], "{by:?} {first}");
            }
        });
    }
}
