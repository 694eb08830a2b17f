//! Spoiled ids: the catalogue of what typing, scanning and spreadsheets do to 18 characters.

use super::corruption::Corruption;
use super::dirt::Row;
use super::table::{Shape, Value};
use crate::synth::dice::Dice;
use crate::synth::people::number::check_of;

/// ASCII digits and letters in full width.
pub fn widen(text: &str) -> String {
    let wide = |it: char| {
        if it.is_ascii_graphic() { char::from_u32(it as u32 + 0xFEE0).unwrap_or(it) } else { it }
    };
    text.chars().map(wide).collect()
}

/// Spellings that lose nothing.
pub fn spelling(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, number) = row.number()?;
    let text = number.text();
    let ends_in_x = text.ends_with('X');
    let (text, what) = match dice.below(if ends_in_x { 8 } else { 5 }) {
        0 => (widen(&text), Corruption::WideDigits),
        1 => (format!("{}{text}", dice.pick(&["'", "‘", "`", "\t"])), Corruption::Quote),
        2 => (
            format!("{text}{}", dice.pick(&[" ", "\u{a0}", "\u{3000}", "\u{feff}"])),
            Corruption::Blanks,
        ),
        3 => (format!("{} {} {}", &text[..6], &text[6..14], &text[14..]), Corruption::Blanks),
        4 => {
            let mark = *dice.pick(&["\u{200b}", "\u{202d}", "\u{feff}"]);
            (
                format!(
                    "{mark}{}{}{}",
                    &text[..10],
                    if mark == "\u{202d}" { "" } else { mark },
                    &text[10..]
                ),
                Corruption::Blanks,
            )
        }
        _ => {
            let x = *dice.pick(&["x", "x", "Ⅹ", "Х", "Χ", "×", "✕", "Ｘ", "ｘ"]);
            (format!("{}{x}", &text[..17]), Corruption::SmallX)
        }
    };
    row.values[at] = Value::Text(text);
    Some(what)
}

/// Letters read for digits, and X written as something else.
pub fn letters(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, number) = row.number()?;
    let text = number.text();
    if let Some(stem) = text.strip_suffix('X') {
        row.values[at] = Value::Text(format!("{stem}{}", dice.pick(&["*", "10", ""])));
        return Some(Corruption::StarX);
    }
    let twins = [('0', "Oo"), ('1', "lI|"), ('5', "S"), ('8', "B"), ('2', "Z")];
    let (digit, looks) = *dice.pick(&twins);
    let letter = dice.letter(looks);
    let place = text.rfind(digit)?;
    let mut letters: Vec<char> = text.chars().collect();
    letters[place] = letter;
    row.values[at] = Value::Text(letters.into_iter().collect());
    Some(Corruption::OcrLetters)
}

/// What a spreadsheet leaves of a number.
pub fn spreadsheet(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, number) = row.number()?;
    let text = number.text();
    // A number that ends in X is text to a spreadsheet and survives.
    let whole: u64 = text.parse().ok()?;
    let xlsx = row.layout.xlsx;
    let (value, what) = match dice.below(4) {
        0 => {
            let shown = format!("{:.2E}", whole as f64).replace('E', "E+");
            (Value::Text(shown), Corruption::Exponent)
        }
        3 if !xlsx => (Value::Text(format!("{}", whole as f64 as u64)), Corruption::Neighbour),
        _ if xlsx => (Value::Number((whole / 1000 * 1000) as f64), Corruption::LostTail),
        _ => {
            let shown = format!("{}000", &text[..15]);
            let checks = check_of(&shown[..17]) == '0';
            let what = if checks { Corruption::LostTailChecks } else { Corruption::LostTail };
            (Value::Text(shown), what)
        }
    };
    // A neighbour that checks is another person's number, and nobody could tell.
    let checks =
        matches!(&value, Value::Text(it) if it.ends_with(check_of(&it[..it.len().min(17)])));
    let unseen = what == Corruption::Neighbour && checks;
    if value == Value::Text(text.clone()) || text.ends_with("000") || unseen {
        return None;
    }
    row.values[at] = value;
    Some(what)
}

