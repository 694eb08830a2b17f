//! What the village collector noted and the tax feed says otherwise (P05, P06).

use chrono::Days;

use super::{Telling, plainly_paid};
use crate::synth::life::BY_VILLAGE;
use crate::synth::person::{Collected, Person};

/// The days within which a collector must pay in; a case in between the two is not told.
const SURELY_GRACE: u64 = 2;
const SURELY_LATE: u64 = 40;

/// The money never arrived.
pub fn unpaid(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let latest = telling.scene.as_of - Days::new(SURELY_LATE);
    if !plainly_paid(person) || latest <= telling.scene.rules.window_opens {
        return false;
    }
    let on = telling
        .dice
        .day(telling.scene.rules.window_opens, latest.min(telling.scene.rules.window_closes));
    note(person, on);
    telling.answered(person, "X2", true);
    true
}

/// Collected yesterday: nothing is wrong yet.
pub fn lately(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let on = telling.scene.as_of - Days::new(telling.dice.below(SURELY_GRACE));
    if !plainly_paid(person) || on > telling.scene.rules.window_closes {
        return false;
    }
    note(person, on);
    true
}

fn note(person: &mut Person, on: chrono::NaiveDate) {
    let pay = person.pays[0];
    super::uninsure(person);
    person.collected.push(Collected { amount_fen: pay.paid_fen, on, village: pay.village });
}

/// Another amount or another village in the register than in the feed.
pub fn differs(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_paid(person) || person.pays[0].channel != BY_VILLAGE || person.collected.len() != 1
    {
        return false;
    }
    let villages = telling.scene.places.villages.len() as u64;
    if villages > 1 && telling.dice.chance(0.5) {
        let other = telling.dice.below(villages - 1) as u16;
        let village = if other >= person.home.village { other + 1 } else { other };
        person.collected[0].village = village;
    } else {
        let wrong = [1_000, 2_000, -3_000, -18_000][telling.dice.below(4) as usize];
        person.collected[0].amount_fen += wrong;
    }
    true
}
