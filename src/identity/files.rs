//! Everything that the sources say of one person (一人一档).

use super::{Link, PersonId};
use crate::tables::{
    Answer, Birth, CategoryRow, Collection, Death, Elsewhere, Enrolment, Exemption, Payment,
    Permit, Resident, Row, Student, Subject, Tables,
};

/// The rows of one kind, grouped by person.
struct Grouped<R> {
    rows: Vec<R>,
    starts: Vec<u32>,
}

impl<R: Row> Grouped<R> {
    /// A counting sort: rows keep the order of record ids within a person. Nobody comes last.
    fn new(rows: &[R], links: &[Link], n_people: usize) -> Grouped<R> {
        let person = |row: &R| match links[row.subject().record.0 as usize].person {
            PersonId::NOBODY => n_people,
            PersonId(at) => at as usize,
        };
        let mut starts = vec![0u32; n_people + 2];
        for row in rows {
            starts[person(row) + 1] += 1;
        }
        for at in 0..=n_people {
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

    fn of_nobody(&self) -> &[R] {
        let at = self.starts.len() - 2;
        &self.rows[self.starts[at] as usize..]
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

    /// The payments that follow nobody: all for another year.
    pub fn payments_of_nobody(&self) -> &[Payment] {
        self.payments.of_nobody()
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
