//! Findings that an answer may name: those of the book and those of tonight.

use rustc_hash::FxHashMap;

use super::{Case, Found};
use crate::{
    clean::name::{NameAgreement, agreement},
    identity::{Person, PersonId, PersonKey},
    tables::{Answer, DivisionId, Texts},
};

/// Everybody, by key.
pub struct ByKey<'a> {
    people: &'a [Person],
    at: FxHashMap<PersonKey, PersonId>,
}

impl<'a> ByKey<'a> {
    pub fn new(people: &'a [Person]) -> ByKey<'a> {
        let at = people.iter().zip(0..).map(|(it, at)| (it.key, PersonId(at)));
        ByKey { people, at: at.collect() }
    }

    /// The person of a key as it is written.
    pub fn id(&self, key: &str) -> Option<PersonId> {
        self.at.get(&PersonKey::read(key)?).copied()
    }

    pub fn get(&self, id: PersonId) -> &'a Person {
        &self.people[id.0 as usize]
    }

    pub fn person(&self, key: &str) -> Option<&'a Person> {
        self.id(key).map(|it| self.get(it))
    }
}

/// Whether a row that names a finding is about another person than the finding: its name is none
/// of that person's, or it has no name and the village is another.
pub fn is_of_other(texts: &Texts, row: &Answer, person: &Person) -> bool {
    let (name, known) = (texts.get(row.subject.name), texts.get(person.name));
    if !name.is_empty() && !known.is_empty() {
        return agreement(known, name) == NameAgreement::Unrelated;
    }
    let is_other = |place: DivisionId| person.place.is_some_and(|it| it != place);
    row.subject.place.is_some_and(is_other)
}

/// A finding that an answer may name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub found: &'a Found,
    pub first_seen: chrono::NaiveDate,
    /// Whether it is found tonight.
    pub is_tonight: bool,
}

/// Those of the book and of tonight, each once, in the order of ids.
pub(super) fn known<'a>(
    before: &'a [Case],
    found: &'a [Found],
    as_of: chrono::NaiveDate,
) -> Vec<Known<'a>> {
    let tonight = found.iter().map(|found| Known { found, first_seen: as_of, is_tonight: true });
    let mut all: Vec<Known<'_>> = tonight.collect();
    all.sort_by(|a, b| a.found.finding.cmp(&b.found.finding));
    let mut gone = Vec::new();
    for case in before {
        match all.binary_search_by(|it| it.found.finding.cmp(&case.found.finding)) {
            Ok(at) => all[at].first_seen = case.first_seen,
            Err(_) => gone.push(Known {
                found: &case.found,
                first_seen: case.first_seen,
                is_tonight: false,
            }),
        }
    }
    all.extend(gone);
    all.sort_by(|a, b| a.found.finding.cmp(&b.found.finding));
    all
}
