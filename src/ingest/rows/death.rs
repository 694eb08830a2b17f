//! Deaths and cremations.

use chrono::NaiveDate;

use super::{Blame, Desk, Read};
use crate::{
    ingest::{account::RejectReason, field::Field},
    tables::{Death, Tables},
};

impl Read for Death {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        rows.push(Death { subject, died_on: desk.date(Field::DiedOn) });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.deaths
    }

    fn event(&self) -> Option<NaiveDate> {
        self.died_on
    }
}
