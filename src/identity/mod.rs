//! Who is who: every record belongs to exactly one person, unless it stands aside.
//!
//! [`identify`] is the whole stage. Exact tiers come first: a whole number and an agreeing name.
//! What they leave is compared, field by field, with those who are known, and joined where the
//! probability and the [gate](gate) allow it; less certain pairs are questions for a human eye.

mod alias;
mod candidates;
mod clusters;
pub mod compare;
mod exact;
mod files;
mod follow;
mod gate;
mod geography;
mod groups;
mod joins;
mod key;
mod link;
mod linkage;
mod model;
mod names;
mod nodes;
mod people;
mod resolve;
mod shared;
mod stated;

pub use alias::Alias;
pub use candidates::{Blocking, Key};
pub use files::{PersonFile, PersonFiles};
pub use geography::Geography;
pub use key::PersonKey;
pub use link::{Link, LinkMethod, Match, PersonId};
pub use model::{Asking, Model, ModelFile, Trained};
pub use people::{Person, Probable};
pub use resolve::Thresholds;
pub use shared::Claim;

use crate::tables::{RecordId, Tables};
use groups::Groups;
use joins::Joins;
use key::Keys;
use linkage::Linkage;

/// What identification needs beside the rows.
pub struct Setting<'a> {
    /// The secret of the person keys.
    pub key: &'a [u8],
    pub geography: Geography,
    pub model: Model,
    pub thresholds: Thresholds,
    /// The insurance year: rows that tell nothing of it describe nobody.
    pub year: u16,
}

impl<'a> Setting<'a> {
    /// The built-in model and the thresholds that are usual, no knowledge of townships, and the
    /// year 2024.
    #[cfg(test)]
    pub fn plain(key: &'a [u8]) -> Setting<'a> {
        Setting {
            key,
            geography: Geography::default(),
            model: Model::built_in(),
            thresholds: Thresholds { link: 0.99, review: 0.5 },
            year: 2024,
        }
    }
}

/// The outcome of identification.
pub struct Identities {
    /// By record id.
    pub links: Vec<Link>,
    /// By person id; sorted by nothing a person would notice: publish by key.
    pub people: Vec<Person>,
    /// Comparisons that decided something, by the record compared.
    pub matches: Vec<Match>,
    /// Whole numbers that are borne by several persons, or of which one person bears several; by
    /// number.
    pub claims: Vec<Claim>,
    /// Keys of groups of rows that comparison made part of a person; by person.
    pub aliases: Vec<Alias>,
    /// What the candidates came to, by kind of key.
    pub blocking: Vec<Blocking>,
    /// How many rows stand aside and follow nobody.
    pub n_nobodys: usize,
    /// Whence the model that compared is.
    pub trained_on: String,
}

impl Identities {
    /// The comparison that decided whose a record is, if one did.
    pub fn match_of(&self, record: RecordId) -> Option<&Match> {
        let at = self.matches.binary_search_by_key(&record, |it| it.record).ok()?;
        Some(&self.matches[at])
    }

    /// The other keys that a person's rows would have, or had, alone; in order.
    pub fn aliases_of(&self, person: PersonId) -> &[Alias] {
        let from = self.aliases.partition_point(|it| it.person < person);
        let to = self.aliases.partition_point(|it| it.person <= person);
        &self.aliases[from..to]
    }
}

/// Assigns every record to a person (those that stand aside perhaps to nobody) and gives each person a key that stays the same from night
/// to night.
pub fn identify(tables: &Tables, setting: &Setting<'_>) -> Identities {
    let (subjects, aside) = (tables.subjects(), tables.aside(setting.year));
    let mut joins = Joins::new(&aside);
    exact::join(tables, &subjects, &aside, &mut joins);
    let exact = joins.links();
    let groups = Groups::new(&exact);
    let linkage = Linkage::new(tables, &subjects, &exact, &groups, setting);
    let resolved = resolve::resolve(&linkage, &groups, &mut joins);
    let borrowed = linkage.borrowed();
    let mut links = joins.links();
    let keys = Keys::new(tables, &subjects, setting.key);
    let mut people = people::describe(tables, &subjects, &links, &borrowed, &keys);
    let aliases = alias::find(tables, &subjects, &groups, &links, &borrowed, (&keys, &people));
    people::ask(&links, &resolved.matches, &mut people);
    let claims = shared::claims(&subjects, &links, &borrowed, people.len());
    let (matches, blocking) = (resolved.matches, resolved.blocking);
    let n_nobodys = follow::follow(tables, &subjects, &aside, &mut links);
    let trained_on = setting.model.trained_on.clone();
    Identities { links, people, matches, claims, aliases, blocking, n_nobodys, trained_on }
}

/// Learns a model from the tables of a night.
pub fn learn(tables: &Tables, setting: &Setting<'_>, trained_on: &str) -> Trained {
    let (subjects, aside) = (tables.subjects(), tables.aside(setting.year));
    let mut joins = Joins::new(&aside);
    exact::join(tables, &subjects, &aside, &mut joins);
    let exact = joins.links();
    let groups = Groups::new(&exact);
    let linkage = Linkage::new(tables, &subjects, &exact, &groups, setting);
    model::train(&linkage, &setting.model, trained_on)
}

#[cfg(test)]
mod tests;
