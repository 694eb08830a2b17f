//! Came to flexible employment with resident cover of before: lawful until the wait of the new
//! cover ends, an overlap from then on (D04).

use chrono::{Days, NaiveDate};

use super::{Telling, plainly_paid};
use crate::synth::life::cover;
use crate::synth::person::{Cover, Person, Scheme};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let as_of = telling.scene.as_of;
    let Some(rule) = telling.scene.rules.flexible else { return false };
    if !plainly_paid(person) || !(20..60).contains(&person.age(as_of)) {
        return false;
    }
    let since = rule.from.max(person.covers[0].from + Days::new(1));
    let waits_since = rule.waits_since(as_of).max(since);
    let wanted = match telling.dice.chance(0.5) {
        true => (waits_since, as_of),
        false => (since, waits_since - Days::new(1)),
    };
    let is_possible = |days: &(NaiveDate, NaiveDate)| days.0 <= days.1;
    let Some(days) = [wanted, (since, as_of)].into_iter().find(is_possible) else { return false };
    let from = telling.dice.day(days.0, days.1);
    person.covers.push(Cover { person_type: 1103, ..cover(person, Scheme::Employee, from) });
    true
}
