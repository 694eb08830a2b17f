//! Records by person: who has which, in the order of record ids.

use super::{Link, PersonId};
use crate::tables::RecordId;

/// The records of every person; those of nobody are left out.
pub(super) struct Groups {
    records: Vec<RecordId>,
    starts: Vec<u32>,
}

impl Groups {
    /// A counting sort of the records by person.
    pub(super) fn new(links: &[Link]) -> Groups {
        let somebodys = || links.iter().zip(0..).filter(|it| it.0.person != PersonId::NOBODY);
        let n_people = somebodys().map(|it| it.0.person.0 + 1).max().unwrap_or(0) as usize;
        let mut starts = vec![0u32; n_people + 1];
        for (link, _) in somebodys() {
            starts[link.person.0 as usize + 1] += 1;
        }
        for person in 0..n_people {
            starts[person + 1] += starts[person];
        }
        let mut next = starts.clone();
        let mut records = vec![RecordId(0); starts[n_people] as usize];
        for (link, record) in somebodys() {
            let at = &mut next[link.person.0 as usize];
            records[*at as usize] = RecordId(record);
            *at += 1;
        }
        Groups { records, starts }
    }

    /// How many persons there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The records of one person.
    pub(super) fn of(&self, person: PersonId) -> &[RecordId] {
        let at = person.0 as usize;
        &self.records[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
