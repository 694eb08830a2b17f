//! Paid for the year and not in the register (E03).

use super::{Telling, plainly_paid};
use crate::synth::person::Person;

pub fn tell(person: &mut Person, _telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    person.covers.clear();
    true
}
