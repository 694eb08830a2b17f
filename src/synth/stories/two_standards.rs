//! Two categories at once, and the wrong sum: the lower standard, or both added up (S03).

use super::{Telling, plainly_insured};
use crate::synth::person::{Identity, Person};

/// Subsidised at the lower of two standards.
pub fn lower(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let Some((low, high)) = two(person, telling) else { return false };
    let rules = &telling.scene.rules;
    if rules.subsidy_fen(low) == rules.subsidy_fen(high) {
        return false;
    }
    pay(person, telling, rules.subsidy_fen(low), low);
    true
}

/// Both standards added up, which leaves less to pay than either allows.
pub fn added(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let Some((low, high)) = two(person, telling) else { return false };
    let rules = &telling.scene.rules;
    let sum = rules.subsidy_fen(low) + rules.subsidy_fen(high);
    if sum > rules.fee_fen && rules.subsidy_fen(high) >= rules.fee_fen {
        return false;
    }
    pay(person, telling, sum.min(rules.fee_fen), high);
    true
}

/// Two subsidised categories of the person, the lower first; one is added where one is missing.
fn two(person: &mut Person, telling: &mut Telling<'_>) -> Option<(u8, u8)> {
    if !plainly_insured(person) || person.pays[0].subsidy_fen == 0 {
        return None;
    }
    let rules = &telling.scene.rules;
    let on = person.pays[0].on;
    let fen = |it: u8| rules.subsidy_fen(it);
    let held =
        |it: &&Identity| fen(it.category) > 0 && it.from <= on && it.to.is_none_or(|to| on < to);
    let mut held: Vec<u8> = person.identities.iter().filter(held).map(|it| it.category).collect();
    if held.len() == 1 {
        let wants_other = telling.dice.chance(0.5);
        let fits =
            |it: &u8| *it != held[0] && fen(*it) > 0 && (fen(*it) != fen(held[0])) == wants_other;
        let suits = |it: &u8| {
            person.age(on) < 18
                || !matches!(
                    rules.categories[usize::from(*it)].code.as_str(),
                    "orphan" | "unattended-child"
                )
        };
        let other = (0..rules.categories.len() as u8).filter(fits).find(suits)?;
        person.identities.push(Identity { category: other, ..person.identities[0] });
        let last = person.identities.len() - 1;
        person.identities[last].from = person.identities[last].from.min(rules.window_opens);
        person.identities[last].to = None;
        held.push(other);
    }
    held.sort_by_key(|it| (fen(*it), *it));
    let high = *held.last()?;
    held.first().map(|low| (*low, high)).filter(|it| it.0 != it.1)
}

fn pay(person: &mut Person, telling: &Telling<'_>, subsidy_fen: i64, category: u8) {
    let pay = &mut person.pays[0];
    pay.subsidy_fen = subsidy_fen;
    pay.paid_fen = telling.scene.rules.fee_fen - subsidy_fen;
    pay.category = Some(category);
    let amount_fen = pay.paid_fen;
    if amount_fen == 0 {
        person.collected.clear();
    }
    person.collected.iter_mut().for_each(|it| it.amount_fen = amount_fen);
}
