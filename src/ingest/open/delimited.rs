//! Delimited text → rows: CSV, TSV and their relatives, with the faults that exports have.
//!
//! A row's number is the line on which its record starts, as a text editor counts lines. A
//! quoted cell may hold line ends; a quote that is not closed within a few lines was a stray
//! character, not the start of a cell as long as the rest of the file.

use crate::ingest::grid::Grid;

/// No honest cell has more lines than this.
const LINES_IN_A_CELL: usize = 50;

/// A spreadsheet takes no longer cell (in characters; bytes here), and no honest one is.
const BYTES_IN_A_CELL: usize = 32_767;

/// The delimiters looked for, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The rows of a text, and the rows in which a quote was never closed or a cell was cut.
pub struct Read {
    pub grid: Grid,
    pub stray_quotes: Vec<u32>,
    pub cut: Vec<u32>,
}

/// Splits a text into rows and cells.
pub fn read(text: String) -> Read {
    let delimiter = delimiter(&text);
    let mut reader = Reader {
        delimiter,
        at: 0,
        line: 1,
        grid: Grid::over(text),
        stray_quotes: Vec::new(),
        cut: Vec::new(),
        unquoted: String::new(),
    };
    let end = reader.grid.text().len();
    while reader.at < end {
        reader.record(end);
    }
    Read { grid: reader.grid, stray_quotes: reader.stray_quotes, cut: reader.cut }
}

