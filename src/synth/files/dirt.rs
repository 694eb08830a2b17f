//! Spoils rows as people and programs do: mostly one thing a row, now and then two.

use chrono::Days;

use super::corruption::Corruption;
use super::layout::Layout;
use super::table::{Care, Item, Shape, Table, Value};
use super::{dirt_id, dirt_name};
use crate::synth::dice::Dice;
use crate::synth::people::given::RARE;
use crate::synth::people::number::{Number, check_of};
use crate::synth::world::World;

/// A row being spoiled.
pub struct Row<'a> {
    pub values: &'a mut Vec<Value>,
    pub table: &'a Table,
    pub layout: &'a Layout,
    pub world: &'a World,
    pub item: Item,
}

impl Row<'_> {
    /// The first column of a shape that is written and filled.
    pub fn find(&self, shape: Shape) -> Option<usize> {
        let fits = |it: &usize| {
            let field = &self.table.fields[*it];
            field.shape == shape && self.layout.keeps(*it) && self.values[*it] != Value::Empty
        };
        (0..self.table.fields.len()).find(fits)
    }

    /// The person's number, if the row states it rightly.
    pub fn number(&self) -> Option<(usize, Number)> {
        let at = self.find(Shape::Id)?;
        let number = self.world.people[self.item.person as usize].number?;
        (self.values[at] == Value::Text(number.text())).then_some((at, number))
    }

    /// Whether the row carries a number that is not the person's in force, which is the story's
    /// doing and not dirt's, and what the row's other columns make of it.
    pub fn other_number(&self) -> Option<Corruption> {
        let at = self.find(Shape::Id)?;
        let number = self.world.people[self.item.person as usize].number?;
        let Value::Text(text) = &self.values[at] else { return None };
        if text.len() != 18 || *text == number.text() {
            return None;
        }
        if !text.ends_with(check_of(&text[..17])) {
            return Some(Corruption::SlippedNumber);
        }
        let birth = self.find(Shape::Birth).map(|it| &self.values[it]);
        let other_birth = matches!(birth, Some(Value::Date(day)) if day.format("%Y%m%d").to_string() != text[6..14]);
        let sex = self.find(Shape::Sex).map(|it| &self.values[it]);
        let male = (text.as_bytes()[16] - b'0') % 2 == 1;
        let other_sex = sex.is_some_and(|it| (*it == Value::text("男")) != male);
        Some(if other_birth || other_sex {
            Corruption::OtherNumberContradicts
        } else {
            Corruption::OtherNumber
        })
    }
}

/// Whether and how a row is spoiled. `dirt` is the county's factor.
pub fn soil(row: &mut Row<'_>, dirt: f64, dice: &mut Dice) -> Option<Corruption> {
    if let Some(what) = row.other_number() {
        return Some(what);
    }
    // Older systems cannot write a rare character at all, whoever types it.
    let rare = row.world.people[row.item.person as usize].name.contains(|it| RARE.contains(it));
    if rare && dice.chance(0.2 * dirt) {
        return dirt_name::unwritable(row, dice);
    }
    let shares = shares(row);
    let total: f64 = shares.iter().sum::<f64>() * care(row) * dirt;
    if !dice.chance(total) {
        return None;
    }
    spoil(row, &shares, dice)
}

/// A second fault, in another column of a row that has one. `dirt` is the county's factor.
pub fn soil_again(
    row: &mut Row<'_>,
    first: Corruption,
    dirt: f64,
    dice: &mut Dice,
) -> Option<Corruption> {
    let chance = row.world.scene.rates.dirt.second_fault * dirt;
    if first.is_of_story() || !dice.chance(chance) {
        return None;
    }
    let clean = (row.table.fill)(row.world, row.item);
    let once = row.values.clone();
    let shares = shares(row);
    let second = spoil(row, &shares, dice).filter(|it| first.bears(*it));
    let touched = |at: usize| once[at] != clean[at];
    let same_column = (0..once.len()).any(|at| touched(at) && row.values[at] != once[at]);
    if second.is_none() || same_column {
        *row.values = once;
        return None;
    }
    second
}

