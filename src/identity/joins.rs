//! Which records have been joined so far, and by what: tiers add to it one after another.

use super::{Link, LinkMethod, PersonId};
use crate::tables::RecordId;

/// A forest of records: every tree is a person, its root the smallest record.
pub(super) struct Joins {
    parents: Vec<u32>,
    methods: Vec<LinkMethod>,
    probabilities: Vec<f32>,
    is_aside: Vec<bool>,
}

impl Joins {
    /// Every record alone; those that stand aside are nobody's.
    pub(super) fn new(is_aside: &[bool]) -> Joins {
        let n_records = is_aside.len();
        Joins {
            parents: (0..n_records as u32).collect(),
            methods: vec![LinkMethod::Alone; n_records],
            probabilities: vec![1.0; n_records],
            is_aside: is_aside.to_vec(),
        }
    }

    /// Says by what a record belongs to its person.
    pub(super) fn tell(&mut self, record: RecordId, method: LinkMethod, probability: f32) {
        self.methods[record.0 as usize] = method;
        self.probabilities[record.0 as usize] = probability;
    }

    /// The smallest record of a record's person.
    fn root(&self, record: RecordId) -> RecordId {
        let mut at = record.0;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        RecordId(at)
    }

    /// Joins a record, with all that has been joined to it, to another's person.
    pub(super) fn join(
        &mut self,
        record: RecordId,
        to: RecordId,
        method: LinkMethod,
        probability: f32,
    ) {
        self.tell(record, method, probability);
        let (one, other) = (self.root(record), self.root(to));
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high.0 as usize] = low.0;
    }

    /// The links of all records; persons are numbered in the order of their first record.
    pub(super) fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::with_capacity(self.parents.len());
        let mut next = 0;
        for record in 0..self.parents.len() {
            let root = self.root(RecordId(record as u32)).0 as usize;
            let person = match root == record {
                true if self.is_aside[record] => PersonId::NOBODY,
                true => {
                    next += 1;
                    PersonId(next - 1)
                }
                // A root is the smallest record of its person, so it has been numbered before.
                false => links[root].person,
            };
            let (method, probability) = (self.methods[record], self.probabilities[record]);
            links.push(Link { person, method, probability });
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_is_transitive_and_the_smallest_record_stands_for_all() {
        let mut joins = Joins::new(&[false; 5]);
        let id = RecordId;
        joins.join(id(4), id(3), LinkMethod::IdAndName, 1.0);
        joins.join(id(3), id(1), LinkMethod::Compared, 0.99);
        assert_eq!([0, 1, 2, 3, 4].map(|it| joins.root(id(it)).0), [0, 1, 2, 1, 1]);
        let persons: Vec<u32> = joins.links().iter().map(|it| it.person.0).collect();
        assert_eq!(persons, [0, 1, 2, 1, 1]);
        let methods: Vec<LinkMethod> = joins.links().iter().map(|it| it.method).collect();
        assert_eq!((methods[2], methods[4]), (LinkMethod::Alone, LinkMethod::IdAndName));
    }
}
