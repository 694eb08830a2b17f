//! Moved to another village unit: a paused row beside the active one, which is no lapse.

use chrono::Days;

use super::{Telling, plainly_insured};
use crate::synth::person::{Cover, Person, Status};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) {
        return false;
    }
    let village = telling.dice.below(telling.scene.places.villages.len() as u64) as u16;
    let on = person.covers[0].from;
    let from = on - Days::new(700);
    person.covers.push(Cover {
        status: Status::Paused,
        paused_on: Some(on),
        from,
        village,
        ..person.covers[0]
    });
    true
}
