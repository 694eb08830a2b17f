//! One voucher, delivered a second time by another road (D08, and no D07).

use super::{Telling, plainly_insured};
use crate::synth::person::{Pay, Person};

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_insured(person) || person.pays[0].paid_fen == 0 {
        return false;
    }
    let first = person.pays[0];
    let channel = if first.channel == 4 { 5 } else { 4 };
    telling.dice.below(2);
    person.pays.push(Pay { copy: true, channel, ..first });
    true
}