/// The delimiter that splits the first lines into the most cells, evenly.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).take(60).collect();
    let score = |delimiter: u8| {
        let mut counts: Vec<usize> =
            lines.iter().map(|it| it.bytes().filter(|byte| *byte == delimiter).count()).collect();
        counts.sort_unstable();
        let median = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let alike = counts.iter().filter(|it| **it == median).count();
        if median == 0 {
            // Few rows under many title lines: the widest line still tells.
            return (0, counts.last().copied().unwrap_or(0));
        }
        (alike * 4 + median.min(40), median)
    };
    let mut best = (DELIMITERS[0], (0, 0));
    for delimiter in DELIMITERS {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

struct Reader {
    delimiter: u8,
    at: usize,
    line: u32,
    grid: Grid,
    stray_quotes: Vec<u32>,
    cut: Vec<u32>,
    unquoted: String,
}

/// What follows a cell.
#[derive(PartialEq)]
enum After {
    Cell,
    Record,
}

impl Reader {
    /// Reads one record, up to and with its line end.
    fn record(&mut self, end: usize) {
        let number = self.line;
        self.grid.start_row(number);
        loop {
            let after = match self.byte(self.at) == Some(b'"') && self.at < end {
                true => self.quoted(end, number),
                false => self.plain(end),
            };
            if after == After::Record {
                break;
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.grid.text().as_bytes().get(at).copied()
    }

    fn plain(&mut self, end: usize) -> After {
        let start = self.at;
        let delimiter = self.delimiter;
        let rest = &self.grid.text().as_bytes()[start..end];
        let length = rest
            .iter()
            .position(|it| *it == delimiter || *it == b'\n' || *it == b'\r')
            .unwrap_or(rest.len());
        self.push(start, start + length);
        self.at = start + length;
        self.after(end)
    }

    /// Adds a cell, or its beginning where no cell can be so long.
    fn push(&mut self, start: usize, end: usize) {
        let mut kept = end;
        if end - start > BYTES_IN_A_CELL {
            kept = start + BYTES_IN_A_CELL;
            while !self.grid.text().is_char_boundary(kept) {
                kept -= 1;
            }
            self.cut.push(self.line);
        }
        self.grid.push_range(start, kept);
    }

    /// A cell that starts with a quote; falls back to a plain one where that is never closed.
    fn quoted(&mut self, end: usize, number: u32) -> After {
        let Some((close, doubled, lines)) = self.closing(end) else {
            self.stray_quotes.push(number);
            return self.plain(end);
        };
        let inner = self.at + 1..close;
        if doubled {
            let mut unquoted = std::mem::take(&mut self.unquoted);
            unquoted.clear();
            unquoted.push_str(&self.grid.text()[inner].replace("\"\"", "\""));
            self.grid.push_text(&unquoted);
            self.unquoted = unquoted;
        } else {
            self.push(inner.start, inner.end);
        }
        self.line += lines;
        self.at = close + 1;
        self.after(end)
    }

    /// Where the quoted cell that starts here ends, whether it holds doubled quotes, and how
    /// many line ends.
    fn closing(&self, end: usize) -> Option<(usize, bool, u32)> {
        let bytes = &self.grid.text().as_bytes()[..end];
        let (mut at, mut doubled, mut lines) = (self.at + 1, false, 0);
        while at < end {
            match bytes[at] {
                b'"' if bytes.get(at + 1) == Some(&b'"') => {
                    doubled = true;
                    at += 1;
                }
                b'"' => {
                    let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
                    let is_end = next == self.delimiter || matches!(next, b'\n' | b'\r' | b' ');
                    return is_end.then_some((at, doubled, lines));
                }
                b'\n' => {
                    lines += 1;
                    if lines as usize > LINES_IN_A_CELL {
                        return None;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn after(&mut self, end: usize) -> After {
        while self.byte(self.at) == Some(b' ') && self.at < end {
            self.at += 1;
        }
        if self.at >= end {
            return After::Record;
        }
        match self.byte(self.at) {
            Some(it) if it == self.delimiter => {
                self.at += 1;
                if self.at >= end {
                    // The delimiter was the last character: an empty cell follows it.
                    self.grid.push_range(0, 0);
                    return After::Record;
                }
                After::Cell
            }
            Some(b'\r') => {
                self.at += 1 + usize::from(self.byte(self.at + 1) == Some(b'\n'));
                self.line += 1;
                After::Record
            }
            Some(b'\n') => {
                self.at += 1;
                self.line += 1;
                After::Record
            }
            // Text behind a closing quote: kept as a cell of its own would shift the row.
            _ => {
                let rest = &self.grid.text().as_bytes()[self.at..end];
                let is_end = |it: &u8| *it == self.delimiter || matches!(it, b'\n' | b'\r');
                self.at += rest.iter().position(is_end).unwrap_or(rest.len());
                self.after(end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) -> Read {
        let read = read(text.to_string());
        let shown: Vec<String> = (0..read.grid.len())
            .map(|row| {
                let cells: Vec<&str> = read.grid.cells(row).map(|it| it.text).collect();
                format!("{}:{}", read.grid.number(row), cells.join("¦"))
            })
            .collect();
        assert_eq!(shown.join(" "), expected.trim(), "{text:?}");
        read
    }

    #[test]
    fn cells_rows_and_line_ends() {
        check("a,b\n1,2\r\n3,4\r5,", "1:a¦b 2:1¦2 3:3¦4 4:5¦");
        check("a\tb\n1\t2\n", "1:a¦b 2:1¦2");
        check("a;b,c\n1;2\n3;4\n", "1:a¦b,c 2:1¦2 3:3¦4");
        check("a|b\n1|2", "1:a¦b 2:1¦2");
        check("a,b\n\n1,2\n", "1:a¦b 2: 3:1¦2");
        check("", "");
    }

    #[test]
    fn quoted_cells_hold_delimiters_quotes_and_lines() {
        check("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "1:a¦b 2:x,y¦say \"hi\"");
        let read = read("a,b\n\"one\ntwo\",1\nlast,2\n".to_string());
        assert_eq!(read.grid.number(2), 4, "the row after a cell of two lines");
    }

    #[test]
    fn a_cell_longer_than_any_is_cut() {
        let read = read(format!("a,b\n{},2\n", "张".repeat(20_000)));
        assert_eq!((read.cut.as_slice(), read.grid.cell(1, 0).text.len()), (&[2][..], 32_766));
        assert_eq!(read.grid.cell(1, 1).text, "2");
    }

    #[test]
    fn an_unclosed_quote_costs_no_more_than_its_own_cell() {
        let text = format!("a,b\n\"x,1\n{}", "y,2\n".repeat(100));
        let read = read(text);
        assert_eq!((read.grid.len(), read.stray_quotes.as_slice()), (102, &[2][..]));
        assert_eq!(read.grid.cell(1, 0).text, "\"x");
    }
}
