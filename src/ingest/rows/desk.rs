//! Where rows are read: the cells of the row at hand by field, and what is common to all kinds.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Blame, gazetteer::Places, place};
use crate::{
    clean::{
        Cell, CellKind,
        date::{self, Precision},
        id_number::{self, IdKind, IdState},
        money, name, sex, text,
    },
    config::{Pipeline, Source},
    ingest::{
        account::Reject,
        complaints,
        field::Field,
        grid::Grid,
        header::Columns,
        notes::{Complaint, Notes},
    },
    tables::{RecordId, Subject, Tables, TextId, Texts},
};

/// What a stretch of rows became.
pub struct Chunk {
    /// Rows with texts numbered within the chunk; record ids are not given yet.
    pub tables: Tables,
    /// The sheet's row of each record.
    pub numbers: Vec<u32>,
    pub rejects: Vec<Reject>,
    pub notes: Notes,
    pub sums: Sums,
}

/// What the account says of a stretch of rows.
#[derive(Clone, Copy, Default)]
pub struct Sums {
    pub accepted: u64,
    pub sum_fen: i64,
    pub first_on: Option<NaiveDate>,
    pub last_on: Option<NaiveDate>,
}

/// What a sheet says outside its rows.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The day of the data that the sheet says it was made from.
    pub stated_on: Option<NaiveDate>,
    /// The category of a sheet that has no column of it.
    pub category: &'a str,
    /// The county of rows that name none, where a run answers for several.
    pub county: &'a str,
    /// The township of rows that name none.
    pub township: &'a str,
    /// Villages as headings: the row of each, and the name.
    pub sections: &'a [(u32, String)],
}

/// Everything needed to read rows of one stretch of a sheet.
pub struct Desk<'a> {
    pub grid: &'a Grid,
    pub columns: &'a Columns,
    pub source: &'a Source,
    pub given: Given<'a>,
    pub texts: Texts,
    pub notes: Notes,
    pub(super) places: Places<'a>,
    rejects: Vec<Reject>,
    row: usize,
}

