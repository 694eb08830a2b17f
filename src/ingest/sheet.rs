//! One sheet: header, rows, totals, account.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    account::{Account, Reject, StatedTotal, Unit},
    complaints,
    field::Field,
    grid::Grid,
    header::{self, CATEGORIES, Columns, Header, Matcher},
    layout::{self, RowKind},
    merged,
    notes::Notes,
    open::Sheet,
    problem,
    rows::{self, Chunk, Desk, Given},
    totals,
};
use crate::{
    clean::{Cell, id_number, place, text},
    config::{Division, Level, Pipeline, Resolved, Source},
    diagnostic::{Diagnostic, Place},
    tables::{PartId, SourceKind},
};

/// How many rows are read in one go. Fixed, so that the same texts are met in the same order
/// whatever the number of threads.
const CHUNK_ROWS: usize = 1 << 15;

/// How many rows are looked at to tell what a column without a known header holds.
const SAMPLED_ROWS: usize = 300;

/// The share of values, in per cent, that must be certificates for a column to be one of them.
const CERTIFICATES_PERCENT: usize = 80;

/// What a sheet became.
pub struct SheetRead {
    pub account: Account,
    pub chunks: Vec<Chunk>,
    pub notes: Notes,
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a header was found that gives all a sheet of this kind needs.
    pub is_usable: bool,
    /// Headers that `[source.columns]` speaks of and that were found.
    pub configured: Vec<String>,
    /// What stands above the header.
    pub title: String,
}

impl SheetRead {
    /// A sheet of which no row was read.
    pub fn nothing(account: Account, diagnostics: Vec<Diagnostic>) -> SheetRead {
        SheetRead {
            account,
            chunks: Vec::new(),
            notes: Notes::default(),
            diagnostics,
            is_usable: false,
            configured: Vec::new(),
            title: String::new(),
        }
    }
}

/// Reads a sheet.
pub fn read(
    mut sheet: Sheet,
    pipeline: &Pipeline,
    (source, matcher): (&Source, &Matcher),
    place: &Place,
) -> SheetRead {
    let mut account = empty_account(source, sheet.grid.len() as u64);
    if sheet.hidden && source.sheet.is_none() {
        account.no_data = account.rows_read;
        return SheetRead::nothing(account, vec![problem::hidden_sheet(place, sheet.grid.len())]);
    }
    let Some(mut header) = header::locate(&mut sheet, matcher) else {
        account.no_data = account.rows_read;
        let diagnostic =
            problem::no_header(place, &first_row(&sheet.grid), rows::needed(source.kind));
        return SheetRead::nothing(account, vec![diagnostic]);
    };
    merged::fill(&mut sheet, &header);
    let mut diagnostics =
        complete(&sheet.grid, &mut header.columns, header.rows.end, (source, place));
    let category = category_of(source, &header, &sheet.name);
    describe(&mut account, &sheet.grid, &header);
    let missing = missing(source.kind, &header.columns, category.as_deref());
    if !missing.is_empty() {
        account.no_data = account.rows_read;
        diagnostics.push(problem::missing_fields(place, &header.columns, &missing));
        return SheetRead { title: header.title, ..SheetRead::nothing(account, diagnostics) };
    }
    diagnostics.extend(problem::doubled(place, &header.columns));
    let kinds = layout::classify(&sheet.grid, &header, matcher);
    let sections = sections(&sheet.grid, &kinds, pipeline, (&sheet.name, &header.title));
    let around = [place.file.as_str(), &sheet.name, &header.title];
    let (county, township) = (county_of(pipeline, around), township_of(pipeline, around));
    account.totals = totals::compare(&sheet.grid, &header.columns, &kinds);
    diagnostics.extend(account.totals.iter().filter_map(|it| disagreement(place, it)));
    let data: Vec<u32> =
        (0..kinds.len() as u32).filter(|row| kinds[*row as usize] == RowKind::Data).collect();
    let given = Given {
        stated_on: stated_on(&header.title),
        category: category.as_deref().unwrap_or(""),
        county: &county,
        township: &township,
        sections: &sections,
    };
    let mut chunks: Vec<Chunk> = data
        .par_chunks(CHUNK_ROWS)
        .map(|rows| {
            let desk = Desk::new(&sheet.grid, &header.columns, pipeline, source, given);
            rows::read(source.kind, desk, rows)
        })
        .collect();
    let mut notes = raw_notes(&sheet, &header.columns, &kinds);
    for chunk in &mut chunks {
        notes.absorb(std::mem::take(&mut chunk.notes));
        chunk.rejects.iter_mut().for_each(|it| name_place(it, place));
        count(&mut account, chunk);
    }
    account.no_data = account.rows_read - data.len() as u64;
    account.assert_adds_up();
    let configured =
        header.columns.headers.iter().filter(|it| matcher.is_configured(it)).cloned().collect();
    account.is_usable = true;
    let title = header.title;
    SheetRead { account, chunks, notes, diagnostics, is_usable: true, configured, title }
}

