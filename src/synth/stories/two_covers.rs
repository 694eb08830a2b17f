//! Two active rows in this county's register (D03, D04).

use chrono::Days;

use super::{Telling, plainly_insured, plainly_paid};
use crate::synth::life::cover;
use crate::synth::person::{Cover, Person, Scheme};

/// Enrolled as a resident twice, by two villages or two person numbers.
pub fn resident_twice(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) {
        return false;
    }
    let village = telling.dice.below(telling.scene.places.villages.len() as u64) as u16;
    let from = telling.window_day();
    person.covers.push(Cover { village, from, ..person.covers[0] });
    true
}

/// Paid as a resident and insured by an employer.
pub fn resident_and_employee(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) || !(20..=62).contains(&person.age(telling.scene.as_of)) {
        return false;
    }
    let person_type = if telling.dice.chance(0.2) { 1103 } else { 1101 };
    let from = telling.scene.as_of - Days::new(30 + telling.dice.below(900));
    person.covers.push(Cover { person_type, ..cover(person, Scheme::Employee, from) });
    true
}
