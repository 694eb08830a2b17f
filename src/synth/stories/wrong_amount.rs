//! Less or more than the fee (S07, S08).

use super::{Telling, plainly_paid};
use crate::synth::person::Person;

/// Last year's fee, or a digit lost at the counter.
pub fn under(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    pay(person, telling, &[-3_000, -2_000, -10_000])
}

/// Next year's fee, or rounded up.
pub fn over(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    pay(person, telling, &[2_000, 1_000, 38_000])
}

fn pay(person: &mut Person, telling: &mut Telling<'_>, by_fen: &[i64]) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    let paid_fen = telling.scene.rules.fee_fen + telling.dice.pick(by_fen);
    person.pays[0].paid_fen = paid_fen;
    person.collected.iter_mut().for_each(|it| it.amount_fen = paid_fen);
    true
}
