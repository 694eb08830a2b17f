//! Text in columns on a terminal, where a Chinese character is two columns wide.

use unicode_width::UnicodeWidthStr;

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text and blanks up to a width.
pub fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Blanks up to a width and the text.
pub fn pad_left(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}

/// Rows of cells as lines whose columns stand below each other, two blanks apart. A column that
/// is empty in all rows takes no room.
pub fn align(rows: &[Vec<String>]) -> Vec<String> {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let widths: Vec<usize> = (0..n_columns)
        .map(|at| rows.iter().map(|row| width(&cell(row, at))).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let used = widths.iter().enumerate().filter(|it| *it.1 > 0);
        let cells: Vec<String> = used.map(|(at, to)| pad(&cell(row, at), *to)).collect();
        cells.join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect()
}

/// The same for figures: the first column is text, the others are numbers.
pub fn figures(rows: &[Vec<String>]) -> Vec<String> {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|it| it.get(at)).map(|it| width(it)).max();
    let widths: Vec<usize> = (0..n_columns).map(|at| widest(at).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, to))| match at {
            0 => pad(cell, *to),
            _ => pad_left(cell, *to),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_takes_two_columns() {
        assert_eq!(width("不漏"), 4);
        assert_eq!(pad("不漏", 6), "不漏  ");
        assert_eq!(pad_left("+9.8", 6), "  +9.8");
        assert_eq!(pad("不漏不漏", 6), "不漏不漏");
    }

    #[test]
    fn columns_stand_below_each_other() {
        let row = |cells: [&str; 4]| cells.map(str::to_string).to_vec();
        let lines = align(&[row(["姓名", "", "a", "b"]), row(["x", "", "长长", ""])]);
        assert_eq!(lines, ["姓名  a     b", "x     长长"]);
    }

    #[test]
    fn figures_stand_at_the_right() {
        let row = |cells: [&str; 2]| cells.map(str::to_string).to_vec();
        assert_eq!(
            figures(&[row(["问题", "新"]), row(["E01", "120"])]),
            ["问题   新", "E01   120"]
        );
    }

    #[test]
    fn nothing_is_no_line() {
        assert!(align(&[]).is_empty());
    }
}