impl<'a> Desk<'a> {
    pub fn new(
        grid: &'a Grid,
        columns: &'a Columns,
        pipeline: &'a Pipeline,
        source: &'a Source,
        given: Given<'a>,
    ) -> Desk<'a> {
        Desk {
            grid,
            columns,
            source,
            given,
            texts: Texts::default(),
            notes: Notes::default(),
            places: Places::new(pipeline),
            rejects: Vec::new(),
            row: 0,
        }
    }

    /// Goes to a row of the grid.
    pub fn stand_at(&mut self, row: usize) {
        self.row = row;
    }

    /// The row's number as a person counts it.
    pub fn number(&self) -> u32 {
        self.grid.number(self.row)
    }

    /// Whether the sheet has a column of this field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.column(field).is_some()
    }

    /// The cell of a field; blank where there is no such column.
    pub fn cell(&self, field: Field) -> Cell<'a> {
        self.columns.column(field).map_or(Cell::default(), |at| self.grid.cell(self.row, at))
    }

    /// The cell of a column.
    pub fn cell_at(&self, column: usize) -> Cell<'a> {
        self.grid.cell(self.row, column)
    }

    /// The folded words of a field's cell; empty where it is blank.
    pub fn words(&self, field: Field) -> std::borrow::Cow<'a, str> {
        let cell = self.cell(field);
        if cell.is_blank() {
            return "".into();
        }
        text::fold(cell.text)
    }

    /// The words of a field's cell as a text of the run.
    pub fn text(&mut self, field: Field) -> TextId {
        let words = self.words(field);
        self.texts.intern(words.trim())
    }

    /// Complains of a field's cell. In a row whose cells have slipped, any cell may hold a number
    /// of somebody's: long digits are not shown.
    pub fn complain(&mut self, complaint: &Complaint, field: Field, value: &str) {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        let value = if digits > 10 { "" } else { value };
        self.notes.add(complaint, self.grid.number(self.row), self.columns.header(field), value);
    }

    /// Complains of a value that ought to have digits; one without may be somebody's name.
    fn complain_of_number(&mut self, complaint: &Complaint, field: Field, value: &str) {
        let has_digits = value.bytes().any(|it| it.is_ascii_digit());
        self.complain(complaint, field, if has_digits { value } else { "" });
    }

    /// The day a field's cell names; of a month or year its first day.
    pub fn date(&mut self, field: Field) -> Option<NaiveDate> {
        self.date_read(field).map(|it| it.date)
    }

    /// The day that a hand has written on a list: without a year, that nearest to the list's own day.
    pub fn day_by_hand(&mut self, field: Field) -> Option<NaiveDate> {
        let cell = self.cell(field);
        let near = self.given.stated_on.and_then(|it| date::read_near(cell, it));
        near.or_else(|| {
            // 12.15 in a cell for days is the twelfth day of all days.
            let is_first_year = |it: &NaiveDate| cell.kind == CellKind::Date && it.year() == 1900;
            let read = self.date(field);
            if read.filter(is_first_year).is_some() {
                self.complain(&complaints::BAD_DATE, field, cell.text);
                return None;
            }
            read
        })
    }

    /// The last day of what a field's cell names: of a month, its last day.
    pub fn last_day(&mut self, field: Field) -> Option<NaiveDate> {
        self.day_after(field).and_then(|it| it.pred_opt())
    }

    /// The day after what a field's cell names.
    pub fn day_after(&mut self, field: Field) -> Option<NaiveDate> {
        let read = self.date_read(field)?;
        match read.precision {
            Precision::Day => read.date.checked_add_days(Days::new(1)),
            Precision::Month => read.date.checked_add_months(Months::new(1)),
            Precision::Year => NaiveDate::from_ymd_opt(read.date.year() + 1, 1, 1),
        }
    }

    fn date_read(&mut self, field: Field) -> Option<date::DateRead> {
        let cell = self.cell(field);
        if cell.is_blank() {
            return None;
        }
        let read = date::read(cell);
        if read.is_none() && !says_no_end(cell.text) {
            self.complain_of_number(&complaints::BAD_DATE, field, cell.text);
        }
        read
    }

    /// The amount in a field's cell, in fen.
    pub fn money(&mut self, field: Field) -> Option<i64> {
        let column = self.columns.column(field)?;
        let cell = self.cell_at(column);
        if cell.is_blank() {
            return None;
        }
        let read = fen(self.grid, self.columns, self.row, column);
        if read.is_none() {
            self.complain_of_number(&complaints::BAD_MONEY, field, cell.text);
        }
        read
    }

    /// The insurance year of the row, else that of the source, else 0.
    pub fn year(&mut self) -> u16 {
        let cell = self.cell(Field::Year);
        if !cell.is_blank() {
            if let Some(year) = date::read_year(cell) {
                return year;
            }
            self.complain_of_number(&complaints::BAD_YEAR, Field::Year, cell.text);
        }
        self.source.year.unwrap_or(0)
    }

    /// Whom the row is about; nothing where it gives neither a certificate nor a name.
    pub fn subject(&mut self) -> Option<Subject> {
        let mut subject = Subject::unknown(RecordId(0));
        self.read_id(&mut subject);
        self.read_name(&mut subject);
        let is_somebody = subject.name.is_some() || subject.id_state != IdState::Missing;
        if !is_somebody {
            return None;
        }
        self.describe(&mut subject);
        Some(subject)
    }

    /// Adds what a row says of somebody besides certificate and name.
    pub fn describe(&mut self, subject: &mut Subject) {
        subject.sex = sex::read(self.cell(Field::Sex));
        // A month is no birthday: it would contradict every id.
        let birth = self.date_read(Field::Birth);
        subject.birth = birth.filter(|it| it.precision == Precision::Day).map(|it| it.date);
        place::read(self, subject);
    }

    fn read_id(&mut self, subject: &mut Subject) {
        let fields = [Field::IdNumber, Field::DisabilityCard, Field::SchoolNumber];
        let mut cells = fields.into_iter().map(|it| self.cell(it));
        let Some(cell) = cells.find(|it| !it.is_blank()) else { return };
        let read = id_number::read(cell);
        subject.id = read.number;
        subject.id_kind = read.kind;
        subject.id_state = read.state;
        subject.id_text = read.as_found.map_or(TextId::NONE, |it| match read.state {
            // Certificates are compared as texts, so one spelling must do for all.
            IdState::OtherCertificate => self.texts.intern(&certificate_key(&it)),
            _ => self.texts.intern(it.trim()),
        });
        if matches!(read.kind, IdKind::Other) && self.has(Field::IdType) {
            let words = self.words(Field::IdType);
            subject.id_kind = super::codes::id_kind(&words).unwrap_or(read.kind);
        }
    }

    fn read_name(&mut self, subject: &mut Subject) {
        let cell = self.cell(Field::Name);
        if cell.is_blank() {
            return;
        }
        let read = name::read(cell.text);
        subject.name = self.texts.intern(&read.text);
        let as_found = cell.text.trim();
        let is_same = read.text == as_found
            || as_found.chars().filter(|it| !it.is_whitespace()).eq(read.text.chars());
        if !is_same {
            subject.name_text = self.texts.intern(as_found);
        }
    }

    /// The former name that stands in brackets behind the name.
    pub fn former_name_in_name(&mut self) -> TextId {
        let cell = self.cell(Field::Name);
        if cell.text.is_ascii() || !cell.text.contains(['(', '（', '曾', '原']) {
            return TextId::NONE;
        }
        name::read(cell.text).former.map_or(TextId::NONE, |it| self.texts.intern(&it))
    }

    /// Sets a row aside.
    pub fn reject(&mut self, blame: Blame) {
        let value = match blame.field.and_then(|it| self.columns.column(it)) {
            Some(column) => self.cell_at(column).text.chars().take(200).collect(),
            None => {
                let cells: Vec<&str> =
                    self.grid.filled(self.row).map(|it| it.1.text.trim()).collect();
                cells.join(" | ").chars().take(200).collect()
            }
        };
        self.rejects.push(Reject {
            source: self.source.name.clone(),
            file: String::new(),
            sheet: String::new(),
            row: self.number(),
            column: blame.field.map_or("", |it| self.columns.header(it)).into(),
            value,
            reason: blame.reason,
        });
    }

    /// The village heading above the row.
    pub fn section(&self) -> &'a str {
        let number = self.number();
        let sections = self.given.sections;
        let after = sections.partition_point(|(row, _)| *row <= number);
        after.checked_sub(1).map_or("", |at| sections[at].1.as_str())
    }

    pub(super) fn finish(self, tables: Tables, numbers: Vec<u32>, sums: Sums) -> Chunk {
        let Desk { texts, notes, rejects, .. } = self;
        Chunk { tables: Tables { texts, ..tables }, numbers, rejects, notes, sums }
    }
}

