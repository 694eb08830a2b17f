//! Residence permits of people registered elsewhere.

use chrono::NaiveDate;

use super::{Blame, Desk, Read};
use crate::{
    ingest::{account::RejectReason, field::Field},
    tables::{Permit, Tables},
};

impl Read for Permit {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        rows.push(Permit {
            subject,
            permit_number: desk.text(Field::PermitNumber),
            origin_place: desk.text(Field::OriginPlace),
            valid_from: desk.date(Field::ValidFrom),
            valid_to: desk.last_day(Field::ValidTo),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.permits
    }

    fn event(&self) -> Option<NaiveDate> {
        self.valid_from
    }
}
