//! The exact tiers: one number, and names that agree or do not.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::{PersonFiles, PersonId, Setting, identify};
use crate::{
    clean::id_number::{IdKind, IdNumber, IdState},
    tables::{Death, Origin, PartId, RecordId, Subject, Tables},
};

/// A row: the number it bears (0 for none) and a name.
type Bare<'a> = (u8, &'a str);

fn tables(rows: &[Bare<'_>]) -> Tables {
    let mut tables = Tables::default();
    for (at, (number, name)) in rows.iter().enumerate() {
        let mut subject = Subject::unknown(RecordId(at as u32));
        let birth = NaiveDate::from_ymd_opt(1960 + i32::from(*number), 5, 6);
        let id = birth.and_then(|it| IdNumber::from_parts(430923, it, 123));
        subject.id = id.filter(|_| *number > 0);
        if subject.id.is_some() {
            (subject.id_kind, subject.id_state) = (IdKind::Citizen, IdState::Valid);
        }
        subject.name = tables.texts.intern(name);
        tables.origins.rows.push(Origin { part: PartId(0), row: at as u32 + 1 });
        tables.deaths.push(Death { subject, died_on: None });
    }
    tables
}

/// The persons as sets of rows, each row as number and name, sorted.
fn persons(rows: &[Bare<'_>]) -> Vec<Vec<String>> {
    let tables = tables(rows);
    let identities = identify(&tables, &Setting::plain(b"a key"));
    let files = PersonFiles::new(&tables, &identities.links, identities.people.len());
    let mut persons: Vec<Vec<String>> = (0..identities.people.len() as u32)
        .map(|person| {
            let file = files.of(PersonId(person));
            let show = |it: &&Subject| format!("{:?} {}", it.id, tables.texts.get(it.name));
            let mut rows: Vec<String> = file.subjects().iter().map(show).collect();
            rows.sort();
            rows
        })
        .collect();
    persons.sort();
    persons
}

fn check(rows: &[Bare<'_>], n_persons: usize) {
    assert_eq!(persons(rows).len(), n_persons, "{rows:?}");
}

#[test]
fn a_valid_number_and_an_agreeing_name_is_one_person() {
    check(&[(1, "张三"), (1, "张三")], 1);
    check(&[(1, "王丽"), (1, "王莉")], 1);
    check(&[(1, "张伟"), (1, "李秀英")], 2);
    check(&[(1, "张三"), (2, "张三")], 2);
    check(&[(1, "张三"), (1, "")], 1);
}

#[test]
fn a_third_name_connects_two() {
    // 张晓明 and 章晓朋 have nothing to do with each other but for the row between.
    check(&[(1, "张晓明"), (1, "张小朋")], 2);
    check(&[(1, "张晓明"), (1, "张小朋"), (1, "张小明")], 1);
}

#[test]
fn a_nameless_row_of_a_shared_number_stays_alone() {
    check(&[(1, "张伟"), (1, "李秀英"), (1, "")], 3);
    check(&[(1, ""), (1, "")], 1);
}

#[test]
fn a_number_under_hundreds_of_names_joins_equal_names_only() {
    let names: Vec<String> = (0..200u32)
        .map(|it| format!("张{}{}", char::from_u32(0x4E00 + it).unwrap(), "明"))
        .collect();
    let mut rows: Vec<Bare<'_>> = names.iter().map(|it| (1, it.as_str())).collect();
    rows.push((1, names[0].as_str()));
    check(&rows, 200);
}

proptest! {
    #[test]
    fn missing_numbers_never_join(names in prop::collection::vec("[张李王]{0,2}", 1..12)) {
        let rows: Vec<Bare<'_>> = names.iter().map(|it| (0, it.as_str())).collect();
        prop_assert_eq!(persons(&rows).len(), rows.len());
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        rows in prop::collection::vec((0u8..3, "[张章王][晓小明朋]{1,2}"), 1..10),
        seed in any::<prop::sample::Index>(),
    ) {
        let rows: Vec<Bare<'_>> = rows.iter().map(|(id, name)| (*id, name.as_str())).collect();
        let mut turned = rows.clone();
        turned.rotate_left(seed.index(rows.len()));
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(persons(&rows), persons(&turned));
        prop_assert_eq!(persons(&rows), persons(&reversed));
    }

    #[test]
    fn keys_are_distinct_and_stay_when_rows_are_added(
        rows in prop::collection::vec((1u8..4, "[张王][晓明]{1,2}"), 1..8),
    ) {
        let rows: Vec<Bare<'_>> = rows.iter().map(|(id, name)| (*id, name.as_str())).collect();
        let keys = |rows: &[Bare<'_>]| {
            let people = identify(&tables(rows), &Setting::plain(b"a key")).people;
            people.iter().map(|it| it.key).collect::<std::collections::BTreeSet<_>>()
        };
        let n_persons = persons(&rows).len();
        prop_assert_eq!(keys(&rows).len(), n_persons);
        let mut more = rows.clone();
        more.push((0, "新人"));
        prop_assert!(keys(&rows).is_subset(&keys(&more)));
    }
}