/// An amount in fen, by the unit that the column's header names.
pub fn fen(grid: &Grid, columns: &Columns, row: usize, column: usize) -> Option<i64> {
    let cell = grid.cell(row, column);
    let yuan_as_fen = money::read_fen(cell)?;
    let header = columns.headers.get(column).map_or("", String::as_str);
    if header.contains("万元") {
        return yuan_as_fen.checked_mul(10_000);
    }
    let is_fen = ["(分)", "单位:分", "(单位:分)", "_fen"].iter().any(|it| header.contains(it));
    if is_fen && !cell.text.contains('元') {
        return (yuan_as_fen % 100 == 0).then_some(yuan_as_fen / 100);
    }
    Some(yuan_as_fen)
}

/// A certificate that is not packed, without blanks and in capitals.
pub fn certificate_key(as_found: &str) -> String {
    let is_kept = |it: &char| !it.is_whitespace() && *it != '-';
    as_found.chars().filter(is_kept).flat_map(char::to_uppercase).collect()
}

/// Ways to say in a date column that there is no such day.
fn says_no_end(cell: &str) -> bool {
    let folded = text::fold(cell);
    let words =
        ["长期", "至今", "永久", "在保", "未", "无", "否", "9999", "2999", "正常", "0", "至"];
    words.iter().any(|it| folded.starts_with(it))
}
