//! A refund or cancellation of a voucher that no file has (P01).

use super::Telling;
use crate::synth::life::payment;
use crate::synth::person::{Exit, Kind, Pay, PayKind, Person};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let plain = person.kind == Kind::Registered && !matches!(person.exit, Some(Exit::Death { .. }));
    if !plain || person.pays.len() > 1 || person.identities.iter().any(|_| true) {
        return false;
    }
    let on = telling.window_day();
    let kind = if telling.dice.chance(0.6) { PayKind::Refund } else { PayKind::Cancelled };
    let whole = payment(person, on, 1, telling.scene);
    person.pays.push(Pay { kind, voucher: 7, refers: Some(6), ..whole });
    true
}
