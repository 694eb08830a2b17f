//! Writes one part of a table as a text file.

use std::fmt::Write as _;
use std::path::Path;

use encoding_rs::GB18030;
use rayon::prelude::*;

use super::layout::Encoding;
use super::sheet::{Sheet, add_money, written};
use super::table::{Item, Part, Shape, Value, WrittenPage, WrittenRow};
use crate::error::{Error, Result};

/// Rows made at a time by one thread.
const CHUNK: usize = 20_000;

/// A run of rows, as bytes and as truth, counted from 0.
struct Chunk {
    bytes: Vec<u8>,
    rows: Vec<WrittenRow>,
    sums: Vec<i64>,
}

/// Writes the part; the file's name is relative to the county's folder.
pub fn write(sheet: Sheet<'_>, part: &Part, root: &Path, file: &str) -> Result<WrittenPage> {
    let items: Vec<Item> = part.pages.iter().flat_map(|it| it.items.iter().copied()).collect();
    let columns = sheet.layout.columns.len();
    let chunks: Vec<Chunk> = items
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(at, items)| chunk(sheet, items, at * CHUNK))
        .collect();
    let mut bytes = header(sheet, &part.title);
    let above = 1 + u32::from(sheet.layout.title);
    let mut rows = Vec::with_capacity(items.len());
    let mut sums = vec![0; columns];
    for made in chunks {
        let before = above + rows.len() as u32;
        rows.extend(made.rows.into_iter().map(|it| WrittenRow { row: it.row + before, ..it }));
        bytes.extend_from_slice(&made.bytes);
        sums.iter_mut().zip(made.sums).for_each(|(sum, more)| *sum += more);
    }
    if sheet.layout.total {
        bytes.extend(total(sheet, &sums, part.total_off_by_fen));
    }
    let path = root.join(file);
    std::fs::write(&path, bytes).map_err(Error::io("writing", path))?;
    let wrong_total = sheet.layout.total && part.total_off_by_fen != 0;
    let (kind, source, file) = (sheet.table.kind, sheet.table.name, file.to_string());
    Ok(WrittenPage { file, sheet: String::new(), rows, kind, source, wrong_total })
}

fn chunk(sheet: Sheet<'_>, items: &[Item], serial: usize) -> Chunk {
    let mut text = String::with_capacity(items.len() * 120);
    let mut rows = Vec::with_capacity(items.len());
    let mut sums = vec![0; sheet.layout.columns.len()];
    for (at, item) in items.iter().enumerate() {
        let ready = sheet.ready(*item);
        let next = rows.len() as u32 + 1;
        rows.extend(written(next, *item, &ready));
        let times = 1 + usize::from(ready.repeated);
        add_money(sheet, &mut sums, &ready.cells, times as i64);
        for _ in 0..times {
            if sheet.layout.serial {
                let _ = write!(text, "{}{}", serial + at + 1, sheet.layout.delimiter);
            }
            line(sheet, &ready.cells, &mut text);
        }
    }
    Chunk { bytes: encode(sheet.layout.encoding, &text), rows, sums }
}

fn line(sheet: Sheet<'_>, cells: &[Value], text: &mut String) {
    for (column, cell) in cells.iter().enumerate() {
        if column > 0 {
            text.push(sheet.layout.delimiter);
        }
        push(text, &sheet.text(column, cell), sheet.layout.delimiter);
    }
    text.push_str("\r\n");
}

fn push(text: &mut String, cell: &str, delimiter: char) {
    if cell.contains([delimiter, '"', '\n', '\r']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

fn header(sheet: Sheet<'_>, title: &str) -> Vec<u8> {
    let layout = sheet.layout;
    let serial = layout.serial.then_some("序号");
    let words: Vec<&str> =
        serial.into_iter().chain(layout.columns.iter().map(|it| it.1.as_str())).collect();
    let title = if layout.title { format!("{title}\r\n") } else { String::new() };
    let text = format!("{title}{}\r\n", words.join(&layout.delimiter.to_string()));
    let mut bytes = match layout.encoding {
        Encoding::Utf8Bom => vec![0xEF, 0xBB, 0xBF],
        Encoding::Utf16Le => vec![0xFF, 0xFE],
        Encoding::Gb18030 | Encoding::Utf8 => Vec::new(),
    };
    bytes.extend(encode(layout.encoding, &text));
    bytes
}

fn total(sheet: Sheet<'_>, sums: &[i64], off_by: i64) -> Vec<u8> {
    let mut cells = vec![Value::Empty; sums.len()];
    for (column, sum) in sums.iter().enumerate() {
        if sheet.shape(column) == Shape::Money {
            cells[column] = Value::Money(sum + off_by);
        }
    }
    cells[sheet.total_column()] = Value::text("合计");
    let mut text = String::new();
    if sheet.layout.serial {
        text.push(sheet.layout.delimiter);
    }
    line(sheet, &cells, &mut text);
    encode(sheet.layout.encoding, &text)
}

fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => text.as_bytes().to_vec(),
        Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    }
}
