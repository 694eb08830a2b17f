//! The canonical tables that every stage agrees on.
//!
//! A source row, once accepted, is a small `Copy` value: integers, dates and text handles. The
//! texts themselves live once in [`Texts`]; where a row came from lives in [`Origins`].

mod answer;
mod aside;
mod facts;
mod kind;
mod origin;
mod rows;
mod subject;
mod texts;

pub use answer::{ANSWERS, AnswerCode, Holds, Says, end_named_in};
pub use facts::Facts;
pub use kind::SourceKind;
pub use origin::{Origin, Origins, Part, PartId, RecordId};
pub use rows::{
    Answer, Birth, CategoryRow, Collection, Death, Elsewhere, Enrolment, EnrolmentStatus,
    Exemption, ExemptionReason, Payment, PaymentKind, Permit, RegistrationStatus, Relation,
    Resident, Row, Scheme, Student,
};
pub use subject::{DivisionId, Sex, Subject};
pub use texts::{TextId, Texts};

/// Everything that was accepted, a table a source kind, each in the order of its record ids.
#[derive(Default)]
pub struct Tables {
    pub texts: Texts,
    pub origins: Origins,
    pub residents: Vec<Resident>,
    pub permits: Vec<Permit>,
    pub births: Vec<Birth>,
    pub deaths: Vec<Death>,
    pub categories: Vec<CategoryRow>,
    pub students: Vec<Student>,
    pub enrolments: Vec<Enrolment>,
    pub payments: Vec<Payment>,
    pub collections: Vec<Collection>,
    pub elsewhere: Vec<Elsewhere>,
    pub exemptions: Vec<Exemption>,
    pub answers: Vec<Answer>,
}

impl Tables {
    /// How many records were accepted, over all tables.
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// Whether nothing was accepted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where each kind's record ids start, in the order of kinds, and where the last ends.
    fn starts(&self) -> [usize; 13] {
        let counts = [
            self.residents.len(),
            self.permits.len(),
            self.births.len(),
            self.deaths.len(),
            self.categories.len(),
            self.students.len(),
            self.enrolments.len(),
            self.payments.len(),
            self.collections.len(),
            self.elsewhere.len(),
            self.exemptions.len(),
            self.answers.len(),
        ];
        let mut starts = [0; 13];
        for (at, count) in counts.iter().enumerate() {
            starts[at + 1] = starts[at] + count;
        }
        starts
    }

    /// The kind of source that a record comes from, and its place in that kind's table.
    pub fn at(&self, record: RecordId) -> (SourceKind, usize) {
        let starts = self.starts();
        let kind = starts.partition_point(|start| *start <= record.0 as usize) - 1;
        (SourceKind::ALL[kind], record.0 as usize - starts[kind])
    }

    /// The kind of source that a record comes from.
    pub fn kind_of(&self, record: RecordId) -> SourceKind {
        self.at(record).0
    }

    /// The subject of a record.
    pub fn subject(&self, record: RecordId) -> &Subject {
        let (kind, at) = self.at(record);
        match kind {
            SourceKind::Household => self.residents[at].subject(),
            SourceKind::ResidencePermit => self.permits[at].subject(),
            SourceKind::Birth => self.births[at].subject(),
            SourceKind::Death => self.deaths[at].subject(),
            SourceKind::Category => self.categories[at].subject(),
            SourceKind::Student => self.students[at].subject(),
            SourceKind::Enrolment => self.enrolments[at].subject(),
            SourceKind::Payment => self.payments[at].subject(),
            SourceKind::Collection => self.collections[at].subject(),
            SourceKind::Elsewhere => self.elsewhere[at].subject(),
            SourceKind::Exempt => self.exemptions[at].subject(),
            SourceKind::Feedback => self.answers[at].subject(),
        }
    }

    /// The roster's row with this record id, if it is one.
    pub fn resident(&self, record: RecordId) -> Option<&Resident> {
        self.residents.get(record.0 as usize)
    }

    /// The subject of every record, in the order of record ids.
    pub fn subjects(&self) -> Vec<Subject> {
        let mut all = Vec::with_capacity(self.len());
        fn add<R: Row>(all: &mut Vec<Subject>, rows: &[R]) {
            all.extend(rows.iter().map(|row| *row.subject()));
        }
        add(&mut all, &self.residents);
        add(&mut all, &self.permits);
        add(&mut all, &self.births);
        add(&mut all, &self.deaths);
        add(&mut all, &self.categories);
        add(&mut all, &self.students);
        add(&mut all, &self.enrolments);
        add(&mut all, &self.payments);
        add(&mut all, &self.collections);
        add(&mut all, &self.elsewhere);
        add(&mut all, &self.exemptions);
        add(&mut all, &self.answers);
        assert_eq!(all.len(), self.len(), "bug: a record has no row, or a row no record");
        all
    }
}
