//! What a sheet says its rows add up to, and what they do.

use super::{
    account::{StatedTotal, Unit},
    field::Field,
    grid::Grid,
    header::Columns,
    layout::{RowKind, Scope},
    rows::fen,
};
use crate::clean::text;

/// Sums since the last total, and over all.
#[derive(Clone, Copy, Default)]
struct Sums {
    since: i64,
    all: i64,
}

impl Sums {
    fn add(&mut self, amount: i64) {
        self.since = self.since.saturating_add(amount);
        self.all = self.all.saturating_add(amount);
    }

    /// The sum a total is compared with: the one its word names, unless only the other agrees.
    fn compared(self, scope: Scope, stated: i64) -> i64 {
        match scope {
            _ if stated == self.since || stated == self.all => stated,
            Scope::Since => self.since,
            Scope::All => self.all,
        }
    }
}

/// Compares every total row with the rows it covers.
pub fn compare(grid: &Grid, columns: &Columns, kinds: &[RowKind]) -> Vec<StatedTotal> {
    if !kinds.iter().any(|it| matches!(it, RowKind::Total(_))) {
        return Vec::new();
    }
    let money: Vec<(Field, usize)> = Field::ALL
        .iter()
        .filter(|it| it.is_money())
        .filter_map(|it| columns.column(*it).map(|column| (*it, column)))
        .collect();
    let mut sums = vec![Sums::default(); money.len()];
    let mut rows = Sums::default();
    let mut totals = Vec::new();
    for (row, kind) in kinds.iter().enumerate() {
        match kind {
            RowKind::Data => {
                rows.add(1);
                for ((_, column), sum) in money.iter().zip(&mut sums) {
                    sum.add(fen(grid, columns, row, *column).unwrap_or(0));
                }
            }
            RowKind::Total(scope) => {
                let number = grid.number(row);
                for ((_, column), sum) in money.iter().zip(&mut sums) {
                    if let Some(stated) = fen(grid, columns, row, *column) {
                        let column = columns.headers[*column].clone();
                        let counted = sum.compared(*scope, stated);
                        totals.push(StatedTotal {
                            row: number,
                            column,
                            stated,
                            counted,
                            unit: Unit::Fen,
                        });
                    }
                    sum.since = 0;
                }
                if let Some((column, stated)) = people(grid, columns, row) {
                    let counted = rows.compared(*scope, stated);
                    totals.push(StatedTotal {
                        row: number,
                        column,
                        stated,
                        counted,
                        unit: Unit::Rows,
                    });
                }
                rows.since = 0;
            }
            _ => {}
        }
    }
    totals
}

/// How many people a total row says there are: `25人` anywhere, or a plain number under the name.
fn people(grid: &Grid, columns: &Columns, row: usize) -> Option<(String, i64)> {
    let header = |column: usize| columns.headers.get(column).cloned().unwrap_or_default();
    for (column, cell) in grid.filled(row) {
        let folded = text::fold(cell.text);
        for unit in ["人", "户", "笔", "条", "名"] {
            let Some((before, _)) = folded.split_once(unit) else { continue };
            let before = before.trim_end();
            let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
            if let Ok(count) = before[before.len() - digits..].parse() {
                // 户 count households, and those we do not count here.
                return (unit != "户").then(|| (header(column), count));
            }
        }
    }
    [Field::Name, Field::IdNumber].iter().find_map(|field| {
        let column = columns.column(*field)?;
        let count = text::fold(grid.cell(row, column).text).parse().ok()?;
        (0..100_000_000).contains(&count).then(|| (header(column), count))
    })
}
