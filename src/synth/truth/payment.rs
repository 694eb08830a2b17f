//! P01 to P07, but for P04, which is about a file.

use chrono::Days;

use super::Verdicts;
use super::verdict::valid_pays;
use crate::synth::person::{Kind, Pay, PayKind, Person};

pub fn judge(person: &Person, to: &mut Verdicts<'_>) {
    let rules = &to.world.scene.rules;
    let orphan = |pay: &Pay| {
        pay.refers.is_some_and(|it| person.pays.iter().all(|other| other.voucher != it))
    };
    if person.pays.iter().any(orphan) {
        to.note("P01", "refund or cancellation of a voucher that is in no file");
    }
    let valid = valid_pays(person, &to.world.scene);
    if valid.iter().any(|it| out_of_window(person, it, to)) {
        to.note("P02", "the window's fee outside the window");
    }
    if person.kind == Kind::Outsider && !person.pays.is_empty() {
        to.note("P03", "in no roster and no register");
    }
    // What was given back had arrived.
    let arrived =
        |it: &Pay| it.year == rules.coverage_year && !it.pension && it.kind == PayKind::Paid;
    let has_arrived = person.pays.iter().any(arrived);
    let taken: i64 = valid.iter().map(|it| it.paid_fen).sum();
    for noted in &person.collected {
        if valid.is_empty() {
            // Shorter than any grace, or longer than any; the stories leave out what lies between.
            if !has_arrived && noted.on + Days::new(30) <= to.world.scene.as_of {
                to.note("P05", "collected, never in the feed");
            }
        } else if valid.len() == 1
            && (noted.amount_fen != taken || noted.village != valid[0].village)
        {
            to.note("P06", "register and feed differ");
        }
    }
    let current = |it: &&Pay| it.year == rules.coverage_year && !it.pension;
    let mut current = person.pays.iter().filter(current);
    if current.clone().any(|it| it.away) {
        to.note("P07", "paid to another county's bureau");
    } else if valid.is_empty() && current.any(|it| it.kind == PayKind::Failed) {
        to.note("P07", "the payment failed");
    }
}

fn out_of_window(person: &Person, pay: &Pay, to: &Verdicts<'_>) -> bool {
    let rules = &to.world.scene.rules;
    let newborn = pay.on <= person.birth + Days::new(u64::from(rules.newborn_days));
    !rules.is_taken(pay.on) && !newborn && pay.paid_fen + pay.subsidy_fen == rules.fee_fen
}
