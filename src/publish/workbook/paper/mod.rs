//! A sheet that can be printed: title, header rows, a table, and page settings.

mod cell;
mod head;
mod measure;

use std::borrow::Cow;

use rust_xlsxwriter::{Worksheet, XlsxError};

pub(super) use cell::Value;
use cell::put;
use measure::LINE;
pub(super) use measure::{PADDING, TITLE_FACTOR, lines, text_pixels};

use super::style::{Kind, Style};

pub(super) type Made<T = ()> = Result<T, XlsxError>;

/// A4, by Excel's number.
pub(super) const A4: u8 = 9;
/// The least height of a row in points: there must be room for handwriting.
const LEAST: f64 = 26.0;
/// The same where there need not be.
const COMPACT: f64 = 18.0;

/// A column of a printed table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub head: Cow<'static, str>,
    /// The heading over this column and its neighbours with the same; empty for none.
    pub group: Cow<'static, str>,
    pub pixels: u32,
    pub kind: Kind,
}

/// A column with its heading, width and kind of content.
pub(super) const fn column(head: &'static str, pixels: u32, kind: Kind) -> Column {
    Column { head: Cow::Borrowed(head), group: Cow::Borrowed(""), pixels, kind }
}

/// A sheet in the making.
pub(super) struct Paper<'a> {
    pub sheet: Worksheet,
    pub style: &'a Style,
    columns: &'a [Column],
    /// The next row to write.
    row: u32,
    head_row: u32,
    breaks: Vec<u32>,
    has_filter: bool,
    /// Whether the filter leaves out the last row, which is that of totals.
    ends_with_total: bool,
    /// The least height of a row in points.
    least: f64,
}

/// A cell of a row that does not follow the columns: so many of them wide.
pub(super) struct Wide {
    pub columns: u16,
    pub kind: Kind,
    pub value: Value,
}

/// A wide cell.
pub(super) fn wide(columns: u16, kind: Kind, value: impl Into<Value>) -> Wide {
    Wide { columns, kind, value: value.into() }
}

/// How a row of wide cells looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Head,
    Plain,
    Total,
}

