//! Renamed after registration: some departments still have the former name.

use chrono::Datelike;

use super::Telling;
use crate::synth::people::name::{given, surname_of};
use crate::synth::person::{Kind, Person};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if person.kind != Kind::Registered || person.name.contains('·') {
        return false;
    }
    let newer = given(telling.dice, person.sex, person.birth.year(), None);
    let name = format!("{}{newer}", surname_of(&person.name));
    if name == person.name {
        return false;
    }
    person.former_name = Some(std::mem::replace(&mut person.name, name));
    true
}
