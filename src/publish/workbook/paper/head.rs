//! The header of a table: one row, or two where columns have a common heading.

use super::{Column, LEAST, LINE, Made, Paper, lines};
use crate::publish::workbook::style::Kind;

/// Points that a header keeps free above and below.
const AROUND: f64 = 6.0;

impl Paper<'_> {
    /// The header; it is repeated on every page and stays in view, with `fixed` columns. Under
    /// common headings there is no filter: spreadsheets look for one row of heads.
    pub(in crate::publish::workbook) fn head(&mut self, fixed: u16) -> Made {
        match self.columns.iter().any(|it| !it.group.is_empty()) {
            true => self.two_rows()?,
            false => self.one_row()?,
        }
        self.head_row = self.row;
        self.row += 1;
        self.sheet.set_repeat_rows(0, self.head_row)?;
        self.sheet.set_freeze_panes(self.row, fixed)?;
        Ok(())
    }

    fn one_row(&mut self) -> Made {
        for (at, column) in self.columns.iter().enumerate() {
            let format = match column.kind {
                Kind::Answer | Kind::AnswerDate => &self.style.head_to_fill,
                _ => &self.style.head,
            };
            self.sheet.write_string_with_format(self.row, at as u16, &*column.head, format)?;
        }
        let height = self.columns.iter().map(head_height).fold(LEAST, f64::max);
        self.sheet.set_row_height(self.row, height)?;
        Ok(())
    }

    /// Common headings above, over neighbours; a head without one takes both rows.
    fn two_rows(&mut self) -> Made {
        let (upper, lower) = (self.row, self.row + 1);
        let head = &self.style.head;
        let (mut at, mut group_height, mut whole) = (0, LEAST, 0.0);
        for run in self.columns.chunk_by(|a, b| !a.group.is_empty() && a.group == b.group) {
            let last = at + run.len() as u16 - 1;
            let group = &run[0].group;
            if group.is_empty() {
                self.sheet.merge_range(upper, at, lower, at, &run[0].head, head)?;
                whole = f64::max(whole, head_height(&run[0]));
            } else {
                if last > at {
                    self.sheet.merge_range(upper, at, upper, last, group, head)?;
                } else {
                    self.sheet.write_string_with_format(upper, at, &**group, head)?;
                }
                for (nth, column) in run.iter().enumerate() {
                    let column_at = at + nth as u16;
                    self.sheet.write_string_with_format(lower, column_at, &*column.head, head)?;
                }
                let pixels = run.iter().map(|it| it.pixels).sum();
                group_height =
                    f64::max(group_height, f64::from(lines(group, pixels)) * LINE + AROUND);
            }
            at = last + 1;
        }
        let grouped = self.columns.iter().filter(|it| !it.group.is_empty());
        let head_row_height = grouped.map(head_height).fold(LEAST, f64::max);
        self.sheet.set_row_height(upper, group_height)?;
        self.sheet.set_row_height(lower, head_row_height.max(whole - group_height))?;
        self.row = lower;
        self.has_filter = false;
        Ok(())
    }
}

fn head_height(column: &Column) -> f64 {
    f64::from(lines(&column.head, column.pixels)) * LINE + AROUND
}
