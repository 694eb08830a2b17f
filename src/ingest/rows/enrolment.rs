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
        let (status, status_text) = match status(desk) {
            // A register without a column of states lists those who are enrolled.
            (EnrolmentStatus::Unknown, text) if !desk.has(Field::Status) => {
                (EnrolmentStatus::Active, text)
            }
            known => known,
        };
        let person_type = codes::person_type(&desk.words(Field::PersonType));
        let scheme = match scheme(desk) {
            Scheme::Unknown if !desk.has(Field::Scheme) => {
                assumed_scheme(&desk.source.path, person_type)
            }
            scheme => scheme,
        };
        rows.push(Enrolment {
            subject,
            person_number: desk.text(Field::PersonNumber),
            scheme,
            status,
            status_text,
            person_type,
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

/// The scheme of a register that names none, neither in a column nor in `pipeline.toml`: maternity
/// by what the file is called, else by the national person type, else by the path, else the
/// resident scheme.
fn assumed_scheme(path: &str, person_type: u16) -> Scheme {
    let file = path.rsplit('/').next().unwrap_or_default();
    if file.contains("生育") && !file.contains("医疗") {
        return Scheme::Maternity;
    }
    let group = if person_type >= 1000 { person_type / 100 } else { person_type };
    match group {
        11 | 12 => Scheme::Employee,
        14..=16 => Scheme::Resident,
        _ if path.contains("职工") => Scheme::Employee,
        _ => Scheme::Resident,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_that_names_no_scheme_is_read_by_file_then_person_type_then_path() {
        let check = |path: &str, person_type, expected| {
            assert_eq!(assumed_scheme(path, person_type), expected, "{path} {person_type}");
        };
        check("data/医保局/参保信息*.csv", 1101, Scheme::Employee);
        check("data/医保局/参保信息*.csv", 1501, Scheme::Resident);
        check("data/医保局/职工参保信息*.csv", 0, Scheme::Employee);
        check("data/医保局/参保信息*.csv", 0, Scheme::Resident);
        check("data/医保局/职工生育保险*.csv", 1101, Scheme::Maternity);
        check("data/医疗保障局/生育保险.csv", 1101, Scheme::Maternity);
        check("data/医保局/职工基本医疗保险（含生育）.csv", 1101, Scheme::Employee);
    }
}
