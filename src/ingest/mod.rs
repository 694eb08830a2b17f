//! Files → tables and diagnostics.
mod field;
use crate::diagnostic::Diagnostic;
use crate::tables::*;
use chrono::NaiveDate;
pub use field::Field;
pub struct Ingested {
    pub tables: Tables,
    pub rejects: Vec<Reject>,
    pub diagnostics: Vec<Diagnostic>,
    pub accounts: Vec<Account>,
}
/// One sheet of one file: what was read and what became of every row.
pub struct Account {
    pub part: PartId,
    pub kind: SourceKind,
    pub supplier: String,
    pub encoding: String,
    pub sha256: String,
    pub bytes: u64,
    pub header_rows: Vec<u32>,
    pub columns: Vec<(String, Option<Field>)>,
    pub rows_read: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub no_data: u64,
    pub sum_fen: i64,
    pub first_on: Option<NaiveDate>,
    pub last_on: Option<NaiveDate>,
    pub totals: Vec<StatedTotal>,
}
/// A total row of the sheet itself, and what our own sum of the rows it covers is.
pub struct StatedTotal {
    pub row: u32,
    pub column: String,
    pub stated: i64,
    pub counted: i64,
    pub unit: Unit,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Fen,
    Rows,
}
crate::labelled! {
    /// Why a row could not be used.
    pub enum RejectReason {
        NoSubject = "no-subject", "既无证件号码也无姓名";
        NoAmount = "no-amount", "金额无法识别";
    }
}
pub struct Reject {
    pub source: String,
    pub file: String,
    pub sheet: String,
    pub row: u32,
    pub column: String,
    pub value: String,
    pub reason: RejectReason,
}
