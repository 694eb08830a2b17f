//! The list as it stood, with its answers at the right, as a workbook or as CSV.

use std::{io::Write, path::Path};

use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{
    Lookup,
    answer::{self, Value},
};
use crate::{
    clean::{Cell, CellKind, date, money::yuan},
    diagnostic::{Lang, Message},
    error::{Error, Result},
    ingest::ListSheet,
    publish::SheetNames,
};

/// The most digits of a number that stays a number: what is longer is somebody's.
const DIGITS: usize = 10;
/// Longer texts do not fit into a cell.
const LONGEST: usize = 32_000;
/// How wide a column of the list is, in characters: at least and at most.
const WIDTHS: (usize, usize) = (6, 40);
/// How many rows are looked at to tell how wide a column is.
const MEASURED_ROWS: usize = 200;

/// Writes beside the place and moves it there whole.
pub(super) fn write(lookup: &Lookup, out: &Path, lang: Lang) -> Result<()> {
    let ending = out.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let bytes = match ending.as_str() {
        "csv" => csv(lookup, lang)?,
        "xlsx" => workbook(lookup, lang)
            .map_err(|it| Error::Write { path: out.into(), reason: it.to_string() })?,
        _ => {
            return Err(Error::Usage(Message::new(
                format!("--out 只能是 .xlsx 或 .csv：{}", out.display()),
                format!("--out must end in .xlsx or .csv: {}", out.display()),
            )));
        }
    };
    let folder = out.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner only, from the first byte on.
    let mut file = tempfile::Builder::new()
        .prefix(".lookup-")
        .tempfile_in(folder)
        .map_err(Error::io("create a file", folder))?;
    file.write_all(&bytes).map_err(Error::io("write", out))?;
    file.as_file().sync_all().map_err(Error::io("flush", out))?;
    file.persist(out).map_err(|it| Error::io("move into place", out)(it.error))?;
    Ok(())
}

/// The rows of a sheet: its own cells, padded, then what is added.
fn rows(lookup: &Lookup, at: usize, lang: Lang) -> Vec<Vec<Value>> {
    let sheet = &lookup.list.sheets[at];
    let width = sheet.width();
    let heads = || answer::heads(lang).map(|it| Value::Text(it.0.to_string()));
    let mut rows = Vec::new();
    if sheet.is_list && sheet.n_header_rows == 0 {
        rows.push(vec![Value::Empty; width].into_iter().chain(heads()).collect());
    }
    for row in 0..sheet.n_rows() {
        let mut values: Vec<Value> = sheet.cells(row).map(own).collect();
        values.resize(width, Value::Empty);
        match &lookup.answers[at][row] {
            Some(matched) => values.extend(answer::values(lookup, matched, lang)),
            None if sheet.is_list && row + 1 == sheet.n_header_rows => values.extend(heads()),
            None => {}
        }
        rows.push(values);
    }
    rows
}

/// How many rows stand above the people.
fn n_heads(sheet: &ListSheet) -> usize {
    if sheet.is_list { sheet.n_header_rows.max(1) } else { 0 }
}

/// A cell of the list. What looks like a number of somebody's stays the text it is.
fn own(cell: Cell<'_>) -> Value {
    let text = || Value::from(cell.text.to_string());
    match cell.kind {
        CellKind::Text => text(),
        CellKind::Date => date::read(cell).map_or_else(text, |it| Value::Date(it.date)),
        CellKind::Number => match cell.text.parse::<f64>() {
            Ok(number) if cell.text.len() <= DIGITS && number.to_string() == cell.text => {
                Value::Number(number)
            }
            _ => text(),
        },
    }
}

/// One sheet as text: UTF-8 with a mark, as spreadsheets expect it.
fn csv(lookup: &Lookup, lang: Lang) -> Result<Vec<u8>> {
    let [0] = *(0..lookup.list.sheets.len()).collect::<Vec<_>>() else {
        return Err(Error::Usage(Message::new(
            "名单有几张工作表，CSV 装不下；请用 .xlsx",
            "the list has several sheets, which a CSV cannot hold: use .xlsx",
        )));
    };
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    for row in rows(lookup, 0, lang) {
        let written = writer.write_record(row.iter().map(plain));
        written.map_err(|it| Error::Write { path: "csv".into(), reason: it.to_string() })?;
    }
    writer.flush().map_err(Error::io("write", "csv"))?;
    drop(writer);
    Ok(bytes)
}

/// A value as text that no spreadsheet takes for a formula.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => {
            let starts = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
            let is_formula = text.starts_with(starts) && text.parse::<f64>().is_err();
            if is_formula { format!("'{text}") } else { text.clone() }
        }
        Value::Number(number) => number.to_string(),
        Value::Fen(fen) => yuan(*fen),
        Value::Date(date) => date.to_string(),
        Value::Empty => String::new(),
    }
}

