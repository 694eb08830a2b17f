//! A voucher cancelled the same day and issued anew: one payment.

use super::{Telling, plainly_paid};
use crate::synth::person::{Pay, PayKind, Person};

pub fn reissued(person: &mut Person, _telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    let first = person.pays[0];
    person.pays.push(Pay { kind: PayKind::Cancelled, voucher: 1, refers: Some(0), ..first });
    person.pays.push(Pay { voucher: 2, ..first });
    true
}
