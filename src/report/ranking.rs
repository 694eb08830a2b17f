//! Places by how far they are with their targets or, where not every place has one, with covering
//! everybody.

use std::cmp::Ordering;

use super::progress::{Breakdown, Progress, Rate, Unit};
use crate::policy::{Counted, Insurance};

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Far {
    pub done: i64,
    pub of: i64,
}

impl Far {
    /// How far, as tables print it.
    pub fn rate(self) -> Option<Rate> {
        Rate::of(self.done, self.of)
    }

    /// Whether so many per cent are reached.
    pub fn has(self, percent: u32) -> bool {
        self.done * 100 >= self.of * i64::from(percent)
    }

    /// Who is further comes first; compared exactly.
    pub fn compare(self, other: Far) -> Ordering {
        let product = |a: i64, b: i64| i128::from(a) * i128::from(b);
        product(other.done, self.of).cmp(&product(self.done, other.of))
    }
}

/// What places are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Those who count, of the target.
    Target(Counted),
    /// The covered, of those who are to be insured.
    Cover,
}

impl By {
    /// By targets, if every known place where the fee is due from anybody has one that can be
    /// divided by.
    pub fn of(progress: &Progress, counted: Counted, units: &[&Unit]) -> By {
        let has_target = |unit: &Unit| By::Target(counted).far(progress, unit).is_some();
        let is_owing = |unit: &Unit| progress.tally(unit, Breakdown::All).owing > 0;
        let is_counted = |it: &&&Unit| it.is_known() && (is_owing(it) || has_target(it));
        let mut known = units.iter().filter(is_counted).peekable();
        let all = known.peek().is_some() && known.all(|it| has_target(it));
        if all { By::Target(counted) } else { By::Cover }
    }

    /// How far a place is; nothing where it cannot be measured.
    pub fn far(self, progress: &Progress, unit: &Unit) -> Option<Far> {
        let tally = progress.tally(unit, Breakdown::All);
        let far = match self {
            By::Target(counted) => Far {
                done: tally.counted(counted, Insurance::Resident),
                of: progress.target(unit, Insurance::Resident, "")?.target,
            },
            By::Cover => Far { done: tally.covered, of: tally.liable },
        };
        Some(far).filter(|it| it.of > 0)
    }
}

/// Places with how far they are, the furthest first, each with its rank: equals share one and stay
/// in their order. What is not known or cannot be measured is left out.
pub fn ranking<'p>(
    units: impl IntoIterator<Item = &'p Unit>,
    far: impl Fn(&Unit) -> Option<Far>,
) -> Vec<(usize, &'p Unit, Far)> {
    let known = units.into_iter().filter(|it| it.is_known());
    let mut places: Vec<(&Unit, Far)> = known.filter_map(|it| Some((it, far(it)?))).collect();
    places.sort_by(|a, b| a.1.compare(b.1));
    let mut ranked: Vec<(usize, &Unit, Far)> = Vec::with_capacity(places.len());
    for (unit, far) in places {
        let rank = match ranked.last() {
            Some((rank, _, before)) if before.compare(far) == Ordering::Equal => *rank,
            _ => ranked.len() + 1,
        };
        ranked.push((rank, unit, far));
    }
    ranked
}