/// A slip of the hand.
pub fn wrong(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, number) = row.number()?;
    let mut digits: Vec<u8> = number.text().into_bytes();
    let what = match dice.below(9) {
        0 | 1 => {
            one_digit(&mut digits, dice);
            Corruption::OneDigit
        }
        2 => {
            let right = digits[17];
            let other = b'0' + dice.below(10) as u8;
            digits[17] = if other == right { b'X' } else { other };
            Corruption::WrongCheck
        }
        3 | 4 => {
            let place = (6 + dice.below(10)) as usize;
            if digits[place] == digits[place + 1] {
                return None;
            }
            digits.swap(place, place + 1);
            Corruption::Swapped
        }
        5 => {
            digits.remove((6 + dice.below(11)) as usize);
            // One that lacks nothing but its X is another dirt.
            if check_of(&String::from_utf8_lossy(&digits)) == 'X' {
                return None;
            }
            Corruption::Short17
        }
        6 => {
            let place = (6 + dice.below(10)) as usize;
            digits.insert(place, digits[place]);
            if digits.ends_with(b"10") {
                return None;
            }
            Corruption::Long19
        }
        7 => {
            digits[10] = b'1';
            digits[11] = b'3' + dice.below(6) as u8;
            recheck(&mut digits);
            Corruption::BadDate
        }
        _ => {
            // A 9 in front would be a foreigner's card.
            digits[0] = b'0';
            digits[1] = b'0' + 9 - dice.below(2) as u8;
            recheck(&mut digits);
            Corruption::BadRegion
        }
    };
    let text = String::from_utf8(digits).ok()?;
    if looks_eaten(&text) {
        return None;
    }
    row.values[at] = Value::Text(text);
    Some(what)
}

/// Whether a slip happens to look as if a spreadsheet had made it, which nobody could tell apart.
pub fn looks_eaten(text: &str) -> bool {
    text.ends_with("000") || text.parse().is_ok_and(|it: u64| it as f64 as u64 == it)
}

/// Another digit at one of the places after the region, the check left as it was.
pub fn one_digit(digits: &mut [u8], dice: &mut Dice) {
    let place = (6 + dice.below(11)) as usize;
    let other = (digits[place] - b'0' + 1 + dice.below(9) as u8) % 10;
    digits[place] = b'0' + other;
}

fn recheck(digits: &mut [u8]) {
    let text = String::from_utf8_lossy(&digits[..17]).into_owned();
    digits[17] = check_of(&text) as u8;
}

/// The 15 digits of before 1999.
pub fn short(row: &mut Row<'_>) -> Option<Corruption> {
    let (at, number) = row.number()?;
    if chrono::Datelike::year(&number.birth) >= 1999 {
        return None;
    }
    row.values[at] = Value::Text(number.short_text());
    Some(Corruption::Old15)
}

/// No id, or something else in its place.
pub fn other(row: &mut Row<'_>, dice: &mut Dice) -> Option<Corruption> {
    let (at, number) = row.number()?;
    let text = number.text();
    let person = &row.world.people[row.item.person as usize];
    let (text, what) = match dice.below(10) {
        0..=2 => (String::new(), Corruption::NoId),
        3 => (format!("{}********{}", &text[..6], &text[14..]), Corruption::Masked),
        4 => {
            let fakes = ["111111111111111111", "000000000000000000", "123456789012345678", "无"];
            let fake = *dice.pick(&fakes);
            if fake == "无" {
                (fake.to_string(), Corruption::NoId)
            } else {
                (fake.to_string(), Corruption::Placeholder)
            }
        }
        5 | 6 => {
            let parent = row.world.people[person.guardian? as usize].number?;
            row.find(Shape::Birth)
                .or(row.find(Shape::Sex).filter(|_| parent.sequence % 2 != number.sequence % 2))?;
            (parent.text(), Corruption::ParentId)
        }
        7 => {
            let other = row.world.people.get(row.item.person as usize + 1)?.number?;
            (format!("{text}/{}", other.text()), Corruption::TwoIds)
        }
        8 => (person.name.clone(), Corruption::NameInId),
        _ => {
            let name = row.find(Shape::Name)?;
            row.values[name] = Value::Text(text);
            return Some(Corruption::IdInName);
        }
    };
    row.values[at] = if text.is_empty() { Value::Empty } else { Value::Text(text) };
    Some(what)
}
