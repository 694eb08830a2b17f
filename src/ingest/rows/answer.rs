//! The lists that townships return. Hostile input: values only, and only as text.

use chrono::NaiveDate;

use super::{Blame, Desk, Read};
use crate::{
    clean::finding_id,
    ingest::{account::RejectReason, field::Field},
    tables::{Answer, RecordId, Subject, Tables, TextId},
};

impl Read for Answer {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let finding = desk.text(Field::Finding);
        let finding = finding_id::read(desk.texts.get(finding));
        let finding = finding.map_or(TextId::NONE, |it| desk.texts.intern(&it));
        let subject = match desk.subject() {
            Some(subject) => subject,
            None if finding.is_some() => Subject::unknown(RecordId(0)),
            None => return Err(Blame { reason: RejectReason::NoFinding, field: None }),
        };
        rows.push(Answer {
            subject,
            finding,
            batch: desk.text(Field::Batch),
            answer: desk.text(Field::Answer),
            evidence: desk.text(Field::Evidence),
            remark: desk.text(Field::Remark),
            answered_on: desk.day_by_hand(Field::AnsweredOn),
        });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.answers
    }

    fn event(&self) -> Option<NaiveDate> {
        self.answered_on
    }
}
