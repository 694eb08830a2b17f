//! A sheet in memory: rows of text cells that point into one text.

use rustc_hash::FxHashMap;

use super::open::Region;
use crate::clean::{Cell, CellKind};

#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    length: u32,
}

#[derive(Clone, Copy, Debug)]
struct GridRow {
    /// As a person opening the file counts it, from 1.
    number: u32,
    first_cell: u32,
}

/// The rows of one sheet. Cells are ranges of one text, so that a million rows cost two
/// allocations rather than ten million.
#[derive(Clone, Default)]
pub struct Grid {
    text: String,
    cells: Vec<Span>,
    /// Empty where every cell is text.
    kinds: Vec<CellKind>,
    rows: Vec<GridRow>,
}

impl Grid {
    /// A grid over a text that is there already; cells are added as ranges of it.
    pub fn over(text: String) -> Grid {
        assert!(u32::try_from(text.len()).is_ok(), "bug: a text over 4 GiB was let in");
        Grid { text, ..Grid::default() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The whole text, for [`Grid::push_range`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Starts a row; the cells that follow are its cells.
    pub fn start_row(&mut self, number: u32) {
        self.rows.push(GridRow { number, first_cell: self.cells.len() as u32 });
    }

    /// Adds a cell that is a range of the text.
    pub fn push_range(&mut self, start: usize, end: usize) {
        self.cells.push(Span { start: start as u32, length: (end - start) as u32 });
    }

    /// Adds a cell with a text of its own. A text that would not fit is left empty.
    pub fn push_text(&mut self, text: &str) {
        let start = self.text.len();
        if start + text.len() > u32::MAX as usize {
            return self.push_range(0, 0);
        }
        self.text.push_str(text);
        self.push_range(start, self.text.len());
    }

    /// Adds a cell of a spreadsheet.
    pub fn push_cell(&mut self, text: &str, kind: CellKind) {
        if kind != CellKind::Text {
            self.kinds.resize(self.cells.len(), CellKind::Text);
            self.kinds.push(kind);
        }
        self.push_text(text);
    }

    /// How many cells the last row has so far.
    pub fn width_of_last(&self) -> usize {
        self.rows.last().map_or(0, |row| self.cells.len() - row.first_cell as usize)
    }

    /// The number of a row as a person counts it.
    pub fn number(&self, row: usize) -> u32 {
        self.rows[row].number
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |it| it.first_cell as usize);
        self.rows[row].first_cell as usize..end
    }

    /// How many cells a row has.
    pub fn width(&self, row: usize) -> usize {
        self.range(row).len()
    }

    /// A cell; empty beyond the row's end.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let range = self.range(row);
        if column >= range.len() {
            return Cell::default();
        }
        let at = range.start + column;
        let Span { start, length } = self.cells[at];
        let text = &self.text[start as usize..(start + length) as usize];
        Cell { text, kind: self.kinds.get(at).copied().unwrap_or_default() }
    }

    /// The cells of a row.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.width(row)).map(move |column| self.cell(row, column))
    }

    /// The cells of a row that are not blank, with their columns.
    pub fn filled(&self, row: usize) -> impl Iterator<Item = (usize, Cell<'_>)> {
        self.cells(row).enumerate().filter(|(_, cell)| !cell.is_blank())
    }

    /// Lets every cell of a merged region (rows and columns from 0, both ends included) show
    /// what its first cell holds. Rows that the sheet does not have are left alone.
    pub fn repeat(&mut self, rows: (usize, usize), columns: (usize, usize)) {
        let Some(from) = self.row_numbered(rows.0) else { return };
        let range = self.range(from);
        if columns.0 >= range.len() {
            return;
        }
        let source = range.start + columns.0;
        let kind = self.kinds.get(source).copied().unwrap_or_default();
        let mut row = from;
        while row < self.rows.len() && (self.rows[row].number as usize) <= rows.1 + 1 {
            let range = self.range(row);
            for at in range.start + columns.0..(range.start + columns.1 + 1).min(range.end) {
                self.cells[at] = self.cells[source];
                if kind != CellKind::Text && self.kinds.len() <= at {
                    self.kinds.resize(at + 1, CellKind::Text);
                }
                if let Some(there) = self.kinds.get_mut(at) {
                    *there = kind;
                }
            }
            row += 1;
        }
    }

