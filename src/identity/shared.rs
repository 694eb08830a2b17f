//! Whole numbers that are not one person's alone, and persons of more than one number.

use rayon::prelude::*;

use super::{Link, PersonId};
use crate::{
    clean::id_number::IdNumber,
    tables::{RecordId, Subject},
};

/// A whole number and a person whose rows bear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    pub id: IdNumber,
    pub person: PersonId,
    /// Whether the person's rows bear it by mistake: its owner is another.
    pub is_borrowed: bool,
    /// The first of the rows.
    pub record: RecordId,
}

/// The claims that are in question: to a number that several bear, or by a person who bears
/// several.
pub(super) fn claims(
    subjects: &[Subject],
    links: &[Link],
    borrowed: &[bool],
    n_people: usize,
) -> Vec<Claim> {
    let claim = |it: &Subject| {
        let (person, is_borrowed) =
            (links[it.record.0 as usize].person, borrowed[it.record.0 as usize]);
        let is_somebodys = person != PersonId::NOBODY;
        Some(Claim { id: it.id.filter(|_| is_somebodys)?, person, is_borrowed, record: it.record })
    };
    let mut all: Vec<Claim> = subjects.par_iter().filter_map(claim).collect();
    all.par_sort_unstable();
    all.dedup_by_key(|it| (it.id, it.person));
    let mut numbers = vec![0u8; n_people];
    for it in &all {
        let count = &mut numbers[it.person.0 as usize];
        *count = count.saturating_add(1);
    }
    all.chunk_by(|a, b| a.id == b.id)
        .filter(|of_id| of_id.len() > 1 || numbers[of_id[0].person.0 as usize] > 1)
        .flatten()
        .copied()
        .collect()
}
