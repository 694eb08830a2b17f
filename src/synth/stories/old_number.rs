//! A number the police corrected: insurance has the old one (E05 or D01), or the roster both.

use super::{Telling, plainly_insured};
use crate::synth::person::{Home, Kind, Person, Wrote};
use crate::tables::Relation;

/// Register and feed know the old number only.
pub fn in_insurance(person: &mut Person, _telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) || person.number.is_none() {
        return false;
    }
    person.old_number = person.number;
    person.covers.iter_mut().for_each(|it| it.wrote = Wrote::Old);
    person.pays.iter_mut().for_each(|it| it.wrote = Wrote::Old);
    true
}

/// The roster has not cancelled the old registration.
pub fn twice_in_roster(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if person.kind != Kind::Registered || person.number.is_none() || person.exit.is_some() {
        return false;
    }
    person.old_number = person.number;
    person.twice_in_roster = true;
    if telling.dice.chance(telling.scene.rates.alike.two_villages) {
        let other = *telling.dice.pick(telling.homes);
        let elsewhere = other.village != person.home.village;
        person.old_home = elsewhere.then_some(Home { relation: Relation::Child, ..other });
    }
    true
}
