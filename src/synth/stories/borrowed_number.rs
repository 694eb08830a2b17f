//! Enrolled and paid under a number that is not the person's: a parent's, a neighbour's, or the
//! right one with a digit wrong.

use super::{Telling, plainly_insured};
use crate::synth::person::{Person, Wrote};

/// A child under a parent's number (D02).
pub fn guardian(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let small = person.age(telling.scene.as_of) < 14;
    if !small || person.guardian.is_none() || !plainly_insured(person) {
        return false;
    }
    write(person, Wrote::Guardian)
}

/// Under another villager's number, taken from the line above (D02).
pub fn stranger(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) {
        return false;
    }
    let near = (telling.at + 1 + telling.dice.below(400) as usize) % telling.homes.len();
    if telling.homes[near].household == person.home.household {
        return false;
    }
    person.lender = Some(near as u32);
    write(person, Wrote::Borrowed)
}

/// One digit wrong, in the register and in the feed alike (E05).
pub fn slipped(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) {
        return false;
    }
    telling.answered(person, "X1", true);
    write(person, Wrote::Slipped)
}

fn write(person: &mut Person, wrote: Wrote) -> bool {
    person.covers.iter_mut().for_each(|it| it.wrote = wrote);
    person.pays.iter_mut().for_each(|it| it.wrote = wrote);
    true
}
