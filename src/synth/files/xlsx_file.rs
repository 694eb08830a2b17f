//! Writes one part of a table as a workbook, with the trimmings of an office.

use std::path::Path;

use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::sheet::{Sheet, add_money, written};
use super::style::{DateStyle, VillageStyle};
use super::table::{Page, Part, Shape, Value, WrittenPage, WrittenRow};
use crate::error::{Error, Result};

/// One worksheet in the making.
struct Paper<'a> {
    sheet: Sheet<'a>,
    part: &'a Part,
    to: Worksheet,
    next: u32,
    /// Columns before the table's own: the serial number.
    shift: u16,
}

/// Writes the part; the file's name is relative to the county's folder.
pub fn write(sheet: Sheet<'_>, part: &Part, root: &Path, file: &str) -> Result<Vec<WrittenPage>> {
    let path = root.join(file);
    let failed = |it: XlsxError| Error::Write { path: path.clone(), reason: it.to_string() };
    let mut workbook = Workbook::new();
    // A fixed day of creation: the same county gives the same bytes.
    let day = ExcelDateTime::from_ymd(2024, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let mut pages = Vec::new();
    if sheet.layout.notes {
        workbook.push_worksheet(notes().map_err(failed)?);
    }
    for page in &part.pages {
        let mut to = Worksheet::new();
        to.set_name(&page.name).map_err(failed)?;
        let shift = u16::from(sheet.layout.serial);
        let mut paper = Paper { sheet, part, to, next: 0, shift };
        let rows = paper.fill(page).map_err(failed)?;
        workbook.push_worksheet(paper.to);
        let wrong_total = sheet.layout.total && part.total_off_by_fen != 0;
        let (file, kind, source) = (file.to_string(), sheet.table.kind, sheet.table.name);
        pages.push(WrittenPage { file, sheet: page.name.clone(), rows, kind, source, wrong_total });
    }
    workbook.save(&path).map_err(failed)?;
    Ok(pages)
}

/// The sheet of instructions that a form came with.
fn notes() -> std::result::Result<Worksheet, XlsxError> {
    let mut to = Worksheet::new();
    to.set_name("填表说明")?;
    let lines = [
        "填表说明",
        "一、身份证号码请以文本格式填写。",
        "二、日期格式为年-月-日。",
        "三、请勿合并单元格。",
    ];
    for (row, line) in lines.iter().enumerate() {
        to.write_string(row as u32, 0, *line)?;
    }
    Ok(to)
}

/// Rows of a printed page, each with the header again.
const PRINTED_ROWS: usize = 45;
/// One row in so many is hidden, where rows are.
const HIDDEN_ROW: usize = 37;

impl Paper<'_> {
    fn fill(&mut self, page: &Page) -> std::result::Result<Vec<WrittenRow>, XlsxError> {
        self.title()?;
        self.header()?;
        let mut rows = Vec::with_capacity(page.items.len());
        let mut sums = vec![0; self.sheet.layout.columns.len()];
        let mut parts = sums.clone();
        let first = self.next;
        let mut villages: Vec<Value> = Vec::new();
        let merged = self.merged_column();
        for (serial, item) in page.items.iter().enumerate() {
            self.between(page, serial, &mut parts)?;
            let mut ready = self.sheet.ready(*item);
            rows.extend(written(self.next + 1, *item, &ready));
            let times = 1 + usize::from(ready.repeated);
            add_money(self.sheet, &mut sums, &ready.cells, times as i64);
            add_money(self.sheet, &mut parts, &ready.cells, times as i64);
            if let Some(column) = merged {
                let village = std::mem::replace(&mut ready.cells[column], Value::Empty);
                villages.extend(std::iter::repeat_n(village, times));
            }
            for _ in 0..times {
                self.row(serial, &ready.cells)?;
            }
        }
        if let Some(column) = merged {
            self.merge(first, column, &villages)?;
        }
        self.end(&sums)?;
        Ok(rows)
    }

    /// What stands between two rows: a subtotal after a village, the header on a new page.
    fn between(
        &mut self,
        page: &Page,
        serial: usize,
        parts: &mut [i64],
    ) -> std::result::Result<(), XlsxError> {
        let layout = self.sheet.layout;
        let people = &self.sheet.world.people;
        let village = |at: usize| people[page.items[at].person as usize].home.village;
        if layout.subtotals && serial > 0 && village(serial) != village(serial - 1) {
            self.sum_row("小计", parts)?;
            parts.fill(0);
        }
        if layout.header_again && serial > 0 && serial.is_multiple_of(PRINTED_ROWS) {
            self.header()?;
        }
        if layout.hidden_rows && serial % HIDDEN_ROW == HIDDEN_ROW - 1 {
            self.to.set_row_hidden(self.next)?;
        }
        Ok(())
    }

    fn sum_row(&mut self, word: &str, sums: &[i64]) -> std::result::Result<(), XlsxError> {
        let at = if self.shift == 1 { 0 } else { self.sheet.total_column() as u16 };
        self.to.write_string(self.next, at, word)?;
        for (column, sum) in sums.iter().enumerate() {
            if self.sheet.shape(column) == Shape::Money {
                self.cell(self.next, column, &Value::Money(*sum))?;
            }
        }
        self.next += 1;
        Ok(())
    }

    fn width(&self) -> u16 {
        self.sheet.layout.columns.len() as u16 + self.shift
    }

    fn title(&mut self) -> std::result::Result<(), XlsxError> {
        let centred = Format::new().set_align(FormatAlign::Center).set_bold();
        let last = self.width().max(2) - 1;
        if self.sheet.layout.title {
            self.to.merge_range(self.next, 0, self.next, last, &self.part.title, &centred)?;
            self.next += 1;
        }
        if self.sheet.layout.unit_line {
            let day = self.sheet.world.scene.as_of;
            let unit = format!("填报单位：{}", self.sheet.table.supplier);
            self.to.write_string(self.next, 0, unit)?;
            let date = format!("{}年{}月{}日", day.year(), day.month(), day.day());
            self.to.write_string(self.next, last, date)?;
            self.next += 1;
        }
        Ok(())
    }

    fn header(&mut self) -> std::result::Result<(), XlsxError> {
        let layout = self.sheet.layout;
        let bold = Format::new().set_bold().set_align(FormatAlign::Center);
        let two =
            layout.two_row_header && layout.columns.iter().any(|it| !self.group(it.0).is_empty());
        let low = self.next + u32::from(two);
        let both = |to: &mut Worksheet, column: u16, word: &str| {
            if two {
                to.merge_range(low - 1, column, low, column, word, &bold).map(|_| ())
            } else {
                to.write_string_with_format(low, column, word, &bold).map(|_| ())
            }
        };
        if self.shift == 1 {
            both(&mut self.to, 0, "序号")?;
        }
        let mut at = 0;
        while at < layout.columns.len() {
            let (field, word) = (layout.columns[at].0, layout.columns[at].1.as_str());
            let group = self.group(field);
            let column = at as u16 + self.shift;
            let same =
                layout.columns[at..].iter().take_while(|it| self.group(it.0) == group).count();
            if !two || group.is_empty() || same < 2 {
                both(&mut self.to, column, word)?;
                at += 1;
                continue;
            }
            self.to.merge_range(
                low - 1,
                column,
                low - 1,
                column + same as u16 - 1,
                group,
                &bold,
            )?;
            for (offset, it) in layout.columns[at..at + same].iter().enumerate() {
                self.to.write_string_with_format(
                    low,
                    column + offset as u16,
                    it.1.as_str(),
                    &bold,
                )?;
            }
            at += same;
        }
        self.next = low + 1;
        Ok(())
    }

    fn group(&self, field: usize) -> &'static str {
        self.sheet.table.fields[field].group
    }

    fn row(&mut self, serial: usize, cells: &[Value]) -> std::result::Result<(), XlsxError> {
        let row = self.next;
        self.next += 1;
        if self.shift == 1 {
            self.to.write_number(row, 0, (serial + 1) as f64)?;
        }
        for (column, cell) in cells.iter().enumerate() {
            self.cell(row, column, cell)?;
        }
        Ok(())
    }

    fn cell(
        &mut self,
        row: u32,
        column: usize,
        cell: &Value,
    ) -> std::result::Result<(), XlsxError> {
        let at = column as u16 + self.shift;
        match cell {
            Value::Empty => {}
            Value::Number(number) => {
                self.to.write_number_with_format(
                    row,
                    at,
                    *number,
                    &Format::new().set_num_format("0"),
                )?;
            }
            Value::Money(fen) if self.sheet.money_is_number() => {
                self.to.write_number(row, at, *fen as f64 / 100.0)?;
            }
            Value::Date(day)
                if self.sheet.layout.style.date == DateStyle::Cell
                    && self.sheet.shape(column) != Shape::Month =>
            {
                let (y, m, d) = (day.year() as u16, day.month() as u8, day.day() as u8);
                let format = Format::new().set_num_format("yyyy-mm-dd");
                self.to.write_datetime_with_format(
                    row,
                    at,
                    ExcelDateTime::from_ymd(y, m, d)?,
                    &format,
                )?;
            }
            other => {
                let text = self.sheet.text(column, other);
                self.to.write_string(row, at, text)?;
            }
        }
        Ok(())
    }

    /// The village column, where its cells are merged over their rows.
    fn merged_column(&self) -> Option<usize> {
        let layout = self.sheet.layout;
        let fits = layout.merged_village && layout.style.village != VillageStyle::Code;
        let columns = 0..layout.columns.len();
        columns.into_iter().find(|it| fits && self.sheet.shape(*it) == Shape::Village)
    }

    /// Writes each run of equal villages as one merged cell.
    fn merge(
        &mut self,
        first: u32,
        column: usize,
        villages: &[Value],
    ) -> std::result::Result<(), XlsxError> {
        let format = Format::new().set_align(FormatAlign::VerticalCenter);
        let at = column as u16 + self.shift;
        let mut start = 0;
        while start < villages.len() {
            let same = villages[start..].iter().take_while(|it| **it == villages[start]).count();
            let text = self.sheet.text(column, &villages[start]);
            let row = first + start as u32;
            if same > 1 && !text.is_empty() {
                self.to.merge_range(row, at, row + same as u32 - 1, at, &text, &format)?;
            } else if !text.is_empty() {
                self.to.write_string(row, at, text)?;
            }
            start += same;
        }
        Ok(())
    }

    fn end(&mut self, sums: &[i64]) -> std::result::Result<(), XlsxError> {
        if self.sheet.layout.total {
            let stated: Vec<i64> = sums.iter().map(|it| it + self.part.total_off_by_fen).collect();
            self.sum_row("合计", &stated)?;
        }
        if self.sheet.layout.signature {
            self.to.write_string(self.next, 0, "制表人：王某")?;
            self.to.write_string(self.next, self.width().max(3) - 1, "审核人：李某")?;
        }
        Ok(())
    }
}
