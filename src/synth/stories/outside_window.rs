//! The fee of the window paid outside it (P02).

use chrono::Days;

use super::{Telling, plainly_paid};
use crate::synth::person::Person;

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let scene = telling.scene;
    if !plainly_paid(person) || person.age(scene.as_of) < 1 {
        return false;
    }
    let late = scene.as_of > scene.rules.window_closes + Days::new(3);
    let on = if late && telling.dice.chance(0.8) {
        telling.dice.day(scene.rules.window_closes + Days::new(1), scene.as_of)
    } else {
        scene.rules.window_opens - Days::new(1 + telling.dice.below(20))
    };
    person.pays[0].on = on;
    person.pays[0].channel = 4;
    person.covers[0].from = on;
    person.collected.clear();
    true
}
