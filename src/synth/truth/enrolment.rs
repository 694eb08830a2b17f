//! E01 to E06.

use super::Verdicts;
use super::verdict::{claims_elsewhere, is_slipped, under_wrong_number, verdict};
use crate::synth::person::{Person, Status};
use crate::synth::stories::NAMESAKE_GONE;

pub fn judge(person: &Person, to: &mut Verdicts<'_>) {
    let scene = &to.world.scene;
    let verdict = verdict(person, scene);
    // Ended cover in the register of the year; last year's alone is no lapse of this kind.
    let has_ended = person.covers.iter().any(|it| it.status != Status::Active);
    if matches!(verdict, "unenrolled" | "registered-unpaid") && has_ended {
        to.note("E04", "cover paused or terminated and not replaced");
    }
    match verdict {
        // Nobody can tell this from cover under another number: it may be said, and need not be.
        "unenrolled" if person.has(NAMESAKE_GONE) => {}
        "unenrolled" => to.note("E01", "in scope, no cover, payment or exemption"),
        "registered-unpaid" => to.note("E02", "active enrolment, no valid payment"),
        "paid-unregistered" => to.note("E03", "valid payment, no enrolment"),
        "review" if claims_elsewhere(person) => {
            to.note("E06", "answered elsewhere, no evidence that holds")
        }
        _ => {}
    }
    // A number with a slip in it is not another number: who can be told by it is simply insured.
    if under_wrong_number(person) && !is_slipped(person) {
        to.note("E05", "covered under a number that is not the person's own");
    }
}
