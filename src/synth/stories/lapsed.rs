//! Cover that ended and was not replaced (E04 beside E01).

use chrono::Days;

use super::{Telling, plainly_uninsured};
use crate::synth::life::cover;
use crate::synth::person::{Cover, Person, Scheme, Status};

/// Left an employer within the days in which no wait applies.
pub fn recently(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let days = u64::from(telling.scene.rules.lapse_days.max(10));
    let ago = telling.dice.below(days - 5) + 1;
    employee(person, telling, ago)
}

/// Left longer ago than that.
pub fn long_ago(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let days = u64::from(telling.scene.rules.lapse_days);
    let ago = days + 10 + telling.dice.below(250);
    employee(person, telling, ago)
}

fn employee(person: &mut Person, telling: &mut Telling<'_>, ago: u64) -> bool {
    if !(20..=59).contains(&person.age(telling.scene.as_of)) || person.exit.is_some() {
        return false;
    }
    if person.kind != crate::synth::person::Kind::Registered || !person.identities.is_empty() {
        return false;
    }
    super::uninsure(person);
    let ended = telling.scene.as_of - Days::new(ago);
    let from = ended - Days::new(400 + telling.dice.below(2000));
    let status = if telling.dice.chance(0.8) { Status::Paused } else { Status::Terminated };
    let row = cover(person, Scheme::Employee, from);
    person.covers.push(Cover { status, person_type: 1101, paused_on: Some(ended), ..row });
    true
}

/// A resident enrolment that was ended by mistake before anybody paid.
pub fn terminated(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_uninsured(person) && !telling.dice.chance(0.1) {
        return false;
    }
    if !super::plainly_paid(person) && !plainly_uninsured(person) {
        return false;
    }
    super::uninsure(person);
    let from = telling.scene.rules.window_opens - Days::new(900);
    let ended = telling.window_day();
    let status = if telling.dice.chance(0.5) { Status::Paused } else { Status::Terminated };
    let row = cover(person, Scheme::Resident, from);
    person.covers.push(Cover { status, paused_on: Some(ended), ..row });
    true
}
