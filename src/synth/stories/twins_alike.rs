//! Twins with names one character or a tone apart, of whom one is insured: 张文 and 张雯. The other
//! is uninsured all the same (E01), and they are two (no D01).

use chrono::Datelike;

use super::{TWINS_ALIKE, is_plain, name_like, part};
use crate::synth::dice::Dice;
use crate::synth::person::Person;
use crate::synth::world::Scene;

pub fn tell(people: &mut [Person], scene: &Scene) {
    for at in 1..people.len() {
        let [one, other] = [&people[at - 1], &people[at]];
        let are_twins = one.twin
            && other.twin
            && (one.birth, one.home.household) == (other.birth, other.home.household);
        if !are_twins || !is_plain(one) || !is_plain(other) {
            continue;
        }
        let mut dice = Dice::new(scene.seed, "twins alike", at as u64);
        if !dice.chance(scene.rates.alike.twins) {
            continue;
        }
        let name = name_like(&one.name, other.sex, other.birth.year(), &mut dice);
        if let Some(name) = name.filter(|_| part(people, at - 1, at, TWINS_ALIKE)) {
            people[at].name = name;
        }
    }
}
