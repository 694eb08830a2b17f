//! How much room a text takes in print.

use super::super::style::{POINTS, TITLE_POINTS};

/// Pixels of a character of the full width, and of half of it, at the size of lists.
const FULL: f64 = POINTS * 96.0 / 72.0;
const HALF: f64 = FULL / 2.0;
/// How much larger a title is than what stands in lists.
pub(in crate::publish::workbook) const TITLE_FACTOR: f64 = TITLE_POINTS / POINTS;
/// Points from one line of text to the next.
pub(super) const LINE: f64 = POINTS * 1.32;
/// Pixels that a cell keeps free at both sides together.
pub(in crate::publish::workbook) const PADDING: f64 = 7.0;

/// Pixels of the longest line of a text.
pub(in crate::publish::workbook) fn text_pixels(text: &str) -> f64 {
    text.split('\n').map(line_pixels).fold(0.0, f64::max)
}

fn line_pixels(line: &str) -> f64 {
    line.chars().map(|it| if it.is_ascii() { HALF } else { FULL }).sum()
}

/// How many lines a text takes in a column of so many pixels.
pub(in crate::publish::workbook) fn lines(text: &str, pixels: u32) -> u32 {
    let room = f64::from(pixels) - PADDING;
    // A word or a full stop that does not fit leaves a line half empty.
    let line = |it: &str| ((line_pixels(it) / room).ceil() as u32).max(1);
    text.split('\n').map(line).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_by_the_width_of_characters() {
        assert_eq!(lines("", 60), 1);
        assert_eq!(lines("一二三四", 60), 1);
        assert_eq!(lines("一二三四五", 60), 2);
        assert_eq!(lines("12345678", 60), 1);
        assert_eq!(lines("一\n二", 60), 2);
    }
}
