//! `changes.parquet`: what is not as it was when the pipeline was last published.
//!
//! A person's key is the same from night to night as long as the same rows are the person's. This
//! table connects the keys where it is not so: where two persons of the last run are one, and
//! where one is two. A run on the same inputs as the last has nothing to say.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View, encode};
use crate::{
    error::Result,
    identity::{Person, PersonId, PersonKey},
    publish::Previous,
};

/// What has changed, in the order in which it is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Merged,
    Split,
}

impl Kind {
    /// The code as published.
    fn code(self) -> &'static str {
        match self {
            Kind::Merged => "merged",
            Kind::Split => "split",
        }
    }
}

/// One change of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    kind: Kind,
    /// The key of today's person, which decides the order.
    key: PersonKey,
    other: PersonKey,
    person: PersonId,
}

/// A run and what it changed.
pub(super) struct Changed<'v> {
    view: &'v View<'v>,
    changes: Vec<Change>,
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let changes = view.previous.as_ref().map(|previous| changes(view, previous));
    let changed = Changed { view, changes: changes.unwrap_or_default() };
    staging.write("changes.parquet", &encode::encode(&table(), &changed)?)
}

/// Every kind of change, by kind, person and other.
fn changes(view: &View<'_>, previous: &Previous) -> Vec<Change> {
    let mut all: Vec<Change> = merged(view, previous).chain(split(view, previous)).collect();
    all.sort_unstable();
    all
}

/// Who was a person and is now a part of one.
fn merged<'r>(view: &'r View<'_>, previous: &'r Previous) -> impl Iterator<Item = Change> + 'r {
    let aliases = view.night.identities.aliases.iter();
    aliases.filter(|it| previous.is_person(it.key)).map(|it| Change {
        kind: Kind::Merged,
        key: view.person(it.person).key,
        other: it.key,
        person: it.person,
    })
}

/// Who was a part of a person and is now one. Not those who were and still are one with the
/// other and have only changed keys with them.
fn split<'r>(view: &'r View<'_>, previous: &'r Previous) -> impl Iterator<Item = Change> + 'r {
    let identities = view.night.identities;
    let people = identities.people.iter().zip(0..).map(|(it, at)| (it.key, PersonId(at)));
    people.flat_map(move |(key, person)| {
        let is_still_one = move |other: &PersonKey| {
            identities.aliases_of(person).iter().any(|it| it.key == *other)
        };
        let owners = previous.owners_of(key).filter(move |it| !is_still_one(it));
        owners.map(move |other| Change { kind: Kind::Split, key, other, person })
    })
}

/// Rows are positions in the list of changes.
pub(super) fn table<'v>() -> Table<Changed<'v>> {
    Table {
        name: "changes",
        zh: "与本流程上一次发布相比的变化：哪些人员键并入他人、哪些从他人分出（首次发布为空）",
        en: "what changed since this pipeline was last published: keys merged into another person's, and split from one (empty the first time)",
        rows: |changed| (0..changed.changes.len() as u32).collect(),
        columns: [what(), who(), since()].into_iter().flatten().collect(),
    }
}

fn of(changed: &Changed<'_>, row: usize) -> Change {
    changed.changes[row]
}

fn person<'r>(changed: &'r Changed<'_>, row: usize) -> &'r Person {
    changed.view.person(of(changed, row).person)
}

fn what<'v>() -> Vec<Column<Changed<'v>>> {
    let new = Column::new;
    vec![
        new(
            "change",
            "变化：merged 上次的另一人并入此人，split 此人从上次的另一人分出",
            "merged: another of the last run is now part of this person; split: this person was part of another",
            Values::Text(|changed: &Changed<'v>, row| of(changed, row).kind.code()),
        ),
        new(
            "person",
            "本次的人员键",
            "person key, as of this run",
            Values::Made(|changed: &Changed<'v>, row, to| {
                let _ = write!(to, "{}", of(changed, row).key);
            }),
        ),
        new(
            "other",
            "另一个键：merged 为不再使用的键，split 为上次所属的人员键",
            "the other key: the one that is no more, or that of the person it was with",
            Values::Made(|changed: &Changed<'v>, row, to| {
                let _ = write!(to, "{}", of(changed, row).other);
            }),
        ),
    ]
}

fn who<'v>() -> Vec<Column<Changed<'v>>> {
    let new = Column::new;
    vec![
        new(
            "name",
            "姓名（规范后）",
            "name, normalised",
            Values::Text(|changed: &Changed<'v>, row| {
                changed.view.night.cx.text(person(changed, row).name)
            }),
        ),
        new(
            "township",
            "乡镇代码（9 位）",
            "township code, 9 digits",
            Values::Text(|changed: &Changed<'v>, row| {
                let place = person(changed, row).place;
                changed.view.township(place).map_or("", |it| &it.code)
            }),
        ),
        new(
            "village",
            "村（社区）代码（12 位）；不明为空",
            "village code, 12 digits; null where unknown",
            Values::Text(|changed: &Changed<'v>, row| {
                let place = person(changed, row).place;
                changed.view.village(place).map_or("", |it| &it.code)
            }),
        ),
    ]
}

