//! How a department words and arranges one source, drawn from the layout seed. Seed 0 is the
//! usual arrangement: every column, the first wording, the usual kind of file.

use super::style::{DateStyle, MoneyStyle, SexStyle, Style, VillageStyle, YearStyle};
use super::table::{Care, Shape, Table, Usual};
use crate::synth::dice::Dice;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Gb18030,
    Utf8,
    Utf8Bom,
    Utf16Le,
}

/// The arrangement of one source.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The fields kept, in the order written, each with its wording.
    pub columns: Vec<(usize, String)>,
    pub style: Style,
    pub encoding: Encoding,
    pub delimiter: char,
    pub xlsx: bool,
    /// A serial number in front.
    pub serial: bool,
    /// A title above the header.
    pub title: bool,
    /// A line of unit and date below the title.
    pub unit_line: bool,
    /// Group headings above the column headings.
    pub two_row_header: bool,
    /// Village cells merged over their rows.
    pub merged_village: bool,
    pub total: bool,
    pub signature: bool,
    /// A sheet of instructions before the data.
    pub notes: bool,
    /// A 小计 row after each village.
    pub subtotals: bool,
    /// The header again every so many rows, for printing.
    pub header_again: bool,
    /// Some rows are hidden by a filter somebody forgot.
    pub hidden_rows: bool,
}

/// Rows beyond which nobody sends a workbook.
const WORKBOOK_ROWS: usize = 60_000;

impl Layout {
    /// The arrangement of a table under a layout seed.
    pub fn of(table: &Table, seed: u64) -> Layout {
        let mut dice = Dice::new(seed, table.name, 0);
        let rows =
            table.parts.iter().flat_map(|it| &it.pages).map(|it| it.items.len()).sum::<usize>();
        let kind = Layout::usual(table);
        if seed == 0 {
            return kind;
        }
        let swapped = dice.chance(0.25) && table.parts.iter().all(|it| it.pages.len() == 1);
        let xlsx = (kind.xlsx != swapped) && (rows <= WORKBOOK_ROWS || kind.xlsx);
        let hand = table.care == Care::Hand;
        let two_row_header = xlsx && hand && dice.chance(0.4);
        let merged_village = xlsx && hand && dice.chance(0.4);
        Layout {
            columns: columns(table, &mut dice),
            style: style(table, xlsx, &mut dice),
            encoding: match dice.below(10) {
                0..=4 => Encoding::Gb18030,
                5 | 6 => Encoding::Utf8Bom,
                7 | 8 => Encoding::Utf8,
                _ => Encoding::Utf16Le,
            },
            delimiter: [',', ',', ',', '\t', ';', '|'][dice.below(6) as usize],
            xlsx,
            serial: dice.chance(0.5),
            title: dice.chance(if !xlsx {
                0.12
            } else if hand {
                0.8
            } else {
                0.3
            }),
            unit_line: xlsx && hand && dice.chance(0.5),
            two_row_header,
            merged_village,
            total: table.total || (xlsx && hand && dice.chance(0.5)),
            signature: xlsx && hand && dice.chance(0.5),
            notes: xlsx && dice.chance(0.15),
            subtotals: xlsx && table.kind == "category" && !merged_village && dice.chance(0.3),
            header_again: xlsx && hand && !merged_village && !two_row_header && dice.chance(0.12),
            hidden_rows: xlsx && dice.chance(0.12),
        }
    }

