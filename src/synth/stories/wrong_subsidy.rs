//! Entitled and paid in full (S01); subsidised and on no list (S02).

use super::{Telling, plainly_insured, plainly_paid};
use crate::synth::life::BY_VILLAGE;
use crate::synth::person::{Collected, Person};

pub fn full_fee(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) || person.pays[0].subsidy_fen == 0 {
        return false;
    }
    let fee = telling.scene.rules.fee_fen;
    let pay = &mut person.pays[0];
    (pay.paid_fen, pay.subsidy_fen, pay.category) = (fee, 0, None);
    pay.channel = BY_VILLAGE;
    person.collected = vec![Collected { amount_fen: fee, on: pay.on, village: pay.village }];
    true
}

pub fn without_title(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    let rules = &telling.scene.rules;
    let subsidised: Vec<u8> =
        (0..rules.categories.len() as u8).filter(|it| rules.subsidy_fen(*it) > 0).collect();
    if subsidised.is_empty() {
        return false;
    }
    let category = *telling.dice.pick(&subsidised);
    let pay = &mut person.pays[0];
    pay.subsidy_fen = rules.subsidy_fen(category).min(rules.fee_fen);
    pay.paid_fen = rules.fee_fen - pay.subsidy_fen;
    pay.category = Some(category);
    let amount_fen = pay.paid_fen;
    if amount_fen == 0 {
        person.collected.clear();
    }
    person.collected.iter_mut().for_each(|it| it.amount_fen = amount_fen);
    true
}
