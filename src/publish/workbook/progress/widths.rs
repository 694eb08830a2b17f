//! How wide the columns of a reported table are: as their content needs, heads wrapped.

use crate::{
    publish::workbook::paper::{PADDING, TITLE_FACTOR, text_pixels},
    report::layout::{Cell, Column, Filled, Sheet, Value},
};

/// The room a fitting text leaves free, since no two fonts are of one width.
const SLACK: f64 = 6.0;
/// How much wider than asked for some programs make columns.
const WIDER: f64 = 1.3;
/// A text that is longer than this wraps.
const WIDEST: f64 = 230.0;
const NARROWEST: f64 = 26.0;
/// Room for handwriting.
const BLANK: f64 = 80.0;
/// A longer head is broken into a few lines of so many characters and more.
const HEAD_CHARACTERS: f64 = 4.0;
/// The same in a table that is wider than its page.
const HEAD_CHARACTERS_WHERE_TIGHT: f64 = 2.0;
const HEAD_LINES: f64 = 3.0;
/// What a landscape A4 page takes at full size.
const PAGE: f64 = 1064.0;
/// A narrower table is widened to this: two thirds of a landscape A4 page.
const LEAST_IN_ALL: f64 = 700.0;

/// The width of each column in pixels.
pub(super) fn widths(layout: &Sheet, filled: &Filled) -> Vec<u32> {
    let measure = |characters: f64| -> Vec<f64> {
        (0..layout.columns.len()).map(|at| own_width(layout, filled, at, characters)).collect()
    };
    let mut own = measure(HEAD_CHARACTERS);
    if own.iter().sum::<f64>() > PAGE {
        own = measure(HEAD_CHARACTERS_WHERE_TIGHT);
    }
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
fn own_width(layout: &Sheet, filled: &Filled, at: usize, head_characters: f64) -> f64 {
    let column = &layout.columns[at];
    if let Some(width) = column.width {
        return f64::from(width);
    }
    let cells = filled.rows.iter().map(|row| text_pixels(&shown(&row.cells[at])));
    let content = cells.fold(0.0, f64::max).min(WIDEST);
    let least = if column.value == Value::Blank { BLANK } else { NARROWEST };
    content.max(head_width(&column.head, content, head_characters)).max(least) + PADDING + SLACK
}

/// The room in which a head takes a few lines, none of them a single character.
fn head_width(head: &str, content: f64, least: f64) -> f64 {
    let one = text_pixels("一");
    let length = characters(head);
    let least = (length / HEAD_LINES).ceil().max(least).max((content / one).floor());
    let room = if has_widow(length, least) { least + 1.0 } else { least };
    room.min(length) * one
}

/// Whether of so many characters, so many to a line, a single one is left for the last.
fn has_widow(length: f64, room: f64) -> bool {
    length > room && length % room == 1.0
}

/// A width in which the head has no widow: of one that was widened.
fn without_widow(head: &str, width: f64) -> f64 {
    let (one, length) = (text_pixels("一"), characters(head));
    let has = |width: f64| {
        let (least, most) = ((width - PADDING) / one, width * WIDER / one);
        (least as u32..=most as u32).any(|room| has_widow(length, room.into()))
    };
    let step = one / 2.0;
    std::iter::successors(Some(width), |it| Some(it + step))
        .find(|it| !has(*it))
        .expect("bug: a width that takes the whole head has no widow")
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
            assert_eq!(
                head_width(head, 0.0, HEAD_CHARACTERS),
                characters * text_pixels("一"),
                "{head}"
            );
        };
        check("差额", 2.0);
        check("缴款人数", 4.0);
        check("信息准确率", 5.0);
        check("省任务完成率", 4.0);
        check("居民医保任务完成人数", 4.0);
        check("居民医保参保任务数", 5.0);
    }

    #[test]
    fn a_head_in_a_tight_table_is_broken_but_leaves_no_single_character() {
        let check = |head: &str, characters: f64| {
            let tight = HEAD_CHARACTERS_WHERE_TIGHT;
            assert_eq!(head_width(head, 0.0, tight), characters * text_pixels("一"), "{head}");
        };
        check("参保人数", 2.0);
        check("完成率", 3.0);
        check("省任务完成率", 2.0);
        let one = text_pixels("一");
        // Six of seven characters would fit, here or in a program with wider columns.
        for room in [5.0, 6.5] {
            assert!(without_widow("困难群众参保率", room * one + PADDING) >= 7.0 * one + PADDING);
        }
        let three = 3.0 * one + PADDING;
        assert_eq!(without_widow("省任务完成率", three), three, "three and three, or four and two");
    }
}
