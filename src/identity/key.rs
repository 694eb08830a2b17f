//! Person keys: the same person keeps the same key from night to night.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use rayon::prelude::*;
use sha2::Sha256;

use super::Person;
use crate::tables::{RecordId, Subject, Tables};

/// A person's stable key: a keyed hash of the strongest certificate known, never of a row's
/// position. Without the key file nobody can go from an id to a key by trying ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PersonKey(pub u64);

impl fmt::Display for PersonKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "P{:016x}", self.0)
    }
}

/// Gives every person its key. Two persons with the same evidence (twins registered without ids,
/// say, or one id on two people) are told apart by name and home, and in the end by their order.
pub(super) fn assign(tables: &Tables, subjects: &[Subject], people: &mut [Person], secret: &[u8]) {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret)
        .expect("bug: HMAC takes a key of any length");
    people.par_iter_mut().for_each(|person| {
        person.key = hash(&mac, &evidence(tables, subjects, person));
    });
    let mut order: Vec<(PersonKey, u32)> =
        people.iter().zip(0..).map(|(person, at)| (person.key, at)).collect();
    order.par_sort_unstable();
    for same in order.chunk_by(|a, b| a.0 == b.0) {
        // The first, whose records come first, keeps the plain key.
        for (nth, (_, at)) in same.iter().enumerate().skip(1) {
            let person = &people[*at as usize];
            let name = tables.texts.get(person.name);
            let household = tables.texts.get(person.household);
            let plain = evidence(tables, subjects, person);
            people[*at as usize].key = hash(&mac, &format!("{plain}|{name}|{household}|{nth}"));
        }
    }
}

fn hash(mac: &Hmac<Sha256>, evidence: &str) -> PersonKey {
    let mut mac = mac.clone();
    mac.update(evidence.as_bytes());
    let bytes = mac.finalize().into_bytes();
    PersonKey(bytes.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)))
}

fn evidence(tables: &Tables, subjects: &[Subject], person: &Person) -> String {
    if let Some(id) = person.id {
        return format!("id|{}", id.packed());
    }
    let texts = &tables.texts;
    let RecordId(home) = person.home;
    let (name, id) = (texts.get(person.name), texts.get(person.id_text));
    let birth = person.birth.map(|it| it.to_string()).unwrap_or_default();
    let kind = tables.kind_of(RecordId(home)).code();
    let place = texts.get(subjects[home as usize].place_text);
    let village = person.place.map_or(0, |it| it.0);
    let household = texts.get(person.household);
    format!("no-id|{kind}|{id}|{name}|{birth}|{village}|{place}|{household}")
}
