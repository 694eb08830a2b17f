//! Lists of people whom the law covers or excuses otherwise.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, codes};
use crate::{
    ingest::{account::RejectReason, complaints, field::Field},
    tables::{Exemption, ExemptionReason, Tables},
};

impl Read for Exemption {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        let detail = match desk.text(Field::Detail) {
            stated if stated.is_some() => stated,
            _ => desk.text(Field::ExemptionReason),
        };
        rows.push(Exemption {
            subject,
            reason: reason(desk),
            detail,
            from: desk.date(Field::ValidFrom),
            to: desk.date(Field::CategoryTo).or_else(|| desk.day_after(Field::ValidTo)),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.exemptions
    }

    fn event(&self) -> Option<NaiveDate> {
        self.from
    }
}

fn reason(desk: &mut Desk<'_>) -> ExemptionReason {
    let words = desk.words(Field::ExemptionReason);
    let fallback = desk.source.reason;
    if words.is_empty() {
        return fallback.unwrap_or(ExemptionReason::Other);
    }
    codes::exemption_reason(&words).or(fallback).unwrap_or_else(|| {
        desk.complain(&complaints::UNKNOWN_REASON, Field::ExemptionReason, &words);
        ExemptionReason::Other
    })
}
