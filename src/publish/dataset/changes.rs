//! `changes.parquet`: what is not as it was when the pipeline was last published.
//!
//! First of all which findings came, went and came back, and why; that is what a morning begins with.
//!
//! A person's key is the same from night to night as long as the same rows are the person's. This
//! table connects the keys where it is not so: where two persons of the last run are one, and
//! where one is two. A run on the same inputs as the last has nothing to say.

use std::fmt::Write;

use super::{Column, Staging, Table, Values, View, encode};
use crate::{
    cases::CaseChange,
    error::Result,
    identity::{Person, PersonId, PersonKey},
    publish::Previous,
};

/// What has changed with a person's key, in the order in which it is listed.
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

/// A run and what it changed: keys, then cases.
pub(super) struct Changed<'v> {
    view: &'v View<'v>,
    keys: Vec<Change>,
    cases: Vec<CaseChange<'v>>,
}

/// A row of the table.
enum Row<'r> {
    Key(&'r Change),
    Case(&'r CaseChange<'r>),
}

impl<'v> Changed<'v> {
    fn new(view: &'v View<'v>) -> Changed<'v> {
        let keys = view.previous.as_ref().map(|previous| changes(view, previous));
        Changed { view, keys: keys.unwrap_or_default(), cases: view.case_changes() }
    }

    fn row(&self, row: usize) -> Row<'_> {
        match row.checked_sub(self.keys.len()) {
            None => Row::Key(&self.keys[row]),
            Some(row) => Row::Case(&self.cases[row]),
        }
    }

    /// The case, where the row is about one.
    fn case(&self, row: usize) -> Option<&CaseChange<'_>> {
        match self.row(row) {
            Row::Key(_) => None,
            Row::Case(it) => Some(it),
        }
    }

    /// The key, where the row is about one.
    fn key(&self, row: usize) -> Option<&Change> {
        match self.row(row) {
            Row::Key(it) => Some(it),
            Row::Case(_) => None,
        }
    }

    /// Whom the row is about, if that is somebody tonight.
    fn person(&self, row: usize) -> Option<&Person> {
        match self.row(row) {
            Row::Key(it) => Some(self.view.person(it.person)),
            Row::Case(it) => self.view.people_by_key().person(&it.after.found.person),
        }
    }
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    staging.write("changes.parquet", &encode::encode(&table(), &Changed::new(view))?)
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

/// Rows are positions in the list of changes: keys by kind and person, then cases by finding.
pub(super) fn table<'v>() -> Table<Changed<'v>> {
    Table {
        name: "changes",
        zh: "与上一个数据日期的发布相比的变化：新增、销号、重新列入、情况变化的问题及原因；人员键的并入和分出（首次发布为空）",
        en: "what changed since the newest run of an earlier day: findings that are new, gone, back or other, and why; person keys merged and split (empty the first time)",
        rows: |it| (0..(it.keys.len() + it.cases.len()) as u32).collect(),
        columns: [what(), case(), who(), since()].into_iter().flatten().collect(),
    }
}

fn what<'v>() -> Vec<Column<Changed<'v>>> {
    let new = Column::new;
    vec![
        new(
            "change",
            "变化：问题 new 新增，gone 销号，back 重新列入，changed 情况变化；人员键 merged 上次的另一人并入此人，split 此人从上次的另一人分出",
            "of findings: new, gone, back, changed; of persons: merged (another of the last run is now part of this person), split (this person was part of another)",
            Values::Text(|it: &Changed<'v>, row| match it.row(row) {
                Row::Key(it) => it.kind.code(),
                Row::Case(it) => it.change.code(),
            }),
        ),
        new(
            "reason",
            "原因：data 数据，answer 乡镇反馈，policy 政策文件，rule 规则、配置或程序，date 日期推移",
            "why: data, answer, policy, rule (configuration or program), date (nothing but the day)",
            Values::Text(|it: &Changed<'v>, row| it.case(row).map_or("", |it| it.reason.code())),
        ),
        new(
            "person",
            "人员键；针对文件的问题为空",
            "person key, as of this run; null where a finding is about a file",
            Values::Made(|it: &Changed<'v>, row, to| match it.row(row) {
                Row::Key(it) => {
                    let _ = write!(to, "{}", it.key);
                }
                Row::Case(it) => to.push_str(&it.after.found.person),
            }),
        ),
        new(
            "other",
            "另一个键：merged 为不再使用的键，split 为上次所属的人员键",
            "the other key: the one that is no more, or that of the person it was with",
            Values::Made(|it: &Changed<'v>, row, to| {
                if let Some(it) = it.key(row) {
                    let _ = write!(to, "{}", it.other);
                }
            }),
        ),
    ]
}

