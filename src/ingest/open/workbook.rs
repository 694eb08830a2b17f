//! Spreadsheets → sheets of text cells. Numbers come in their shortest decimal form, dates as
//! serial days, rows as the program shows them.

use std::io::Cursor;

use calamine::{
    Data, DataRef, Dimensions, Reader, SheetType, SheetVisible, Sheets, Xls, XlsError, Xlsx,
    XlsxError, open_workbook_from_rs,
};

use super::{Opened, Refusal, Region, Sheet};
use crate::{clean::CellKind, ingest::grid::Grid};

/// The limits of the format itself: what claims more is an attack or a wreck.
const MAX_ROWS: u32 = 1 << 20;
const MAX_COLUMNS: u32 = 1 << 14;

/// How many days the calendar of old Macintosh workbooks is behind.
const DAYS_FROM_1904: f64 = 1462.0;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Opens an XLSX, or another spreadsheet in a zip.
pub fn open_zip(bytes: &[u8]) -> Result<Opened, Refusal> {
    match open_workbook_from_rs::<Xlsx<Bytes>, Bytes>(Cursor::new(bytes)) {
        Ok(book) => xlsx(book),
        Err(XlsxError::Password) => Err(Refusal::password()),
        Err(error) => match calamine::open_workbook_auto_from_rs(Cursor::new(bytes)) {
            Ok(book) => other(book),
            Err(_) if is_plain_archive(bytes) => Err(Refusal::new(
                ("这是压缩包，不是数据文件", "this is an archive, not a file of data"),
                ("解压后放入来源文件夹", "unpack it into the source's folder"),
            )),
            Err(_) => Err(Refusal::damaged(&error.to_string())),
        },
    }
}

/// Whether the archive's first entries are no part of a spreadsheet.
fn is_plain_archive(bytes: &[u8]) -> bool {
    let name_length = bytes.get(26).copied().unwrap_or(0) as usize;
    let name = bytes.get(30..30 + name_length).unwrap_or_default();
    let parts: [&[u8]; 6] = [b"[Content", b"_rels", b"xl/", b"docProps", b"mimetype", b"customXml"];
    !name.is_empty() && !parts.iter().any(|it| name.starts_with(it))
}

/// Opens an XLS, or finds out that it is an encrypted XLSX.
pub fn open_compound(bytes: &[u8]) -> Result<Opened, Refusal> {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).take(1 << 22).any(|it| it == encrypted) {
        return Err(Refusal::password());
    }
    let book = open_workbook_from_rs::<Xls<Bytes>, Bytes>(Cursor::new(bytes));
    match book {
        Ok(book) => other(Sheets::Xls(book)),
        Err(XlsError::Password) => Err(Refusal::password()),
        Err(error) => Err(Refusal::damaged(&error.to_string())),
    }
}

fn xlsx(mut book: Xlsx<Bytes>) -> Result<Opened, Refusal> {
    let is_1904 = book.has_1904_epoch();
    let mut sheets = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let damaged = |error: XlsxError| Refusal::damaged(&format!("[{}] {error}", meta.name));
        let merged = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        let mut filler = Filler::new(is_1904);
        let mut cells = match book.worksheet_cells_reader(&meta.name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            filler.add(cell.get_position(), cell.get_value())?;
        }
        sheets.push(sheet(meta.name, meta.visible, filler.grid(), &merged));
    }
    Ok(Opened { format: "xlsx".into(), sheets })
}

/// XLS, XLSB and ODS come as ranges.
fn other(mut book: Sheets<Bytes>) -> Result<Opened, Refusal> {
    let (format, is_1904) = match &book {
        Sheets::Xls(book) => ("xls", book.has_1904_epoch()),
        Sheets::Ods(_) => ("ods", false),
        _ => ("xlsb", false),
    };
    let mut sheets = Vec::new();
    for meta in book.sheets_metadata().to_vec() {
        let merged = match &book {
            Sheets::Xls(book) => book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default(),
            _ => Vec::new(),
        };
        let range = book
            .worksheet_range(&meta.name)
            .map_err(|error| Refusal::damaged(&format!("[{}] {error}", meta.name)))?;
        let mut filler = Filler::new(is_1904);
        // A range starts at the first used cell, not at A1.
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            filler.add((top + row as u32, left + column as u32), &borrowed(value))?;
        }
        sheets.push(sheet(meta.name, meta.visible, filler.grid(), &merged));
    }
    Ok(Opened { format: format.into(), sheets })
}

fn sheet(name: String, visible: SheetVisible, mut grid: Grid, merged: &[Dimensions]) -> Sheet {
    let region = |it: &Dimensions| Region {
        rows: (it.start.0 as usize, it.end.0 as usize),
        columns: (it.start.1 as usize, it.end.1 as usize),
    };
    let hidden = visible != SheetVisible::Visible;
    let merged: Vec<Region> = merged.iter().map(region).collect();
    grid.widen(&merged);
    Sheet { name, grid, hidden, merged, ..Sheet::default() }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::String(text) => DataRef::SharedString(text),
        other => other.clone().into_ref(),
    }
}

