//! A person: what is best known, and who probably is the same.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Link, Match, PersonId, PersonKey, groups::Groups, key::Keys, stated::Stated};
use crate::{
    clean::id_number::{IdNumber, IdState},
    tables::{
        DivisionId, RecordId, RegistrationStatus, Resident, Sex, SourceKind, Subject, Tables,
        TextId,
    },
};

/// Somebody who probably is the same person under another identity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probable {
    pub person: PersonId,
    /// The row of the other that was compared.
    pub record: RecordId,
    pub probability: f32,
    /// Whether the two live in one village or household.
    pub is_at_home: bool,
}

/// What is best known of a person, taken from the strongest record.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub key: PersonKey,
    pub id: Option<IdNumber>,
    pub id_state: IdState,
    /// The certificate as found, where there is no `id`.
    pub id_text: TextId,
    pub name: TextId,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    /// Village, or township where that is all that is known.
    pub place: Option<DivisionId>,
    pub household: TextId,
    /// The kinds of source that have a row of this person, a bit each in `SourceKind` order.
    pub kinds: u16,
    /// Somebody who probably is the same, which a human has to see.
    pub probable: Option<Probable>,
    /// The record that `place` and `household` come from.
    pub home: RecordId,
}

impl Person {
    /// Whether a source of this kind has a row of the person.
    pub fn is_in(&self, kind: SourceKind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// Whether a list of persons has a row of the person.
    pub fn is_listed(&self) -> bool {
        SourceKind::LISTS.iter().any(|kind| self.is_in(*kind))
    }
}

/// Describes every person from its records; `borrowed` says which bear a number of another's.
pub(super) fn describe(
    tables: &Tables,
    subjects: &[Subject],
    links: &[Link],
    borrowed: &[bool],
    keys: &Keys<'_>,
) -> Vec<Person> {
    let groups = Groups::new(links);
    let mut people: Vec<Person> = (0..groups.len() as u32)
        .into_par_iter()
        .map(|person| describe_one(tables, subjects, groups.of(PersonId(person)), borrowed))
        .collect();
    keys.assign(&mut people);
    people
}

/// What is known best decides: the strongest kind of source that states a thing and, within a
/// kind, the thing itself, so that the order of rows does not matter.
pub(super) fn describe_one(
    tables: &Tables,
    subjects: &[Subject],
    records: &[RecordId],
    borrowed: &[bool],
) -> Person {
    let stated = Stated { tables, subjects, records };
    let number = stated.value(|it| {
        let is_own = !borrowed[it.record.0 as usize];
        it.id.filter(|_| is_own).map(|id| (id, it.id_state))
    });
    let unnumbered = || stated.value(|it| it.id.is_none().then_some(it.id_state));
    let state = number.map(|it| it.1).or_else(unnumbered).unwrap_or(IdState::Missing);
    let id = number.map(|it| it.0);
    let household = household_of(tables, records);
    let village = |it: &Subject| Some((it.place?, it.place_text.is_some()));
    // A row of the household that stands for the person before one of any other.
    let home = stated
        .rows()
        .filter_map(|(kind, it)| Some((village(it)?, kind, it.record)))
        .min_by_key(|((place, is_doubtful), kind, record)| {
            let is_other_home =
                tables.resident(*record).is_some_and(|it| it.household != household);
            (*is_doubtful, *kind, is_other_home, *place)
        });
    Person {
        key: PersonKey::default(),
        id,
        id_state: state,
        id_text: stated.text(|it| it.id_text),
        name: stated.text(|it| it.name),
        sex: id.map(IdNumber::sex).or_else(|| stated.value(|it| it.sex)),
        birth: id.map(IdNumber::birth).or_else(|| stated.value(|it| it.birth)),
        place: home.map(|it| it.0.0),
        household,
        kinds: stated.kinds(),
        probable: None,
        home: home.map_or(records[0], |it| it.2),
    }
}

/// The household of a person: of several, that of a live registration, and the first by number.
fn household_of(tables: &Tables, records: &[RecordId]) -> TextId {
    let rows = records.iter().filter_map(|it| tables.resident(*it));
    let rows = rows.filter(|it| it.household.is_some());
    let key = |it: &&Resident| {
        (it.status != RegistrationStatus::Registered, tables.texts.get(it.household))
    };
    rows.min_by_key(key).map_or(TextId::NONE, |it| it.household)
}

/// Notes at both ends of every question whom the other probably is: the likeliest of several.
pub(super) fn ask(links: &[Link], matches: &[Match], people: &mut [Person]) {
    let person = |record: RecordId| links[record.0 as usize].person;
    for it in matches.iter().filter(|it| !it.is_joined) {
        let (one, other) = (person(it.record), person(it.with));
        if one == other {
            continue;
        }
        for (at, whom, record) in [(one, other, it.with), (other, one, it.record)] {
            let key = people[whom.0 as usize].key;
            let (probability, is_at_home) = (it.probability, it.is_at_home());
            let found = Probable { person: whom, record, probability, is_at_home };
            let known = people[at.0 as usize].probable;
            let is_better = known.is_none_or(|known| {
                let known_key = people[known.person.0 as usize].key;
                (found.probability, std::cmp::Reverse(key))
                    > (known.probability, std::cmp::Reverse(known_key))
            });
            if is_better {
                people[at.0 as usize].probable = Some(found);
            }
        }
    }
}
