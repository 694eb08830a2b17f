//! How strangers agree: counted on random pairs, the same ones whatever the order of rows.

use rayon::prelude::*;

use super::{MOST_LEVELS, Table};
use crate::identity::{
    compare::{BirthLevel, Comparer, Field, N_FIELDS, PlaceLevel},
    nodes::Node,
};

/// How many pairs are looked at.
const PAIRS: usize = 100_000;

/// Counts the levels of random pairs of one that asks and one that is known.
pub(in crate::identity) fn count_strangers(
    nodes: &[Node],
    asking: &[u32],
    known: &[u32],
    comparer: &Comparer<'_>,
) -> Table {
    let in_order = |of: &[u32]| {
        let mut of: Vec<((u64, u64), u32)> =
            of.iter().map(|it| (nodes[*it as usize].tie(), *it)).collect();
        of.par_sort_unstable();
        of
    };
    let (asking, known) = (in_order(asking), in_order(known));
    let empty = [[0.0; MOST_LEVELS]; N_FIELDS];
    if asking.is_empty() || known.is_empty() {
        return empty;
    }
    // Contents are hashes, so that going through both in their order pairs at random.
    let n_pairs = PAIRS.min(asking.len().saturating_mul(known.len()));
    let rounds = n_pairs.div_ceil(asking.len());
    let step = known.len() / rounds.max(1) + 1;
    let counts = (0..rounds)
        .into_par_iter()
        .map(|round| {
            let mut counts = empty;
            for (at, (_, one)) in asking.iter().enumerate() {
                let (_, other) = known[(at + at / known.len() + round * step) % known.len()];
                if *one == other {
                    continue;
                }
                let pair = (&nodes[*one as usize], &nodes[other as usize]);
                let levels = comparer.compare(pair.0, pair.1).numbers();
                for (field, level) in levels.into_iter().enumerate() {
                    counts[field][usize::from(level)] += 1.0;
                }
            }
            counts
        })
        .reduce(|| empty, add);
    let nodes_of = |of: &[((u64, u64), u32)]| of.iter().map(|it| it.1).collect::<Vec<u32>>();
    with_exact_shares(counts, nodes, &nodes_of(&asking), &nodes_of(&known))
}

/// Puts the exact share of strangers of one birthday, and of one village, in place of what a few
/// random pairs can show of so rare a thing.
fn with_exact_shares(mut counts: Table, nodes: &[Node], asking: &[u32], known: &[u32]) -> Table {
    let births = agreeing(nodes, asking, known, |it| it.birth);
    let places = agreeing(nodes, asking, known, |it| it.place);
    let levels = [
        (Field::Birth, BirthLevel::Same as usize, births),
        (Field::Place, PlaceLevel::Village as usize, places),
    ];
    for (field, level, share) in levels {
        let row = &mut counts[field as usize];
        let n: f64 = row[1..].iter().sum();
        row[level] = n * share;
    }
    counts
}

/// The share of pairs that agree in a value, among those where both have one.
fn agreeing<T: Ord + Copy>(
    nodes: &[Node],
    asking: &[u32],
    known: &[u32],
    value: impl Fn(&Node) -> Option<T>,
) -> f64 {
    let sorted = |of: &[u32]| {
        let mut all: Vec<T> = of.iter().filter_map(|it| value(&nodes[*it as usize])).collect();
        all.sort_unstable();
        all
    };
    let (asking, known) = (sorted(asking), sorted(known));
    let n_pairs = asking.len() as f64 * known.len() as f64;
    let same = asking.chunk_by(|a, b| a == b).map(|it| {
        let of_value =
            known.partition_point(|a| *a <= it[0]) - known.partition_point(|a| *a < it[0]);
        it.len() as f64 * of_value as f64
    });
    if n_pairs == 0.0 { 0.0 } else { same.sum::<f64>() / n_pairs }
}

/// The sum of two tables of whole numbers, exact in any order.
fn add(mut a: Table, b: Table) -> Table {
    for (x, y) in a.iter_mut().flatten().zip(b.iter().flatten()) {
        *x += y;
    }
    a
}
