//! What was read and what became of every row: accounts, stated totals, rejected rows.

use chrono::NaiveDate;

use super::field::Field;
use crate::tables::{PartId, SourceKind};

/// One sheet of one file: what was read and what became of every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub part: PartId,
    pub kind: SourceKind,
    pub supplier: String,
    /// The text encoding, or `xlsx`, `xls`, `parquet`, `unreadable`.
    pub encoding: String,
    pub sha256: String,
    pub bytes: u64,
    /// The rows that hold the header, as a person counts them.
    pub header_rows: Vec<u32>,
    /// Whether a header was found that gives all that a sheet of this kind needs.
    pub is_usable: bool,
    /// Every header as found, and the field it was taken for.
    pub columns: Vec<(String, Option<Field>)>,
    pub rows_read: u64,
    pub accepted: u64,
    pub rejected: u64,
    /// Titles, headers, blank rows, totals, signatures.
    pub no_data: u64,
    /// What the accepted rows pay, refunds taken off; 0 for kinds without money.
    pub sum_fen: i64,
    /// The earliest and latest event the accepted rows tell of.
    pub first_on: Option<NaiveDate>,
    pub last_on: Option<NaiveDate>,
    pub totals: Vec<StatedTotal>,
}

impl Account {
    /// Checks that no row got lost on the way.
    pub fn assert_adds_up(&self) {
        assert_eq!(
            self.rows_read,
            self.accepted + self.rejected + self.no_data,
            "bug: rows of part {} do not add up",
            self.part.0
        );
    }
}

crate::labelled! {
    /// What a stated total counts.
    pub enum Unit {
        Fen = "fen", "分";
        Rows = "rows", "行";
    }
}

/// A total row of the sheet itself, and what our own sum of the rows it covers is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedTotal {
    pub row: u32,
    pub column: String,
    pub stated: i64,
    pub counted: i64,
    pub unit: Unit,
}

crate::labelled! {
    /// Why a row could not be used at all.
    pub enum RejectReason {
        NoPerson = "no-person", "既无证件号码也无姓名";
        NoAmount = "no-amount", "金额缺失或无法识别";
        NoCategory = "no-category", "没有人员类别";
        NoFinding = "no-finding", "既无问题编号也无人员";
    }
}

/// A row that could not be used at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub source: String,
    pub file: String,
    pub sheet: String,
    pub row: u32,
    pub column: String,
    /// The cell as found, or the start of the row where no single cell is to blame.
    pub value: String,
    pub reason: RejectReason,
}
