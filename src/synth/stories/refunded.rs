//! The fee given back: for good (E02), or given back and paid again (nothing wrong).

use super::{Telling, plainly_paid};
use crate::synth::person::{Pay, PayKind, Person};

pub fn for_good(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    refund(person, telling);
    true
}

pub fn and_repaid(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) || person.pays[0].on >= telling.scene.last_day - chrono::Days::new(20)
    {
        return false;
    }
    refund(person, telling);
    let first = person.pays[0];
    let on = telling.dice.day(person.pays[1].on, telling.scene.last_day);
    person.pays.push(Pay { voucher: 2, on, channel: 1, ..first });
    true
}

fn refund(person: &mut Person, telling: &mut Telling<'_>) {
    let first = person.pays[0];
    let on = telling.later(first.on, 15);
    person.pays.push(Pay { kind: PayKind::Refund, voucher: 1, refers: Some(0), on, ..first });
}
