//! What a cell of a reported table shows.

use chrono::NaiveDate;

use crate::report::progress::Rate;

/// A value as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say, or to be filled in by hand.
    Empty,
    Text(String),
    Count(i64),
    Fen(i64),
    /// An amount that the document gives as a range.
    FenRange(i64, i64),
    Rate(Rate),
    Date(NaiveDate),
}

impl Cell {
    /// As plain text: counts and amounts without separators, rates with two decimals.
    pub fn plain(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Count(count) => count.to_string(),
            Cell::Fen(fen) => yuan(*fen),
            Cell::FenRange(from, to) => format!("{}～{}", yuan(*from), yuan(*to)),
            Cell::Rate(rate) => rate.to_string(),
            Cell::Date(date) => date.to_string(),
        }
    }

    /// A count, if anything is known to count.
    pub(super) fn count(count: Option<i64>) -> Cell {
        count.map_or(Cell::Empty, Cell::Count)
    }

    /// A rate, if there is one.
    pub(super) fn rate(part: Option<i64>, whole: Option<i64>) -> Cell {
        let rate = part.zip(whole).and_then(|(part, whole)| Rate::of(part, whole));
        rate.map_or(Cell::Empty, Cell::Rate)
    }

    /// A text, if there is any.
    pub(super) fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}

fn yuan(fen: i64) -> String {
    crate::clean::money::yuan(fen)
}