/// The formats of a workbook.
struct Look {
    text: Format,
    head: Format,
    date: Format,
    money: Format,
    plain: Format,
}

impl Look {
    fn new() -> Look {
        let body = || Format::new().set_font_name("宋体").set_font_size(10);
        let bold = body().set_bold().set_border(FormatBorder::Thin);
        Look {
            text: body().set_num_format("@"),
            head: bold
                .set_num_format("@")
                .set_background_color(0xD9_E2_F3)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            date: body().set_num_format("yyyy-mm-dd"),
            money: body().set_num_format("0.00"),
            plain: body(),
        }
    }
}

fn workbook(lookup: &Lookup, lang: Lang) -> std::result::Result<Vec<u8>, XlsxError> {
    let as_of = lookup.facts.as_of;
    let made_on =
        ExcelDateTime::from_ymd(as_of.year() as u16, as_of.month() as u8, as_of.day() as u8)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made_on));
    let (look, mut names) = (Look::new(), SheetNames::default());
    for (at, sheet) in lookup.list.sheets.iter().enumerate() {
        let mut page = Worksheet::new();
        let wanted = match (sheet.name.as_str(), lang) {
            ("", Lang::Zh) => "名单",
            ("", Lang::En) => "list",
            (name, _) => name,
        };
        page.set_name(names.take(wanted))?;
        let rows = rows(lookup, at, lang);
        let width = sheet.width();
        let n_heads = n_heads(sheet);
        for (row, values) in rows.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                let is_head = row + 1 == n_heads;
                put(&mut page, (row as u32, column as u16), value, is_head, &look)?;
            }
        }
        for column in 0..width {
            let longest = rows.iter().skip(n_heads.saturating_sub(1)).take(MEASURED_ROWS);
            let longest = longest.map(|it| measure(&it[column])).max().unwrap_or(0);
            let characters = longest.clamp(WIDTHS.0, WIDTHS.1) + 2;
            page.set_column_width(column as u16, characters as f64)?;
        }
        if sheet.is_list {
            let last = width + answer::heads(lang).count() - 1;
            for (nth, (_, characters)) in answer::heads(lang).enumerate() {
                page.set_column_width((width + nth) as u16, f64::from(characters))?;
            }
            page.set_freeze_panes(n_heads as u32, 0)?;
            let head = n_heads as u32 - 1;
            page.autofilter(head, 0, (rows.len() as u32 - 1).max(head), last as u16)?;
        }
        workbook.push_worksheet(page);
    }
    workbook.save_to_buffer()
}

/// How wide a text is, in half-width characters.
fn measure(value: &Value) -> usize {
    match value {
        Value::Text(text) => unicode_width::UnicodeWidthStr::width(text.as_str()),
        other => plain(other).len(),
    }
}

fn put(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    is_head: bool,
    look: &Look,
) -> std::result::Result<(), XlsxError> {
    match value {
        // Always a string: nothing is taken for a formula, a link or a number.
        Value::Text(text) => {
            let format = if is_head { &look.head } else { &look.text };
            let text: String = text.chars().take(LONGEST).collect();
            page.write_string_with_format(row, column, text, format)?
        }
        Value::Number(number) => {
            page.write_number_with_format(row, column, *number, &look.plain)?
        }
        Value::Fen(fen) => {
            page.write_number_with_format(row, column, *fen as f64 / 100.0, &look.money)?
        }
        Value::Date(date) => {
            let (year, month, day) = (date.year() as u16, date.month() as u8, date.day() as u8);
            match ExcelDateTime::from_ymd(year, month, day) {
                Ok(day) => page.write_datetime_with_format(row, column, day, &look.date)?,
                // Before what a spreadsheet counts from.
                Err(_) => {
                    page.write_string_with_format(row, column, date.to_string(), &look.text)?
                }
            }
        }
        Value::Empty => page,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        let check = |text: &str, expected: &str| {
            assert_eq!(plain(&Value::Text(text.into())), expected);
        };
        check("=1+1", "'=1+1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("+86 138", "'+86 138");
        check("-380.00", "-380.00");
        check("王=二", "王=二");
    }

    #[test]
    fn short_numbers_stay_numbers_and_long_ones_texts() {
        let number = |text| own(Cell { text, kind: CellKind::Number });
        assert_eq!(number("380.5"), Value::Number(380.5));
        assert_eq!(number("13812345678"), Value::Text("13812345678".into()));
        assert_eq!(number("430923198001010000"), Value::Text("430923198001010000".into()));
        assert_eq!(own(Cell::text("0012")), Value::Text("0012".into()));
        let day = own(Cell { text: "45280", kind: CellKind::Date });
        assert_eq!(day, Value::Date("2023-12-20".parse().unwrap()));
    }
}