impl<'a> Paper<'a> {
    /// An empty A4 page, landscape, as wide as its columns and as long as it takes.
    pub(super) fn new(name: &str, style: &'a Style, columns: &'a [Column]) -> Made<Paper<'a>> {
        let mut sheet = Worksheet::new();
        sheet
            .set_name(name)?
            .set_paper_size(A4)
            .set_landscape()
            .set_margins(0.3, 0.3, 0.5, 0.55, 0.25, 0.25)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true);
        for (at, column) in columns.iter().enumerate() {
            sheet.set_column_width_pixels(at as u16, column.pixels)?;
        }
        Ok(Paper {
            sheet,
            style,
            columns,
            row: 0,
            head_row: 0,
            breaks: Vec::new(),
            has_filter: true,
            ends_with_total: false,
            least: LEAST,
        })
    }

    /// Rows as low as their text: nobody writes on this sheet.
    pub(super) fn compact(&mut self) {
        self.least = COMPACT;
    }

    /// What stands above and below each page.
    pub(super) fn running(&mut self, left: &str, right: &str) {
        let plain = |text: &str| text.replace('&', "&&").chars().take(60).collect::<String>();
        let footer = format!(
            "&L&9{}&C&9第 &P 页，共 &N 页&R&9{}",
            plain(&format!(" {left}")),
            plain(&format!(" {right}"))
        );
        self.sheet.set_footer(footer);
    }

    /// A title over the whole width.
    pub(super) fn title(&mut self, text: &str) -> Made {
        self.across(text, &self.style.title.clone())?;
        self.sheet.set_row_height(self.row - 1, 28)?;
        Ok(())
    }

    /// A line of explanation over the whole width.
    pub(super) fn note(&mut self, text: &str) -> Made {
        self.across(text, &self.style.note.clone())?;
        let pixels: u32 = self.printed().iter().map(|it| it.pixels).sum();
        let height = f64::from(lines(text, pixels)) * LINE + 3.0;
        self.sheet.set_row_height(self.row - 1, height)?;
        Ok(())
    }

    fn across(&mut self, text: &str, format: &rust_xlsxwriter::Format) -> Made {
        let last = self.printed().len() as u16 - 1;
        self.sheet.merge_range(self.row, 0, self.row, last, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// A row of the table.
    pub(super) fn row(&mut self, values: &[Value], is_striped: bool) -> Made {
        assert_eq!(values.len(), self.columns.len(), "bug: a row that does not fit its columns");
        let mut height = self.least;
        for (at, (value, column)) in values.iter().zip(self.columns).enumerate() {
            let format = self.style.cell(column.kind, is_striped);
            put(&mut self.sheet, self.row, at as u16, value, format)?;
            if let Value::Text(text) = value
                && column.kind != Kind::Key
            {
                height = height.max(f64::from(lines(text, column.pixels)) * LINE + 4.0);
            }
        }
        self.sheet.set_row_height(self.row, height.min(400.0))?;
        self.row += 1;
        Ok(())
    }

    /// The row of totals.
    pub(super) fn total(&mut self, values: &[Value]) -> Made {
        for (at, (value, column)) in values.iter().zip(self.columns).enumerate() {
            put(&mut self.sheet, self.row, at as u16, value, &self.style.total(column.kind))?;
        }
        self.sheet.set_row_height(self.row, self.least)?;
        self.row += 1;
        Ok(())
    }

    /// A row of wide cells, for tables under each other. Such a sheet is not filtered, and of
    /// its head only the title is repeated.
    pub(super) fn spread(&mut self, look: Look, cells: &[Wide]) -> Made {
        self.has_filter = false;
        self.sheet.set_repeat_rows(0, 0)?;
        let (mut at, mut height) = (0, self.least);
        for cell in cells {
            let format = match look {
                Look::Head => self.style.head.clone(),
                Look::Plain => self.style.cell(cell.kind, false).clone(),
                Look::Total => self.style.total(cell.kind),
            };
            let last = at + cell.columns - 1;
            if cell.columns > 1 {
                self.sheet.merge_range(self.row, at, self.row, last, "", &format)?;
            }
            put(&mut self.sheet, self.row, at, &cell.value, &format)?;
            if let Value::Text(text) = &cell.value {
                let across = &self.columns[usize::from(at)..=usize::from(last)];
                let pixels = across.iter().map(|it| it.pixels).sum();
                height = height.max(f64::from(lines(text, pixels)) * LINE + 4.0);
            }
            at = last + 1;
        }
        assert_eq!(usize::from(at), self.columns.len(), "bug: wide cells that do not fill the row");
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// The table has no filter: its rows are not to be parted from their total.
    pub(super) fn unfiltered(&mut self) {
        self.has_filter = false;
    }

    /// The last row is that of totals: it stays where it is when rows are filtered and sorted.
    pub(super) fn end_filter_before_total(&mut self) {
        self.ends_with_total = true;
    }

    /// An empty row between two tables.
    pub(super) fn gap(&mut self) -> Made {
        self.sheet.set_row_height(self.row, 10)?;
        self.row += 1;
        Ok(())
    }

    /// The next row begins a page.
    pub(super) fn break_page(&mut self) {
        // Excel knows no more than this.
        if self.breaks.len() < 1023 {
            self.breaks.push(self.row);
        }
    }

    /// The columns that are printed: all but the keys at the end, which are for machines.
    fn printed(&self) -> &'a [Column] {
        let n_keys = self.columns.iter().rev().take_while(|it| it.kind == Kind::Key).count();
        &self.columns[..self.columns.len() - n_keys]
    }

    /// The row that is written next.
    pub(super) fn at(&self) -> u32 {
        self.row
    }

    /// The finished sheet, its rows filtered by the header if there are any.
    pub(super) fn finish(mut self) -> Made<Worksheet> {
        let (last, printed) = (self.columns.len() as u16 - 1, self.printed().len() as u16 - 1);
        self.sheet.set_print_area(0, 0, self.row - 1, printed)?;
        let last_row = self.row - 1 - u32::from(self.ends_with_total);
        if self.has_filter && last_row > self.head_row {
            self.sheet.autofilter(self.head_row, 0, last_row, last)?;
        }
        if !self.breaks.is_empty() {
            self.sheet.set_page_breaks(&self.breaks)?;
        }
        Ok(self.sheet)
    }
}
