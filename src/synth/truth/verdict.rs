//! The one verdict on a person's cover, first that holds.

use crate::synth::person::{Cover, Exit, Kind, Pay, PayKind, Person, Scheme, Status, Wrote};
use crate::synth::world::Scene;

/// The verdict as published; nothing for people who are nobody's duty here.
pub fn verdict(person: &Person, scene: &Scene) -> &'static str {
    if matches!(person.kind, Kind::Outsider | Kind::Gone) {
        return "";
    }
    if is_exempt(person, scene) {
        return "exempt";
    }
    if let Some(cover) = person.employee() {
        return if cover.person_type == 1103 { "flexible" } else { "employee" };
    }
    if person.away.is_some_and(|it| it.to.is_none_or(|to| to >= scene.as_of)) {
        return "elsewhere";
    }
    let stands = |it: &Cover| it.scheme == Scheme::Resident && it.status != Status::Terminated;
    let registered = person.covers.iter().any(stands);
    let paid = !valid_pays(person, scene).is_empty();
    match (registered, paid) {
        (true, true) => "resident",
        (true, false) => "registered-unpaid",
        (false, true) => "paid-unregistered",
        (false, false) if claims_elsewhere(person) => "review",
        (false, false) if in_scope(person, scene) => "unenrolled",
        (false, false) => "",
    }
}

/// Dead, gone, in the army or in prison on the day of the run, or settled abroad.
pub fn is_exempt(person: &Person, scene: &Scene) -> bool {
    match person.exit {
        Some(Exit::Prison { from, to }) => from <= scene.as_of && scene.as_of < to,
        Some(_) => true,
        None => false,
    }
}

/// Somebody answered "insured elsewhere" and no evidence that holds came with it.
pub fn claims_elsewhere(person: &Person) -> bool {
    person.reply.is_some_and(|it| it.code.starts_with('E') && !it.evidence)
}

/// Whether the county answers for the person's cover.
pub fn in_scope(person: &Person, scene: &Scene) -> bool {
    match person.kind {
        Kind::Registered | Kind::Newborn | Kind::Student => true,
        // Who goes to school here is insured here, whatever the permit.
        Kind::Permit if person.school.is_some() => true,
        Kind::Permit => person.permit.is_some_and(|it| it.0 <= scene.as_of && scene.as_of <= it.1),
        Kind::Outsider | Kind::Gone => false,
    }
}

/// The payments that count for the year: the right year and scheme, not undone, each once.
pub fn valid_pays(person: &Person, scene: &Scene) -> Vec<Pay> {
    let undone = |pay: &Pay| person.pays.iter().any(|it| it.refers == Some(pay.voucher));
    let mut valid: Vec<Pay> = Vec::new();
    for pay in &person.pays {
        let counts = pay.kind == PayKind::Paid
            && pay.year == scene.rules.coverage_year
            && !pay.pension
            && !undone(pay)
            && pay.paid_fen + pay.subsidy_fen > 0;
        if counts && valid.iter().all(|it| it.voucher != pay.voucher) {
            valid.push(*pay);
        }
    }
    valid
}

/// Whether resident cover of before stands lawfully beside new flexible cover: its wait still runs.
pub fn switches(person: &Person, scene: &Scene) -> bool {
    let Some(rule) = scene.rules.flexible else { return false };
    let active = |scheme| {
        let covers = person.covers.iter().filter(|it| it.status == Status::Active);
        covers.filter(move |it| it.scheme == scheme).collect::<Vec<_>>()
    };
    match (&active(Scheme::Resident)[..], &active(Scheme::Employee)[..]) {
        ([old], [new]) => {
            new.person_type == 1103 && old.from < new.from && rule.waits(new.from, scene.as_of)
        }
        _ => false,
    }
}

/// Whether every row of cover and payment carries a number that is not the person's.
pub fn under_wrong_number(person: &Person) -> bool {
    let wrong =
        |it: Wrote| matches!(it, Wrote::Guardian | Wrote::Borrowed | Wrote::Slipped | Wrote::Old);
    let residents = |it: &&Cover| it.status == Status::Active;
    let mut covers = person.covers.iter().filter(residents).map(|it| it.wrote).peekable();
    covers.peek().is_some() && covers.all(wrong) && person.pays.iter().all(|it| wrong(it.wrote))
}

/// Whether cover or payment is under the person's number with a slip in it.
pub fn is_slipped(person: &Person) -> bool {
    let wrote = person.covers.iter().map(|it| it.wrote);
    wrote.chain(person.pays.iter().map(|it| it.wrote)).any(|it| it == Wrote::Slipped)
}