/// How often each thing goes wrong, in the order of `spoil`.
fn shares(row: &Row<'_>) -> [f64; 13] {
    let rates = &row.world.scene.rates.dirt;
    // What a spreadsheet does, it does to files that went through one.
    let sheet = if row.layout.xlsx || row.table.care == Care::Hand { 1.0 } else { 0.3 };
    [
        rates.id_spelling,
        rates.id_letters,
        rates.id_spreadsheet * sheet,
        rates.id_wrong,
        rates.id_short,
        rates.id_other,
        rates.name_spelling,
        rates.name_wrong,
        rates.name_lost,
        rates.contradiction,
        rates.village_unknown,
        rates.village_spelling,
        rates.value_spelling,
    ]
}

fn care(row: &Row<'_>) -> f64 {
    if row.table.care == Care::Hand { 1.0 } else { 0.1 }
}

fn spoil(row: &mut Row<'_>, shares: &[f64], dice: &mut Dice) -> Option<Corruption> {
    match dice.weighted(shares) {
        0 => dirt_id::spelling(row, dice),
        1 => dirt_id::letters(row, dice),
        2 => dirt_id::spreadsheet(row, dice),
        3 => dirt_id::wrong(row, dice),
        4 => dirt_id::short(row),
        5 => dirt_id::other(row, dice),
        6 => dirt_name::spelling(row, dice),
        7 => dirt_name::wrong(row, dice),
        8 => dirt_name::lost(row, dice),
        9 => contradiction(row, dice),
        10 => unknown_village(row, dice),
        11 => village_spelling(row, dice),
        _ => value_spelling(row, dice),
    }
}

fn contradiction(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    // Only a row that states its number rightly can contradict it.
    row.number()?;
    let sex = row.find(Shape::Sex).filter(|_| dice.chance(0.5));
    if let Some(at) = sex {
        let word = if row.values[at] == Value::text("男") { "女" } else { "男" };
        row.values[at] = Value::text(word);
        return Some(Corruption::WrongSex);
    }
    let at = row.find(Shape::Birth)?;
    let Value::Date(day) = row.values[at] else { return None };
    let off = [1, 9, 10, 29, 365, 366, 3652][dice.below(7) as usize];
    row.values[at] = Value::Date(day - Days::new(off));
    Some(Corruption::WrongBirth)
}

fn unknown_village(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let at = row.find(Shape::Village)?;
    let wrong = ["外出", "不详", "原林场", "新安置点", "老屋片区", "待核"];
    row.values[at] = Value::text(*dice.pick(&wrong));
    Some(Corruption::UnknownVillage)
}

fn village_spelling(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let at = row.find(Shape::Village)?;
    let Value::Village(village) = row.values[at] else { return None };
    let places = &row.world.scene.places;
    let name = &places.villages[usize::from(village)].name;
    let town = &places.town_of(village).name;
    let text = match dice.below(5) {
        0 if name.ends_with("社区") => format!("{name}居委会"),
        0 if name.ends_with('村') => format!("{town}{name}村民委员会"),
        0 | 1 => format!(" {name}　"),
        2 => format!("{}{town}{name}", places.county_of(village).name),
        3 => format!("{town} {name}"),
        _ => format!("{name}{}组", 1 + dice.below(9)),
    };
    row.values[at] = Value::Text(text);
    Some(Corruption::VillageSpelling)
}

fn value_spelling(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    if let Some(at) = row.find(Shape::Money).filter(|_| dice.chance(0.6)) {
        let Value::Money(fen) = row.values[at] else { return None };
        if fen % 100 != 0 || fen < 0 {
            return None;
        }
        let yuan = (fen / 100).to_string();
        let text = match dice.below(4) {
            0 => format!("{yuan}元"),
            1 => dirt_id::widen(&yuan),
            2 => format!("￥{yuan}.00"),
            _ => format!(" {yuan} "),
        };
        row.values[at] = Value::Text(text);
        return Some(Corruption::MoneySpelling);
    }
    let at = row.find(Shape::Date)?;
    let Value::Date(day) = row.values[at] else { return None };
    use super::style::{DateStyle, date_text};
    let text = match dice.below(4) {
        0 => date_text(DateStyle::Dot, day),
        1 => date_text(DateStyle::Chinese, day),
        2 => dirt_id::widen(&date_text(DateStyle::Dash, day)),
        _ => ((day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days()).to_string(),
    };
    row.values[at] = Value::Text(text);
    Some(Corruption::DateSpelling)
}
