//! Spoiled names: padding, dots and notes; other characters of the same sound or shape; none.

use super::corruption::Corruption;
use super::dirt::Row;
use super::table::{Shape, Value};
use crate::synth::dice::Dice;
use crate::synth::people::given::RARE;

const TRADITIONAL: &[(char, char)] = &[
    ('刘', '劉'),
    ('陈', '陳'),
    ('张', '張'),
    ('吴', '吳'),
    ('杨', '楊'),
    ('黄', '黃'),
    ('赵', '趙'),
    ('谢', '謝'),
    ('邓', '鄧'),
    ('谭', '譚'),
    ('华', '華'),
    ('国', '國'),
    ('凤', '鳳'),
    ('兰', '蘭'),
    ('温', '溫'),
    ('吕', '呂'),
    ('余', '馀'),
    ('升', '昇'),
    ('峰', '峯'),
    ('珍', '珎'),
    ('哲', '喆'),
    ('坤', '堃'),
    ('丽', '麗'),
    ('军', '軍'),
    ('爱', '愛'),
    ('银', '銀'),
    ('云', '雲'),
    ('红', '紅'),
];

const SAME_SOUND: &[(char, char)] = &[
    ('丽', '莉'),
    ('俊', '军'),
    ('红', '洪'),
    ('玲', '铃'),
    ('涛', '滔'),
    ('燕', '艳'),
    ('霞', '侠'),
    ('英', '瑛'),
    ('芳', '方'),
    ('华', '花'),
    ('珍', '贞'),
    ('娟', '涓'),
    ('伟', '玮'),
    ('建', '健'),
    ('平', '萍'),
    ('志', '致'),
    ('明', '铭'),
    ('清', '青'),
    ('兰', '岚'),
    ('静', '靖'),
    ('辉', '晖'),
    ('斌', '彬'),
    ('浩', '昊'),
    ('雨', '语'),
    ('涵', '函'),
    ('欣', '心'),
    ('怡', '宜'),
    ('梓', '子'),
    ('秀', '绣'),
    ('桂', '贵'),
    ('肖', '萧'),
    ('闫', '阎'),
    ('付', '傅'),
    ('晨', '辰'),
    ('凯', '恺'),
];

const PRIVATE: &[(char, char)] = &[('䶮', '\u{e863}'), ('䴖', '\u{e85f}')];
const RADICALS: &[(char, char)] = &[
    ('黄', '⻩'),
    ('金', '⾦'),
    ('玉', '⽟'),
    ('龙', '⻰'),
    ('马', '⻢'),
    ('高', '⾼'),
    ('文', '⽂'),
    ('石', '⽯'),
    ('白', '⽩'),
    ('田', '⽥'),
    ('方', '⽅'),
    ('小', '⼩'),
    ('大', '⼤'),
    ('月', '⽉'),
];

fn name(row: &Row<'_>) -> Option<(usize, String)> {
    let at = row.find(Shape::Name)?;
    match &row.values[at] {
        Value::Text(text) if !text.is_empty() => Some((at, text.clone())),
        _ => None,
    }
}

/// Replaces one character by its twin in a table, from the end of the name.
fn replace(name: &str, table: &[(char, char)]) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let twin = |it: char| table.iter().find(|pair| pair.0 == it).map(|pair| pair.1);
    let at = (0..letters.len()).rev().find(|at| twin(letters[*at]).is_some())?;
    let mut changed = letters.clone();
    changed[at] = twin(letters[at])?;
    Some(changed.into_iter().collect())
}

/// Spellings that lose nothing.
pub fn spelling(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, name) = name(row)?;
    let letters: Vec<char> = name.chars().collect();
    let (text, what) = if name.contains('·') {
        let dot = *dice.pick(&["•", "．", ".", "・", "‧", "-", " ", ""]);
        (name.replace('·', dot), Corruption::Interpunct)
    } else if letters.len() == 2 && dice.chance(0.7) {
        let gap = *dice.pick(&["　", "  ", " ", "\u{a0}"]);
        (format!("{}{gap}{}", letters[0], letters[1]), Corruption::PaddedName)
    } else if dice.chance(0.4) {
        let note = *dice.pick(&["（大）", "(小)", "（曾用名）", "（户主）", "(外出)", "1"]);
        (format!("{name}{note}"), Corruption::NameNote)
    } else if let Some(changed) = replace(&name, RADICALS) {
        (changed, Corruption::Radical)
    } else {
        let padded = *dice.pick(&["{} ", " {}", "{}\u{200b}", "　{}"]);
        (padded.replace("{}", &name), Corruption::PaddedName)
    };
    row.values[at] = Value::Text(text);
    Some(what)
}

/// Another name of the same sound, where the table has one.
pub fn same_sound(name: &str) -> Option<String> {
    let back: Vec<(char, char)> = SAME_SOUND.iter().map(|it| (it.1, it.0)).collect();
    replace(name, SAME_SOUND).or_else(|| replace(name, &back))
}

/// Another character.
pub fn wrong(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, name) = name(row)?;
    let letters: Vec<char> = name.chars().collect();
    let (text, what) = if let Some(changed) = replace(&name, PRIVATE) {
        (changed, Corruption::PrivateGlyph)
    } else if let Some((first, _)) = name.split_once('·') {
        (first.to_string(), Corruption::ShortName)
    } else if dice.chance(0.45) {
        (replace(&name, SAME_SOUND)?, Corruption::Homophone)
    } else if dice.chance(0.5) {
        (replace(&name, TRADITIONAL)?, Corruption::Traditional)
    } else if letters.len() >= 2 {
        let lost = *dice.pick(&["?", "□", "〓", "*", "○"]);
        let stem: String = letters[..letters.len() - 1].iter().collect();
        (format!("{stem}{lost}"), Corruption::UnknownGlyph)
    } else {
        return None;
    };
    row.values[at] = Value::Text(text);
    Some(what)
}

/// A rare character that a system could not write: a mark, its sound, or its parts.
pub fn unwritable(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, name) = name(row)?;
    let rare = name.chars().find(|it| RARE.contains(*it))?;
    let instead = *dice.pick(&["?", "□", "〓", "*", "YAN", "（龙天）"]);
    row.values[at] = Value::Text(name.replace(rare, instead));
    Some(Corruption::UnknownGlyph)
}

/// No name that could be used.
pub fn lost(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, _) = name(row)?;
    if dice.chance(0.5) {
        row.values[at] = Value::Empty;
        return Some(Corruption::NoName);
    }
    row.values[at] = Value::text(*dice.pick(&["???", "锟斤拷", "无名", "□□□", "不详", "########"]));
    Some(Corruption::GarbledName)
}
