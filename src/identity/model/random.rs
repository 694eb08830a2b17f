//! How strangers agree: counted on random pairs, the same ones whatever the order of rows.

use rayon::prelude::*;

use super::{MOST_LEVELS, Table};
use crate::identity::{
    compare::{Comparer, N_FIELDS},
    nodes::Node,
};

/// How many pairs are looked at.
const PAIRS: usize = 400_000;

/// Counts the levels of random pairs of one that asks and one that is known.
pub(in crate::identity) fn count_strangers(
    nodes: &[Node],
    asking: &[u32],
    known: &[u32],
    comparer: &Comparer<'_>,
) -> Table {
    let in_order = |of: &[u32]| {
        let mut of: Vec<(u64, u32)> =
            of.iter().map(|it| (nodes[*it as usize].content, *it)).collect();
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
    (0..rounds)
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
        .reduce(|| empty, add)
}

/// The sum of two tables of whole numbers, exact in any order.
fn add(mut a: Table, b: Table) -> Table {
    for (x, y) in a.iter_mut().flatten().zip(b.iter().flatten()) {
        *x += y;
    }
    a
}
