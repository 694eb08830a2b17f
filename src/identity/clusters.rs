//! Which nodes are one person so far, and what one person cannot be.

use super::{gate::Gate, nodes::Node};
use crate::tables::SourceKind;

/// The most whole numbers that one person is believed to have had.
const MOST_NUMBERS: usize = 2;

/// Nodes by person.
pub(super) struct Clusters<'a> {
    nodes: &'a [Node],
    parents: Vec<u32>,
    /// The nodes of each person, in a ring.
    next: Vec<u32>,
}

impl<'a> Clusters<'a> {
    /// Every node alone.
    pub(super) fn new(nodes: &'a [Node]) -> Clusters<'a> {
        let alone: Vec<u32> = (0..nodes.len() as u32).collect();
        Clusters { nodes, parents: alone.clone(), next: alone }
    }

    /// The node that stands for a node's person.
    pub(super) fn root(&self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        at
    }

    pub(super) fn are_one(&self, a: u32, b: u32) -> bool {
        self.root(a) == self.root(b)
    }

    /// Whether the person of a node has a whole number of their own.
    pub(super) fn is_numbered(&self, at: u32) -> bool {
        self.members(at).any(|it| it.own_id().is_some())
    }

    /// Makes two persons one.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (one, other) = (self.root(a), self.root(b));
        self.parents[one.max(other) as usize] = one.min(other);
        self.next.swap(a as usize, b as usize);
    }

    /// What holds of the pair at hand (see [`super::gate`]) must hold of all who come along: no
    /// third number, no second registration but that of the pair itself, no second birth.
    pub(super) fn gate(&self, a: u32, b: u32) -> Gate {
        let mut numbers: Vec<_> =
            self.members(a).chain(self.members(b)).filter_map(Node::own_id).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let registrations = |at: u32| self.members(at).filter(|it| it.is_in(SourceKind::Household));
        let are_both_registered = registrations(a).count() > 0 && registrations(b).count() > 0;
        let is_pair = |at: u32| self.nodes[at as usize].is_in(SourceKind::Household);
        let may_register = !are_both_registered
            || is_pair(a) && is_pair(b) && registrations(a).count() + registrations(b).count() == 2;
        // Numbers that the pair itself does not compare are strangers to it.
        let of_pair = [a, b].iter().filter_map(|it| self.nodes[*it as usize].own_id()).count();
        let of_a = self.members(a).filter_map(Node::own_id).count();
        let of_b = self.members(b).filter_map(Node::own_id).count();
        let is_compared = of_a == 0 || of_b == 0 || of_pair == 2;
        // Twins stand on the birth list one below the other.
        let births = |at: u32| self.members(at).filter(|it| it.is_in(SourceKind::Birth)).count();
        let is_born_once = births(a) + births(b) <= 1;
        match (is_born_once, numbers.len() <= MOST_NUMBERS && may_register && is_compared) {
            (false, _) => Gate::Shut,
            (true, false) => Gate::Ask,
            (true, true) => Gate::Open,
        }
    }

    /// The nodes of a node's person.
    fn members(&self, at: u32) -> impl Iterator<Item = &'a Node> {
        let mut here = Some(at);
        std::iter::from_fn(move || {
            let now = here?;
            let next = self.next[now as usize];
            here = (next != at).then_some(next);
            Some(&self.nodes[now as usize])
        })
    }
}
