//! Moved away, army, prison, settled abroad.

use chrono::Days;

use super::{Telling, uninsure};
use crate::clean::sex::Sex;
use crate::synth::person::{Exit, Kind, Person};

pub fn moved_out(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if person.kind != Kind::Registered {
        return false;
    }
    let on = telling.dice.day(telling.scene.as_of - Days::new(500), telling.scene.as_of);
    if person.pays.iter().any(|it| it.subsidy_fen > 0 && it.on > on) {
        return false;
    }
    if telling.dice.chance(0.7) {
        uninsure(person);
    }
    person.exit = Some(Exit::MovedOut { on });
    telling.answered(person, "H1", true);
    true
}

/// Young men and a few women; half of them are struck off the roster.
pub fn army(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let young = (18..=26).contains(&person.age(telling.scene.as_of));
    if !young
        || person.kind != Kind::Registered
        || (person.sex == Sex::Female && telling.dice.chance(0.8))
    {
        return false;
    }
    let from = telling.dice.day(telling.scene.as_of - Days::new(1000), telling.scene.as_of);
    uninsure(person);
    telling.answered(person, "M1", true);
    person.exit = Some(Exit::Army { from, roster: telling.dice.chance(0.5) });
    true
}

pub fn prison(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let from = telling.scene.as_of - Days::new(telling.dice.below(1500) + 1);
    let to = telling.scene.as_of + Days::new(telling.dice.below(2500) + 30);
    serve(person, telling, from, to)
}

/// Served, released, and in nobody's register since: no longer exempt.
pub fn released(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let to = telling.scene.as_of - Days::new(telling.dice.below(200) + 1);
    let from = to - Days::new(telling.dice.below(1500) + 180);
    serve(person, telling, from, to)
}

fn serve(
    person: &mut Person,
    telling: &mut Telling<'_>,
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
) -> bool {
    if person.kind != Kind::Registered || !(19..=60).contains(&person.age(telling.scene.as_of)) {
        return false;
    }
    uninsure(person);
    if to > telling.scene.as_of {
        telling.answered(person, "J1", true);
    }
    person.exit = Some(Exit::Prison { from, to });
    true
}

pub fn abroad(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if person.kind != Kind::Registered || !(20..=60).contains(&person.age(telling.scene.as_of)) {
        return false;
    }
    uninsure(person);
    telling.answered(person, "H3", true);
    person.exit =
        Some(Exit::Abroad { from: telling.scene.as_of - Days::new(telling.dice.below(2500) + 1) });
    true
}
