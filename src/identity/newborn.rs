//! Newborns: a birth certificate, and the child that the roster has since registered.
//!
//! A birth list has no id of the child yet, but the mother's. The child is the one in the
//! mother's household who was born that day; of twins, the one whose name or sex fits.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::{LinkMethod, joins::Joins};
use crate::{
    clean::name::{NameAgreement, agreement},
    tables::{Birth, RecordId, RegistrationStatus, Resident, Subject, Tables, TextId},
};

const PROBABILITY: f32 = 0.999;

/// Joins births to the children of the mothers' households.
pub(super) fn join(tables: &Tables, joins: &mut Joins) {
    let homes = homes_of_mothers(tables);
    let children = children(tables);
    let mut claimed: Vec<RecordId> = Vec::new();
    for birth in tables.births.iter().filter(|it| it.subject.id.is_none()) {
        let Some(born_on) = birth.subject.birth else { continue };
        let Some(home) = birth.mother_id.and_then(|it| homes.get(&it.packed())) else { continue };
        let Some(here) = children.get(&(*home, born_on)) else { continue };
        let free: Vec<&Resident> = here
            .iter()
            .copied()
            .filter(|it| !claimed.contains(&joins.root(it.subject.record)))
            .filter(|it| !differ_in_sex(&it.subject, &birth.subject))
            .collect();
        let by_name = || free.iter().copied().find(|it| are_called_alike(tables, it, birth));
        let child = match free.as_slice() {
            [one] => Some(*one),
            _ => by_name(),
        };
        if let Some(child) = child {
            claimed.push(joins.root(child.subject.record));
            let method = LinkMethod::MotherAndBirth;
            joins.join(birth.subject.record, child.subject.record, method, PROBABILITY);
        }
    }
}

/// The household of every woman who is named as a mother.
fn homes_of_mothers(tables: &Tables) -> FxHashMap<u64, TextId> {
    let mut mothers: FxHashMap<u64, TextId> = tables
        .births
        .iter()
        .filter_map(|it| Some((it.mother_id?.packed(), TextId::NONE)))
        .collect();
    let is_live = |it: &&Resident| it.status == RegistrationStatus::Registered;
    for resident in tables.residents.iter().filter(is_live) {
        let Some(id) = resident.subject.id else { continue };
        if let Some(home) = mothers.get_mut(&id.packed())
            && !home.is_some()
        {
            *home = resident.household;
        }
    }
    mothers.retain(|_, home| home.is_some());
    mothers
}

/// The roster's people by household and day of birth, as far as a birth list reaches back.
fn children(tables: &Tables) -> FxHashMap<(TextId, NaiveDate), Vec<&Resident>> {
    let mut children: FxHashMap<(TextId, NaiveDate), Vec<&Resident>> = FxHashMap::default();
    let Some(since) = tables.births.iter().filter_map(|it| it.subject.birth).min() else {
        return children;
    };
    for resident in &tables.residents {
        let born_on = resident.subject.birth_known().filter(|it| *it >= since);
        if let (Some(born_on), true) = (born_on, resident.household.is_some()) {
            children.entry((resident.household, born_on)).or_default().push(resident);
        }
    }
    children
}

fn differ_in_sex(a: &Subject, b: &Subject) -> bool {
    matches!((a.sex_known(), b.sex_known()), (Some(x), Some(y)) if x != y)
}

fn are_called_alike(tables: &Tables, child: &Resident, birth: &Birth) -> bool {
    let name = |it: &Subject| tables.texts.get(it.name);
    agreement(name(&child.subject), name(&birth.subject)) < NameAgreement::OneCharacter
}
