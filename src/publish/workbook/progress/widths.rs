//! How wide the columns of a reported table are: as their content needs, heads wrapped.

use crate::{
    publish::workbook::paper::{PADDING, TITLE_FACTOR, text_pixels},
    report::layout::{Cell, Column, Filled, Sheet, Value},
};

/// The room a fitting text leaves free, since no two fonts are of one width.
const SLACK: f64 = 6.0;
/// A text that is longer than this wraps.
const WIDEST: f64 = 230.0;
const NARROWEST: f64 = 26.0;
/// Room for handwriting.
const BLANK: f64 = 80.0;
/// A head of so many characters stands in one line; a longer one is broken into a few.
const HEAD_CHARACTERS: f64 = 4.0;
const HEAD_LINES: f64 = 3.0;
/// A narrower table is widened to this: two thirds of a landscape A4 page.
const LEAST_IN_ALL: f64 = 700.0;

/// The width of each column in pixels.
pub(super) fn widths(layout: &Sheet, filled: &Filled) -> Vec<u32> {
    let own: Vec<f64> = (0..layout.columns.len()).map(|at| own_width(layout, filled, at)).collect();
    let sum: f64 = own.iter().sum();
    // The title stands in one line over all columns.
    let title = text_pixels(&filled.title) * TITLE_FACTOR + PADDING + SLACK;
    let factor = (title.max(LEAST_IN_ALL) / sum).max(1.0);
    let width = |(own, column): (f64, &Column)| {
        let widened = without_widow(&column.head, own * factor);
        column.width.unwrap_or(widened.ceil() as u32)
    };
    own.into_iter().zip(&layout.columns).map(width).collect()
}

/// What a column needs by itself.
fn own_width(layout: &Sheet, filled: &Filled, at: usize) -> f64 {
    let column = &layout.columns[at];
    if let Some(width) = column.width {
        return f64::from(width);
    }
    let cells = filled.rows.iter().map(|row| text_pixels(&shown(&row.cells[at])));
    let content = cells.fold(0.0, f64::max).min(WIDEST);
    let least = if column.value == Value::Blank { BLANK } else { NARROWEST };
    content.max(head_width(&column.head, content)).max(least) + PADDING + SLACK
}

/// The room in which a head takes a few lines, none of them a single character.
fn head_width(head: &str, content: f64) -> f64 {
    let one = text_pixels("一");
    let length = characters(head);
    let least = (length / HEAD_LINES).ceil().max(HEAD_CHARACTERS).max((content / one).floor());
    let room = if has_widow(length, least) { least + 1.0 } else { least };
    room.min(length) * one
}

/// Whether of so many characters, so many to a line, a single one is left for the last.
fn has_widow(length: f64, room: f64) -> bool {
    length > room && length % room == 1.0
}

/// A width in which the head has no widow: of one that was widened.
fn without_widow(head: &str, width: f64) -> f64 {
    let one = text_pixels("一");
    let room = ((width - PADDING) / one).floor();
    if has_widow(characters(head), room) { width + one } else { width }
}

/// How many characters of the full width a text takes.
fn characters(text: &str) -> f64 {
    // Halves are exact, pixels are not.
    ((text_pixels(text) / text_pixels("一") * 2.0).round() / 2.0).ceil()
}

/// A cell as the spreadsheet shows it.
fn shown(cell: &Cell) -> String {
    let plain = cell.plain();
    match cell {
        Cell::Count(_) | Cell::Fen(_) => {
            let whole = plain.split('.').next().unwrap_or_default().trim_start_matches('-');
            let n_commas = whole.len().saturating_sub(1) / 3;
            format!("{plain}{}", ",".repeat(n_commas))
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_measured_as_it_is_shown() {
        assert_eq!(shown(&Cell::Count(999)), "999");
        assert_eq!(shown(&Cell::Count(-1000)).len(), "-1,000".len());
        assert_eq!(shown(&Cell::Fen(1_204_600_000)).len(), "12,046,000.00".len());
        assert_eq!(shown(&Cell::Text("2024".into())), "2024");
    }

    #[test]
    fn a_head_wraps_into_lines_of_several_characters() {
        let check = |head: &str, characters: f64| {
            assert_eq!(head_width(head, 0.0), characters * text_pixels("一"), "{head}");
        };
        check("差额", 2.0);
        check("缴款人数", 4.0);
        check("信息准确率", 5.0);
        check("省任务完成率", 4.0);
        check("居民医保任务完成人数", 4.0);
        check("居民医保参保任务数", 5.0);
    }
}
