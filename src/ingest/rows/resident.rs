//! The police roster.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, codes};
use crate::{
    ingest::{account::RejectReason, complaints, field::Field},
    tables::{RegistrationStatus, Relation, Resident, Tables},
};

impl Read for Resident {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        let relation = match desk.words(Field::Relation) {
            words if words.is_empty() => Relation::Unknown,
            words => codes::relation(&words),
        };
        let former_name = match desk.text(Field::FormerName) {
            stated if stated.is_some() => stated,
            _ => desk.former_name_in_name(),
        };
        let died_on = desk.date(Field::DiedOn);
        rows.push(Resident {
            subject,
            household: desk.text(Field::Household),
            relation,
            former_name,
            address: desk.text(Field::Address),
            status: if died_on.is_some() { RegistrationStatus::Dead } else { status(desk) },
            status_on: desk.date(Field::StatusOn).or(died_on),
            registered_on: desk.date(Field::RegisteredOn),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.residents
    }

    fn event(&self) -> Option<NaiveDate> {
        self.status_on.max(self.registered_on)
    }
}

/// A roster lists who is registered, so a blank state is no doubt about it.
fn status(desk: &mut Desk<'_>) -> RegistrationStatus {
    let words = desk.words(Field::Status);
    if words.is_empty() {
        return RegistrationStatus::Registered;
    }
    codes::registration_status(&words).unwrap_or_else(|| {
        desk.complain(&complaints::UNKNOWN_STATUS, Field::Status, &words);
        RegistrationStatus::Unknown
    })
}
