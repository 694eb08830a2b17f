//! A subsidised resident payment of somebody an employer insures (S05, and D04).

use super::{Telling, plainly_insured};
use crate::synth::life::cover;
use crate::synth::person::{Cover, Person, Scheme};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let working = (20..60).contains(&person.age(telling.scene.as_of));
    if !plainly_insured(person) || !working || person.pays[0].subsidy_fen == 0 {
        return false;
    }
    let from = person.pays[0].on - chrono::Days::new(60 + telling.dice.below(700));
    person.covers.push(Cover { person_type: 1101, ..cover(person, Scheme::Employee, from) });
    true
}
