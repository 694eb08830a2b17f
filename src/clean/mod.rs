//! One value in, one value out: what a cell of a department's file really says.
//!
//! Each file reads one kind of field. Nothing here knows of files, tables or policy.

pub mod category;
pub mod date;
pub mod finding_id;
pub mod id_number;
pub mod money;
pub mod month;
pub mod name;
pub mod place;
pub mod sex;
pub mod text;

/// How a spreadsheet stored a cell. Text files have text only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CellKind {
    /// Text as typed, or any cell of a text file.
    #[default]
    Text,
    /// A number: a certificate stored as one has lost its last digits.
    Number,
    /// A date, given as the spreadsheet's serial day.
    Date,
}

/// A cell as it arrived, before anyone made sense of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Cell<'a> {
    /// The content; of a number or date the shortest decimal form, never with an exponent.
    pub text: &'a str,
    pub kind: CellKind,
}

impl<'a> Cell<'a> {
    /// A cell that holds text.
    pub fn text(text: &'a str) -> Cell<'a> {
        Cell { text, kind: CellKind::Text }
    }

    /// Whether there is nothing in it but blanks and marks that stand for nothing.
    pub fn is_blank(&self) -> bool {
        text::is_blank(self.text)
    }
}
