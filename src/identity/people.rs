//! A person, and everything that the sources say of one person.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Link, PersonId, PersonKey, key};
use crate::{
    clean::id_number::{IdNumber, IdState},
    tables::{
        Answer, Birth, CategoryRow, Collection, Death, DivisionId, Elsewhere, Enrolment, Exemption,
        Payment, Permit, RecordId, Resident, Row, Sex, SourceKind, Student, Subject, Tables,
        TextId,
    },
};

/// What is best known of a person, taken from the strongest record.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub key: PersonKey,
    pub id: Option<IdNumber>,
    pub id_state: IdState,
    /// The certificate as found, where there is no `id`.
    pub id_text: TextId,
    pub name: TextId,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    /// Village, or township where that is all that is known.
    pub place: Option<DivisionId>,
    pub household: TextId,
    /// The kinds of source that have a row of this person, a bit each in `SourceKind` order.
    pub kinds: u16,
    /// A row of cover that probably is this person's, under another identity.
    pub probable_cover: Option<RecordId>,
    /// The record that `place` and `household` come from.
    pub home: RecordId,
}

impl Person {
    /// Whether a source of this kind has a row of the person.
    pub fn is_in(&self, kind: SourceKind) -> bool {
        self.kinds & (1 << kind as u16) != 0
    }
}

/// Describes every person from its records.
pub(super) fn describe(
    tables: &Tables,
    subjects: &[Subject],
    links: &[Link],
    secret: &[u8],
) -> Vec<Person> {
    let n_people = links.iter().map(|it| it.person.0 + 1).max().unwrap_or(0) as usize;
    let (order, starts) = group(links, n_people);
    let mut people: Vec<Person> = (0..n_people)
        .into_par_iter()
        .map(|person| {
            let records = &order[starts[person] as usize..starts[person + 1] as usize];
            describe_one(tables, subjects, records)
        })
        .collect();
    key::assign(tables, subjects, &mut people, secret);
    people
}

/// Records by person, each person's in the order of record ids: (records, where each starts).
fn group(links: &[Link], n_people: usize) -> (Vec<RecordId>, Vec<u32>) {
    let mut starts = vec![0u32; n_people + 1];
    for link in links {
        starts[link.person.0 as usize + 1] += 1;
    }
    for person in 0..n_people {
        starts[person + 1] += starts[person];
    }
    let mut next = starts.clone();
    let mut order = vec![RecordId(0); links.len()];
    for (record, link) in links.iter().enumerate() {
        let at = &mut next[link.person.0 as usize];
        order[*at as usize] = RecordId(record as u32);
        *at += 1;
    }
    (order, starts)
}

/// Record ids rise with the source kind, so the roster's row comes first wherever there is one:
/// the first record that knows a thing decides it.
fn describe_one(tables: &Tables, subjects: &[Subject], records: &[RecordId]) -> Person {
    let rows = || records.iter().map(|it| &subjects[it.0 as usize]);
    let first = subjects[records[0].0 as usize];
    let identified = rows().find(|it| it.id.is_some()).unwrap_or(&first);
    let is_village = |it: &&Subject| it.place.is_some() && !it.place_text.is_some();
    let home = rows().find(is_village).or_else(|| rows().find(|it| it.place.is_some()));
    let home = home.unwrap_or(&first);
    let mut kinds = 0;
    for record in records {
        kinds |= 1 << tables.kind_of(*record) as u16;
    }
    Person {
        key: PersonKey::default(),
        id: identified.id,
        id_state: identified.id_state,
        id_text: rows().map(|it| it.id_text).find(|it| it.is_some()).unwrap_or(TextId::NONE),
        name: rows().map(|it| it.name).find(|it| it.is_some()).unwrap_or(TextId::NONE),
        sex: rows().find_map(|it| it.id.map(IdNumber::sex).or(it.sex)),
        birth: rows().find_map(Subject::birth_known),
        place: home.place,
        household: records
            .iter()
            .find_map(|it| tables.resident(*it).map(|row| row.household))
            .unwrap_or(TextId::NONE),
        kinds,
        probable_cover: None,
        home: home.record,
    }
}

/// The rows of one kind, grouped by person.
struct Grouped<R> {
    rows: Vec<R>,
    starts: Vec<u32>,
}

