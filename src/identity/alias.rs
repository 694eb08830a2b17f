//! Keys that were persons': of groups of rows that are one person only by comparison.
//!
//! A comparison that succeeds tonight may fail tomorrow, when a row is corrected or a rival turns
//! up. The group then is a person of its own, under a key of its own, as it may have been
//! yesterday. Who compares two nights needs to know whose that key is in between.

use rayon::prelude::*;

use super::{Link, Person, PersonId, PersonKey, groups::Groups, key::Keys, people};
use crate::tables::{Subject, Tables};

/// The key that some rows of a person would have if they were a person of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    pub person: PersonId,
    pub key: PersonKey,
}

/// The aliases of all persons, by person and key. Those who joined and those who were joined
/// alike: which of the two asked says nothing of whose key the person bears now.
///
/// Keys of persons are left out, whosever they are: they still mean that person. Of groups with
/// the same evidence, which would be told apart by their order, there is the plain key alone.
pub(super) fn find(
    tables: &Tables,
    subjects: &[Subject],
    groups: &Groups,
    links: &[Link],
    borrowed: &[bool],
    (keys, people): (&Keys<'_>, &[Person]),
) -> Vec<Alias> {
    let all = || (0..groups.len() as u32).into_par_iter().map(PersonId);
    let person_of = |group: PersonId| links[groups.of(group)[0].0 as usize].person;
    let mut n_groups = vec![0u32; people.len()];
    (0..groups.len() as u32).for_each(|it| n_groups[person_of(PersonId(it)).0 as usize] += 1);
    let of_group = |group: PersonId| {
        let alone = people::describe_one(tables, subjects, groups.of(group), borrowed);
        Alias { person: person_of(group), key: keys.plain(&alone) }
    };
    let is_joined = |group: &PersonId| n_groups[person_of(*group).0 as usize] > 1;
    let mut aliases: Vec<Alias> = all().filter(is_joined).map(of_group).collect();
    aliases.par_sort_unstable();
    aliases.dedup();
    let mut taken: Vec<PersonKey> = people.par_iter().map(|it| it.key).collect();
    taken.par_sort_unstable();
    aliases.retain(|it| taken.binary_search(&it.key).is_err());
    aliases
}
