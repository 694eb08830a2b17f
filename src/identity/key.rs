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

impl PersonKey {
    /// The key that is written so; nothing where the text is no key.
    pub fn read(text: &str) -> Option<PersonKey> {
        let digits = text.strip_prefix('P').filter(|it| it.len() == 16)?;
        let is_key = digits.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        u64::from_str_radix(digits, 16).ok().filter(|_| is_key).map(PersonKey)
    }
}

/// What makes keys of what is known of persons.
pub(super) struct Keys<'a> {
    tables: &'a Tables,
    subjects: &'a [Subject],
    mac: Hmac<Sha256>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(tables: &'a Tables, subjects: &'a [Subject], secret: &[u8]) -> Keys<'a> {
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret)
            .expect("bug: HMAC takes a key of any length");
        Keys { tables, subjects, mac }
    }

    /// The key of somebody whose evidence is nobody else's.
    pub(super) fn plain(&self, person: &Person) -> PersonKey {
        self.hash(&self.evidence(person))
    }

    /// Gives every person its key. Two persons with the same evidence (twins registered without
    /// ids, say, or one id on two people) are told apart by the sources that know them, name,
    /// birth and home; whom all that does not tell apart, nobody can.
    pub(super) fn assign(&self, people: &mut [Person]) {
        people.par_iter_mut().for_each(|person| person.key = self.plain(person));
        let mut order: Vec<(PersonKey, u32)> =
            people.iter().zip(0..).map(|(person, at)| (person.key, at)).collect();
        order.par_sort_unstable();
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            let mut same: Vec<u32> = same.iter().map(|it| it.1).collect();
            same.sort_by(|a, b| {
                self.rank(&people[*a as usize]).cmp(&self.rank(&people[*b as usize]))
            });
            // The one whom the strongest list knows keeps the plain key.
            for (nth, at) in same.into_iter().enumerate().skip(1) {
                let person = &mut people[at as usize];
                let name = self.tables.texts.get(person.name);
                let household = self.tables.texts.get(person.household);
                let plain = self.evidence(person);
                person.key = self.hash(&format!("{plain}|{name}|{household}|{nth}"));
            }
        }
    }

    fn rank(&self, person: &Person) -> impl Ord + use<'a> {
        let text = |it| self.tables.texts.get(it);
        let (name, household) = (text(person.name), text(person.household));
        (person.kinds.trailing_zeros(), name, person.birth, person.sex, person.place, household)
    }

    fn hash(&self, evidence: &str) -> PersonKey {
        let mut mac = self.mac.clone();
        mac.update(evidence.as_bytes());
        let bytes = mac.finalize().into_bytes();
        PersonKey(bytes.iter().take(8).fold(0, |key, byte| key << 8 | u64::from(*byte)))
    }

    fn evidence(&self, person: &Person) -> String {
        if let Some(id) = person.id {
            return format!("id|{}", id.packed());
        }
        let texts = &self.tables.texts;
        let RecordId(home) = person.home;
        let (name, id) = (texts.get(person.name), texts.get(person.id_text));
        let birth = person.birth.map(|it| it.to_string()).unwrap_or_default();
        let kind = self.tables.kind_of(RecordId(home)).code();
        let place = texts.get(self.subjects[home as usize].place_text);
        let village = person.place.map_or(0, |it| it.0);
        let household = texts.get(person.household);
        format!("no-id|{kind}|{id}|{name}|{birth}|{village}|{place}|{household}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        for key in [0, 1, 0x0123_4567_89ab_cdef, u64::MAX].map(PersonKey) {
            assert_eq!(PersonKey::read(&key.to_string()), Some(key));
        }
        for text in ["", "P", "P+123456789abcdef", "P0123456789ABCDEF", "0123456789abcdef1"] {
            assert_eq!(PersonKey::read(text), None, "{text}");
        }
    }
}
