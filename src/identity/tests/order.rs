//! The order of rows decides nothing.

use proptest::prelude::*;

use super::{check, identify, lines, setting, tables};
use crate::identity::{Identities, Match};
use crate::tables::{RecordId, Tables};

/// What was found out, said of the rows by what they say rather than by where they stand.
fn said(lines: &[String]) -> Vec<String> {
    said_of(lines, lines.len())
}

/// The same of the first rows alone.
pub(super) fn said_of(lines: &[String], first: usize) -> Vec<String> {
    let tables = tables(lines);
    let identities = identify(&tables, &setting());
    let is_first = |record: &usize| tables.origins.rows[*record].row as usize <= first;
    let mut said: Vec<String> = (0..tables.len())
        .filter(is_first)
        .map(|record| of_row(lines, &tables, &identities, record))
        .collect();
    said.sort();
    said
}

fn of_row(lines: &[String], tables: &Tables, identities: &Identities, record: usize) -> String {
    let line = |record: usize| &lines[tables.origins.rows[record].row as usize - 1];
    let link = identities.links[record];
    let person = &identities.people[link.person.0 as usize];
    let question = identities
        .match_of(RecordId(record as u32))
        .map(|it: &Match| format!("{} {:?} {}", it.probability, it.scores, it.is_joined));
    let (name, id) = (tables.texts.get(person.name), person.id);
    let (method, probability) = (link.method, link.probability);
    let aliases: Vec<_> = identities.aliases_of(link.person).iter().map(|it| it.key).collect();
    format!(
        "{} {method:?} {probability} {name} {id:?} {:?} {question:?} {aliases:?}",
        line(record),
        person.place
    )
}

/// Checks that a world is the same people in its order and reversed.
#[track_caller]
fn check_reversed(world: &str) {
    let rows = lines(world);
    let reversed: Vec<String> = rows.iter().rev().cloned().collect();
    assert_eq!(said(&rows), said(&reversed), "{world}");
}

/// The household of whichever owner stood first was taken for the row's own.
#[test]
fn a_number_with_two_owners_in_two_households_points_to_neither() {
    let world = "
        household 20100607/103 张晓明 birth=1980-03-05 household=9
        household 20100607/103 张伟 birth=1980-03-05 household=7
        household 19800305/101 张伟 household=7
        enrolment 20100607/103 - birth=1980-03-05";
    check_reversed(world);
    check(world, "1 | 2 | 3 | 4");
}

/// All that tells these two births apart are their mothers, which broke no tie.
#[test]
fn two_births_of_one_child_under_two_mothers() {
    check_reversed(
        "household 20100607/103 张晓明 place=1
         household 19800305/102 李秀英 place=2 household=7
         household 19850305/104 王芳 place=2 household=9
         birth - 张晓明 birth=2010-06-07 place=1 mother=19800305/102
         birth - 张晓明 birth=2010-06-07 place=1 mother=19850305/104",
    );
}

/// The mother of whichever row stood first counted.
#[test]
fn one_childs_rows_that_name_mothers_of_two_households_point_to_neither() {
    check_reversed(
        "household 19800305/101 张晓明 household=9
         household 20100607/103 张伟 household=7
         birth 19800305/133 张晓明 mother=19800305/101
         birth 19800305/133 张晓明 mother=20100607/103",
    );
}

pub(super) fn row() -> impl Strategy<Value = String> {
    let kind =
        prop::sample::select(vec!["household", "household", "enrolment", "student", "birth"]);
    let id = prop::sample::select(vec![
        "19800305/101",
        "19800305/101:slip",
        "19800305/101:tail",
        "19800305/133",
        "20100607/103",
        "19800305/557",
        "-",
        "19800305/101:masked",
        "4.31E+17",
        "20100607/103:swap",
    ]);
    let name =
        prop::sample::select(vec!["张伟", "张玮", "张晓明", "张晓亮", "张〓", "张伟之子", "-"]);
    let birth = prop::sample::select(vec!["", "birth=1980-03-05", "birth=2010-06-07"]);
    let place = prop::sample::select(vec!["", "place=1", "place=2", "place=8"]);
    let home = prop::sample::select(vec!["household=7", "household=9"]);
    let former = prop::sample::select(vec!["", "", "former=张伟", "former=张晓亮"]);
    let mother = prop::sample::select(vec!["", "mother=19800305/101", "mother=20100607/103"]);
    (kind, id, name, birth, place, (home, former, mother)).prop_map(
        |(kind, id, name, birth, place, (home, former, mother))| {
            // What a kind of row does not state would tell rows apart here and nowhere else.
            let own = match kind {
                "household" => format!("{home} {former}"),
                "birth" => mother.to_string(),
                _ => String::new(),
            };
            format!("{kind} {id} {name} {birth} {place} {own}")
        },
    )
}

proptest! {
    #[test]
    fn rows_in_another_order_are_the_same_people(
        rows in prop::collection::vec(row(), 2..10),
        turn in any::<prop::sample::Index>(),
    ) {
        let mut turned = rows.clone();
        turned.rotate_left(turn.index(rows.len()));
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(said(&rows), said(&turned));
        prop_assert_eq!(said(&rows), said(&reversed));
    }
}
