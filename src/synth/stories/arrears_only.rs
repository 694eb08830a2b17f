//! Payments that insure nobody for the year: last year's arrears, the pension, an outsider's.

use super::{Telling, plainly_paid, uninsure};
use crate::synth::life::payment;
use crate::synth::person::{Pay, Person};

/// Paid last year's fee late, and not this year's.
pub fn arrears(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let Some(pay) = unpaid(person) else { return false };
    let year = telling.scene.rules.coverage_year - 1;
    person.pays.push(Pay { year, paid_fen: 35_000, ..pay });
    true
}

/// Paid the pension, which a hasty reader takes for the medical fee.
pub fn pension(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    if !(16..60).contains(&person.age(telling.scene.as_of)) {
        return false;
    }
    let Some(pay) = unpaid(person) else { return false };
    let paid_fen = [20_000, 30_000, 50_000][telling.dice.below(3) as usize];
    person.pays.push(Pay { pension: true, paid_fen, ..pay });
    true
}

fn unpaid(person: &mut Person) -> Option<Pay> {
    let pay = plainly_paid(person).then(|| person.pays[0])?;
    uninsure(person);
    Some(pay)
}

/// Somebody from elsewhere whose fee was keyed in here (P03).
pub fn outsider(person: &mut Person, telling: &mut Telling<'_>) {
    let on = telling.window_day();
    let pay = payment(person, on, 1, telling.scene);
    person.pays.push(pay);
}
