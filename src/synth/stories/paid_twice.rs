//! Paid twice for one year, by two vouchers (D07).

use super::{Telling, plainly_paid};
use crate::synth::person::{Pay, Person};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) {
        return false;
    }
    let first = person.pays[0];
    let on = telling.later(first.on, 40);
    person.pays.push(Pay { voucher: 1, on, channel: 1, ..first });
    true
}
