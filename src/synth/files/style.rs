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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearStyle {
    Plain,
    WithWord,
    Months,
    Days,
}

/// Words of systems and what other systems say for them, by kind of source.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("household", "正常", &["正常", "在册", "正常户口"]),
    ("household", "死亡", &["死亡", "死亡注销", "已死亡"]),
    ("household", "迁出", &["迁出", "户口迁出", "迁往外地"]),
    ("household", "注销", &["注销", "已注销", "户口注销"]),
    ("payment", "正常", &["正常", "缴费成功", "已入库"]),
    ("payment", "退费", &["退费", "已退费", "退款"]),
    ("payment", "作废", &["作废", "已作废", "作废"]),
    ("payment", "缴费失败", &["缴费失败", "失败", "扣款失败"]),
    ("enrolment", "1", &["1", "正常参保", "参保缴费"]),
    ("enrolment", "2", &["2", "暂停参保", "暂停缴费"]),
    ("enrolment", "4", &["4", "终止参保", "终止"]),
    ("enrolment", "390", &["390", "城乡居民基本医疗保险", "居民医保"]),
    ("enrolment", "310", &["310", "职工基本医疗保险", "职工医保"]),
    ("elsewhere", "正常参保", &["正常参保", "参保缴费", "在保"]),
];

/// A word as this file words it.
pub fn word_text(words: usize, kind: &str, word: &str) -> String {
    let known = WORDS.iter().find(|it| it.0 == kind && it.1 == word);
    known.map_or(word, |it| it.2[words % it.2.len()]).to_string()
}

/// A fee's year as text.
pub fn year_text(style: YearStyle, year: &str) -> String {
    match style {
        YearStyle::Plain => year.to_string(),
        YearStyle::WithWord => format!("{year}年度"),
        YearStyle::Months => format!("{year}01-{year}12"),
        YearStyle::Days => format!("{year}-01-01至{year}-12-31"),
    }
}

/// A file's habits.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub date: DateStyle,
    pub money: MoneyStyle,
    pub village: VillageStyle,
    pub sex: SexStyle,
    /// Which of the wordings of a status.
    pub words: usize,
    pub year: YearStyle,
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
