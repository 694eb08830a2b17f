//! Workbooks: what townships and departments receive, and in part send back.

pub(super) mod address;
pub(super) mod department;
mod drop_down;
pub(super) mod notice;
pub(super) mod paper;
pub(super) mod progress;
mod sheet_names;
mod style;
pub(super) mod township;

pub use sheet_names::SheetNames;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::{View, folder::Staging};
use crate::{
    error::{Error, Result},
    findings::Finding,
};
use chrono::{Datelike, NaiveDate};

/// How many rows a sheet takes before the next begins; a little below Excel's own limit.
const SHEET_ROWS: usize = 1_000_000;
/// How many places a cell names before it only counts the rest.
const SHOWN_PLACES: usize = 4;

/// Puts sheets together and writes them to a file. No author, no clock: the same sheets give the
/// same bytes.
fn publish(
    view: &View<'_>,
    staging: &Staging,
    path: &str,
    title: &str,
    sheets: std::result::Result<Vec<Worksheet>, XlsxError>,
) -> Result<()> {
    let bytes = sheets.and_then(|it| assemble(title, view.night.cx.as_of, it));
    let bytes =
        bytes.map_err(|error| Error::Write { path: path.into(), reason: error.to_string() })?;
    staging.write(path, &bytes)
}

fn assemble(
    title: &str,
    as_of: NaiveDate,
    sheets: Vec<Worksheet>,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let made_on =
        ExcelDateTime::from_ymd(as_of.year() as u16, as_of.month() as u8, as_of.day() as u8)?;
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&made_on);
    workbook.set_properties(&properties);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

/// Which list this is and whose, as printed on every sheet that comes back.
fn batch_line(view: &View<'_>, recipient: &str, name: &str) -> String {
    format!("批次 {}　接收单位 {name}", view.batch(recipient))
}

/// The rows that prove a finding, as a person looks them up: `file[sheet]:row`, a line each.
fn places<'v>(view: &View<'v>, finding: &'v Finding) -> String {
    let mut lines: Vec<String> = view
        .evidence(finding)
        .take(SHOWN_PLACES)
        .map(|(part, row)| {
            let source = &part.source_name;
            let file = part.file.rsplit('/').next().unwrap_or(&part.file);
            match part.sheet.is_empty() {
                true => format!("{source}：{file}:{row}"),
                false => format!("{source}：{file}[{}]:{row}", part.sheet),
            }
        })
        .collect();
    let n_rows = view.evidence(finding).count();
    if n_rows > SHOWN_PLACES {
        lines.push(format!("等 {n_rows} 行"));
    }
    lines.join("\n")
}

/// A name as part of a file's name.
fn file_name(name: &str) -> String {
    let is_unsafe = |it: char| it.is_control() || "/\\:*?\"<>|".contains(it);
    name.chars().map(|it| if is_unsafe(it) { '_' } else { it }).collect()
}
