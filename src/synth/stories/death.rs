//! Death, with the registration cancelled or (for a while) not.

use chrono::Days;

use super::{Telling, end_covers, uninsure};
use crate::synth::person::{Exit, Kind, Person};

/// Died within the last two years; the police know, and usually a list as well.
pub fn registered(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    happen(person, telling, true)
}

/// On a death list, and still alive in the roster.
pub fn unregistered(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    happen(person, telling, false)
}

fn happen(person: &mut Person, telling: &mut Telling<'_>, roster: bool) -> bool {
    let old = person.age(telling.scene.as_of) >= 55 || telling.dice.chance(0.08);
    if !old || person.kind != Kind::Registered {
        return false;
    }
    let on = telling.dice.day(telling.scene.as_of - Days::new(600), telling.scene.as_of);
    let (a, b) = (telling.dice.chance(0.6), telling.dice.chance(0.6));
    // Somebody always knows: a death that no file shows cannot be judged.
    let (health, civil) = if roster { (a, b) } else { (a, b || !a) };
    person.exit = Some(Exit::Death { on, roster, health, civil });
    telling.answered(person, if roster { "D1" } else { "D2" }, true);
    if on < telling.scene.rules.window_opens || person.pays.iter().any(|it| it.on >= on) {
        uninsure(person);
    } else {
        end_covers(person, on);
    }
    true
}
