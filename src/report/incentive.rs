//! What every place has earned and lost by its progress, and its grade.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::progress::{Breakdown, Progress, Unit, UnitLevel};
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

/// How far a place is: so many of so many.
#[derive(Clone, Copy, Debug)]
struct Far {
    done: i64,
    target: i64,
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
    Some(Far { done: done(progress, unit, counted, insurance), target })
}

fn done(progress: &Progress, unit: &Unit, counted: Counted, insurance: Insurance) -> i64 {
    let tally = progress.tally(unit, Breakdown::All);
    match counted {
        Counted::Paid => tally.paid,
        Counted::Insured => tally.insured(insurance),
    }
}

impl Far {
    fn has(self, percent: u32) -> bool {
        self.done * 100 >= self.target * i64::from(percent)
    }

    /// How many hundredths of a point are missing to so many per cent, as `points` counts them.
    fn missing(self, percent: u32, points: Points) -> i64 {
        let missing = self.target * i64::from(percent) - self.done * 100;
        let (points_of, target) = (missing.max(0), self.target);
        match points {
            Points::Exact => rounded(points_of * POINT, target),
            Points::Whole => points_of / target * POINT,
            Points::Started => (points_of + target - 1) / target * POINT,
        }
    }

    /// An amount for each missing point, to the fen.
    fn for_missing(self, percent: u32, points: Points, amount_fen: i64) -> i64 {
        match points {
            Points::Exact => {
                let missing = (self.target * i64::from(percent) - self.done * 100).max(0);
                amount_fen.signum() * rounded(missing * amount_fen.abs(), self.target)
            }
            Points::Whole | Points::Started => self.missing(percent, points) / POINT * amount_fen,
        }
    }
}

/// A quotient of what is not negative, rounded half up.
fn rounded(part: i64, whole: i64) -> i64 {
    (2 * part + whole) / (2 * whole)
}

/// The places that get it, each with what it gets.
fn of_incentive<'p>(progress: &'p Progress, it: &Incentive) -> Vec<(&'p Unit, Award)> {
    let places = progress.of_level(level(it.place)).filter(|unit| unit.is_known());
    let mut due: Vec<(&Unit, Far)> = places
        .filter_map(|unit| {
            let far = far(progress, unit, it.counted, Insurance::Resident);
            let is_always = it.from_percent.is_none() && it.below_percent.is_none();
            // What is paid a head needs no target.
            let headcount =
                || Far { done: done(progress, unit, it.counted, Insurance::Resident), target: 0 };
            let far = far.or_else(|| is_always.then(headcount))?;
            let is_due = it.from_percent.is_none_or(|percent| far.has(percent))
                && it.below_percent.is_none_or(|percent| !far.has(percent));
            is_due.then_some((unit, far))
        })
        .collect();
    if let (Some(first), Some(by), Some(percent)) = (it.first, it.first_by, it.from_percent) {
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
            let amount = |fen| far.for_missing(percent, points, fen);
            (far.missing(percent, points), amount(it.amount_fen), amount(to_fen))
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
    // Compared as done / target, crosswise.
    due.sort_by(|(_, a), (_, b)| (b.done * a.target).cmp(&(a.done * b.target)));
    if by == FirstBy::Earliest {
        let reached = |unit: &Unit, far: Far| {
            let payers = (far.target * i64::from(percent) + 99) / 100;
            progress.reached_on(unit, payers)
        };
        due.sort_by_cached_key(|(unit, far)| {
            let on = reached(unit, *far);
            (on.is_none(), on)
        });
    }
    due.truncate(first);
}

/// Places by how far they are, the furthest first: each with its rank, equals sharing one.
pub fn ranking<'p>(
    progress: &'p Progress,
    level: UnitLevel,
    done: impl Fn(&Unit) -> i64,
) -> Vec<(usize, &'p Unit)> {
    let far = |unit: &'p Unit| {
        let target = progress.target(unit, Insurance::Resident, "")?.target;
        (target > 0).then(|| (unit, Far { done: done(unit), target }))
    };
    let mut places: Vec<(&Unit, Far)> =
        progress.of_level(level).filter(|it| it.is_known()).filter_map(far).collect();
    places.sort_by_key(|(_, it)| Reverse(it.order()));
    let mut ranked: Vec<(usize, &Unit)> = Vec::with_capacity(places.len());
    for (at, (unit, far)) in places.iter().enumerate() {
        let is_equal = at > 0 && places[at - 1].1.order() == far.order();
        let rank = if is_equal { ranked[at - 1].0 } else { at + 1 };
        ranked.push((rank, unit));
    }
    ranked
}

impl Far {
    /// Orders by done / target exactly enough: to a millionth of a millionth.
    fn order(&self) -> i128 {
        i128::from(self.done) * i128::from(i64::MAX) / i128::from(self.target)
    }
}
