//! Paid to another county's bureau by mistake (P07).

use super::{Telling, plainly_paid};
use crate::synth::person::Person;

pub fn tell(person: &mut Person, _telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    person.pays[0].away = true;
    person.pays[0].channel = 2;
    person.collected.clear();
    true
}
