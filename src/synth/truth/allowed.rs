//! What may be said, although it is not so: fair questions about rows that can be told by linkage
//! only, and readings of the data that are as good as the truth's.

use super::rows::Rows;
use super::verdict::{is_slipped, verdict};
use crate::synth::person::{Exit, Kind, Person};
use crate::synth::stories::NAMESAKE_GONE;
use crate::synth::world::World;

/// The codes that count neither way for a person, each with the reason.
pub fn allowed(world: &World, rows: &Rows, at: usize) -> Vec<(&'static str, &'static str)> {
    let person = &world.people[at];
    let traces = &rows.traces[at];
    let mut allowed = Vec::new();
    let damaged = |it: super::rows::Trace| it.is_all_hidden();
    if damaged(traces.cover) || damaged(traces.payment) || damaged(traces.elsewhere) {
        let why = "covered by a row whose id or name is damaged: a question is fair";
        allowed.push(("E05", why));
    } else if traces.roster.is_hidden {
        allowed.push((
            "E05",
            "listed by a row whose id or name is damaged: it looks like somebody uninsured",
        ));
    } else if damaged(traces.exit) && !roster_knows(person) {
        allowed.push(("E05", "exempt by a row whose id or name is damaged: a question is fair"));
    }
    if damaged(traces.payment) && person.kind != Kind::Outsider {
        allowed.push(("P03", "paid by a row whose id or name is damaged"));
    }
    if is_slipped(person) {
        let why = "slipped: a number with one digit wrong is a second id; if one likes";
        allowed.extend(["D01", "E05"].map(|code| (code, why)));
    }
    if person.twice_in_roster {
        allowed.push(("E05", "registered twice: one of the two looks uninsured"));
    }
    if person.has(NAMESAKE_GONE) && person.kind == Kind::Registered {
        let why = "a namesake of the same birthday is insured: uninsured or a question";
        allowed.extend([("E01", why), ("E05", why)]);
    }
    if person.old_home.is_some() {
        let why = "registered twice in two villages: one person or two";
        allowed.extend(["D01", "D06", "E01", "E05"].map(|code| (code, why)));
    }
    if traces.has_checking_tail {
        allowed.push(("Q02", "a tail of zeros that checks is a woman's number"));
    }
    if person.former_name.is_some() && damaged(traces.roster) {
        allowed.push(("D02", "renamed: and the row that says so is damaged"));
    }
    // Nobody asks about cover that nobody owes.
    let is_nobodys = verdict(person, &world.scene).is_empty();
    allowed.retain(|it| it.0 != "E05" || !is_nobodys);
    allowed
}

/// The roster itself says that the person is gone.
fn roster_knows(person: &Person) -> bool {
    matches!(
        person.exit,
        Some(
            Exit::Death { roster: true, .. }
                | Exit::MovedOut { .. }
                | Exit::Army { roster: true, .. }
        )
    )
}
