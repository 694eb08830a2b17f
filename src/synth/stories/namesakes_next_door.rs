//! Two strangers of one village with one name, sex and birthday and a number each, of whom one is
//! insured. The other is not (E01), and they are two (no D01).

use chrono::Datelike;
use rustc_hash::FxHashMap;

use super::{NAMESAKES_NEXT_DOOR, is_plain, part};
use crate::clean::sex::Sex;
use crate::synth::dice::Dice;
use crate::synth::person::Person;
use crate::synth::world::Scene;
use crate::tables::Relation;

pub fn tell(people: &mut [Person], scene: &Scene) {
    let mut waiting: FxHashMap<(u16, bool, i32), usize> = FxHashMap::default();
    for at in 0..people.len() {
        let person = &people[at];
        // Whoever married in may be called anything.
        let married_in = matches!(person.home.relation, Relation::Spouse | Relation::ChildInLaw);
        if !married_in || !is_plain(person) {
            continue;
        }
        let key = (person.home.village, person.sex == Sex::Male, person.birth.year());
        let Some(&other) = waiting.get(&key) else {
            let mut dice = Dice::new(scene.seed, "next door", at as u64);
            // One adult in five can be either of the pair, and half find nobody.
            if dice.chance(scene.rates.alike.next_door * 8.0) {
                waiting.insert(key, at);
            }
            continue;
        };
        let strangers = people[other].home.household != person.home.household;
        if strangers && part(people, other, at, NAMESAKES_NEXT_DOOR) {
            let (name, birth) = (people[other].name.clone(), people[other].birth);
            let person = &mut people[at];
            person.name = name;
            person.birth = birth;
            person.registered_on = person.registered_on.max(birth);
            person.number.iter_mut().for_each(|it| it.birth = birth);
            waiting.remove(&key);
        }
    }
}
