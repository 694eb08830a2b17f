//! Citizen id numbers: where first registered, when born, which sequence, and the check.

use chrono::{Datelike, NaiveDate};

use crate::clean::sex::Sex;
use crate::synth::dice::{Dice, spread};
use crate::synth::person::Person;

/// The parts of an 18-character number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    pub division: u32,
    pub birth: NaiveDate,
    pub sequence: u16,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check character of 17 digits (MOD 11-2).
pub fn check_of(digits: &str) -> char {
    let sum: u32 =
        digits.bytes().zip(WEIGHTS).map(|(it, w)| u32::from(it.wrapping_sub(b'0') % 10) * w).sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

impl Number {
    /// The 18 characters.
    pub fn text(self) -> String {
        let day = self.birth;
        let mut text = format!(
            "{:06}{:04}{:02}{:02}{:03}",
            self.division,
            day.year(),
            day.month(),
            day.day(),
            self.sequence
        );
        text.push(check_of(&text));
        text
    }

    /// The 15 digits of before 1999.
    pub fn short_text(self) -> String {
        let text = self.text();
        format!("{}{}", &text[..6], &text[8..17])
    }
}

/// Codes of first registration that are not this county's: neighbours, and some long abolished.
pub const ELSEWHERE: &[u32] = &[
    430921, 430922, 430981, 430903, 430902, 432321, 432322, 432325, 431381, 430181, 430124, 430602,
    430722, 431322, 433122, 512225, 511023, 510222, 522229, 420528, 452322, 362424, 440306, 441900,
    350583, 330326, 341221, 411621, 371723, 610124, 532128, 513425,
];

/// The division a person was first registered in; married-in women often come from elsewhere.
pub fn division(dice: &mut Dice, county: u32, married_in: bool) -> u32 {
    let local = if married_in { 0.62 } else { 0.95 };
    if dice.chance(local) {
        return county;
    }
    // Most outsiders come from the neighbouring counties of the same prefecture.
    if dice.chance(0.5) {
        let prefecture = county / 100 * 100;
        return prefecture + [2, 3, 21, 22, 81][dice.below(5) as usize];
    }
    *dice.pick(ELSEWHERE)
}

/// Gives everybody who has a number its sequence: unique per division and day, odd for men;
/// twins of one sex get neighbouring numbers since they stand next to each other.
pub fn hand_out_sequences(people: &mut [Person], seed: u64, shared: f64) {
    let mut order: Vec<(u32, NaiveDate, bool, u32)> = Vec::with_capacity(people.len());
    for (at, person) in people.iter().enumerate() {
        if let Some(number) = person.number {
            let female = person.sex == Sex::Female;
            order.push((number.division, number.birth, female, at as u32));
        }
    }
    order.sort_unstable();
    let mut previous: Option<((u32, NaiveDate, bool), u32)> = None;
    let mut rank = 0u64;
    for (division, birth, female, at) in order {
        let group = (division, birth, female);
        let before = previous.filter(|it| it.0 == group).map(|it| it.1);
        // One number for two people is the police's mistake, never a family's twins.
        let one_number = before.filter(|it| {
            let (one, two) = (&people[*it as usize], &people[at as usize]);
            // Of one name and one number nobody could say that they are two.
            let strangers = one.home.household != two.home.household && one.name != two.name;
            strangers && Dice::new(seed, "shared number", u64::from(at)).chance(shared)
        });
        rank = match before {
            Some(_) => rank + u64::from(one_number.is_none()),
            None => 0,
        };
        previous = Some((group, at));
        if let Some(other) = one_number {
            people[other as usize].doubled = true;
            people[at as usize].doubled = true;
        }
        let day = u64::from(birth.num_days_from_ce() as u32);
        let start = spread(seed ^ (u64::from(division) << 20) ^ (day << 1) ^ u64::from(female));
        let slot = (start % 400 + rank) % 494;
        let sequence = (slot * 2 + 1 + u64::from(female)) as u16;
        if let Some(number) = &mut people[at as usize].number {
            number.sequence = sequence;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_samples_check() {
        assert_eq!(check_of("11010519491231002"), 'X');
        assert_eq!(check_of("34052419800101001"), 'X');
    }
}
