//! One row of a table, filled, spoiled and put in the file's own order.

use super::corruption::Corruption;
use super::dirt::{Row, soil, soil_again};
use super::layout::Layout;
use super::style::{
    MoneyStyle, SexStyle, date_text, money_text, village_text, word_text, year_text,
};
use super::table::{Care, Item, Shape, Table, Value, WrittenRow};
use crate::clean::{Cell, money::read_fen};
use crate::synth::dice::Dice;
use crate::synth::world::World;

/// How much dirt there is, and the file it goes to.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    pub world: &'a World,
    pub table: &'a Table,
    pub layout: &'a Layout,
    pub dirt: f64,
    /// Tells the dirt of this file from that of the same rows in another; usually empty.
    pub dirt_of: &'a str,
}

/// A row ready to be written.
pub struct Ready {
    /// In the file's column order, without the serial number.
    pub cells: Vec<Value>,
    pub corruption: Option<Corruption>,
    pub also: Option<Corruption>,
    /// Is written a second time.
    pub repeated: bool,
}

impl Sheet<'_> {
    /// Fills and spoils one row.
    pub fn ready(&self, item: Item) -> Ready {
        let stream = (u64::from(item.person) << 8) | u64::from(item.sub);
        let seed = self.world.scene.seed;
        let topic = format!("{}{}", self.table.name, self.dirt_of);
        let mut dice = Dice::new(seed ^ 0x0d1a7, &topic, stream);
        let mut values = (self.table.fill)(self.world, item);
        let (table, layout, world) = (self.table, self.layout, self.world);
        let mut row = Row { values: &mut values, table, layout, world, item };
        let corruption = soil(&mut row, self.dirt, &mut dice);
        let also = corruption.and_then(|it| soil_again(&mut row, it, self.dirt, &mut dice));
        let factor = if table.care == Care::Hand { 1.0 } else { 0.1 };
        let again = world.scene.rates.dirt.repeated_row * self.dirt * factor;
        let repeated = dice.chance(again) && corruption.is_none();
        let cells =
            layout.columns.iter().map(|it| std::mem::replace(&mut values[it.0], Value::Empty));
        Ready { cells: cells.collect(), corruption, also, repeated }
    }

    /// The shape of a written column.
    pub fn shape(&self, column: usize) -> Shape {
        self.table.fields[self.layout.columns[column].0].shape
    }

    /// A cell as text in the file's style.
    pub fn text(&self, column: usize, cell: &Value) -> String {
        let style = &self.layout.style;
        match (cell, self.shape(column)) {
            (Value::Empty, _) => String::new(),
            (Value::Text(word), Shape::Sex) if style.sex == SexStyle::Code => match word.as_str() {
                "男" => "1".to_string(),
                "女" => "2".to_string(),
                other => other.to_string(),
            },
            (Value::Text(word), Shape::Word) => word_text(style.words, self.table.kind, word),
            (Value::Text(year), Shape::Year) => year_text(style.year, year),
            (Value::Text(text), _) => text.clone(),
            (Value::Date(day), Shape::Month) => day.format("%Y%m").to_string(),
            (Value::Date(day), _) => date_text(style.date, *day),
            (Value::Money(fen), _) => money_text(style.money, *fen),
            (Value::Village(at), _) => village_text(style.village, &self.world.scene.places, *at),
            (Value::Number(number), _) => format!("{number}"),
        }
    }

    /// Whether an amount goes into a number cell of a workbook.
    pub fn money_is_number(&self) -> bool {
        self.layout.style.money != MoneyStyle::WithUnit
    }

    /// The column that the word 合计 goes to.
    pub fn total_column(&self) -> usize {
        let columns = 0..self.layout.columns.len();
        columns.into_iter().find(|it| self.shape(*it) == Shape::Name).unwrap_or(0)
    }
}

/// The truth of a row and, where it stands twice, of the second.
pub fn written(row: u32, item: Item, ready: &Ready) -> impl Iterator<Item = WrittenRow> {
    let (corruption, also) = (ready.corruption, ready.also);
    let first = WrittenRow { row, person: item.person, corruption, also };
    let again = WrittenRow { row: row + 1, corruption: Some(Corruption::Repeated), ..first };
    std::iter::once(first).chain(ready.repeated.then_some(again))
}

/// The sums of the money columns so far; an amount counts however it is spelt.
pub fn add_money(sheet: Sheet<'_>, sums: &mut [i64], cells: &[Value], times: i64) {
    for (column, (sum, cell)) in sums.iter_mut().zip(cells).enumerate() {
        *sum += times
            * match cell {
                Value::Money(fen) => *fen,
                Value::Text(text) if sheet.shape(column) == Shape::Money => {
                    read_fen(Cell::text(text)).unwrap_or(0)
                }
                _ => 0,
            };
    }
}