    /// Blanks all of a merged region but its first cell.
    pub fn keep_first(&mut self, rows: (usize, usize), columns: (usize, usize)) {
        let Some(from) = self.row_numbered(rows.0) else { return };
        let last = rows.1 + 1;
        let covered = (from..self.rows.len()).take_while(|it| self.number(*it) as usize <= last);
        for row in covered.collect::<Vec<_>>() {
            let range = self.range(row);
            let first = range.start + columns.0 + usize::from(row == from);
            for at in first..(range.start + columns.1 + 1).min(range.end) {
                self.cells[at] = Span::default();
            }
        }
    }

    /// Gives the rows of merged regions a cell in the region's first column, where a file leaves out
    /// what the region covers.
    pub fn widen(&mut self, regions: &[Region]) {
        let mut widths: FxHashMap<usize, usize> = FxHashMap::default();
        for region in regions.iter().filter(|it| it.rows.1 > it.rows.0) {
            let Some(from) = self.row_numbered(region.rows.0) else { continue };
            let last = region.rows.1 + 1;
            let covered =
                (from..self.rows.len()).take_while(|it| self.number(*it) as usize <= last);
            for row in covered.filter(|it| self.width(*it) <= region.columns.0) {
                let width = widths.entry(row).or_default();
                *width = (*width).max(region.columns.0 + 1);
            }
        }
        if widths.is_empty() {
            return;
        }
        let mut before = std::mem::take(self);
        self.text = std::mem::take(&mut before.text);
        for row in 0..before.len() {
            self.start_row(before.number(row));
            let range = before.range(row);
            for at in range.clone() {
                if let Some(kind) = before.kinds.get(at).filter(|it| **it != CellKind::Text) {
                    self.kinds.resize(self.cells.len(), CellKind::Text);
                    self.kinds.push(*kind);
                }
                self.cells.push(before.cells[at]);
            }
            let width = widths.get(&row).copied().unwrap_or(0);
            self.cells
                .resize(self.cells.len() + width.saturating_sub(range.len()), Span::default());
        }
    }

    /// The first rows of one grid, the others of another that has the same rows.
    pub fn joined(first: &Grid, n_first: usize, rest: Grid) -> Grid {
        if n_first == 0 {
            return rest;
        }
        let mut grid = Grid::default();
        for row in 0..rest.len() {
            let from = if row < n_first { first } else { &rest };
            grid.start_row(from.number(row));
            from.cells(row).for_each(|it| grid.push_cell(it.text, it.kind));
        }
        grid
    }

    /// The row that a person counts as the one after this many.
    pub fn row_numbered(&self, from_zero: usize) -> Option<usize> {
        let number = u32::try_from(from_zero + 1).ok()?;
        self.rows.binary_search_by_key(&number, |row| row.number).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merged_region_shows_its_first_cell_everywhere() {
        let mut grid = Grid::default();
        for (number, cells) in [["南华村", "甲"], ["", "乙"], ["", "丙"]].iter().enumerate() {
            grid.start_row(number as u32 + 1);
            cells.iter().for_each(|it| grid.push_cell(it, CellKind::Text));
        }
        grid.repeat((0, 1), (0, 0));
        let column = |grid: &Grid| (0..3).map(|row| grid.cell(row, 0).text.to_string()).collect();
        let found: Vec<String> = column(&grid);
        assert_eq!(found, ["南华村", "南华村", ""]);
        assert_eq!(grid.cell(0, 9).text, "");
        grid.keep_first((0, 1), (0, 1));
        let found: Vec<String> = column(&grid);
        assert_eq!(
            (found, grid.cell(0, 1).text),
            (vec!["南华村".into(), "".into(), "".into()], "")
        );
    }

    #[test]
    fn rows_that_end_before_a_merged_region_are_as_wide_as_it_needs() {
        let mut grid = Grid::default();
        for (number, cells) in [&["甲", "死亡"][..], &["乙"], &["丙"]].iter().enumerate() {
            grid.start_row(number as u32 + 1);
            cells.iter().for_each(|it| grid.push_cell(it, CellKind::Number));
        }
        let region = Region { rows: (0, 1), columns: (1, 1) };
        grid.widen(&[region]);
        assert_eq!([0, 1, 2].map(|row| grid.width(row)), [2, 2, 1]);
        grid.repeat((0, 1), (1, 1));
        assert_eq!((grid.cell(1, 1).text, grid.cell(1, 1).kind), ("死亡", CellKind::Number));
        assert_eq!((grid.cell(2, 0).text, grid.cell(2, 0).kind), ("丙", CellKind::Number));
    }
}