/// The account of a sheet of which nothing is known yet.
pub fn empty_account(source: &Source, rows_read: u64) -> Account {
    Account {
        part: PartId(0),
        kind: source.kind,
        supplier: source.supplier.clone(),
        encoding: String::new(),
        sha256: String::new(),
        bytes: 0,
        header_rows: Vec::new(),
        is_usable: false,
        columns: Vec::new(),
        rows_read,
        accepted: 0,
        rejected: 0,
        no_data: 0,
        sum_fen: 0,
        first_on: None,
        last_on: None,
        totals: Vec::new(),
    }
}

fn name_place(reject: &mut Reject, place: &Place) {
    reject.file.clone_from(&place.file);
    reject.sheet.clone_from(&place.sheet);
}

fn count(account: &mut Account, chunk: &Chunk) {
    let sums = &chunk.sums;
    account.accepted += sums.accepted;
    account.rejected += chunk.rejects.len() as u64;
    account.sum_fen = account.sum_fen.saturating_add(sums.sum_fen);
    account.first_on = [account.first_on, sums.first_on].into_iter().flatten().min();
    account.last_on = account.last_on.max(sums.last_on);
}

fn describe(account: &mut Account, grid: &Grid, header: &Header) {
    account.header_rows = header.rows.clone().map(|row| grid.number(row)).collect();
    let columns = &header.columns;
    account.columns = columns
        .headers
        .iter()
        .cloned()
        .zip(columns.fields.iter().copied())
        .filter(|(header, field)| !header.is_empty() || field.is_some())
        .collect();
}

/// What only the values of columns tell: certificates under an unknown header, wide tables.
fn complete(
    grid: &Grid,
    columns: &mut Columns,
    first_row: usize,
    (source, place): (&Source, &Place),
) -> Vec<Diagnostic> {
    if source.kind == SourceKind::Category && source.category.is_none() {
        columns.find_wide();
    }
    let found = take_unnamed_ids(grid, columns, first_row);
    found
        .into_iter()
        .map(|(column, is_taken)| problem::unnamed_ids(place, &columns.headers[column], is_taken))
        .collect()
}

/// Takes the one column full of certificates for that of ids, where no header says which it is.
/// Every such column, and whether it was taken.
pub(super) fn take_unnamed_ids(
    grid: &Grid,
    columns: &mut Columns,
    first_row: usize,
) -> Vec<(usize, bool)> {
    if columns.has_any(&[Field::IdNumber, Field::DisabilityCard]) {
        return Vec::new();
    }
    let end = grid.len().min(first_row + SAMPLED_ROWS);
    let is_full_of_ids = |column: usize| {
        let cells: Vec<Cell<'_>> = (first_row..end)
            .map(|row| grid.cell(row, column))
            .filter(|it| !it.is_blank())
            .collect();
        let ids =
            cells.iter().filter(|it| it.text.len() >= 15 && id_number::read(**it).number.is_some());
        !cells.is_empty() && ids.count() * 100 >= cells.len() * CERTIFICATES_PERCENT
    };
    // A guardian's numbers are numbers too: only a column whose header says nothing is taken.
    let candidates: Vec<usize> = (0..columns.headers.len())
        .filter(|it| columns.fields[*it].is_none() && is_full_of_ids(*it))
        .collect();
    let is_unnamed = |column: &usize| {
        let header = text::header_key(&columns.headers[*column]);
        header.is_ascii() || !header.contains(['人', '主', '母', '父', '偶'])
    };
    let taken = match candidates.as_slice() {
        [only] if is_unnamed(only) => Some(*only),
        _ => None,
    };
    if let Some(column) = taken {
        columns.put(Field::IdNumber, column);
    }
    candidates.into_iter().map(|it| (it, taken == Some(it))).collect()
}

/// The groups of fields of which the sheet has none.
fn missing(kind: SourceKind, columns: &Columns, category: Option<&str>) -> Vec<&'static [Field]> {
    let mut missing: Vec<&'static [Field]> =
        rows::needed(kind).iter().filter(|it| !columns.has_any(it)).copied().collect();
    let labels = [Field::Category, Field::DisabilityGrade, Field::DisabilityCard];
    let is_labelled = category.is_some() || columns.has_any(&labels) || !columns.wide.is_empty();
    if kind == SourceKind::Category && !is_labelled {
        missing.push(&[Field::Category]);
    }
    missing
}

/// The category of a list without a column of it: the source's, the sheet's name, its title.
fn category_of(source: &Source, header: &Header, sheet: &str) -> Option<String> {
    if source.kind != SourceKind::Category {
        return None;
    }
    let named = |text: &str| {
        let mut names: Vec<&&str> = CATEGORIES.iter().filter(|it| text.contains(**it)).collect();
        // The longest name wins; two different ones say nothing.
        names.sort_by_key(|it| std::cmp::Reverse(it.len()));
        names.first().map(|it| it.to_string())
    };
    let from_sheet = || named(sheet).map(|_| sheet.trim().to_string());
    source.category.clone().or_else(from_sheet).or_else(|| named(&header.title))
}

