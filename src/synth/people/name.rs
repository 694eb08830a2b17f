//! A person's name from surname, sex and year of birth.

use super::given::{FASHIONS, Fashion, RARE as RARE_GIVEN};
use super::surname::{COMMON, COMPOUND, RARE, TRANSLITERATED};
use crate::clean::sex::Sex;
use crate::synth::dice::Dice;

/// The surnames of one village: the county's shares, with two or three clans that dominate.
pub struct Clans {
    weights: Vec<f64>,
}

impl Clans {
    /// The clans of a village.
    pub fn of(dice: &mut Dice) -> Clans {
        let mut weights: Vec<f64> = COMMON.iter().map(|it| it.1).collect();
        let total: f64 = weights.iter().sum();
        for share in [0.22, 0.12, 0.06] {
            let clan = dice.weighted(&weights);
            weights[clan] += total * share;
        }
        Clans { weights }
    }

    /// A surname of somebody whose family has always lived here, or of anybody.
    pub fn surname(&self, dice: &mut Dice) -> &'static str {
        if dice.chance(0.001) {
            return RARE[dice.below(RARE.len() as u64) as usize];
        }
        if dice.chance(0.0025) {
            let shares: Vec<f64> = COMPOUND.iter().map(|it| it.1).collect();
            return COMPOUND[dice.weighted(&shares)].0;
        }
        COMMON[dice.weighted(&self.weights)].0
    }
}

fn fashion(year: i32) -> &'static Fashion {
    FASHIONS.iter().rev().find(|it| it.from <= year).unwrap_or(&FASHIONS[0])
}

/// A given name; `generation` is the character that brothers and cousins share, if any.
pub fn given(dice: &mut Dice, sex: Sex, year: i32, generation: Option<char>) -> String {
    let fashion = fashion(year);
    let (letters, whole) = match sex {
        Sex::Male => (fashion.men, fashion.men_whole),
        Sex::Female => (fashion.women, fashion.women_whole),
    };
    if let Some(shared) = generation {
        return format!("{shared}{}", dice.letter(letters));
    }
    if dice.chance(0.004) {
        let rare = dice.letter(RARE_GIVEN);
        return if dice.chance(0.5) {
            rare.to_string()
        } else {
            format!("{}{rare}", dice.letter(letters))
        };
    }
    if dice.chance(fashion.single) {
        return dice.letter(letters).to_string();
    }
    if dice.chance(0.28) {
        return (*dice.pick(whole)).to_string();
    }
    format!("{}{}", dice.letter(letters), dice.letter(letters))
}

/// A transliterated name with its ethnic group, for the few who have one.
pub fn transliterated(dice: &mut Dice) -> Option<(&'static str, &'static str)> {
    if !dice.chance(0.0008) {
        return None;
    }
    let name = *dice.pick(TRANSLITERATED);
    let people = match name.chars().next() {
        Some('扎' | '卓') => "藏族",
        Some('巴') => "蒙古族",
        Some('吉' | '沙') => "彝族",
        _ => "维吾尔族",
    };
    Some((name, people))
}

/// The family's surname as the first characters of a name.
pub fn surname_of(name: &str) -> &str {
    let compound = COMPOUND.iter().map(|it| it.0).find(|it| name.starts_with(it));
    compound.unwrap_or_else(|| name.chars().next().map_or("", |it| &name[..it.len_utf8()]))
}