    fn usual(table: &Table) -> Layout {
        let xlsx = table.usual == Usual::Xlsx;
        let listed = xlsx && table.care == Care::Hand;
        let date = if table.usual == Usual::Gbk { DateStyle::Compact } else { DateStyle::Dash };
        let national = table.usual == Usual::Utf8;
        Layout {
            columns: (table.fields.iter().enumerate())
                .map(|(at, it)| (at, it.headers[0].to_string()))
                .collect(),
            style: Style {
                date: if table.kind == "payment" { DateStyle::Dash } else { date },
                money: MoneyStyle::TwoPlaces,
                village: VillageStyle::Short,
                sex: if national { SexStyle::Code } else { SexStyle::Word },
                words: 0,
                year: YearStyle::Plain,
            },
            encoding: if national { Encoding::Utf8Bom } else { Encoding::Gb18030 },
            delimiter: ',',
            xlsx,
            serial: listed,
            title: listed,
            unit_line: listed && table.kind == "category",
            two_row_header: listed && table.kind == "category",
            merged_village: listed && table.kind == "category",
            total: table.total || (listed && table.kind == "category"),
            signature: listed,
            notes: false,
            subtotals: false,
            header_again: false,
            hidden_rows: false,
        }
    }

    /// Whether a field is written.
    pub fn keeps(&self, field: usize) -> bool {
        self.columns.iter().any(|it| it.0 == field)
    }

    pub fn ending(&self) -> &'static str {
        if self.xlsx {
            "xlsx"
        } else if self.delimiter == '\t' {
            "tsv"
        } else {
            "csv"
        }
    }
}

fn columns(table: &Table, dice: &mut Dice) -> Vec<(usize, String)> {
    let mut kept: Vec<(usize, &'static str)> = Vec::new();
    for (at, field) in table.fields.iter().enumerate() {
        if field.optional && dice.chance(0.2) {
            continue;
        }
        let free: Vec<&'static str> = field
            .headers
            .iter()
            .copied()
            .filter(|it| kept.iter().all(|had| had.1 != *it))
            .collect();
        kept.push((at, free[dice.below(free.len() as u64) as usize]));
    }
    if dice.chance(0.5) {
        // Neighbours change places; nobody sends columns in an order that makes no sense at all.
        for at in 1..kept.len() {
            if dice.chance(0.35) {
                kept.swap(at - 1, at);
            }
        }
    }
    let habit = dice.below(12);
    kept.into_iter()
        .map(|(at, word)| (at, worded(word, habit, table.fields[at].optional)))
        .collect()
}

/// A heading with the marks that forms put on it.
fn worded(word: &str, habit: u64, optional: bool) -> String {
    let letters: Vec<char> = word.chars().collect();
    match (habit, letters.as_slice()) {
        (0, [a, b]) => format!("{a} {b}"),
        (1, [a, b]) => format!("{a}　　{b}"),
        (2, _) if !optional => format!("*{word}"),
        (3, _) if !optional => format!("{word}（必填）"),
        (4, _) => format!("{word} "),
        _ => word.to_string(),
    }
}

fn style(table: &Table, xlsx: bool, dice: &mut Dice) -> Style {
    use DateStyle::{Cell, Chinese, Compact, Dash, Dot, Midnight, Slash};
    let date = if xlsx {
        *dice.pick(&[Dash, Slash, Dot, Compact, Chinese, Cell, Cell])
    } else {
        *dice.pick(&[Dash, Dash, Slash, Compact, Midnight, Dot])
    };
    let money = *dice.pick(&[
        MoneyStyle::TwoPlaces,
        MoneyStyle::TwoPlaces,
        MoneyStyle::Whole,
        MoneyStyle::WithUnit,
        MoneyStyle::Thousands,
    ]);
    let sex = if dice.chance(0.3) { SexStyle::Code } else { SexStyle::Word };
    let with_town = table.fields.iter().any(|it| it.shape == Shape::Village);
    let village = match dice.below(6) {
        0 => VillageStyle::Full,
        1 | 2 if with_town => VillageStyle::WithTown,
        3 if table.care == Care::System => VillageStyle::Code,
        _ => VillageStyle::Short,
    };
    let words = if dice.chance(0.5) { 0 } else { dice.below(3) as usize };
    let year = *dice.pick(&[
        YearStyle::Plain,
        YearStyle::Plain,
        YearStyle::WithWord,
        YearStyle::Months,
        YearStyle::Days,
    ]);
    Style { date, money, village, sex, words, year }
}
