//! Married into one household and still in the parents' (D06).

use super::Telling;
use crate::synth::person::{Home, Kind, Person};
use crate::tables::Relation;

pub fn tell(person: &mut Person, telling: &mut Telling<'_>) -> bool {
    let married_in = matches!(person.home.relation, Relation::Spouse | Relation::ChildInLaw);
    if !married_in || person.kind != Kind::Registered || person.exit.is_some() {
        return false;
    }
    let parents = *telling.dice.pick(telling.homes);
    if parents.household == person.home.household {
        return false;
    }
    person.second_home = Some(Home { relation: Relation::Child, ..parents });
    true
}
