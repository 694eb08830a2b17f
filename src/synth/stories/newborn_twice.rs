//! Enrolled at birth under the certificate, and again once there was a number (D03, D01).

use super::{Telling, plainly_insured};
use crate::synth::person::{Cover, Person, Wrote};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !person.birth_listed || person.mother.is_none() || !plainly_insured(person) {
        return false;
    }
    let serial = telling.dice.below(1_000_000_000);
    person.certificate = Some(format!("W{serial:09}"));
    let first = person.covers[0];
    let from = telling.dice.day(person.birth, first.from.max(person.birth));
    person.covers.push(Cover { wrote: Wrote::Certificate, from, ..first });
    true
}