/// The small values of [`Data`] as [`DataRef`].
trait IntoRef {
    fn into_ref(self) -> DataRef<'static>;
}

impl IntoRef for Data {
    fn into_ref(self) -> DataRef<'static> {
        match self {
            Data::Int(it) => DataRef::Int(it),
            Data::Float(it) => DataRef::Float(it),
            Data::Bool(it) => DataRef::Bool(it),
            Data::DateTime(it) => DataRef::DateTime(it),
            Data::DateTimeIso(it) => DataRef::DateTimeIso(it),
            Data::DurationIso(it) => DataRef::DurationIso(it),
            Data::Error(it) => DataRef::Error(it),
            Data::String(it) => DataRef::String(it),
            Data::Empty => DataRef::Empty,
        }
    }
}

/// Builds a grid from cells that come row by row; rows and cells that are skipped are blank.
struct Filler {
    grid: Grid,
    is_1904: bool,
    text: String,
    /// The last row and column that are not blank, both counted from 1.
    row: u32,
}

impl Filler {
    fn new(is_1904: bool) -> Filler {
        Filler { grid: Grid::default(), is_1904, text: String::new(), row: 0 }
    }

    fn add(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Result<(), Refusal> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(Refusal::damaged("单元格位置超出表格范围 / a cell beyond the sheet"));
        }
        // Blank cells are kept only behind cells of their row, so that merged regions can fill
        // them; a million rows that are merely formatted are no rows.
        if matches!(value, DataRef::Empty) && self.row != row + 1 {
            return Ok(());
        }
        if row + 1 < self.row {
            return Err(Refusal::damaged("行的次序混乱 / rows out of order"));
        }
        while self.row < row + 1 {
            self.row += 1;
            self.grid.start_row(self.row);
        }
        if (column as usize) < self.grid.width_of_last() {
            return Ok(());
        }
        while self.grid.width_of_last() < column as usize {
            self.grid.push_range(0, 0);
        }
        let kind = self.write(value);
        let text = std::mem::take(&mut self.text);
        self.grid.push_cell(&text, kind);
        self.text = text;
        Ok(())
    }

    /// Puts the cell's text into `text`.
    fn write(&mut self, value: &DataRef<'_>) -> CellKind {
        use std::fmt::Write;
        self.text.clear();
        let mut put = |it: std::fmt::Arguments<'_>| {
            // Writing to a String cannot fail.
            let _ = self.text.write_fmt(it);
        };
        match value {
            DataRef::String(it) => put(format_args!("{it}")),
            DataRef::SharedString(it) => put(format_args!("{it}")),
            DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => put(format_args!("{it}")),
            DataRef::Bool(true) => put(format_args!("是")),
            DataRef::Bool(false) => put(format_args!("否")),
            DataRef::Error(_) | DataRef::Empty => {}
            DataRef::Int(it) => {
                put(format_args!("{it}"));
                return CellKind::Number;
            }
            DataRef::Float(it) => {
                put(format_args!("{it}"));
                return CellKind::Number;
            }
            DataRef::DateTime(it) => {
                let days = it.as_f64() + if self.is_1904 { DAYS_FROM_1904 } else { 0.0 };
                put(format_args!("{days}"));
                return CellKind::Date;
            }
        }
        CellKind::Text
    }

    fn grid(self) -> Grid {
        self.grid
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book);
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn numbers_dates_and_rows_are_as_the_program_shows_them() {
        let bytes = book(|book| {
            let sheet = book.add_worksheet().set_name("一月").unwrap();
            let date = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write(2, 1, "姓名").unwrap();
            sheet.write(4, 1, 430_923_198_001_011_230_f64).unwrap();
            sheet.write_with_format(4, 2, 45_000, &date).unwrap();
            sheet.write(4, 3, 380.5).unwrap();
            book.add_worksheet().set_name("说明").unwrap().set_hidden(true);
        });
        let opened = open_zip(&bytes).ok().unwrap();
        assert_eq!(opened.sheets.len(), 2);
        assert!(opened.sheets[1].hidden);
        let grid = &opened.sheets[0].grid;
        assert_eq!((grid.len(), grid.number(2), grid.cell(2, 1).text), (5, 3, "姓名"));
        assert_eq!(grid.cell(4, 1).kind, CellKind::Number);
        assert!(grid.cell(4, 1).text.starts_with("4309231980010112"));
        assert_eq!((grid.cell(4, 2).text, grid.cell(4, 2).kind), ("45000", CellKind::Date));
        assert_eq!(grid.cell(4, 3).text, "380.5");
    }

    #[test]
    fn a_truncated_workbook_is_refused_and_never_panics() {
        let whole = book(|book| {
            let sheet = book.add_worksheet();
            (0..50).for_each(|row| {
                sheet.write(row, 0, format!("张{row}")).unwrap();
            });
        });
        for length in (4..whole.len()).step_by(97) {
            assert!(open_zip(&whole[..length]).is_err(), "{length}");
        }
        let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        compound.extend([0x41; 2000]);
        assert!(super::super::caught(|| open_compound(&compound)).is_err());
    }
}
