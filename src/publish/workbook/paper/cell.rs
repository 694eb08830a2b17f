//! What a cell shows, and how it is written.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};

use super::Made;
use crate::report::progress::Rate;

/// Longer texts do not fit into a cell.
const LONGEST: usize = 32_000;

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::publish::workbook) enum Value {
    Text(String),
    Count(i64),
    Fen(Option<i64>),
    Date(Option<NaiveDate>),
    /// A share, as a number that shows exactly its two decimals.
    Rate(Option<Rate>),
    Empty,
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

/// Writes a value into a cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
) -> Made {
    match value {
        Value::Text(text) if text.is_empty() => sheet.write_blank(row, column, format)?,
        // Always a string: nothing is taken for a formula, a link or a number.
        Value::Text(text) => sheet.write_string_with_format(row, column, cut(text), format)?,
        Value::Count(count) => {
            sheet.write_number_with_format(row, column, *count as f64, format)?
        }
        Value::Fen(Some(fen)) => {
            sheet.write_number_with_format(row, column, *fen as f64 / 100.0, format)?
        }
        Value::Date(Some(date)) => {
            let (year, month, day) = (date.year() as u16, date.month() as u8, date.day() as u8);
            let date = ExcelDateTime::from_ymd(year, month, day)?;
            sheet.write_datetime_with_format(row, column, date, format)?
        }
        // Hundredths of a per cent.
        Value::Rate(Some(rate)) => {
            sheet.write_number_with_format(row, column, rate.0 as f64 / 10_000.0, format)?
        }
        Value::Fen(None) | Value::Date(None) | Value::Rate(None) | Value::Empty => {
            sheet.write_blank(row, column, format)?
        }
    };
    Ok(())
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
