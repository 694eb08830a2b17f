//! Where a record came from: file, sheet and row as a person opening the file would count it.

use chrono::NaiveDate;

/// The number of an accepted source row. Ids are given in the order of source kind, then of the
/// sources in `pipeline.toml`, then file path, sheet and row: the same inputs give the same ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// One sheet of one file of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub u16);

/// What a [`PartId`] stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The source's position in `pipeline.toml`.
    pub source: u16,
    /// The source's name in `pipeline.toml`.
    pub source_name: String,
    /// The path as the pipeline names it, relative to the pipeline folder where it was so given.
    pub file: String,
    /// The sheet's name; empty for a file without sheets.
    pub sheet: String,
    /// The first day of the month whose full list this is; nothing for any other source, and
    /// where the month could not be told.
    pub month: Option<NaiveDate>,
}

/// Where one record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub part: PartId,
    /// 1 for the first line of the file or sheet, title rows counted.
    pub row: u32,
}

/// The origin of every record.
#[derive(Default)]
pub struct Origins {
    pub parts: Vec<Part>,
    pub rows: Vec<Origin>,
}

impl Origins {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The origin of a record.
    pub fn of(&self, record: RecordId) -> (&Part, u32) {
        let origin = self.rows[record.0 as usize];
        (&self.parts[origin.part.0 as usize], origin.row)
    }
}
