//! Who is who: every record belongs to exactly one person.
//!
//! [`identify`] is the whole stage, tier by tier, the surest first. What the tiers leave over is
//! where probabilistic linkage hooks in: it takes the same subjects and adds to the same joins.

pub mod compare;
mod doubt;
mod exact;
mod joins;
mod key;
mod link;
mod newborn;
mod people;
mod recover;

pub use key::PersonKey;
pub use link::{Link, LinkMethod, Match, PersonId};
pub use people::{Person, PersonFile, PersonFiles};

use crate::tables::{RecordId, Tables};
use joins::Joins;

/// The outcome of identification.
pub struct Identities {
    /// By record id.
    pub links: Vec<Link>,
    /// By person id; sorted by nothing a person would notice: publish by key.
    pub people: Vec<Person>,
    /// Comparisons that decided something, by the record compared.
    pub matches: Vec<Match>,
}

impl Identities {
    /// The comparison that a record's exactly joined rows stand or fall with.
    pub fn match_of(&self, record: RecordId) -> Option<&Match> {
        let at = self.matches.binary_search_by_key(&record, |it| it.record).ok()?;
        Some(&self.matches[at])
    }
}

/// Assigns every record to a person and gives each person a key that stays the same from night
/// to night.
pub fn identify(tables: &Tables, key: &[u8]) -> Identities {
    let subjects = tables.subjects();
    let mut joins = Joins::new(subjects.len());
    exact::join(tables, &subjects, &mut joins);
    recover::join(tables, &subjects, &mut joins);
    newborn::join(tables, &mut joins);
    let links = joins.links();
    let mut people = people::describe(tables, &subjects, &links, key);
    let person_of = |record: RecordId| links[record.0 as usize].person.0 as usize;
    for (person, record) in doubt::probable_cover(tables, &people, person_of) {
        people[person].probable_cover = Some(record);
    }
    Identities { links, people, matches: Vec::new() }
}

#[cfg(test)]
mod tests;
