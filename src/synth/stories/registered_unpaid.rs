//! Registered for the year and never paid (E02).

use super::{Telling, plainly_paid};
use crate::synth::person::Person;

pub fn tell(person: &mut Person, _telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    person.pays.clear();
    person.collected.clear();
    true
}
