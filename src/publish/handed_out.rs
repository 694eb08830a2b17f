//! What goes out: which finding stands on which row of whose list. Noted where the lists are written.

use crate::history::RecipientKind;

/// One recipient's workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    pub kind: RecipientKind,
    /// A township's code of 9 digits, or a department's code.
    pub recipient: String,
    pub name: String,
    /// The workbook, relative to the run's folder.
    pub file: String,
    /// The findings on it, in the order of its sheets; none where it has other things to tell.
    pub lines: Vec<Line>,
}

/// A finding on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub sheet: String,
    /// The row's 序号.
    pub nth: usize,
    /// Its position among the night's findings.
    pub finding: usize,
    /// Whether the row bears this finding's id; another finding of the same visit does not.
    pub is_main: bool,
}
