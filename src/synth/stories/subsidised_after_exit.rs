//! A subsidised payment dated after death or moving away (S04).

use chrono::Days;

use super::{Telling, plainly_insured};
use crate::synth::person::{Exit, Person};

/// Died before somebody paid and claimed for them.
pub fn dead(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let Some(on) = day_before_payment(person, telling) else { return false };
    person.exit = Some(Exit::Death { on, roster: true, health: true, civil: false });
    true
}

/// Moved away before.
pub fn moved(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let Some(on) = day_before_payment(person, telling) else { return false };
    person.exit = Some(Exit::MovedOut { on });
    true
}

fn day_before_payment(person: &mut Person, telling: &mut Telling<'_>) -> Option<chrono::NaiveDate> {
    if !plainly_insured(person) {
        return None;
    }
    if person.pays[0].subsidy_fen == 0 {
        // Few people are both; a villager who gets half is made one.
        let category = telling.scene.rules.categories.iter().position(|it| it.subsidy_fen > 0)?;
        let fee = telling.scene.rules.fee_fen;
        let subsidy = telling.scene.rules.categories[category].subsidy_fen.min(fee);
        let from = telling.scene.rules.window_opens - Days::new(900);
        person.identities.push(crate::synth::person::Identity {
            category: category as u8,
            from,
            to: None,
        });
        let pay = &mut person.pays[0];
        pay.category = Some(category as u8);
        pay.subsidy_fen = subsidy;
        pay.paid_fen = fee - subsidy;
        person.collected.iter_mut().for_each(|it| it.amount_fen = fee - subsidy);
        if fee == subsidy {
            person.collected.clear();
        }
    }
    Some(person.pays[0].on - Days::new(20 + telling.dice.below(200)))
}
