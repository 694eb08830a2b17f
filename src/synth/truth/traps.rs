//! What must not be said, although it looks as if it should.

use super::rows::Rows;
use super::verdict::{in_scope, switches, under_wrong_number, valid_pays, verdict};
use crate::synth::person::{Exit, Kind, LastYear, PayKind, Person, Status};
use crate::synth::stories::{FATHER_ALIKE, NAMESAKE, NAMESAKE_GONE, NAMESAKES_NEXT_DOOR};
use crate::synth::world::World;

/// The codes that a person must not be reported under, each with the reason.
pub fn traps(world: &World, rows: &Rows, at: usize) -> Vec<(&'static str, &'static str)> {
    let person = &world.people[at];
    let scene = &world.scene;
    let verdict = verdict(person, scene);
    let traces = rows.traces[at];
    let mut traps = Vec::new();
    let covered = !matches!(verdict, "unenrolled" | "review" | "");
    if covered && person.old_home.is_none() {
        let plain = covered_trap(person, verdict);
        let is_hidden = traces.cover.is_hidden || traces.payment.is_hidden;
        let hidden = is_hidden.then_some("insured by a row whose id or name is damaged");
        traps.extend(hidden.or(plain).map(|why| ("E01", why)));
    }
    let valid = valid_pays(person, scene);
    if verdict.is_empty() && person.kind == Kind::Permit && !in_scope(person, scene) {
        traps.push(("E01", "the permit has run out"));
    }
    let shared = if person.lent {
        Some("the other row is another person's, under this number")
    } else {
        person.doubled.then_some("two people to whom the police gave one number")
    };
    if let Some(why) = shared {
        traps.extend(["D03", "D04", "D06", "D07"].map(|code| (code, why)));
    }
    if switches(person, scene) {
        traps.push(("D04", "resident cover of before, while new flexible cover waits"));
    }
    if !person.collected.is_empty() && !valid.is_empty() && under_wrong_number(person) {
        traps.push(("P05", "paid under another number"));
    }
    if traces.title.is_hidden && valid.iter().any(|it| it.subsidy_fen > 0) {
        traps.push(("S02", "on a list by a row whose id or name is damaged"));
    }
    if traces.is_respelled {
        traps.push(("Q01", "the id is only spelled in another way"));
    }
    if valid.len() == 1 && person.pays.iter().any(|it| it.pension) {
        traps.push(("D07", "a pension payment beside the medical one"));
    }
    let stable = scene.rules.category("stable");
    let only_stable = !person.identities.is_empty()
        && person.identities.iter().all(|it| Some(it.category) == stable);
    if only_stable && valid.iter().any(|it| it.paid_fen >= scene.rules.fee_fen) {
        traps.push(("S01", "stable category, nothing to subsidise"));
    }
    let later = |pay: &crate::synth::person::Pay| {
        pay.subsidy_fen == 0
            && person.entitlement(&scene.rules, pay.on).0 == 0
            && person.entitlement(&scene.rules, scene.as_of).0 > 0
    };
    if valid.iter().any(later) {
        traps.push(("S01", "on the list only after paying"));
    }
    if person.pays.iter().any(|it| it.copy) && valid.len() == 1 {
        traps.push(("D07", "one voucher delivered twice"));
    }
    let undone = person.pays.iter().any(|it| it.refers.is_some() && it.kind != PayKind::Paid);
    if undone && valid.len() == 1 && person.pays.iter().all(|it| it.refers != Some(6)) {
        traps.push(("D07", "refunded or cancelled, then paid again"));
        traps.push(("E02", "refunded or cancelled, then paid again"));
    }
    if verdict == "resident" && person.covers.iter().any(|it| it.status == Status::Paused) {
        traps.push(("E04", "moved between villages"));
        traps.push(("D03", "moved between villages"));
    }
    traps.extend(two_people(person).map(|why| ("D01", why)));
    traps
}

/// Why somebody else with much the same name and birthday is not the person.
fn two_people(person: &Person) -> Option<&'static str> {
    let strangers = [NAMESAKE, NAMESAKES_NEXT_DOOR, NAMESAKE_GONE];
    if person.twice_in_roster {
        None
    } else if strangers.iter().any(|it| person.has(*it)) {
        Some("two strangers with one name and birthday")
    } else if person.has(FATHER_ALIKE) {
        Some("father and son of like names")
    } else {
        person.twin.then_some("a twin")
    }
}

fn covered_trap(person: &Person, verdict: &str) -> Option<&'static str> {
    Some(match verdict {
        "employee" | "flexible" => "insured by the employee scheme",
        "elsewhere" => "insured in another place",
        "exempt" => match person.exit {
            Some(Exit::Death { roster: false, .. }) => "dead, the roster does not know yet",
            Some(Exit::Army { .. } | Exit::Prison { .. } | Exit::Abroad { .. }) => "exempt by law",
            _ => "dead or moved away",
        },
        _ if person.twin => "insured, the twin may not be",
        _ if person.has(FATHER_ALIKE) => "insured, the father or son of like name is not",
        _ if person.has(NAMESAKE) => "insured, a namesake may not be",
        _ if person.has(NAMESAKES_NEXT_DOOR) => "insured, a namesake in the village is not",
        _ if under_wrong_number(person) => "insured under another number",
        _ if person.kind == Kind::Newborn => "insured by birth certificate",
        _ if person.birth_listed => "insured newborn, also listed by the hospital",
        _ if person.former_name.is_some() => "insured under a former name",
        _ if person.second_home.is_some() => "insured, registered in two households",
        _ if person.last_year == LastYear::None => "insured for the first time",
        _ => return None,
    })
}
