//! Father and son, or grandfather and grandson, with names one character or a tone apart in one
//! household, of whom one is insured. The other is not (E01), and they are two (no D01).

use chrono::Datelike;

use super::{FATHER_ALIKE, is_plain, name_like, part};
use crate::clean::sex::Sex;
use crate::synth::dice::Dice;
use crate::synth::people::name::surname_of;
use crate::synth::person::{Kind, Person};
use crate::synth::world::Scene;

/// The youngest that a father is older than his son.
const GENERATION: i32 = 18;

pub fn tell(people: &mut [Person], scene: &Scene) {
    for at in 0..people.len() {
        let Some(son) = descendant(people, at) else { continue };
        let mut dice = Dice::new(scene.seed, "father alike", at as u64);
        if !dice.chance(scene.rates.alike.father) {
            continue;
        }
        let name = name_like(&people[at].name, Sex::Male, people[son].birth.year(), &mut dice);
        if let Some(name) = name.filter(|_| part(people, at, son, FATHER_ALIKE)) {
            people[son].name = name;
        }
    }
}

/// A plain man's son or grandson in the household. Members of a household stand together.
fn descendant(people: &[Person], at: usize) -> Option<usize> {
    let man = &people[at];
    if man.sex != Sex::Male || !is_plain(man) {
        return None;
    }
    let members = people[at + 1..].iter().take_while(|it| it.home.household == man.home.household);
    let members: Vec<&Person> = members.collect();
    // An unnamed baby goes by its father's name, which therefore has to stay.
    if members.iter().any(|it| it.kind == Kind::Newborn) {
        return None;
    }
    let is_son = |it: &&Person| {
        it.sex == Sex::Male
            && is_plain(it)
            && it.birth.year() - man.birth.year() >= GENERATION
            && surname_of(&it.name) == surname_of(&man.name)
    };
    members.iter().position(is_son).map(|it| at + 1 + it)
}
