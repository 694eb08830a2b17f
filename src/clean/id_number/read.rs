//! From a cell to a number, or to the reason why there is none.

use super::damage::{
    ends_in_x, is_exponent, is_no_division, is_placeholder, is_rounded, was_dated,
};
use super::number::{is_date, kind_of_division, packed_digits};
use super::{IdKind, IdNumber, IdState, certificate};
use crate::clean::{Cell, CellKind, text};

/// What a cell of a certificate column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdRead {
    pub number: Option<IdNumber>,
    pub kind: IdKind,
    pub state: IdState,
    /// The folded text, where the number alone does not say it all.
    pub as_found: Option<String>,
}

/// Reads a cell of a certificate column.
pub fn read(cell: Cell<'_>) -> IdRead {
    if cell.kind == CellKind::Text
        && let Some(number) = IdNumber::parse(cell.text)
        && !is_no_division(number.division())
        && number.has_known_region()
    {
        return valid(number);
    }
    let folded = text::fold(cell.text);
    if text::is_blank(&folded) {
        return IdRead {
            number: None,
            kind: IdKind::None,
            state: IdState::Missing,
            as_found: None,
        };
    }
    let (state, number, kind) = match cell.kind {
        CellKind::Text => text_cell(&folded),
        CellKind::Number | CellKind::Date => numeric_cell(&folded),
    };
    // A province that there is not cannot have issued it, whatever the check digit says.
    let (state, number) = match number {
        Some(it) if !it.has_known_region() => (IdState::WrongRegion, None),
        number => (state, number),
    };
    match (state, number) {
        (IdState::Valid, Some(number)) => valid(number),
        _ => IdRead { number, kind, state, as_found: Some(folded.into_owned()) },
    }
}

fn valid(number: IdNumber) -> IdRead {
    IdRead { number: Some(number), kind: number.kind(), state: IdState::Valid, as_found: None }
}

/// A reading: how it went, the number if it went well, and the kind.
type Reading = (IdState, Option<IdNumber>, IdKind);

fn found(state: IdState, number: IdNumber) -> Reading {
    (state, Some(number), number.kind())
}

fn failed(state: IdState) -> Reading {
    let kind = match state {
        IdState::Placeholder => IdKind::None,
        IdState::NotANumber => IdKind::Other,
        _ => IdKind::Citizen,
    };
    (state, None, kind)
}

/// A failed number of which at least the first digits can be believed.
fn failed_digits(state: IdState, digits: &str) -> Reading {
    let division = digits.get(..6).and_then(|it| it.parse().ok());
    (state, None, division.map_or(IdKind::Citizen, kind_of_division))
}

/// A numeric cell cannot hold more than 15 digits; whatever it shows beyond, a check digit that
/// happens to fit included, is not what was typed.
fn numeric_cell(folded: &str) -> Reading {
    let digits = folded.split_once('.').map_or(folded, |(whole, decimals)| {
        if decimals.bytes().all(|b| b == b'0') { whole } else { folded }
    });
    if !matches!(digits.len(), 18 | 20) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return text_cell(digits);
    }
    if is_placeholder(digits) {
        return failed(IdState::Placeholder);
    }
    failed_digits(if was_dated(digits) { IdState::LostTail } else { IdState::WrongDate }, digits)
}

fn text_cell(folded: &str) -> Reading {
    if is_exponent(folded) {
        return failed(IdState::Exponent);
    }
    let bare = without_label(folded);
    if let Some(reading) = several(bare) {
        return reading;
    }
    let dense: String = bare.chars().filter(|&c| c != ' ').map(plain_x).collect();
    // Blanks, width, case and the look-alikes of X are notation, not damage.
    if bare.len() == folded.len()
        && let Some(number) = IdNumber::parse(&dense)
        && !is_placeholder(&dense)
    {
        return found(IdState::Valid, number);
    }
    if dense.contains("字第") {
        return (IdState::OtherCertificate, None, IdKind::Other);
    }
    let hyphens = ['-', '_', '.', '/', '—', '·', ','];
    let joined: String = dense.chars().filter(|c| !hyphens.contains(c)).collect();
    if joined.chars().any(is_mask) {
        return masked(&joined);
    }
    if !joined.is_ascii() {
        return failed(IdState::NotANumber);
    }
    joined_text(&joined)
}

/// The text as one ASCII word, which it is by now.
fn joined_text(word: &str) -> Reading {
    if let Some(number) = IdNumber::parse(word)
        && !is_placeholder(word)
    {
        return found(IdState::Repaired, number);
    }
    let upper = word.to_ascii_uppercase();
    if let Some(number) = certificate::number_on_card(&upper) {
        return found(IdState::FromCard, number);
    }
    if let Some(kind) = certificate::kind(&upper)
        && !is_placeholder(&upper)
    {
        return (IdState::OtherCertificate, None, kind);
    }
    if certificate::is_school_number(&upper) {
        return (IdState::OtherCertificate, None, IdKind::Other);
    }
    if is_id_shaped(&upper) {
        return damaged_digits(&upper);
    }
    misread_letters(word)
}

