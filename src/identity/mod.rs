//! Who is who: every record belongs to exactly one person.
//!
//! [`identify`] is the whole stage. Exact tiers come first (`exact`); what they leave over is
//! where probabilistic linkage hooks in: it takes the same subjects and adds links.

mod exact;
mod key;
mod people;

pub use key::PersonKey;
pub use people::{Link, LinkMethod, Person, PersonFile, PersonFiles, PersonId};

use crate::tables::Tables;

/// The outcome of identification.
pub struct Identities {
    /// By record id.
    pub links: Vec<Link>,
    /// By person id; sorted by nothing a person would notice: publish by key.
    pub people: Vec<Person>,
}

/// Assigns every record to a person and gives each person a key that stays the same from night
/// to night.
pub fn identify(tables: &Tables, key: &[u8]) -> Identities {
    let subjects = tables.subjects();
    let links = exact::link(tables, &subjects);
    let people = people::describe(tables, &subjects, &links, key);
    Identities { links, people }
}
