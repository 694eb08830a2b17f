//! Pairwise precision and recall of the links: every two rows that are one person's.

use rustc_hash::FxHashMap;

use super::run::RunOutput;
use super::truth::Truth;

/// Pairs of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LinkScore {
    /// Rows linked by the run that the truth knows.
    pub rows: usize,
    /// Rows linked that the truth does not know.
    pub unknown_rows: usize,
    /// Pairs that are one person.
    pub true_pairs: u64,
    /// Pairs that the run made one person.
    pub linked_pairs: u64,
    /// Both.
    pub right_pairs: u64,
}

impl LinkScore {
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
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Scores the links over the rows that the run accepted; rejected rows are not its links' fault.
pub fn links(run: &RunOutput, truth: &Truth) -> LinkScore {
    let mut score = LinkScore::default();
    let mut rows: Vec<(u32, u32)> = Vec::with_capacity(run.links.len());
    for link in &run.links {
        let place = link.place;
        match place.file.and_then(|file| truth.row(file, place.sheet, place.row)) {
            Some(row) => rows.push((row.person, link.person)),
            None => score.unknown_rows += 1,
        }
    }
    score.rows = rows.len();
    score.true_pairs = pairs(rows.iter().map(|it| (it.0, 0)));
    score.linked_pairs = pairs(rows.iter().map(|it| (it.1, 0)));
    score.right_pairs = pairs(rows.iter().copied());
    score
}

/// How many two of the same kind there are.
fn pairs(of: impl Iterator<Item = (u32, u32)>) -> u64 {
    let mut sizes: FxHashMap<(u32, u32), u64> = FxHashMap::default();
    of.for_each(|it| *sizes.entry(it).or_default() += 1);
    sizes.into_values().map(|it| it * (it - 1) / 2).sum()
}
