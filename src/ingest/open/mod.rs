//! A file, whatever its name says it is → sheets of text cells.

mod decode;
mod delimited;
mod markup;
mod parquet;
mod sniff;
mod workbook;

use std::path::Path;

use super::grid::Grid;
use crate::diagnostic::Message;

/// A file's sheets, and how it was read.
pub struct Opened {
    /// The text encoding, or `xlsx`, `xls`, `ods`, `parquet`; with ` (html)` for a table in markup.
    pub format: String,
    pub sheets: Vec<Sheet>,
}

/// One sheet as found.
#[derive(Default)]
pub struct Sheet {
    /// Empty for a file without sheets.
    pub name: String,
    pub grid: Grid,
    /// Merged regions, not yet filled.
    pub merged: Vec<Region>,
    /// The supplier hid it.
    pub hidden: bool,
    /// Rows in which a quote was never closed.
    pub stray_quotes: Vec<u32>,
}

/// A merged region: rows and columns from 0, both ends included.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    pub rows: (usize, usize),
    pub columns: (usize, usize),
}

/// Why a file cannot be read, and what to do.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub what: Message,
    pub help: Message,
}

impl Refusal {
    fn new(what: (&str, &str), help: (&str, &str)) -> Refusal {
        Refusal { what: Message::new(what.0, what.1), help: Message::new(help.0, help.1) }
    }

    fn damaged(reason: &str) -> Refusal {
        Refusal {
            what: Message::new(
                format!("文件已损坏或不完整：{reason}"),
                format!("the file is damaged or incomplete: {reason}"),
            ),
            help: Message::new(
                "请供数单位重新导出或重新传送；能用电子表格软件打开的，另存为 xlsx 再试",
                "have it exported or sent again; if a spreadsheet program opens it, save it as xlsx",
            ),
        }
    }

    fn password() -> Refusal {
        Refusal::new(
            ("文件设了打开密码", "the file is protected by a password"),
            ("请供数单位去掉密码后再传", "have the supplier remove the password"),
        )
    }
}

/// Opens a file by what is in it: an `.xls` may well be a page of HTML.
pub fn open(path: &Path, bytes: Vec<u8>, encoding: Option<&str>) -> Result<Opened, Refusal> {
    match sniff::sniff(&bytes)? {
        sniff::Form::Zip => caught(|| workbook::open_zip(&bytes)),
        sniff::Form::Compound => caught(|| workbook::open_compound(&bytes)),
        sniff::Form::Parquet => caught(|| parquet::open(path)),
        sniff::Form::Text => text(bytes, encoding),
    }
}

fn text(bytes: Vec<u8>, encoding: Option<&str>) -> Result<Opened, Refusal> {
    if u32::try_from(bytes.len() * 2).is_err() {
        return Err(Refusal::new(
            ("单个文本文件超过 2 GB", "a single text file of more than 2 GB"),
            ("请按乡镇或月份拆成几个文件，path 写成通配", "split it, and let `path` be a glob"),
        ));
    }
    let decoded = decode::decode(bytes, encoding).map_err(|what| Refusal {
        what,
        help: Message::new(
            "请供数单位另存为 UTF-8 或 GB18030 的 CSV，或 xlsx；确知编码的，在来源中写 encoding",
            "have it saved as CSV in UTF-8 or GB18030, or as xlsx; set `encoding` if it is known",
        ),
    })?;
    let format = decoded.encoding.to_string();
    if markup::is_markup(&decoded.text) {
        return Ok(Opened {
            format: format!("{format} (html)"),
            sheets: markup::read(&decoded.text),
        });
    }
    let delimited::Read { grid, stray_quotes } = delimited::read(decoded.text);
    Ok(Opened { format, sheets: vec![Sheet { grid, stray_quotes, ..Sheet::default() }] })
}

/// Runs a foreign parser, for which a hostile file may be a surprise: its panic is a damaged file.
fn caught(read: impl FnOnce() -> Result<Opened, Refusal>) -> Result<Opened, Refusal> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Refusal::damaged("解析中断 / the parser gave up")))
}
