//! S01 to S08: entitlement on the payment date, the highest of several, one subsidy only.

use super::Verdicts;
use super::verdict::{valid_pays, verdict};
use crate::synth::person::{Pay, Person};

pub fn judge(person: &Person, to: &mut Verdicts<'_>) {
    let world = to.world;
    let scene = &world.scene;
    let (fen, _) = person.entitlement(&scene.rules, scene.as_of);
    if fen >= scene.rules.fee_fen && verdict(person, scene) == "unenrolled" {
        to.note("S06", "fully subsidised category, not enrolled");
    }
    for pay in valid_pays(person, scene) {
        judge_pay(person, &pay, to);
    }
}

fn judge_pay(person: &Person, pay: &Pay, to: &mut Verdicts<'_>) {
    let rules = &to.world.scene.rules;
    let (title, _) = person.entitlement(rules, pay.on);
    let title = title.min(rules.fee_fen);
    let got = pay.subsidy_fen;
    if got > 0 && person.left_on().is_some_and(|it| it < pay.on) {
        return to.note("S04", "subsidised after death or moving away");
    }
    let employee = person.employee().is_some_and(|it| it.from <= pay.on);
    if got > 0 && employee {
        to.note("S05", "subsidised while an employee");
    }
    if got == 0 && title > 0 && pay.paid_fen >= rules.fee_fen {
        return to.note("S01", "entitled and paid in full");
    }
    if got > 0 && title == 0 {
        return to.note("S02", "subsidised, on no list on the payment date");
    }
    if got > 0 && got < title {
        return to.note("S03", "subsidised at the lower of two standards");
    }
    if got > title {
        return to.note("S03", "two subsidies added up");
    }
    let due = rules.fee_fen - got;
    if pay.paid_fen < due {
        to.note("S07", "paid less than due");
    } else if pay.paid_fen > due {
        to.note("S08", "paid more than due");
    }
}
