//! What parallel readers made → one set of tables, in the order of record ids.

use rayon::prelude::*;

use super::rows::Chunk;
use crate::tables::{Origin, PartId, RecordId, Row, Tables, TextId};

/// Adds a chunk's rows behind those already there.
pub fn append(tables: &mut Tables, chunk: Chunk, part: PartId) {
    let Chunk { tables: mut read, numbers, .. } = chunk;
    let became = tables.texts.absorb(&read.texts);
    let first = u32::try_from(tables.origins.rows.len() + numbers.len())
        .map(|_| tables.origins.rows.len() as u32)
        .expect("bug: over four thousand million records");
    tables.origins.rows.extend(numbers.iter().map(|row| Origin { part, row: *row }));
    let given = Given { first, became: &became };
    given.append(&mut read.residents, &mut tables.residents);
    given.append(&mut read.permits, &mut tables.permits);
    given.append(&mut read.births, &mut tables.births);
    given.append(&mut read.deaths, &mut tables.deaths);
    given.append(&mut read.categories, &mut tables.categories);
    given.append(&mut read.students, &mut tables.students);
    given.append(&mut read.enrolments, &mut tables.enrolments);
    given.append(&mut read.payments, &mut tables.payments);
    given.append(&mut read.collections, &mut tables.collections);
    given.append(&mut read.elsewhere, &mut tables.elsewhere);
    given.append(&mut read.exemptions, &mut tables.exemptions);
    given.append(&mut read.answers, &mut tables.answers);
}

/// What the rows of a chunk are given.
struct Given<'a> {
    /// The id of the chunk's first record.
    first: u32,
    /// What each text of the chunk is called in the run.
    became: &'a [TextId],
}

impl Given<'_> {
    fn append<R: Row>(&self, read: &mut Vec<R>, table: &mut Vec<R>) {
        read.par_iter_mut().enumerate().for_each(|(at, row)| {
            let renumber = |text: &mut TextId| *text = self.became[text.0 as usize];
            let subject = row.subject_mut();
            subject.record = RecordId(self.first + at as u32);
            renumber(&mut subject.id_text);
            renumber(&mut subject.name);
            renumber(&mut subject.name_text);
            renumber(&mut subject.place_text);
            row.own_texts().into_iter().for_each(renumber);
        });
        table.append(read);
    }
}
