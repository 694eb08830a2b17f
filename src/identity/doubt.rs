//! Cover that probably is somebody's, under an identity that is not: never joined, never ignored.
//!
//! A row of the register, the feed or the evidence that belongs to nobody known, and exactly one
//! person of that name and day of birth (or, where the row states no birth, of that village). Such
//! a person goes to review rather than to the list of those to be mobilised.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Person;
use crate::tables::{RecordId, Row, SourceKind, Subject, Tables, TextId};

/// What makes a person known: a list of persons, not money and not the register.
const LISTS: [SourceKind; 4] =
    [SourceKind::Household, SourceKind::ResidencePermit, SourceKind::Birth, SourceKind::Student];

/// For each person (by position) the row that probably is their cover.
pub(super) fn probable_cover(
    tables: &Tables,
    people: &[Person],
    person_of: impl Fn(RecordId) -> usize,
) -> Vec<(usize, RecordId)> {
    let is_known = |person: &Person| LISTS.iter().any(|kind| person.is_in(*kind));
    let is_stray = |it: &&Subject| it.name.is_some() && !is_known(&people[person_of(it.record)]);
    let rows = tables.enrolments.iter().map(Row::subject);
    let rows = rows.chain(tables.payments.iter().map(Row::subject));
    let rows = rows.chain(tables.elsewhere.iter().map(Row::subject));
    let strays: Vec<&Subject> = rows.filter(is_stray).collect();
    let names: FxHashSet<TextId> = strays.iter().map(|it| it.name).collect();
    let mut bearers: FxHashMap<TextId, Vec<usize>> = FxHashMap::default();
    for (at, person) in people.iter().enumerate() {
        if names.contains(&person.name) && is_known(person) {
            bearers.entry(person.name).or_default().push(at);
        }
    }
    let mut found: Vec<(usize, RecordId)> = strays
        .iter()
        .filter_map(|stray| {
            let fits = |at: &&usize| fits(&people[**at], stray);
            let mut fitting = bearers.get(&stray.name)?.iter().filter(fits);
            let one = *fitting.next()?;
            fitting.next().is_none().then_some((one, stray.record))
        })
        .collect();
    found.sort();
    found.dedup_by_key(|it| it.0);
    found
}

fn fits(person: &Person, stray: &Subject) -> bool {
    let differ_in_sex = matches!((person.sex, stray.sex_known()), (Some(a), Some(b)) if a != b);
    if differ_in_sex {
        return false;
    }
    match (person.birth, stray.birth_known()) {
        (Some(a), Some(b)) => a == b,
        _ => person.place.is_some() && person.place == stray.place,
    }
}
