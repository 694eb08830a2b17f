//! What the rows of one person state.
//!
//! Of several values, that of the strongest kind of source counts and, within a kind, the
//! smallest, so that nothing depends on the order of rows.

use crate::tables::{RecordId, SourceKind, Subject, Tables, TextId};

/// The rows of one person, or of a group that may be one.
#[derive(Clone, Copy)]
pub(super) struct Stated<'a> {
    pub tables: &'a Tables,
    pub subjects: &'a [Subject],
    pub records: &'a [RecordId],
}

impl<'a> Stated<'a> {
    /// The rows, each with its kind of source.
    pub(super) fn rows(self) -> impl Iterator<Item = (SourceKind, &'a Subject)> {
        let row = move |it: &RecordId| (self.tables.kind_of(*it), &self.subjects[it.0 as usize]);
        self.records.iter().map(row)
    }

    /// A value that some rows state.
    pub(super) fn value<T: Ord>(self, of: impl Fn(&Subject) -> Option<T>) -> Option<T> {
        self.rows().filter_map(|(kind, it)| Some((kind, of(it)?))).min().map(|it| it.1)
    }

    /// A text that some rows state.
    pub(super) fn text(self, of: fn(&Subject) -> TextId) -> TextId {
        let stated = self.rows().map(|(kind, it)| (kind, of(it))).filter(|it| it.1.is_some());
        stated.min_by_key(|it| (it.0, self.tables.texts.get(it.1))).map_or(TextId::NONE, |it| it.1)
    }

    /// The kinds of source that have a row, a bit each.
    pub(super) fn kinds(self) -> u16 {
        self.rows().fold(0, |kinds, it| kinds | it.0.bit())
    }
}
