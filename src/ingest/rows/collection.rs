//! The village collectors' own registers.

use chrono::NaiveDate;

use super::{Blame, Desk, Read};
use crate::{
    ingest::{account::RejectReason, field::Field},
    tables::{Collection, Tables},
};

impl Read for Collection {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        let field = Field::CollectedAmount;
        let amount_fen = desk
            .money(field)
            .ok_or(Blame { reason: RejectReason::NoAmount, field: Some(field) })?;
        rows.push(Collection {
            subject,
            amount_fen,
            collected_on: desk.date(Field::CollectedOn),
            receipt: desk.text(Field::Receipt),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.collections
    }

    fn event(&self) -> Option<NaiveDate> {
        self.collected_on
    }

    fn fen(&self) -> i64 {
        self.amount_fen
    }
}
