//! Learns the model from a county's own rows: `u` from random pairs, `m` by expectation and
//! maximisation over the candidates, without anybody saying which pairs are one person.

use rayon::prelude::*;

use super::{Asking, MOST_LEVELS, Model, Population, Table, file};
use crate::identity::{
    compare::{Comparer, Field, IdLevel, N_FIELDS},
    linkage::{Compared, Linkage, Pass},
};

/// How often expectation and maximisation take turns.
const ROUNDS: usize = 25;
/// How much weight the model one starts from keeps: as many pairs of one person.
const PAIRS_OF_START: f64 = 400.0;

/// A model and how it was come by.
pub struct Trained {
    pub model: Model,
    /// How many asked who they are, and how many pairs were looked at.
    pub n_asking: usize,
    pub n_pairs: usize,
    /// How many pairs are one person's, as far as the model can tell.
    pub n_same: f64,
}

impl Trained {
    /// The model as a file.
    pub fn file(&self) -> String {
        file::write(&self.model)
    }
}

/// Learns a model, starting from another.
pub(in crate::identity) fn train(
    linkage: &Linkage<'_>,
    start: &Model,
    trained_on: &str,
) -> Trained {
    let comparer = linkage.comparer();
    let mut model = linkage.model.clone();
    model.trained_on = trained_on.to_string();
    let mut compared = Vec::new();
    let mut n_asking = [0usize; 3];
    // Those who are settled teach nothing: among them strangers with one name and one birthday
    // are as many as persons registered twice.
    for pass in [Pass::OtherNumber, Pass::NoNumber] {
        linkage.asking(pass).for_each(|it| n_asking[Asking::of(it) as usize] += 1);
        compared.extend(linkage.compare(pass).0);
    }
    compared.par_sort_unstable_by_key(|it| (it.asking, it.known));
    let mut n_same = 0.0;
    for _ in 0..ROUNDS {
        let expected = expect(linkage, &model, &comparer, &linkage.population, &compared);
        n_same = expected.same.iter().sum();
        maximise(&mut model, start, &expected, n_asking);
    }
    Trained { model, n_asking: n_asking.iter().sum(), n_pairs: compared.len(), n_same }
}

/// What a round expects of pairs of one person.
struct Expected {
    levels: Table,
    /// How many of those who ask are known, by who asks.
    same: [f64; 3],
}

fn expect(
    linkage: &Linkage<'_>,
    model: &Model,
    comparer: &Comparer<'_>,
    population: &Population,
    compared: &[Compared],
) -> Expected {
    let nodes = &linkage.nodes.all;
    let of_one = |group: &[Compared]| {
        let mut expected = Expected { levels: [[0.0; MOST_LEVELS]; N_FIELDS], same: [0.0; 3] };
        let odds: Vec<f64> = group
            .iter()
            .map(|it| {
                let pair = (&nodes[it.asking as usize], &nodes[it.known as usize]);
                model.weigh(comparer, population, pair, &it.levels).odds
            })
            .collect();
        let all = 1.0 + odds.iter().sum::<f64>();
        for (it, odds) in group.iter().zip(odds) {
            let share = odds / all;
            let who = Asking::of(&nodes[it.asking as usize]);
            expected.same[who as usize] += share;
            for (field, level) in it.levels.numbers().into_iter().enumerate() {
                // Where the number has said the birth, only births that differ are left.
                if field == Field::Birth as usize && it.levels.id.tells_birth() {
                    continue;
                }
                expected.levels[field][usize::from(level)] += share;
            }
        }
        expected
    };
    // Summed in a fixed order, so that the model does not depend on the number of threads.
    let chunks: Vec<Expected> = compared
        .chunk_by(|a, b| a.asking == b.asking)
        .collect::<Vec<_>>()
        .par_chunks(4096)
        .map(|groups| groups.iter().map(|it| of_one(it)).reduce(add).expect("bug: an empty chunk"))
        .collect();
    let nothing = Expected { levels: [[0.0; MOST_LEVELS]; N_FIELDS], same: [0.0; 3] };
    chunks.into_iter().fold(nothing, add)
}

fn add(mut a: Expected, b: Expected) -> Expected {
    for (x, y) in a.levels.iter_mut().flatten().zip(b.levels.iter().flatten()) {
        *x += y;
    }
    for (x, y) in a.same.iter_mut().zip(b.same) {
        *x += y;
    }
    a
}

fn maximise(model: &mut Model, start: &Model, expected: &Expected, n_asking: [usize; 3]) {
    for field in Field::ALL.iter().map(|it| *it as usize) {
        let is_told =
            |level: &usize| field != Field::Id as usize || *level != IdLevel::TwoWhole as usize;
        let levels = (1..MOST_LEVELS).filter(is_told);
        let n: f64 = levels.clone().map(|it| expected.levels[field][it]).sum();
        for level in levels {
            let before = start.m[field][level] * PAIRS_OF_START;
            model.m[field][level] =
                ((expected.levels[field][level] + before) / (n + PAIRS_OF_START)).min(0.9999);
        }
    }
    for who in [Asking::NoNumber, Asking::OtherNumber].map(|it| it as usize) {
        let before = start.known[who] * PAIRS_OF_START;
        let share = (expected.same[who] + before) / (n_asking[who] as f64 + PAIRS_OF_START);
        model.known[who] = share.clamp(1e-6, 0.99);
    }
}
