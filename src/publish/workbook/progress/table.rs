//! One reported table: a layout, filled, as a sheet.

use rust_xlsxwriter::Worksheet;

use super::{running, widths};
use crate::{
    publish::workbook::{
        paper::{Column, Made, Paper, Value},
        style::{Kind, Style},
    },
    report::layout::{Cell, Known, Sheet, TotalRow, Value as Shows, fill},
};

/// The name stays in view if it stands within so many columns.
const IN_VIEW: usize = 3;

pub(super) fn sheet(
    known: &Known<'_>,
    layout: &Sheet,
    name: &str,
    style: &Style,
) -> Made<Worksheet> {
    let filled = fill(known, layout);
    let widths = widths::widths(layout, &filled);
    let columns: Vec<Column> = layout
        .columns
        .iter()
        .zip(widths)
        .map(|(it, pixels)| Column {
            head: it.head.clone().into(),
            group: it.group.clone().into(),
            pixels,
            kind: kind(it.value),
        })
        .collect();
    let mut paper = Paper::new(name, style, &columns)?;
    paper.compact();
    paper.title(&filled.title)?;
    if !filled.note.is_empty() {
        paper.note(&filled.note)?;
    }
    if layout.total == TotalRow::First {
        paper.unfiltered();
    }
    paper.head(fixed(layout))?;
    for row in &filled.rows {
        let values: Vec<Value> = row.cells.iter().map(value).collect();
        match row.is_total {
            true => paper.total(&values)?,
            false => paper.row(&values, false)?,
        }
    }
    if layout.total == TotalRow::Last {
        paper.end_filter_before_total();
    }
    paper.running(&format!("{} {name}", known.title), &running(known));
    paper.finish()
}

/// The columns up to the name; only the first where the name stands further on.
fn fixed(layout: &Sheet) -> u16 {
    let name = layout.columns.iter().position(|it| it.value == Shows::Name);
    name.filter(|at| *at < IN_VIEW).map_or(1, |at| at as u16 + 1)
}

/// How a column looks.
pub(super) fn kind(value: Shows) -> Kind {
    match value {
        Shows::Name | Shows::Within | Shows::Blank => Kind::Text,
        Shows::Code | Shows::Grade => Kind::Centre,
        Shows::Sequence | Shows::Rank | Shows::RankWeekBefore => Kind::Number,
        Shows::Amount | Shows::Subsidised | Shows::Incentive | Shows::IncentiveSum => Kind::Amount,
        Shows::Completion | Shows::CoverRate | Shows::ResidentsRate | Shows::Accuracy => Kind::Rate,
        Shows::Population
        | Shows::Residents
        | Shows::Liable
        | Shows::Covered
        | Shows::Owing
        | Shows::Unenrolled
        | Shows::Unpaid
        | Shows::Review
        | Shows::Insured
        | Shows::InsuredDay
        | Shows::InsuredWeek
        | Shows::InsuredMonth
        | Shows::Paid
        | Shows::PaidDay
        | Shows::PaidWeek
        | Shows::PaidMonth
        | Shows::Target
        | Shows::Gap
        | Shows::IncentiveCount
        | Shows::Households
        | Shows::WholeHouseholds => Kind::Count,
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Empty,
        Cell::Count(count) => Value::Count(*count),
        Cell::Fen(fen) => Value::Fen(Some(*fen)),
        Cell::Rate(rate) => Value::Rate(Some(*rate)),
        Cell::Date(date) => Value::Date(Some(*date)),
        Cell::Text(_) | Cell::FenRange(..) => Value::Text(cell.plain()),
    }
}
