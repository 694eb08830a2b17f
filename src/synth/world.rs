//! The whole county: people first, then the life of each, then what crosses households.

use chrono::{Datelike, Days, NaiveDate};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::dice::{Dice, spread};
use super::people::household::{self, Village};
use super::people::name::Clans;
use super::people::newcomer::newcomer;
use super::people::number::hand_out_sequences;
use super::person::{Home, Kind, Person, Wrote};
use super::places::Places;
use super::rates::Rates;
use super::rules::Rules;
use super::{life, stories};
use crate::clean::sex::Sex;
use crate::tables::Relation;

/// What every part of the generator may look at.
pub struct Scene {
    pub seed: u64,
    pub rules: Rules,
    pub rates: Rates,
    pub places: Places,
    pub as_of: NaiveDate,
    /// The last day of the window that the files can know of.
    pub last_day: NaiveDate,
    /// The first day of the insurance year.
    pub year_start: NaiveDate,
    /// Whether category lists come whole every month, without days.
    pub monthly_lists: bool,
}

/// The scene and its people; a person's key is their position.
pub struct World {
    pub scene: Scene,
    pub people: Vec<Person>,
}

impl Scene {
    pub fn new(seed: u64, rules: Rules, rates: Rates, places: Places, as_of: NaiveDate) -> Scene {
        let last_day = rules.window_closes.min(as_of);
        let year_start = NaiveDate::from_ymd_opt(rules.coverage_year, 1, 1).unwrap_or(as_of);
        let switching = if rules.flexible.is_some() { rates.switching } else { 0.0 };
        let rates = Rates { switching, ..rates };
        let monthly_lists = false;
        Scene { seed, rules, rates, places, as_of, last_day, year_start, monthly_lists }
    }
}

impl World {
    /// The county with about `wanted` registered people.
    pub fn build(scene: Scene, wanted: usize) -> World {
        let mut people = settle(&scene, wanted);
        namesakes(&scene, &mut people);
        let homes: Vec<Home> = people.iter().map(|it| it.home).collect();
        people.par_iter_mut().enumerate().for_each(|(at, person)| {
            let mut dice = Dice::new(scene.seed, "life", at as u64);
            life::live(person, at, &scene, &mut dice);
            let mut dice = Dice::new(scene.seed, "stories", at as u64);
            stories::tell(
                person,
                &mut stories::Telling { at, scene: &scene, homes: &homes, dice: &mut dice },
            );
            life::pension_too(person, &scene, &mut dice);
            person.pays.retain(|it| it.on <= scene.as_of);
            person.collected.retain(|it| it.on <= scene.as_of);
        });
        stories::tell_of_two(&mut people, &scene);
        hand_out_sequences(&mut people, scene.seed, scene.rates.shared_number);
        renumber_old(&mut people);
        mark_lenders(&mut people);
        World { scene, people }
    }
}

/// Fills the villages in proportion to their weights.
fn settle(scene: &Scene, wanted: usize) -> Vec<Person> {
    let villages = &scene.places.villages;
    let total: f64 = villages.iter().map(|it| it.weight).sum();
    let filled: Vec<Vec<Person>> = (0..villages.len())
        .into_par_iter()
        .map(|at| fill(scene, at, (villages[at].weight / total * wanted as f64).round() as usize))
        .collect();
    let mut people: Vec<Person> = Vec::with_capacity(wanted + wanted / 20);
    let mut households = 0;
    for mut village in filled {
        let first = people.len() as u32;
        let last = village.iter().map(|it| it.home.household).max().unwrap_or(0);
        for person in &mut village {
            person.home.household += households;
            person.mother = person.mother.map(|it| it + first);
            person.guardian = person.guardian.map(|it| it + first);
        }
        households += last + 1;
        people.append(&mut village);
    }
    people
}