impl<R: Row> Grouped<R> {
    /// A counting sort: rows keep the order of record ids within a person.
    fn new(rows: &[R], links: &[Link], n_people: usize) -> Grouped<R> {
        let person = |row: &R| links[row.subject().record.0 as usize].person.0 as usize;
        let mut starts = vec![0u32; n_people + 1];
        for row in rows {
            starts[person(row) + 1] += 1;
        }
        for at in 0..n_people {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; rows.len()];
        for (at, row) in rows.iter().enumerate() {
            let slot = &mut next[person(row)];
            order[*slot as usize] = at as u32;
            *slot += 1;
        }
        Grouped { rows: order.iter().map(|at| rows[*at as usize]).collect(), starts }
    }

    fn of(&self, person: PersonId) -> &[R] {
        let at = person.0 as usize;
        &self.rows[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Every person's file: all rows of all sources, by person.
pub struct PersonFiles {
    residents: Grouped<Resident>,
    permits: Grouped<Permit>,
    births: Grouped<Birth>,
    deaths: Grouped<Death>,
    categories: Grouped<CategoryRow>,
    students: Grouped<Student>,
    enrolments: Grouped<Enrolment>,
    payments: Grouped<Payment>,
    collections: Grouped<Collection>,
    elsewhere: Grouped<Elsewhere>,
    exemptions: Grouped<Exemption>,
    answers: Grouped<Answer>,
}

/// One person's file (一人一档), each table in the order of record ids.
#[derive(Clone, Copy, Default)]
pub struct PersonFile<'a> {
    pub residents: &'a [Resident],
    pub permits: &'a [Permit],
    pub births: &'a [Birth],
    pub deaths: &'a [Death],
    pub categories: &'a [CategoryRow],
    pub students: &'a [Student],
    pub enrolments: &'a [Enrolment],
    pub payments: &'a [Payment],
    pub collections: &'a [Collection],
    pub elsewhere: &'a [Elsewhere],
    pub exemptions: &'a [Exemption],
    pub answers: &'a [Answer],
}

impl PersonFiles {
    /// Groups every table by person.
    pub fn new(tables: &Tables, links: &[Link], n_people: usize) -> PersonFiles {
        PersonFiles {
            residents: Grouped::new(&tables.residents, links, n_people),
            permits: Grouped::new(&tables.permits, links, n_people),
            births: Grouped::new(&tables.births, links, n_people),
            deaths: Grouped::new(&tables.deaths, links, n_people),
            categories: Grouped::new(&tables.categories, links, n_people),
            students: Grouped::new(&tables.students, links, n_people),
            enrolments: Grouped::new(&tables.enrolments, links, n_people),
            payments: Grouped::new(&tables.payments, links, n_people),
            collections: Grouped::new(&tables.collections, links, n_people),
            elsewhere: Grouped::new(&tables.elsewhere, links, n_people),
            exemptions: Grouped::new(&tables.exemptions, links, n_people),
            answers: Grouped::new(&tables.answers, links, n_people),
        }
    }

    /// One person's file.
    pub fn of(&self, person: PersonId) -> PersonFile<'_> {
        PersonFile {
            residents: self.residents.of(person),
            permits: self.permits.of(person),
            births: self.births.of(person),
            deaths: self.deaths.of(person),
            categories: self.categories.of(person),
            students: self.students.of(person),
            enrolments: self.enrolments.of(person),
            payments: self.payments.of(person),
            collections: self.collections.of(person),
            elsewhere: self.elsewhere.of(person),
            exemptions: self.exemptions.of(person),
            answers: self.answers.of(person),
        }
    }
}

impl<'a> PersonFile<'a> {
    /// The subject of every row, in the order of record ids.
    pub fn subjects(&self) -> Vec<&'a Subject> {
        fn add<'a, R: Row>(all: &mut Vec<&'a Subject>, rows: &'a [R]) {
            all.extend(rows.iter().map(Row::subject));
        }
        let mut all = Vec::with_capacity(8);
        add(&mut all, self.residents);
        add(&mut all, self.permits);
        add(&mut all, self.births);
        add(&mut all, self.deaths);
        add(&mut all, self.categories);
        add(&mut all, self.students);
        add(&mut all, self.enrolments);
        add(&mut all, self.payments);
        add(&mut all, self.collections);
        add(&mut all, self.elsewhere);
        add(&mut all, self.exemptions);
        add(&mut all, self.answers);
        all
    }
}
