//! The published tables: one file each, one definition each.
//!
//! A table is a list of columns; a column is its name, its meaning in both languages, its unit
//! and where its values come from. That one list drives the Parquet writer, the descriptions in
//! the file, `bulou schema` and the dictionary beside the data, so that they cannot disagree.

pub(super) mod batches;
pub(super) mod cases;
pub(super) mod changes;
mod column;
pub(super) mod controls;
pub(super) mod diagnostics;
pub mod dictionary;
mod encode;
pub(super) mod findings;
pub(super) mod households;
pub(super) mod links;
pub(super) mod list_changes;
pub(super) mod persons;
pub(super) mod progress;
pub(super) mod rejects;
pub(super) mod returned;
pub(super) mod settlement;
pub(super) mod subsidy_list;

pub use column::About;

use super::{View, folder::Staging};
use crate::error::Result;
use column::{Column, Table, Values};

/// What is published, in the order in which a reader gets to know it.
pub fn tables() -> Vec<About> {
    vec![
        persons::table().about(),
        findings::table().about(),
        cases::table().about(),
        returned::table().about(),
        batches::table().about(),
        links::table().about(),
        rejects::table().about(),
        diagnostics::table().about(),
        controls::table().about(),
        changes::table().about(),
        list_changes::table().about(),
        progress::table().about(),
        settlement::table().about(),
        subsidy_list::table().about(),
        households::table().about(),
    ]
}

/// Writes a table to its file.
fn publish<'v>(table: &Table<View<'v>>, view: &View<'v>, staging: &Staging) -> Result<()> {
    let bytes = encode::encode(table, view)?;
    staging.write(&format!("{}.parquet", table.name), &bytes)
}
