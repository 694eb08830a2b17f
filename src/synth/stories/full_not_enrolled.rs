//! In a fully subsidised category and nobody enrolled them (S06).

use super::{Telling, plainly_insured, uninsure};
use crate::synth::person::Person;

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let (fen, _) = person.entitlement(&telling.scene.rules, telling.scene.as_of);
    if !plainly_insured(person) || fen < telling.scene.rules.fee_fen {
        return false;
    }
    uninsure(person);
    true
}