fn since<'v>() -> Vec<Column<Changed<'v>>> {
    vec![Column::new(
        "previous",
        "上一次发布的数据日期",
        "the day the last run looked at the world from",
        Values::Date(|changed: &Changed<'v>, _| changed.view.previous.as_ref().map(|it| it.as_of)),
    )]
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::{
        clean::id_number::{IdNumber, IdState},
        ledger::Context,
        publish::{Row, TableFile, fixture::World, publish},
        tables::{Subject, Tables, TextId},
    };

    /// The ninth of the world has a number in the register that has lost its tail. Under this
    /// one he stands in the roster, if at all.
    fn number() -> IdNumber {
        IdNumber::from_parts(430_923, "1980-01-01".parse().unwrap(), 23).unwrap()
    }

    fn registered(subject: &mut Subject, name: TextId) {
        let (id, id_state, id_text) = (Some(number()), IdState::Valid, TextId::NONE);
        *subject = Subject { id, id_state, id_text, name, ..*subject };
    }

    /// A night in which the roster knows the man whom the damaged row means.
    fn known() -> World {
        World::with(60, 4, |tables: &mut Tables| {
            let subject = &mut tables.residents[9].subject;
            registered(subject, subject.name);
        })
    }

    /// A night in which it has somebody else in his place.
    fn unknown() -> World {
        World::with(60, 4, |tables: &mut Tables| {
            let stranger = tables.texts.intern("司马相如");
            registered(&mut tables.residents[9].subject, stranger);
        })
    }

    fn publish_to(out: &Path, day: &str, world: &World) -> PathBuf {
        let cx = Context { as_of: day.parse().unwrap(), ..world.context() };
        publish(&world.night(&cx), out).unwrap().folder
    }

    /// The rows of a published table: change, person, other, name; all since a day.
    fn since(day: &str, run: &Path) -> Vec<String> {
        let batches = TableFile::open(run, "changes").unwrap().batches().unwrap();
        let show = |row: Row<'_>| {
            assert_eq!(row.date("previous"), Some(day.parse().unwrap()));
            assert!(row.text("village").starts_with("430923109"), "{}", row.text("village"));
            assert_eq!(row.text("township"), "430923109");
            ["change", "person", "other", "name"].map(|it| row.text(it)).join(" ")
        };
        batches.iter().flat_map(Row::all).map(show).collect()
    }

    /// His key of the number, his key without it, and his name.
    fn keys(known: &World) -> (PersonKey, PersonKey, String) {
        let identities = &known.identities;
        let at = identities.people.iter().position(|it| it.id == Some(number())).unwrap();
        let [alias] = identities.aliases_of(PersonId(at as u32)) else { panic!("not joined") };
        let person = &identities.people[at];
        (person.key, alias.key, known.context().text(person.name).to_string())
    }

    #[test]
    fn a_night_like_the_first_changes_nothing() {
        let out = tempfile::tempdir().unwrap();
        let world = known();
        for day in ["2023-12-20", "2023-12-21"] {
            assert!(since("2023-12-20", &publish_to(out.path(), day, &world)).is_empty());
        }
    }

    #[test]
    fn who_was_a_person_and_is_joined_to_another_is_merged_and_the_reverse_is_split() {
        let out = tempfile::tempdir().unwrap();
        let (known, unknown) = (known(), unknown());
        let (whole, damaged, name) = keys(&known);
        assert!(since("", &publish_to(out.path(), "2023-12-20", &unknown)).is_empty());
        let merged = since("2023-12-20", &publish_to(out.path(), "2023-12-21", &known));
        assert_eq!(merged, [format!("merged {whole} {damaged} {name}")]);
        let split = since("2023-12-21", &publish_to(out.path(), "2023-12-22", &unknown));
        assert_eq!(split, [format!("split {damaged} {whole} {name}")]);
        let again = since("2023-12-21", &publish_to(out.path(), "2023-12-22", &unknown));
        assert_eq!(again, split, "a night that is run again is compared with the same one");
    }

    #[test]
    fn one_who_only_goes_by_the_other_key_has_not_been_split() {
        let world = known();
        let (whole, damaged, _) = keys(&world);
        let as_of = "2023-12-19".parse().unwrap();
        let previous = Previous { as_of, persons: vec![damaged], aliases: vec![(whole, damaged)] };
        let cx = world.context();
        let view = View::new(&world.night(&cx), None);
        let changes = changes(&view, &previous);
        let [change] = changes[..] else { panic!("{changes:?}") };
        assert_eq!((change.kind, change.key, change.other), (Kind::Merged, whole, damaged));
    }
}
