//! How one file writes sex, dates, months, amounts and villages.

use chrono::{Datelike, NaiveDate};

use crate::synth::places::Places;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    Dash,
    Slash,
    Dot,
    Compact,
    Chinese,
    /// With a midnight, as databases export it.
    Midnight,
    /// A real date cell (XLSX only).
    Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyStyle {
    TwoPlaces,
    Whole,
    WithUnit,
    Thousands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageStyle {
    Short,
    Full,
    WithTown,
    Code,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SexStyle {
    Word,
    Code,
}

/// A file's habits.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub date: DateStyle,
    pub money: MoneyStyle,
    pub village: VillageStyle,
    pub sex: SexStyle,
}

/// A day as text.
pub fn date_text(style: DateStyle, on: NaiveDate) -> String {
    let (y, m, d) = (on.year(), on.month(), on.day());
    match style {
        DateStyle::Dash | DateStyle::Cell => format!("{y}-{m:02}-{d:02}"),
        DateStyle::Slash => format!("{y}/{m}/{d}"),
        DateStyle::Dot => format!("{y}.{m}.{d}"),
        DateStyle::Compact => format!("{y}{m:02}{d:02}"),
        DateStyle::Chinese => format!("{y}年{m}月{d}日"),
        DateStyle::Midnight => format!("{y}-{m:02}-{d:02} 00:00:00"),
    }
}

/// An amount as text.
pub fn money_text(style: MoneyStyle, fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, rest) = (fen.abs() / 100, fen.abs() % 100);
    match style {
        MoneyStyle::TwoPlaces => format!("{sign}{yuan}.{rest:02}"),
        MoneyStyle::Thousands if yuan >= 1000 => {
            format!("{sign}{},{:03}.{rest:02}", yuan / 1000, yuan % 1000)
        }
        MoneyStyle::Thousands => format!("{sign}{yuan}.{rest:02}"),
        MoneyStyle::Whole if rest == 0 => format!("{sign}{yuan}"),
        MoneyStyle::Whole => format!("{sign}{yuan}.{rest:02}"),
        MoneyStyle::WithUnit if rest == 0 => format!("{sign}{yuan}元"),
        MoneyStyle::WithUnit => format!("{sign}{yuan}.{rest:02}元"),
    }
}

/// A village as text.
pub fn village_text(style: VillageStyle, places: &Places, village: u16) -> String {
    let it = &places.villages[usize::from(village)];
    match style {
        VillageStyle::Short => it.name.clone(),
        VillageStyle::Full => it.full_name.clone(),
        VillageStyle::WithTown => format!("{}{}", places.town_of(village).name, it.name),
        VillageStyle::Code => it.code.to_string(),
    }
}
