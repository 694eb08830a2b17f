//! A source as it will be written: its columns, the rows of each file, and how a row is filled.

use chrono::NaiveDate;

use super::corruption::Corruption;
use crate::synth::world::World;

/// What kind of thing a column holds, which says how it is written and how it is spoiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Id,
    Name,
    Sex,
    Birth,
    Date,
    /// A month, as YYYYMM.
    Month,
    Money,
    Village,
    /// One of a few words of a system, which others word differently.
    Word,
    /// The year a fee is for.
    Year,
    Text,
}

/// A column: its wordings, the usual one first, and whether a department may leave it out.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub headers: &'static [&'static str],
    pub shape: Shape,
    pub optional: bool,
    /// The heading above it in a two-row header.
    pub group: &'static str,
}

/// A column that is always there.
pub const fn must(shape: Shape, headers: &'static [&'static str]) -> Field {
    Field { headers, shape, optional: false, group: "" }
}

/// A column that some departments leave out.
pub const fn may(shape: Shape, headers: &'static [&'static str]) -> Field {
    Field { headers, shape, optional: true, group: "" }
}

impl Field {
    /// The same column under a common heading.
    pub const fn under(self, group: &'static str) -> Field {
        Field { group, ..self }
    }
}

/// A cell before it is written in a file's own style.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Date(NaiveDate),
    /// Fen.
    Money(i64),
    /// A village by its position.
    Village(u16),
    /// A number typed where a text belongs: a spreadsheet has eaten it.
    Number(f64),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    pub fn date(day: Option<NaiveDate>) -> Value {
        day.map_or(Value::Empty, Value::Date)
    }
}

/// One row to be: a person, and which of their rows of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    pub person: u32,
    pub sub: u8,
}

/// The rows of one sheet (or of a text file).
pub struct Page {
    pub name: String,
    pub items: Vec<Item>,
}

/// One file: its path below `data` without the ending, its title, its pages.
pub struct Part {
    pub stem: String,
    pub title: String,
    pub pages: Vec<Page>,
    /// Adds this to the total row, which then is wrong.
    pub total_off_by_fen: i64,
}

impl Part {
    /// A file of one page.
    pub fn single(stem: impl Into<String>, title: impl Into<String>, items: Vec<Item>) -> Part {
        let pages = vec![Page { name: "Sheet1".to_string(), items }];
        Part { stem: stem.into(), title: title.into(), pages, total_off_by_fen: 0 }
    }
}

/// Who made the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Exported by a system: a tenth of the dirt.
    System,
    /// Typed or pasted by hand.
    Hand,
}

/// What kind of file a department usually sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    Gbk,
    Utf8,
    Xlsx,
}

/// A source of the pipeline.
pub struct Table {
    pub name: &'static str,
    pub kind: &'static str,
    pub supplier: &'static str,
    /// Further lines of the source in `pipeline.toml`.
    pub keys: Vec<(&'static str, String)>,
    pub required: bool,
    pub usual: Usual,
    pub care: Care,
    pub fields: &'static [Field],
    /// Has a total row below each page; a sheet may have one anyway.
    pub total: bool,
    pub parts: Vec<Part>,
    pub fill: fn(&World, Item) -> Vec<Value>,
}

/// One data row as written, for the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenRow {
    /// As a person opening the file counts, from 1.
    pub row: u32,
    pub person: u32,
    pub corruption: Option<Corruption>,
    /// The dirt of another column, in the few rows that have two.
    pub also: Option<Corruption>,
}

impl WrittenRow {
    /// All that is wrong with the row.
    pub fn dirt(self) -> impl Iterator<Item = Corruption> {
        self.corruption.into_iter().chain(self.also)
    }

    /// Whether the id or the name is hidden, or the number is another.
    pub fn is_hidden(self) -> bool {
        self.dirt().any(|it| it.hides_id() || it.hides_name())
    }
}

/// One sheet as written.
pub struct WrittenPage {
    /// Relative to the county's folder.
    pub file: String,
    pub sheet: String,
    pub rows: Vec<WrittenRow>,
    /// The source's kind and name.
    pub kind: &'static str,
    pub source: &'static str,
    /// The total row does not agree with the rows.
    pub wrong_total: bool,
}
