//! Cells → rows: one file a kind of source.

mod answer;
mod birth;
mod category;
mod codes;
mod collection;
mod death;
mod desk;
mod elsewhere;
mod enrolment;
mod exemption;
mod gazetteer;
mod payment;
mod permit;
mod place;
mod resident;
mod student;

use chrono::NaiveDate;

pub use desk::{Chunk, Desk, Given, certificate_key, fen};
pub use gazetteer::counties;

use super::{account::RejectReason, field::Field};
use crate::tables::{Row, SourceKind, Tables};

/// Why a row cannot be used, and the column to blame where there is one.
pub struct Blame {
    pub reason: RejectReason,
    pub field: Option<Field>,
}

/// A row type that can be read from a sheet.
trait Read: Row {
    /// Reads the row the desk stands at; one source row may give several records.
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame>;
    /// Where the rows are kept.
    fn table(tables: &mut Tables) -> &mut Vec<Self>;
    /// The day of the event that the row tells of.
    fn event(&self) -> Option<NaiveDate>;
    /// What the row pays in fen, refunds negative.
    fn fen(&self) -> i64 {
        0
    }
}

/// The fields without which a sheet of this kind is of no use: one of each group.
pub fn needed(kind: SourceKind) -> &'static [&'static [Field]] {
    use Field::{
        Certificate, CollectedAmount, Finding, IdNumber, MotherId, MotherName, Name, Paid, Total,
    };
    match kind {
        SourceKind::Birth => &[&[Name, Certificate, MotherId, MotherName, IdNumber]],
        SourceKind::Payment => &[&[IdNumber, Name], &[Paid, Total]],
        SourceKind::Collection => &[&[IdNumber, Name], &[CollectedAmount]],
        SourceKind::Category => &[&[IdNumber, Name, Field::DisabilityCard]],
        SourceKind::Student => &[&[IdNumber, Name, Field::SchoolNumber]],
        SourceKind::Feedback => &[&[IdNumber, Name, Finding], &[Field::Answer]],
        _ => &[&[IdNumber, Name]],
    }
}

/// Reads the data rows of a stretch of a sheet.
pub fn read(kind: SourceKind, desk: Desk<'_>, rows: &[u32]) -> Chunk {
    use crate::tables as t;
    match kind {
        SourceKind::Household => read_as::<t::Resident>(desk, rows),
        SourceKind::ResidencePermit => read_as::<t::Permit>(desk, rows),
        SourceKind::Birth => read_as::<t::Birth>(desk, rows),
        SourceKind::Death => read_as::<t::Death>(desk, rows),
        SourceKind::Category => read_as::<t::CategoryRow>(desk, rows),
        SourceKind::Student => read_as::<t::Student>(desk, rows),
        SourceKind::Enrolment => read_as::<t::Enrolment>(desk, rows),
        SourceKind::Payment => read_as::<t::Payment>(desk, rows),
        SourceKind::Collection => read_as::<t::Collection>(desk, rows),
        SourceKind::Elsewhere => read_as::<t::Elsewhere>(desk, rows),
        SourceKind::Exempt => read_as::<t::Exemption>(desk, rows),
        SourceKind::Feedback => read_as::<t::Answer>(desk, rows),
    }
}

fn read_as<R: Read>(mut desk: Desk<'_>, rows: &[u32]) -> Chunk {
    let mut read: Vec<R> = Vec::with_capacity(rows.len());
    let mut numbers: Vec<u32> = Vec::with_capacity(rows.len());
    let (mut accepted, mut sum_fen) = (0, 0i64);
    let (mut first_on, mut last_on): (Option<NaiveDate>, Option<NaiveDate>) = (None, None);
    for row in rows {
        desk.stand_at(*row as usize);
        let before = read.len();
        match R::read(&mut desk, &mut read) {
            Ok(()) => {
                assert!(read.len() > before, "bug: an accepted row gave no record");
                accepted += 1;
                numbers.resize(read.len(), desk.number());
            }
            Err(blame) => {
                read.truncate(before);
                desk.reject(blame);
            }
        }
        for row in &read[before..] {
            sum_fen = sum_fen.saturating_add(row.fen());
            if let Some(on) = row.event() {
                first_on = Some(first_on.map_or(on, |it| it.min(on)));
                last_on = Some(last_on.map_or(on, |it| it.max(on)));
            }
        }
    }
    let mut tables = Tables::default();
    *R::table(&mut tables) = read;
    desk.finish(tables, numbers, desk::Sums { accepted, sum_fen, first_on, last_on })
}
