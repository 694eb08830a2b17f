//! Whether somebody who is on no row of a list is not on it.

use super::{Flaw, List, history::Entry};
use crate::{
    clean::name::{NameAgreement, agreement},
    identity::{Identities, PersonId},
    tables::{RecordId, Subject, Tables},
};

/// What it takes to tell.
pub(super) struct Absences<'a> {
    lists: &'a [List],
    tables: &'a Tables,
    identities: &'a Identities,
    /// Of each list, who is on it; in order.
    on: Vec<Vec<PersonId>>,
    /// Of each list, the categories that it names anybody of; in order.
    named: Vec<Vec<u16>>,
    /// Of each list, the rows of which it is not certain whose they are.
    doubtful: Vec<Vec<(PersonId, RecordId)>>,
}

impl<'a> Absences<'a> {
    pub(super) fn new(
        lists: &'a [List],
        entries: &[Entry],
        tables: &'a Tables,
        identities: &'a Identities,
    ) -> Absences<'a> {
        let none = || vec![Vec::new(); lists.len()];
        let (mut on, mut named) = (none(), vec![Vec::new(); lists.len()]);
        let mut doubtful = vec![Vec::new(); lists.len()];
        for it in entries {
            let list = usize::from(it.list);
            on[list].push(it.person);
            named[list].push(it.meaning);
            let person = &identities.people[it.person.0 as usize];
            if person.id.is_none() || person.probable.is_some() {
                let record = tables.categories[it.row as usize].subject.record;
                doubtful[list].push((it.person, record));
            }
        }
        // Entries are in the order of persons.
        on.iter_mut().for_each(Vec::dedup);
        named.iter_mut().for_each(|it| {
            it.sort_unstable();
            it.dedup();
        });
        Absences { lists, tables, identities, on, named, doubtful }
    }

    /// Why it is not certain that a person on no row of a category is not in it.
    pub(super) fn doubt(&self, person: PersonId, list: usize, category: u16) -> Option<Flaw> {
        let is_named = self.named[list].binary_search(&category).is_ok();
        if let Some(flaw) = self.lists[list].flaws.first() {
            Some(*flaw)
        } else if !is_named {
            Some(Flaw::CategoryMissing)
        } else if self.identities.people[person.0 as usize].id.is_none() {
            Some(Flaw::Untold)
        } else {
            self.may_be_on(person, list).then_some(Flaw::MaybeListed)
        }
    }

    /// Whether a row whose person is not certain may be this person's.
    fn may_be_on(&self, person: PersonId, list: usize) -> bool {
        self.doubtful[list].iter().any(|(other, record)| {
            *other != person
                && (self.is_question(person, *other) || self.is_alike(person, *other, *record))
                && !self.are_both_on_one(person, *other)
        })
    }

    /// Whether identification asks if the two are one.
    fn is_question(&self, one: PersonId, other: PersonId) -> bool {
        let asks = |it: PersonId, whom: PersonId| {
            self.identities.people[it.0 as usize].probable.is_some_and(|it| it.person == whom)
        };
        asks(one, other) || asks(other, one)
    }

    /// Whether a row of somebody without a whole number has the person's name or, without a name,
    /// the person's village.
    fn is_alike(&self, person: PersonId, other: PersonId, record: RecordId) -> bool {
        let people = &self.identities.people;
        let (person, other) = (&people[person.0 as usize], &people[other.0 as usize]);
        if other.id.is_some() {
            return false;
        }
        let row: &Subject = self.tables.subject(record);
        let is_at_home = row.place.is_none() || row.place == person.place;
        if !row.name.is_some() {
            return is_at_home;
        }
        let texts = &self.tables.texts;
        match agreement(texts.get(person.name), texts.get(row.name)) {
            NameAgreement::Unrelated => false,
            // Two of one surname are one character apart already.
            NameAgreement::OneCharacter | NameAgreement::Permuted => is_at_home,
            _ => true,
        }
    }

    /// Two on one list are two.
    fn are_both_on_one(&self, one: PersonId, other: PersonId) -> bool {
        self.on.iter().any(|on| on.binary_search(&one).is_ok() && on.binary_search(&other).is_ok())
    }
}
