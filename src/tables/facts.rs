//! What a row says beside whom it is about, in the few words that all kinds share.

use chrono::NaiveDate;

use super::{PaymentKind, RecordId, RegistrationStatus, SourceKind, Tables, TextId};

/// The gist of a row of any kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts<'a> {
    /// The day of the event that the row is for: paid, enrolled, died, listed, answered …
    pub on: Option<NaiveDate>,
    /// The day on which what the row says ends or ended.
    pub until: Option<NaiveDate>,
    /// The insurance year; 0 where the row is for none.
    pub year: u16,
    pub amount_fen: Option<i64>,
    /// The state's code or, where a department has words of its own, its words.
    pub state: &'a str,
    /// The household number, where the row has one.
    pub household: TextId,
}

impl Tables {
    /// The gist of a record.
    pub fn facts(&self, record: RecordId) -> Facts<'_> {
        let (kind, at) = self.at(record);
        let none = Facts::default();
        match kind {
            SourceKind::Household => {
                let row = &self.residents[at];
                let on = match row.status {
                    RegistrationStatus::Registered => row.registered_on,
                    _ => row.status_on,
                };
                Facts { on, state: row.status.code(), household: row.household, ..none }
            }
            SourceKind::ResidencePermit => Facts { on: self.permits[at].valid_to, ..none },
            SourceKind::Birth => Facts { on: self.births[at].subject.birth, ..none },
            SourceKind::Death => Facts { on: self.deaths[at].died_on, ..none },
            SourceKind::Category => {
                let row = &self.categories[at];
                let state = self.texts.get(row.label);
                Facts { on: row.from, until: row.to, state, household: row.household, ..none }
            }
            SourceKind::Student => Facts { on: self.students[at].enrolled_on, ..none },
            SourceKind::Enrolment => {
                let row = &self.enrolments[at];
                let (on, until) = (row.enrolled_on, row.paused_on);
                Facts { on, until, year: row.year, state: row.status.code(), ..none }
            }
            SourceKind::Payment => {
                let row = &self.payments[at];
                let sign = if row.kind == PaymentKind::Refund { -1 } else { 1 };
                let (on, amount_fen) = (row.paid_on, Some(sign * row.paid_fen));
                Facts { on, year: row.year, amount_fen, state: row.kind.code(), ..none }
            }
            SourceKind::Collection => {
                let row = &self.collections[at];
                Facts { on: row.collected_on, amount_fen: Some(row.amount_fen), ..none }
            }
            SourceKind::Elsewhere => {
                let row = &self.elsewhere[at];
                Facts { on: row.to, state: row.status.code(), ..none }
            }
            SourceKind::Exempt => {
                let row = &self.exemptions[at];
                Facts { on: row.from, until: row.to, state: row.reason.code(), ..none }
            }
            SourceKind::Feedback => {
                let row = &self.answers[at];
                Facts { on: row.answered_on, state: self.texts.get(row.answer), ..none }
            }
        }
    }
}