/// Digits, the last perhaps an X, that are no valid number of 18.
fn damaged_digits(digits: &str) -> Reading {
    if is_placeholder(digits) {
        return failed(IdState::Placeholder);
    }
    match digits.len() {
        15 => upgraded(digits),
        17 if ends_in_x(digits) => with_x(digits, digits),
        18 if is_rounded(digits) => failed_digits(IdState::LostTail, digits),
        18 if !is_date(digits[6..14].parse().unwrap_or(0)) => {
            failed_digits(IdState::WrongDate, digits)
        }
        18 => failed_digits(IdState::WrongCheck, digits),
        19 if digits.ends_with("10") && ends_in_x(&digits[..17]) => with_x(&digits[..17], digits),
        11 if digits.starts_with('1') => failed(IdState::NotANumber), // a telephone number
        _ if digits.len() < 11 => failed(IdState::NotANumber),
        _ => failed_digits(IdState::WrongLength, digits),
    }
}

/// A number of the first generation: a year of two digits and no check. Sequences from 996 mark
/// those who were over a hundred at the time.
fn upgraded(digits: &str) -> Reading {
    let century = if matches!(&digits[12..], "996" | "997" | "998" | "999") { "18" } else { "19" };
    let longer = format!("{}{century}{}", &digits[..6], &digits[6..]);
    match packed_digits(longer.as_bytes()).and_then(IdNumber::from_packed) {
        Some(number) => found(IdState::Upgraded, number),
        None => failed_digits(IdState::WrongDate, digits),
    }
}

/// 17 digits whose check character, X, is missing or misspelt.
fn with_x(digits17: &str, all: &str) -> Reading {
    match packed_digits(digits17.as_bytes()).and_then(IdNumber::from_packed) {
        Some(number) => found(IdState::Repaired, number),
        None => failed_digits(IdState::WrongLength, all),
    }
}

/// Letters that a scanner reads for digits. Each stands for one digit only, so there is one
/// reading, which must pass as a whole.
fn misread_letters(word: &str) -> Reading {
    let digit = |c: char| match c {
        'O' | 'o' | 'Q' | 'D' => '0',
        'l' | 'I' | 'i' | '|' | 'L' => '1',
        'S' | 's' => '5',
        'B' => '8',
        'Z' | 'z' => '2',
        _ => c,
    };
    let read: String = word.chars().map(digit).collect();
    match IdNumber::parse(&read) {
        Some(number) if !is_placeholder(&read) => found(IdState::Repaired, number),
        // Not damage but a mask, if the letters are X.
        _ if word.len() == 18 && word.matches('X').count() > 2 => failed(IdState::Masked),
        _ if word.len() == 18 && is_id_shaped(&read) => failed(IdState::WrongCheck),
        _ => failed(IdState::NotANumber),
    }
}

/// A number with hidden digits. One star at the end is an X if the others say so.
fn masked(joined: &str) -> Reading {
    let mut masks = joined.char_indices().filter(|(_, c)| is_mask(*c));
    if let (Some((17, _)), None) = (masks.next(), masks.next())
        && ends_in_x(&joined[..17])
    {
        return with_x(&joined[..17], &joined[..17]);
    }
    failed(IdState::Masked)
}

/// More than one number in the cell. The same one twice, or in its two lengths, is one reading.
fn several(text: &str) -> Option<Reading> {
    let words = || {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words.filter(|it| it.bytes().filter(u8::is_ascii_digit).count() >= 14)
    };
    if words().count() < 2 {
        let run_together = text.len() >= 30
            && text.split_at_checked(text.len() - 18).is_some_and(|(first, second)| {
                is_id_shaped(first) && matches!(first.len(), 15 | 18) && is_id_shaped(second)
            });
        return run_together.then(|| failed(IdState::Several));
    }
    let mut numbers = words().map(|it| {
        let upper = it.to_ascii_uppercase();
        IdNumber::parse(&upper)
            .or_else(|| (is_id_shaped(&upper) && upper.len() == 15).then(|| upgraded(&upper).1)?)
    });
    match numbers.next().flatten() {
        Some(first) if numbers.all(|it| it == Some(first)) => Some(found(IdState::Repaired, first)),
        _ => Some(failed(IdState::Several)),
    }
}

/// Digits, the last perhaps an X.
fn is_id_shaped(text: &str) -> bool {
    let digits = text.strip_suffix(['X', 'x']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// X and what is typed for it.
fn plain_x(c: char) -> char {
    match c {
        'x' | 'Х' | 'х' | 'Χ' | 'χ' | '×' | '✕' | '✖' | '╳' | '⨯' | '乂' => 'X',
        _ => c,
    }
}

fn is_mask(c: char) -> bool {
    matches!(c, '*' | '●' | '•' | '※' | '#' | '?' | '□')
}

/// A label typed into the cell before its number.
fn without_label(text: &str) -> &str {
    const LABELS: [&str; 8] = [
        "居民身份证号码",
        "公民身份号码",
        "身份证号码",
        "身份证号",
        "身份证",
        "证件号码",
        "证件号",
        "ID",
    ];
    for label in LABELS {
        if let Some(rest) = text.strip_prefix(label) {
            return rest.trim_start_matches([':', ' ', '.', '-', '(', ')']);
        }
    }
    text
}
