//! Rows of returned lists go to those whom their findings are about.
//!
//! A list goes out with masked numbers, so a row that comes back often describes nobody. But it names
//! its finding, and the book knows whose that is.

use super::{
    Case,
    known::{ByKey, is_of_other},
};
use crate::{
    identity::{Identities, Link, LinkMethod, PersonId},
    tables::Tables,
};

/// Gives each answer that follows nobody to the person of its finding, unless it is about another.
pub fn attach(tables: &Tables, book: &[Case], identities: &mut Identities) {
    let Identities { links, people, n_nobodys, .. } = identities;
    let is_nobodys = |it: &Link| it.person == PersonId::NOBODY;
    let rows: Vec<_> = tables
        .answers
        .iter()
        .filter(|it| is_nobodys(&links[it.subject.record.0 as usize]))
        .collect();
    if rows.is_empty() || book.is_empty() {
        return;
    }
    let people = ByKey::new(people);
    for row in rows {
        let id = tables.texts.get(row.finding);
        let case = book.binary_search_by(|it| it.found.finding.as_str().cmp(id));
        let key = case.ok().map(|at| book[at].found.person.as_str());
        let Some(person) = key.and_then(|it| people.id(it)) else { continue };
        if !is_of_other(&tables.texts, row, people.get(person)) {
            let method = LinkMethod::Finding;
            links[row.subject.record.0 as usize] = Link { person, method, probability: 1.0 };
            *n_nobodys -= 1;
        }
    }
}
