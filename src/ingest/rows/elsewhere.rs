//! Evidence of cover in another place.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, enrolment};
use crate::{
    ingest::{account::RejectReason, field::Field},
    tables::{Elsewhere, Tables},
};

impl Read for Elsewhere {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        rows.push(Elsewhere {
            subject,
            scheme: enrolment::scheme(desk),
            status: enrolment::status(desk).0,
            insured_at: desk.text(Field::InsuredAt),
            from: desk.date(Field::ValidFrom),
            to: desk.last_day(Field::ValidTo),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.elsewhere
    }

    fn event(&self) -> Option<NaiveDate> {
        self.from
    }
}
