//! What townships answered about people on last time's list.

use super::elsewhere::run_out;
use super::{Telling, plainly_uninsured};
use crate::synth::person::{Person, Reply};

const ELSEWHERE: [&str; 3] = ["E1", "E2", "E3"];
/// Refused, lost sight of, cannot afford, live elsewhere, other: the case stays open.
const OPEN: [&str; 5] = ["R1", "L1", "P1", "H2", "Z9"];

/// Says "insured elsewhere", and nothing proves it (E06).
pub fn without_evidence(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !uninsured(person, telling) {
        return false;
    }
    let code = *telling.dice.pick(&ELSEWHERE);
    person.reply = Some(Reply { code, evidence: false, about: "E01" });
    true
}

/// Says so, and the evidence has run out (E06).
pub fn expired(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !uninsured(person, telling) {
        return false;
    }
    let evidence = run_out(person, telling);
    person.away = Some(evidence);
    person.reply =
        Some(Reply { code: *telling.dice.pick(&ELSEWHERE), evidence: false, about: "E01" });
    true
}

/// Says so, with evidence that the comparison confirms: the case is closed.
pub fn proven(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let holds = person.away.is_some_and(|it| it.to.is_none_or(|to| to >= telling.scene.as_of));
    if !holds || person.exit.is_some() || !person.covers.is_empty() {
        return false;
    }
    let student = (18..23).contains(&person.age(telling.scene.as_of));
    let code = if student { "E4" } else { *telling.dice.pick(&ELSEWHERE) };
    person.reply = Some(Reply { code, evidence: true, about: "E01" });
    true
}

/// A reason that changes nothing about the person being uninsured.
pub fn open(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !plainly_uninsured(person) {
        return false;
    }
    person.reply = Some(Reply { code: *telling.dice.pick(&OPEN), evidence: false, about: "E01" });
    true
}

/// Uninsured already, or one of a few insured people who are made so.
fn uninsured(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let made = super::plainly_paid(person) && telling.dice.chance(0.5);
    if made {
        super::uninsure(person);
    }
    plainly_uninsured(person)
}
