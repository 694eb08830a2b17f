//! An uninsured villager, and in the register a stranger of the same name and birthday who has
//! moved away and is in no roster any more. The stranger's cover is not the villager's, which the
//! files hardly show: E01 and E05 are both fair.

use chrono::Days;

use super::{NAMESAKE_GONE, is_plain, plainly_uninsured};
use crate::synth::dice::Dice;
use crate::synth::life::{cover, payment};
use crate::synth::people::number::Number;
use crate::synth::person::{Cover, Home, Kind, LastYear, Person, Scheme};
use crate::synth::world::Scene;
use crate::tables::Relation;

pub fn tell(people: &mut Vec<Person>, scene: &Scene) {
    let villages = scene.places.villages.len() as u64;
    let mut household = people.iter().map(|it| it.home.household).max().unwrap_or(0);
    let mut gone = Vec::new();
    for (at, person) in people.iter_mut().enumerate() {
        let can_be = is_plain(person)
            && plainly_uninsured(person)
            && person.identities.is_empty()
            && person.age(scene.as_of) >= 20;
        if villages < 2 || !can_be {
            continue;
        }
        let mut dice = Dice::new(scene.seed, "namesake gone", at as u64);
        if !dice.chance(scene.rates.alike.gone) {
            continue;
        }
        household += 1;
        let other = dice.below(villages - 1) as u16;
        let village = if other >= person.home.village { other + 1 } else { other };
        let home = Home { village, household, relation: Relation::Head, ..person.home };
        person.stories.push(NAMESAKE_GONE);
        gone.push(stranger(person, home, scene, &mut dice));
    }
    people.append(&mut gone);
}

/// Of the same name, sex and birthday; insured and paid for, and nothing else is known.
fn stranger(person: &Person, home: Home, scene: &Scene, dice: &mut Dice) -> Person {
    let number = Number {
        division: scene.places.county_of(home.village).code,
        birth: person.birth,
        sequence: 0,
    };
    let mut stranger = Person {
        kind: Kind::Gone,
        number: Some(number),
        home,
        mother: None,
        guardian: None,
        twin: false,
        last_year: LastYear::Resident,
        ..person.clone()
    };
    let on = dice.day(scene.rules.window_opens, scene.last_day);
    let from = on - Days::new(365);
    let row = cover(&stranger, Scheme::Resident, from);
    stranger.covers.push(Cover { from, ..row });
    let pay = payment(&stranger, on, 1, scene);
    stranger.pays.push(pay);
    stranger
}
