//! D01 to D08.

use super::Verdicts;
use super::verdict::{switches, valid_pays};
use crate::synth::person::{Person, Scheme, Status, Wrote};

pub fn judge(person: &Person, to: &mut Verdicts<'_>) {
    let scene = &to.world.scene;
    let wrote = |wanted: Wrote| {
        person.covers.iter().any(|it| it.wrote == wanted)
            || person.pays.iter().any(|it| it.wrote == wanted)
    };
    if person.twice_in_roster && person.old_home.is_some() {
        // In two villages it may as well be two people.
    } else if person.twice_in_roster {
        to.note("D01", "old and new number both in the roster");
    } else if wrote(Wrote::Old) {
        to.note("D01", "insurance knows the number before its correction");
    }
    if person.number.is_some() && wrote(Wrote::Certificate) {
        to.note("D01", "enrolled by birth certificate and again by number");
    }
    if person.lent {
        to.note("D02", "another person is enrolled under this number");
    }
    if person.doubled {
        to.note("D02", "the police gave one number to two people");
    }
    if wrote(Wrote::Guardian) {
        to.note("D02", "enrolled under a parent's number");
    }
    if wrote(Wrote::Borrowed) {
        to.note("D02", "enrolled under another villager's number");
    }
    let active = |scheme| {
        let fits =
            |it: &&crate::synth::person::Cover| it.scheme == scheme && it.status == Status::Active;
        person.covers.iter().filter(fits).count()
    };
    if active(Scheme::Resident) > 1 || active(Scheme::Employee) > 1 {
        to.note("D03", "two active rows in one scheme");
    }
    if active(Scheme::Resident) > 0 && active(Scheme::Employee) > 0 && !switches(person, scene) {
        to.note("D04", "active resident and employee rows");
    }
    let away = person.away.is_some_and(|it| it.to.is_none_or(|to| to >= scene.as_of));
    if away && active(Scheme::Resident) + active(Scheme::Employee) > 0 {
        to.note("D05", "active here and in another place");
    }
    if person.second_home.is_some() {
        to.note("D06", "in two households of the roster");
    }
    if valid_pays(person, scene).len() > 1 {
        to.note("D07", "two vouchers for one year");
    }
    if person.pays.iter().any(|it| it.copy) {
        to.note("D08", "one voucher delivered twice");
    }
}
