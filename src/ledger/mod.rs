//! The ledger (台账): one row a person, what is known of it, and exactly one coverage verdict.

use rayon::prelude::*;

use crate::{
    identity::{Person, PersonFiles, PersonId},
    policy::{LabelIndex, Policy},
    tables::Tables,
};

mod case;
pub mod circumstances;
pub mod cover;
pub mod doubt;
pub mod due;
pub mod entitlement;
pub mod exempt;
mod group;
pub mod overlap;
mod settle;
mod standing;

pub use case::{Case, Context};
pub use doubt::Doubt;
pub use entitlement::Entitlement;
pub use group::Group;
pub use settle::{Fate, Settled, settle};
use standing::stand;
pub use standing::{LastYear, Standing, Step, Verdict};

/// Judges every person, in the order of person ids.
pub fn keep(cx: &Context<'_>, people: &[Person], files: &PersonFiles) -> Vec<Standing> {
    let ids = (0..people.len() as u32).into_par_iter().map(PersonId);
    ids.map(|id| stand_of(cx, people, files, id)).collect()
}

/// Judges one person of a run.
pub fn stand_of(
    cx: &Context<'_>,
    people: &[Person],
    files: &PersonFiles,
    id: PersonId,
) -> Standing {
    let person = &people[id.0 as usize];
    let other = person.probable.map(|it| files.of(it.person));
    stand(cx, person, &files.of(id), other.as_ref())
}

/// What the labels of all lists and payments mean.
pub fn label_index(policy: &Policy, tables: &Tables) -> LabelIndex {
    let lists = tables.categories.iter().map(|row| row.label);
    let payments = tables.payments.iter().map(|row| row.category_label);
    policy.categories.index(&tables.texts, lists.chain(payments))
}

/// Which parts name anybody at all.
pub fn named_parts(tables: &Tables) -> Vec<bool> {
    let mut named = vec![false; tables.origins.parts.len()];
    for subject in tables.subjects().iter().filter(|it| it.name.is_some()) {
        named[tables.origins.rows[subject.record.0 as usize].part.0 as usize] = true;
    }
    named
}

/// Whether any row of a register of medical cover is for that year.
pub fn has_year(tables: &Tables, year: u16) -> bool {
    tables.enrolments.iter().any(|row| row.year == year && !row.is_aside())
}

/// How many persons have each verdict.
pub fn count(standings: &[Standing]) -> Vec<(Verdict, usize)> {
    let of = |verdict| standings.iter().filter(|it| it.verdict == verdict).count();
    Verdict::ALL.iter().map(|verdict| (*verdict, of(*verdict))).collect()
}
