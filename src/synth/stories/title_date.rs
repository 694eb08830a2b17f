//! The list's dates and the payment's: a title that began after payment takes nothing back
//! (no S01), one that ended before gives nothing (S02).

use chrono::{Days, Months};

use super::{Telling, plainly_insured};
use crate::synth::life::{month_start, payment};
use crate::synth::person::Person;

/// Paid in full in one month, put on the list in the next: right as it is.
pub fn after(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !entitled(person) {
        return false;
    }
    let begins = month_start(person.pays[0].on) + Months::new(1);
    if begins > telling.scene.as_of {
        return false;
    }
    for it in &mut person.identities {
        it.from = begins;
        it.to = None;
    }
    pay_right(person, telling);
    true
}

/// Taken off the list in one month, subsidised in the next.
pub fn before(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !entitled(person) {
        return false;
    }
    let ends = month_start(person.pays[0].on);
    for it in &mut person.identities {
        it.to = Some(ends);
        it.from = it.from.min(ends - Days::new(365));
    }
    // The subsidy stays as it was.
    telling.dice.below(2);
    true
}

fn entitled(person: &Person) -> bool {
    plainly_insured(person) && person.pays[0].subsidy_fen > 0
}

fn pay_right(person: &mut Person, telling: &Telling<'_>) {
    let old = person.pays[0];
    person.pays.clear();
    let channel = if old.channel == crate::synth::life::BY_FISCAL { 1 } else { old.channel };
    let pay = payment(person, old.on, channel, telling.scene);
    person.pays.push(pay);
    person.collected.iter_mut().for_each(|it| it.amount_fen = pay.paid_fen);
}
