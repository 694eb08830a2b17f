//! School rolls.

use chrono::NaiveDate;

use super::{Blame, Desk, Read};
use crate::{
    ingest::{account::RejectReason, field::Field},
    tables::{Student, Tables},
};

impl Read for Student {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        rows.push(Student {
            subject,
            school: desk.text(Field::School),
            school_number: desk.text(Field::SchoolNumber),
            enrolled_on: desk.date(Field::EnrolledOn),
            left_on: desk.date(Field::LeftOn),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.students
    }

    fn event(&self) -> Option<NaiveDate> {
        self.enrolled_on
    }
}
