//! Damaged ids that can mean one person only: the same name, and a number that is the person's
//! but for one slip or for the tail that a spreadsheet lost.
//!
//! A damaged id fails its own check, so it is nobody else's. It is joined only if exactly one
//! person of that name fits; everything less certain is left for [`super::doubt`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::{LinkMethod, joins::Joins};
use crate::{
    clean::id_number::{IdNumber, IdState, lost_tail_prefix},
    tables::{RecordId, Subject, Tables, TextId},
};

/// A wrong number of the same name that passes by chance: the check digit lets one in eleven
/// pass, and a county has few people of one name; measured on synthetic counties.
const PROBABILITY: f32 = 0.999;

/// Joins records with a damaged id to the one person they can mean.
pub(super) fn join(tables: &Tables, subjects: &[Subject], joins: &mut Joins) {
    let damaged: Vec<&Subject> =
        subjects.iter().filter(|it| is_damaged(it) && joins.is_alone(it.record)).collect();
    let bearers = bearers(subjects, damaged.iter().map(|it| it.name).collect());
    let found: Vec<(RecordId, RecordId)> = damaged
        .iter()
        .filter_map(|it| {
            let as_found = tables.texts.get(it.id_text);
            let fits = |bearer: &&Bearer| is_meant(it.id_state, as_found, &bearer.id);
            let mut fitting = bearers.get(&it.name)?.iter().filter(fits);
            let one = fitting.next()?;
            let is_only = fitting.all(|other| other.number == one.number);
            is_only.then_some((it.record, one.record))
        })
        .collect();
    for (record, to) in found {
        joins.join(record, to, LinkMethod::RecoveredId, PROBABILITY);
    }
}

fn is_damaged(subject: &Subject) -> bool {
    let states = [
        IdState::LostTail,
        IdState::WrongCheck,
        IdState::WrongDate,
        IdState::WrongRegion,
        IdState::WrongLength,
        IdState::NotANumber,
    ];
    subject.id.is_none() && subject.name.is_some() && states.contains(&subject.id_state)
}

/// Somebody of a name that a damaged record bears.
struct Bearer {
    number: IdNumber,
    /// The number as 18 characters.
    id: String,
    record: RecordId,
}

/// The distinct numbers of each name, in the order of record ids.
fn bearers(subjects: &[Subject], names: FxHashSet<TextId>) -> FxHashMap<TextId, Vec<Bearer>> {
    let mut bearers: FxHashMap<TextId, Vec<Bearer>> = FxHashMap::default();
    for subject in subjects.iter().filter(|it| names.contains(&it.name)) {
        let Some(number) = subject.id else { continue };
        let known = bearers.entry(subject.name).or_default();
        if !known.iter().any(|it| it.number == number) {
            known.push(Bearer { number, id: number.to_string(), record: subject.record });
        }
    }
    bearers
}

/// Whether a damaged number can be a slip of a valid one.
fn is_meant(state: IdState, as_found: &str, id: &str) -> bool {
    match state {
        IdState::LostTail => lost_tail_prefix(as_found).is_some_and(|it| id.starts_with(it)),
        // The fault is in the date or in the region; the check digit was computed after it.
        IdState::WrongDate => {
            is_one_slip(as_found, id)
                || differs_only_in(as_found, id, |at| matches!(at, 6..14 | 17))
        }
        IdState::WrongRegion => {
            is_one_slip(as_found, id) || differs_only_in(as_found, id, |at| matches!(at, 0..6 | 17))
        }
        _ => is_one_slip(as_found, id),
    }
}

/// Whether up to three characters differ, all of them in certain places.
fn differs_only_in(as_found: &str, id: &str, may_differ: impl Fn(usize) -> bool) -> bool {
    let different = as_found.bytes().zip(id.bytes()).enumerate();
    let mut different = different.filter(|(_, (a, b))| !a.eq_ignore_ascii_case(b));
    as_found.len() == id.len()
        && different.clone().count() <= 3
        && different.all(|(at, _)| may_differ(at))
}

/// One character wrong, missing or too many, or two neighbours swapped.
fn is_one_slip(as_found: &str, id: &str) -> bool {
    let (a, b) = (as_found.as_bytes(), id.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a.len() < 17 {
        return false;
    }
    let is_same = |x: &u8, y: &u8| x.eq_ignore_ascii_case(y);
    let before = a.iter().zip(b).take_while(|(x, y)| is_same(x, y)).count();
    let rest = (&a[before..], &b[before..]);
    let after =
        rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(x, y)| is_same(x, y)).count();
    match (&rest.0[..rest.0.len() - after], &rest.1[..rest.1.len() - after]) {
        ([_] | [], [_] | []) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_character_or_two_neighbours() {
        let id = "11010519491231002X";
        let check =
            |as_found, expected| assert_eq!(is_one_slip(as_found, id), expected, "{as_found}");
        check("11010519491231003X", true);
        check("11010519491231020X", true);
        check("1101051949123102X", true);
        check("110105194912310022X", true);
        check("11010519491231002x", true);
        check("11010519491231030X", false);
        check("11010519491231200X", false);
        check("110105194912310", false);
        check("", false);
    }

    #[test]
    fn a_wrong_date_or_region_may_differ_there_only() {
        let check = |state, as_found, expected| {
            assert_eq!(is_meant(state, as_found, "11010519491231002X"), expected, "{as_found}");
        };
        check(IdState::WrongDate, "110105194913310028", true);
        check(IdState::WrongDate, "110105194913310128", false);
        check(IdState::WrongRegion, "98010519491231002X", true);
        check(IdState::WrongRegion, "980105194913310020", false);
        check(IdState::WrongCheck, "98010519491231002X", false);
    }

    #[test]
    fn a_lost_tail_is_known_by_what_is_left() {
        let check = |as_found, expected| {
            assert_eq!(is_meant(IdState::LostTail, as_found, "11010519491231002X"), expected);
        };
        check("110105194912310000", true);
        check("110105194912320000", false);
    }
}
