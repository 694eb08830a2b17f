//! Cover in another place: here too (D05), or run out (E01 after all).

use chrono::Days;

use super::{Telling, plainly_insured, plainly_uninsured};
use crate::synth::life::away;
use crate::synth::person::{Away, Person};

pub fn here_too(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) || person.age(telling.scene.as_of) < 6 {
        return false;
    }
    person.away = Some(away(person, telling.scene, telling.dice));
    true
}

/// The evidence is of an earlier year: it excuses nobody today.
pub fn expired(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_uninsured(person) && !telling.dice.chance(0.02) {
        return false;
    }
    if person.kind != crate::synth::person::Kind::Registered || person.exit.is_some() {
        return false;
    }
    super::uninsure(person);
    let evidence = run_out(person, telling);
    person.away = Some(evidence);
    true
}

/// Evidence that ended before the day of the run.
pub fn run_out(person: &Person, telling: &mut Telling<'_>) -> Away {
    let ended =
        telling.scene.as_of.min(telling.scene.year_start) - Days::new(1 + telling.dice.below(300));
    let evidence = away(person, telling.scene, telling.dice);
    Away { from: ended - Days::new(365), to: Some(ended), ..evidence }
}