/// The people of one village; households and mothers are counted from 0.
fn fill(scene: &Scene, village: usize, size: usize) -> Vec<Person> {
    let key = scene.places.villages[village].code;
    let mut dice = Dice::new(scene.seed, "village", key);
    let clans = Clans::of(&mut dice);
    let frame = Village {
        clans: &clans,
        county: scene.places.county_of(village as u16).code,
        as_of: scene.as_of,
        twins: scene.rates.twins,
        shared_letter: scene.rates.shared_letter,
        unregistered_birth: scene.rates.unregistered_birth,
    };
    let groups = (size / 110).clamp(2, 30) as u64;
    let mut people = Vec::with_capacity(size + 8);
    let mut households = 0;
    while people.len() < size {
        let mut dice = Dice::new(scene.seed ^ spread(key), "household", u64::from(households));
        let home = Home {
            village: village as u16,
            group: 1 + dice.below(groups) as u8,
            house: 1 + dice.below(60) as u16,
            household: households,
            relation: Relation::Head,
        };
        let mut members = household::household(&frame, home, &mut dice);
        let first = people.len() as u32;
        for member in &mut members {
            member.mother = member.mother.map(|it| it + first);
            member.guardian = member.guardian.map(|it| it + first);
        }
        people.append(&mut members);
        for (kind, rate) in [
            (Kind::Permit, scene.rates.permits),
            (Kind::Student, scene.rates.visiting_students),
            (Kind::Outsider, scene.rates.outsiders),
        ] {
            // About three people a household, and one draw in three finds nobody suitable.
            if dice.chance(rate * 4.5) {
                people.extend(newcomer(&frame, home, kind, &mut dice).map(|mut it| {
                    households += 1;
                    it.home.household = households;
                    it.home.relation = Relation::Head;
                    it
                }));
            }
        }
        households += 1;
    }
    people
}

/// Makes strangers of two villages share name, sex and birthday.
fn namesakes(scene: &Scene, people: &mut [Person]) {
    let mut waiting: FxHashMap<(bool, i32), usize> = FxHashMap::default();
    for at in 0..people.len() {
        let person = &people[at];
        let grown = matches!(person.home.relation, Relation::Spouse | Relation::ChildInLaw);
        let mut dice = Dice::new(scene.seed, "namesake", at as u64);
        if !grown || person.kind != Kind::Registered {
            continue;
        }
        let key = (person.sex == Sex::Male, person.birth.year());
        // A wife in two or three can be either of the pair, hence eight times the rate.
        if let Some(&other) = waiting.get(&key) {
            if people[other].home.village != people[at].home.village
                || scene.places.villages.len() == 1
            {
                let (name, birth) = (people[other].name.clone(), people[other].birth);
                let person = &mut people[at];
                person.name = name;
                person.birth = birth;
                person.number.iter_mut().for_each(|it| it.birth = birth);
                person.stories.push(stories::NAMESAKE);
                people[other].stories.push(stories::NAMESAKE);
                waiting.remove(&key);
            }
        } else if dice.chance(scene.rates.namesakes * 8.0) {
            waiting.insert(key, at);
        }
    }
}

/// An old number differs in its sequence, and often in a wrong birth date: what the police had to
/// correct. The sequences 991 and 992 are handed out to nobody else.
fn renumber_old(people: &mut [Person]) {
    for (at, person) in people.iter_mut().enumerate() {
        let Some(old) = &mut person.old_number else { continue };
        old.sequence = 991 + u16::from(person.sex == Sex::Female);
        // One moved with papers of another village has the same birthday in both.
        if at % 2 == 1 && person.old_home.is_none() {
            old.birth = old.birth - Days::new(1 + spread(at as u64) % 9);
        }
    }
}

/// Marks whose number was written for somebody else.
fn mark_lenders(people: &mut [Person]) {
    for at in 0..people.len() {
        let person = &people[at];
        let wrote = |wanted: Wrote| {
            let covers = person.covers.iter().map(|it| it.wrote);
            covers.chain(person.pays.iter().map(|it| it.wrote)).any(|it| it == wanted)
        };
        let lender = match (wrote(Wrote::Guardian), wrote(Wrote::Borrowed)) {
            (true, _) => person.guardian,
            (_, true) => person.lender,
            _ => None,
        };
        if let Some(lender) = lender {
            people[lender as usize].lent = true;
        }
    }
}
