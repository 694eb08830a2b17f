//! The medical-insurance register.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, codes, place};
use crate::{
    ingest::{account::RejectReason, complaints, field::Field},
    tables::{Enrolment, EnrolmentStatus, Scheme, Tables, TextId},
};

impl Read for Enrolment {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        let (status, status_text) = status(desk);
        rows.push(Enrolment {
            subject,
            person_number: desk.text(Field::PersonNumber),
            scheme: scheme(desk),
            status,
            status_text,
            person_type: codes::person_type(&desk.words(Field::PersonType)),
            year: desk.year(),
            enrolled_on: desk.date(Field::EnrolledOn),
            paused_on: desk.date(Field::PausedOn),
            insured_at: place::county_code(desk, Field::InsuredAt),
            unit: desk.text(Field::Unit),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.enrolments
    }

    fn event(&self) -> Option<NaiveDate> {
        self.enrolled_on.max(self.paused_on)
    }
}

/// The scheme of the row, or else of the source.
pub fn scheme(desk: &mut Desk<'_>) -> Scheme {
    let words = desk.words(Field::Scheme);
    if words.is_empty() {
        return desk.source.scheme.unwrap_or(Scheme::Unknown);
    }
    codes::scheme(&words).unwrap_or_else(|| {
        desk.complain(&complaints::UNKNOWN_SCHEME, Field::Scheme, &words);
        Scheme::Unknown
    })
}

/// The status, and its words where they are no known ones.
pub fn status(desk: &mut Desk<'_>) -> (EnrolmentStatus, TextId) {
    let words = desk.words(Field::Status);
    if words.is_empty() {
        let paused = !desk.has(Field::Status) && !desk.cell(Field::PausedOn).is_blank();
        let status = if paused { EnrolmentStatus::Paused } else { EnrolmentStatus::Unknown };
        return (status, TextId::NONE);
    }
    match codes::enrolment_status(&words) {
        Some(status) => (status, TextId::NONE),
        None => {
            desk.complain(&complaints::UNKNOWN_STATUS, Field::Status, &words);
            (EnrolmentStatus::Unknown, desk.text(Field::Status))
        }
    }
}