fn text<'v>(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    value: for<'r> fn(&'r Changed<'v>, usize) -> &'r str,
) -> Column<Changed<'v>> {
    Column::new(name, zh, en, Values::Text(value))
}

fn case<'v>() -> Vec<Column<Changed<'v>>> {
    vec![
        text("finding", "问题编号", "id of the finding", |it, row| {
            it.case(row).map_or("", |it| &it.after.found.finding)
        })
        .distinct(),
        text("code", "问题代码", "code of the rule", |it, row| {
            it.case(row).map_or("", |it| &it.after.found.code)
        }),
        text(
            "from",
            "上次的状态；新增为空",
            "state before; null where it is new",
            |it, row| it.case(row).and_then(|it| it.before).map_or("", |it| it.state.code()),
        ),
        text("to", "本次的状态", "state now", |it, row| {
            it.case(row).map_or("", |it| it.after.state.code())
        }),
        text("why", "状态的原因，同 cases.parquet", "as in cases.parquet", |it, row| {
            it.case(row).map_or("", |it| it.after.why.code())
        }),
        text(
            "township_before",
            "上次的乡镇代码，与本次不同时填写",
            "township before, where it was another",
            |it, row| match it.case(row) {
                Some(CaseChange { before: Some(before), after, .. })
                    if before.found.township != after.found.township =>
                {
                    &before.found.township
                }
                _ => "",
            },
        ),
    ]
}

fn who<'v>() -> Vec<Column<Changed<'v>>> {
    vec![
        text(
            "name",
            "姓名（规范后）；不在本次数据中为空",
            "name, normalised; null where nobody is known by the key tonight",
            |it, row| it.person(row).map_or("", |person| it.view.night.cx.text(person.name)),
        ),
        text("township", "乡镇代码（9 位）", "township code, 9 digits", |it, row| match it
            .row(row)
        {
            Row::Key(_) => {
                let place = it.person(row).and_then(|it| it.place);
                it.view.township(place).map_or("", |it| &it.code)
            }
            Row::Case(it) => &it.after.found.township,
        }),
        text(
            "village",
            "村（社区）代码（12 位）；不明为空",
            "village code, 12 digits; null where unknown",
            |it, row| match it.row(row) {
                Row::Key(_) => {
                    let place = it.person(row).and_then(|it| it.place);
                    it.view.village(place).map_or("", |it| &it.code)
                }
                Row::Case(it) => &it.after.found.village,
            },
        ),
    ]
}

fn since<'v>() -> Vec<Column<Changed<'v>>> {
    vec![Column::new(
        "previous",
        "所比较的发布的数据日期",
        "the day that the run compared with looked at the world from",
        Values::Date(|it: &Changed<'v>, row| match it.row(row) {
            Row::Key(_) => it.view.previous.as_ref().map(|it| it.as_of),
            Row::Case(_) => it.view.night.past.earlier.run.map(|it| it.as_of),
        }),
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
        let view = View::first(&world.night(&cx));
        let changes = changes(&view, &previous);
        let [change] = changes[..] else { panic!("{changes:?}") };
        assert_eq!((change.kind, change.key, change.other), (Kind::Merged, whole, damaged));
    }
}
