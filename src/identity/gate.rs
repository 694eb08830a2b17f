//! What a probability alone must never decide: the pairs that look like one person and are two.
//!
//! Twins, strangers with one name and one birthday, father and son under one sound: a wrong
//! merge gives one of them the other's cover. Such pairs become a question for a human eye, or
//! nothing; see the tests for each.

use super::{
    compare::{BirthLevel, HouseholdLevel, IdLevel, Levels, NameLevel, PlaceLevel, SexLevel},
    nodes::Node,
};
use crate::tables::SourceKind;

/// What may become of a pair, however probable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gate {
    /// May be joined.
    Open,
    /// May be asked about, not joined.
    Ask,
    /// Not the same person.
    Shut,
}

/// What may become of two nodes that agree so.
pub(super) fn gate(a: &Node, b: &Node, levels: &Levels) -> Gate {
    [
        by_evidence(a, b, levels),
        by_name(a, b, levels),
        by_birth_and_sex(levels),
        by_mask(levels),
        by_two_numbers(a, b, levels),
        by_roster(a, b, levels),
    ]
    .into_iter()
    .max()
    .unwrap_or(Gate::Open)
}

/// A name alone, however rare, is a question and never an answer; so are a name and a birthday in
/// another village. Two rows that nobody known is meant by need more than a name and a village,
/// which they would share with whomever they could not tell apart.
fn by_evidence(a: &Node, b: &Node, levels: &Levels) -> Gate {
    let has_number = levels.id.is_the_same_but_damaged() || levels.id == IdLevel::DateOrRegion;
    let has_home = matches!(levels.household, HouseholdLevel::Same | HouseholdLevel::Kin);
    let has_birth = levels.birth == BirthLevel::Same;
    let are_unknown = [a, b].iter().all(|it| !it.is_listed() && it.own_id().is_none());
    match levels.place {
        _ if has_number || has_home => Gate::Open,
        PlaceLevel::Different => Gate::Ask,
        PlaceLevel::Village if has_birth || !are_unknown => Gate::Open,
        _ if has_birth => Gate::Open,
        _ if are_unknown => Gate::Shut,
        _ => Gate::Ask,
    }
}

/// Twins and brothers bear names of one sound or a character apart. A newborn may have none yet;
/// but a row without any name, whose whole number others claim, may be theirs as its number says.
fn by_name(a: &Node, b: &Node, levels: &Levels) -> Gate {
    let has_number = matches!(levels.id, IdLevel::OneSlip | IdLevel::OneOfSeveral);
    let may_be_owners = [a, b].iter().any(|it| it.is_nameless && it.is_borrowed);
    let is_kin_newborn = levels.household == HouseholdLevel::Kin
        && levels.birth == BirthLevel::Same
        && !may_be_owners;
    match levels.name {
        NameLevel::Same
        | NameLevel::Variant
        | NameLevel::Former
        | NameLevel::Shortened
        | NameLevel::Wildcard => Gate::Open,
        NameLevel::SameSound | NameLevel::Missing if has_number || is_kin_newborn => Gate::Open,
        NameLevel::Missing
        | NameLevel::SameSound
        | NameLevel::OneCharacter
        | NameLevel::Permuted => Gate::Ask,
        NameLevel::Unrelated if has_number => Gate::Ask,
        NameLevel::Unrelated => Gate::Shut,
    }
}

/// Father and son share a name at times, and never a birthday.
fn by_birth_and_sex(levels: &Levels) -> Gate {
    let has_number = levels.id.is_the_same_but_damaged();
    let birth = match levels.birth {
        BirthLevel::Missing | BirthLevel::Same => Gate::Open,
        _ if has_number => Gate::Open,
        BirthLevel::Different => Gate::Shut,
        // The police correct birthdays too, by days rather than years.
        BirthLevel::OneDigit | BirthLevel::Swapped | BirthLevel::SameYear => Gate::Ask,
    };
    let sex = match levels.sex {
        SexLevel::Different if !has_number || levels.name != NameLevel::Same => Gate::Ask,
        _ => Gate::Open,
    };
    birth.max(sex)
}

/// A masked number was hidden from us on purpose: it never joins by itself.
fn by_mask(levels: &Levels) -> Gate {
    if levels.id == IdLevel::Masked { Gate::Ask } else { Gate::Open }
}

/// Two whole numbers are two persons, unless name, birthday and home all say otherwise.
fn by_two_numbers(a: &Node, b: &Node, levels: &Levels) -> Gate {
    if a.own_id().is_none() || b.own_id().is_none() || levels.id == IdLevel::LostTail {
        return Gate::Open;
    }
    let name = matches!(levels.name, NameLevel::Same | NameLevel::Variant | NameLevel::Former);
    let home = levels.place == PlaceLevel::Village || levels.household == HouseholdLevel::Same;
    // Numbers one slip apart have said the birthday: it is left out where it is the same.
    let is_told = levels.id == IdLevel::ValidOneSlip && levels.birth == BirthLevel::Missing;
    let is_one = name && home && (levels.birth == BirthLevel::Same || is_told);
    if is_one { Gate::Open } else { Gate::Ask }
}

/// Two rows of the roster are two persons: a county has strangers with one name and one birthday,
/// and twins whose names differ in a character. No family has two children of one name, though:
/// one household with one name twice is one person if the birthday, or a damaged number, agrees
/// and all other sources know one of the two only.
fn by_roster(a: &Node, b: &Node, levels: &Levels) -> Gate {
    if ![a, b].iter().all(|it| it.is_in(SourceKind::Household)) {
        return Gate::Open;
    }
    let has_number = levels.id.is_the_same_but_damaged();
    let is_home = levels.household == HouseholdLevel::Same;
    let is_called = matches!(levels.name, NameLevel::Same | NameLevel::Former);
    // Who is insured or at school under both numbers lives under both, and must be seen.
    let is_idle = [a, b].iter().any(|it| it.kinds == 1 << SourceKind::Household as u16);
    match levels.birth {
        BirthLevel::Same if is_home && is_called && is_idle => Gate::Open,
        BirthLevel::Missing if has_number && is_called => Gate::Open,
        _ if (is_home || has_number) && is_called => Gate::Ask,
        _ => Gate::Shut,
    }
}
