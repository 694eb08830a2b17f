//! Birth certificates: the newborn is the subject, known by the certificate and the mother.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, desk::certificate_key};
use crate::{
    clean::{id_number, name},
    ingest::{account::RejectReason, field::Field},
    tables::{Birth, RecordId, Subject, Tables, TextId},
};

impl Read for Birth {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let certificate = certificate_key(&desk.words(Field::Certificate));
        let certificate = desk.texts.intern(&certificate);
        let (mother_id, mother_id_text) = mother_id(desk);
        let mother_name = mother_name(desk);
        let is_known = certificate.is_some() || mother_id.is_some() || mother_name.is_some();
        let subject = match desk.subject() {
            Some(subject) => subject,
            None if is_known => nameless(desk),
            None => return Err(Blame { reason: RejectReason::NoPerson, field: None }),
        };
        rows.push(Birth { subject, certificate, mother_id, mother_id_text, mother_name });
        Ok(())
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.births
    }

    fn event(&self) -> Option<NaiveDate> {
        self.subject.birth
    }
}

/// A newborn without a name yet.
fn nameless(desk: &mut Desk<'_>) -> Subject {
    let mut subject = Subject::unknown(RecordId(0));
    desk.describe(&mut subject);
    subject
}

fn mother_id(desk: &mut Desk<'_>) -> (Option<id_number::IdNumber>, TextId) {
    let cell = desk.cell(Field::MotherId);
    if cell.is_blank() {
        return (None, TextId::NONE);
    }
    let read = id_number::read(cell);
    let text = read.as_found.map_or(TextId::NONE, |it| desk.texts.intern(it.trim()));
    (read.number, text)
}

fn mother_name(desk: &mut Desk<'_>) -> TextId {
    let cell = desk.cell(Field::MotherName);
    if cell.is_blank() {
        return TextId::NONE;
    }
    desk.texts.intern(&name::read(cell.text).text)
}
