//! A payment that failed: for good (E02 and P07), or tried again with success.

use super::{Telling, plainly_paid};
use crate::synth::person::{Pay, PayKind, Person};

pub fn for_good(person: &mut Person, _telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    person.pays[0].kind = PayKind::Failed;
    person.pays[0].channel = 1;
    person.collected.clear();
    true
}

pub fn and_repaid(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !for_good(person, telling) {
        return false;
    }
    let first = person.pays[0];
    person.pays.push(Pay { kind: PayKind::Paid, voucher: 1, ..first });
    true
}