/// The villages whose names stand alone above their people; before the first of them the one
/// that the sheet's name or its title names.
fn sections(
    grid: &Grid,
    kinds: &[RowKind],
    pipeline: &Pipeline,
    (sheet, title): (&str, &str),
) -> Vec<(u32, String)> {
    let is_village =
        |it: &str| pipeline.divisions.by_name(Level::Village, it, None) != Resolved::None;
    let in_title = place::split(title).village.unwrap_or("");
    let whole = [sheet.trim(), in_title].into_iter().find(|it| !it.is_empty() && is_village(it));
    let mut sections: Vec<(u32, String)> =
        whole.map(|it| (0, it.to_string())).into_iter().collect();
    for (row, _) in kinds.iter().enumerate().filter(|(_, it)| **it == RowKind::Lone) {
        let Some((_, cell)) = grid.filled(row).next() else { continue };
        let folded = text::fold(cell.text);
        let name = folded.rsplit([':', '：']).next().unwrap_or("").trim();
        if is_village(name) {
            sections.push((grid.number(row), name.to_string()));
        }
    }
    sections
}

/// The county of several that the file's name, the sheet's or the title names.
fn county_of(pipeline: &Pipeline, texts: [&str; 3]) -> String {
    let counties = rows::counties(pipeline);
    if counties.len() < 2 {
        return String::new();
    }
    let is_named = |it: &Division| texts.iter().any(|text| text.contains(it.short()));
    let counties = counties.into_iter().map(|it| pipeline.divisions.get(it));
    let mut named = counties.filter(|it| is_named(it));
    match (named.next(), named.next()) {
        (Some(only), None) => only.code.clone(),
        _ => String::new(),
    }
}

/// The township that the file's name, the sheet's or the title names, for rows that name none.
/// Counties may have one of that name each.
fn township_of(pipeline: &Pipeline, texts: [&str; 3]) -> String {
    let divisions = pipeline.divisions.iter().filter(|(_, it)| it.level == Level::Township);
    let is_named = |it: &str| texts.iter().any(|text| text.contains(it));
    let mut named = divisions.map(|it| it.1.name.as_str()).filter(|it| is_named(it));
    let first = named.next().unwrap_or("");
    if named.all(|it| it == first) { first.to_string() } else { String::new() }
}

/// The day of the data that a title gives, as the lists do that are sent out: 数据截止2023-12-20.
fn stated_on(title: &str) -> Option<NaiveDate> {
    let (_, rest) = title.split_once("数据截止")?;
    rest.trim_start().get(..10).and_then(|it| it.parse().ok())
}

/// Complaints about the text itself, before anyone looks at what it means.
fn raw_notes(sheet: &Sheet, columns: &Columns, kinds: &[RowKind]) -> Notes {
    let mut notes = Notes::default();
    let grid = &sheet.grid;
    for row in &sheet.stray_quotes {
        notes.add(&complaints::STRAY_QUOTE, *row, "", "");
    }
    for row in &sheet.cut {
        notes.add(&complaints::CUT, *row, "", "");
    }
    let is_lossy = grid.text().contains(['\u{fffd}', '\0']);
    let width = columns.headers.len();
    for (row, kind) in kinds.iter().enumerate() {
        let is_wide = grid.width(row) > width && *kind == RowKind::Data;
        if is_wide && (width..grid.width(row)).any(|at| !grid.cell(row, at).is_blank()) {
            notes.add(&complaints::TOO_WIDE, grid.number(row), "", "");
        }
        if !is_lossy {
            continue;
        }
        for (column, cell) in grid.cells(row).enumerate() {
            let header = columns.headers.get(column).map_or("", String::as_str);
            if cell.text.contains('\u{fffd}') {
                notes.add(&complaints::MALFORMED_TEXT, grid.number(row), header, "");
            }
            if cell.text.contains('\0') {
                notes.add(&complaints::NUL_BYTE, grid.number(row), header, "");
            }
        }
    }
    notes
}

/// The first row of words of a sheet without a header, to show what was found instead. A row
/// with long numbers is somebody's data and is not shown.
pub(super) fn first_row(grid: &Grid) -> String {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let is_words = |row: &usize| {
        grid.filled(*row).count() >= 2 && grid.filled(*row).all(|it| digits(it.1.text) < 4)
    };
    let row = (0..grid.len().min(20)).find(is_words);
    let cells = row.into_iter().flat_map(|row| grid.filled(row));
    cells
        .take(12)
        .map(|it| it.1.text.chars().take(12).collect::<String>())
        .collect::<Vec<_>>()
        .join("、")
}

fn disagreement(place: &Place, total: &StatedTotal) -> Option<Diagnostic> {
    let is_money = total.unit == Unit::Fen;
    (total.stated != total.counted).then(|| problem::total(place, total, is_money))
}
