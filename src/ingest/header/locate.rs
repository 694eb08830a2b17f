//! Where the header of a sheet is: the rows, among the first ones, that name the most fields.

use super::{columns::Columns, matcher::Matcher};
use crate::{
    clean::text,
    ingest::{
        field::Field,
        open::{Region, Sheet},
    },
};

/// How far down a header is looked for.
const SEARCHED_ROWS: usize = 40;

/// The most columns a sheet may have; what lies beyond is reported as beyond the header.
const COLUMNS: usize = 1024;

/// The most rows a header may have.
const HEADER_ROWS: usize = 3;

/// What more than one header row must gain over a single one.
const ROW_COST: i32 = 2;

/// A header found.
#[derive(Debug)]
pub struct Header {
    /// The rows of the grid that hold it.
    pub rows: std::ops::Range<usize>,
    pub columns: Columns,
    /// What stands above it: titles, units, dates.
    pub title: String,
}

/// Finds the header of a sheet, filling the merged cells it may consist of.
pub fn locate(sheet: &mut Sheet, matcher: &Matcher) -> Option<Header> {
    for Region { rows, columns } in &sheet.merged {
        if rows.0 < SEARCHED_ROWS + HEADER_ROWS {
            // A tall region further down belongs to the data and is filled there.
            let end = rows.1.min(SEARCHED_ROWS + HEADER_ROWS);
            if columns.1 > columns.0 || rows.1 - rows.0 < HEADER_ROWS {
                sheet.grid.repeat((rows.0, end), *columns);
            }
        }
    }
    let searched = sheet.grid.len().min(SEARCHED_ROWS);
    let filled: Vec<usize> =
        (0..searched).filter(|row| sheet.grid.filled(*row).next().is_some()).collect();
    let mut best: Option<(i32, std::ops::Range<usize>, Columns)> = None;
    for (at, first) in filled.iter().enumerate() {
        for height in 1..=HEADER_ROWS {
            let Some(last) = filled.get(at + height - 1) else { break };
            if last + 1 - first > HEADER_ROWS {
                break;
            }
            let rows = *first..last + 1;
            let Some(columns) = read(sheet, matcher, rows.clone()) else { break };
            let score = columns.score - ROW_COST * (height as i32 - 1);
            if best.as_ref().is_none_or(|it| score > it.0) {
                best = Some((score, rows, columns));
            }
        }
    }
    let (_, rows, columns) = best.filter(|it| is_header(&it.2, matcher))?;
    let title = (0..rows.start)
        .flat_map(|row| sheet.grid.filled(row).map(|it| it.1.text.to_string()))
        .take(40)
        .collect::<Vec<_>>()
        .join(" ");
    Some(Header { rows, columns, title })
}

/// The columns that rows would give as a header; nothing where they are no header at all.
fn read(sheet: &Sheet, matcher: &Matcher, rows: std::ops::Range<usize>) -> Option<Columns> {
    let grid = &sheet.grid;
    let last = rows.end - 1;
    if rows.clone().any(|row| looks_like_data(sheet, row)) {
        return None;
    }
    let groups: Vec<Vec<String>> =
        (rows.start..last).map(|row| group_cells(sheet, row, last)).collect();
    // Something that spans everything is a title, not a group of columns.
    if groups.iter().any(|row| distinct(row.iter().map(String::as_str)) < 2) {
        return None;
    }
    let width = rows.clone().map(|row| grid.width(row)).max().unwrap_or(0).min(COLUMNS);
    let headers: Vec<(String, String)> = (0..width)
        .map(|column| {
            let own = text::fold(grid.cell(last, column).text).into_owned();
            let mut above: Vec<&str> = Vec::new();
            for row in &groups {
                let text = row.get(column).map_or("", String::as_str);
                if !text.is_empty() && text != own && above.last() != Some(&text) {
                    above.push(text);
                }
            }
            match (own.is_empty(), above.pop()) {
                (true, Some(lowest)) => (above.concat(), lowest.to_string()),
                (_, lowest) => {
                    above.extend(lowest);
                    (above.concat(), own)
                }
            }
        })
        .collect();
    Some(Columns::assign(matcher, &headers))
}

/// The cells of a row of group heads, each spread over the columns it heads.
fn group_cells(sheet: &Sheet, row: usize, last: usize) -> Vec<String> {
    let grid = &sheet.grid;
    let mut cells: Vec<String> =
        grid.cells(row).map(|it| text::fold(it.text).into_owned()).collect();
    if sheet.merged.is_empty() {
        cells.resize(cells.len().max(grid.width(last)), String::new());
        for column in 1..cells.len() {
            let heads = cells[column].is_empty() && !grid.cell(last, column).is_blank();
            if heads && !grid.cell(last, column - 1).is_blank() {
                cells[column] = cells[column - 1].clone();
            }
        }
    }
    cells
}

/// Whether a row holds values rather than words: long digits, dates, sentences.
fn looks_like_data(sheet: &Sheet, row: usize) -> bool {
    let is_value = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits >= 6 || (digits * 2 > text.chars().count() && digits > 2)
    };
    sheet.grid.filled(row).filter(|(_, cell)| is_value(cell.text)).count() >= 1
        && distinct(sheet.grid.cells(row).map(|it| it.text)) > 2
}

fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let mut all: Vec<&str> = texts.filter(|it| !it.is_empty()).collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}

/// Whether so much is understood that it must be a header.
fn is_header(columns: &Columns, matcher: &Matcher) -> bool {
    let person = [
        Field::IdNumber,
        Field::Name,
        Field::DisabilityCard,
        Field::Certificate,
        Field::MotherId,
        Field::Finding,
        Field::PersonNumber,
        Field::SchoolNumber,
    ];
    let filled = columns.headers.iter().filter(|it| !it.is_empty()).count();
    let is_enough = columns.n_mapped() >= 2 || filled == 1 || matcher.is_lenient;
    columns.has_any(&person) && is_enough
}
