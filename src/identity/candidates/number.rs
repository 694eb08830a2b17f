//! Candidates by what is left of a number: one slip away, or the same but for a lost tail.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Blocking, Key};
use crate::{
    clean::id_number::{IdNumber, IdState, lost_tail_prefix},
    identity::{
        compare::{numbers_in, one_slip_away, slips_of},
        nodes::{Node, Nodes},
    },
    tables::Texts,
};

/// The most numbers that may begin like one whose tail is lost.
const MOST_TAILS: usize = 400;

/// The whole numbers of some nodes.
struct Numbers {
    sorted: Vec<(u64, u32)>,
    known: FxHashSet<u64>,
}

impl Numbers {
    fn new(nodes: &[Node], of: &[u32]) -> Numbers {
        let number = |at: &u32| Some((nodes[*at as usize].own_id()?.packed(), *at));
        let mut sorted: Vec<(u64, u32)> = of.par_iter().filter_map(number).collect();
        sorted.par_sort_unstable();
        let known = sorted.iter().map(|it| it.0).collect();
        Numbers { sorted, known }
    }

    /// The nodes that bear a number.
    fn bearers(&self, id: IdNumber) -> &[(u64, u32)] {
        if self.known.contains(&id.packed()) {
            self.between(id.packed(), id.packed() + 1)
        } else {
            &[]
        }
    }

    /// The nodes whose first 17 digits lie in a range.
    fn between(&self, from: u64, to: u64) -> &[(u64, u32)] {
        let first = self.sorted.partition_point(|it| it.0 < from);
        let end = self.sorted.partition_point(|it| it.0 < to);
        &self.sorted[first..end]
    }

    /// The nodes whose number is a node's but for a slip or a lost tail.
    fn near(&self, node: &Node, texts: &Texts) -> Vec<u32> {
        let bearers =
            |ids: Vec<IdNumber>| ids.into_iter().flat_map(|it| self.bearers(it)).map(|it| it.1);
        if let Some(id) = node.own_id() {
            let cut = id.packed();
            let tails = if id.is_cut_off() { self.between(cut, cut + 100) } else { &[] };
            return bearers(one_slip_away(id)).chain(tails.iter().map(|it| it.1)).collect();
        }
        let as_found = texts.get(node.id_text);
        match node.id_state {
            _ if node.is_borrowed => Vec::new(),
            IdState::LostTail => {
                let Some(prefix) = lost_tail_prefix(as_found) else { return Vec::new() };
                let unit = 10u64.pow(17 - prefix.len() as u32);
                let from = prefix.parse::<u64>().unwrap_or(0) * unit;
                let tails = self.between(from, from + unit);
                tails.iter().take(MOST_TAILS).map(|it| it.1).collect()
            }
            IdState::Several => bearers(numbers_in(as_found).collect()).collect(),
            IdState::WrongCheck
            | IdState::WrongDate
            | IdState::WrongRegion
            | IdState::WrongLength
            | IdState::NotANumber => bearers(slips_of(as_found)).collect(),
            _ => Vec::new(),
        }
    }
}

/// The pairs whose numbers are one but for a slip or a lost tail, whichever of the two is whole.
pub(super) fn by_number(
    nodes: &Nodes<'_>,
    texts: &Texts,
    asking: &[u32],
    answering: &[u32],
    pairs: &mut Vec<(u32, u32)>,
) -> Blocking {
    let before = pairs.len();
    let whole = Numbers::new(&nodes.all, answering);
    let near = |at: u32| {
        let near = whole.near(&nodes.all[at as usize], texts).into_iter();
        near.map(move |it| (at, it)).filter(|it| it.0 != it.1)
    };
    pairs.par_extend(asking.par_iter().flat_map_iter(|it| near(*it)));
    let whole = Numbers::new(&nodes.all, asking);
    let is_damaged = |at: &&u32| {
        let node = &nodes.all[**at as usize];
        node.own_id().is_none() && node.id_text.is_some()
    };
    let near = |at: u32| {
        let near = whole.near(&nodes.all[at as usize], texts).into_iter();
        near.map(move |it| (it, at)).filter(|it| it.0 != it.1)
    };
    pairs.par_extend(answering.par_iter().filter(is_damaged).flat_map_iter(|it| near(*it)));
    let n_pairs = (pairs.len() - before) as u64;
    let blocks = asking.len() as u64;
    Blocking { key: Key::Number, blocks, pairs: n_pairs, cut_blocks: 0, cut_pairs: 0 }
}
