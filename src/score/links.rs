//! Pairwise precision and recall of the links: every two rows that are one person's.

use rustc_hash::FxHashMap;

use super::run::RunOutput;
use super::truth::Truth;

/// Pairs of rows, of one way of counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Pairs {
    /// Pairs that are one person.
    pub true_pairs: u64,
    /// Pairs that the run made one person.
    pub linked_pairs: u64,
    /// Both.
    pub right_pairs: u64,
}

/// The links of a run against the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LinkScore {
    /// Rows linked by the run that the truth knows.
    pub rows: usize,
    /// Rows linked that the truth does not know, though it knows the file.
    pub unknown_rows: usize,
    #[serde(flatten)]
    pub all: Pairs,
    /// Rows whose id or name is hidden by dirt, or whose number is not the person's.
    pub hard_rows: usize,
    /// Pairs with at least one hard row: what is left when an equal id and name have done theirs.
    pub hard: Pairs,
}

impl Pairs {
    pub fn precision(&self) -> f64 {
        share(self.right_pairs, self.linked_pairs)
    }

    pub fn recall(&self) -> f64 {
        share(self.right_pairs, self.true_pairs)
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    /// The pairs among rows, each given by whose it is and to whom it was given.
    fn among(rows: impl Iterator<Item = (u32, u32)> + Clone) -> Pairs {
        Pairs {
            true_pairs: pairs(rows.clone().map(|it| (it.0, 0))),
            linked_pairs: pairs(rows.clone().map(|it| (it.1, 0))),
            right_pairs: pairs(rows),
        }
    }

    fn without(self, other: Pairs) -> Pairs {
        Pairs {
            true_pairs: self.true_pairs - other.true_pairs,
            linked_pairs: self.linked_pairs - other.linked_pairs,
            right_pairs: self.right_pairs - other.right_pairs,
        }
    }
}

impl LinkScore {
    pub fn precision(&self) -> f64 {
        self.all.precision()
    }

    pub fn recall(&self) -> f64 {
        self.all.recall()
    }

    pub fn f1(&self) -> f64 {
        self.all.f1()
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Scores the links over the rows that the run accepted; rejected rows are not its links' fault.
pub fn links(run: &RunOutput, truth: &Truth) -> LinkScore {
    let mut score = LinkScore::default();
    // Whose it is, to whom it was given, and whether that was hard to tell.
    let mut rows: Vec<(u32, u32, bool)> = Vec::with_capacity(run.links.len());
    for link in &run.links {
        match truth.at(&link.place) {
            Some(row) => rows.push((row.person, link.person, row.is_hard)),
            // Of a file that it does not know at all the truth has nothing to say.
            None if link.place.file.is_none() => {}
            None => score.unknown_rows += 1,
        }
    }
    score.rows = rows.len();
    score.hard_rows = rows.iter().filter(|it| it.2).count();
    score.all = Pairs::among(rows.iter().map(|it| (it.0, it.1)));
    let easy = Pairs::among(rows.iter().filter(|it| !it.2).map(|it| (it.0, it.1)));
    score.hard = score.all.without(easy);
    score
}

/// How many two of the same kind there are.
fn pairs(of: impl Iterator<Item = (u32, u32)>) -> u64 {
    let mut sizes: FxHashMap<(u32, u32), u64> = FxHashMap::default();
    of.for_each(|it| *sizes.entry(it).or_default() += 1);
    sizes.into_values().map(|it| it * (it - 1) / 2).sum()
}
