//! People who are here and not in the roster: permit holders, visiting pupils, and outsiders
//! whose fee was keyed in under this county by mistake.

use chrono::{Datelike, Days, NaiveDate};

use super::household::{Village, household};
use super::number::{ELSEWHERE, Number};
use crate::clean::sex::Sex;
use crate::synth::dice::Dice;
use crate::synth::person::{Home, Kind, Person};

/// Somebody from elsewhere; `None` where the draw makes no sensible person.
pub fn newcomer(village: &Village<'_>, home: Home, kind: Kind, dice: &mut Dice) -> Option<Person> {
    let mut person =
        household(village, home, dice).into_iter().find(|it| fits(it, kind, village))?;
    person.kind = kind;
    person.mother = None;
    person.guardian = None;
    person.twin = false;
    person.birth_listed = false;
    let division = *dice.pick(ELSEWHERE);
    person.number = Some(Number { division, birth: person.birth, sequence: 0 });
    if kind == Kind::Permit {
        permit(&mut person, village.as_of, dice);
    }
    Some(person)
}

fn fits(person: &Person, kind: Kind, village: &Village<'_>) -> bool {
    let age = person.age(village.as_of);
    match kind {
        Kind::Student => (6..=18).contains(&age),
        Kind::Permit => (1..=70).contains(&age),
        _ => (20..=70).contains(&age),
    }
}

fn permit(person: &mut Person, as_of: NaiveDate, dice: &mut Dice) {
    let from = as_of - Days::new(dice.below(1300) + 30);
    // Some permits have run out; people with an expired one are nobody's duty here.
    let years = if dice.chance(0.2) { 1 } else { 5 };
    person.permit = Some((from, from + Days::new(365 * years)));
    let birth = person.birth;
    let with = |division| Some(Number { division, birth, sequence: 0 });
    match dice.weighted(&[0.86, 0.05, 0.025, 0.025, 0.025, 0.015]) {
        0 => {}
        1 => person.number = with(810_000),
        2 => person.number = with(820_000),
        3 => person.number = with(830_000),
        4 => {
            person.number = None;
            let number = dice.below(100_000_000);
            person.certificate = Some(format!("{}{number:08}", dice.letter("HM")));
        }
        _ => {
            person.number = None;
            person.certificate = Some(foreigner(person, dice));
            person.name =
                dice.pick(&["NGUYEN THI HOA", "TRAN VAN NAM", "MARIA SANTOS"]).to_string();
        }
    }
}

/// The old 15-character permanent-residence number of a foreigner.
fn foreigner(person: &Person, dice: &mut Dice) -> String {
    let nation = *dice.pick(&["VNM", "PHL", "LAO"]);
    let day = person.birth;
    let sex = if person.sex == Sex::Male { 1 } else { 2 };
    let (year, month) = (day.year() % 100, day.month());
    let check = dice.below(10);
    format!("{nation}4301{year:02}{month:02}{:02}{sex}{check}", day.day())
}
