//! The whole, valid number: 6 digits of division, 8 of birth, 3 of sequence, 1 check character.

use std::{fmt, num::NonZeroU64};

use chrono::{Datelike, NaiveDate};

use super::IdKind;
use crate::clean::sex::Sex;

/// A whole, valid 18-character number, packed: the first 17 digits as an integer. The check
/// character follows from them.
///
/// Valid means that the date exists and the check character is right. Whether the division
/// exists is not asked: numbers keep the code of first registration, long after its abolition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber(NonZeroU64);

/// Nobody with an older or younger number is in a register of the living or the newly dead.
const YEARS: std::ops::RangeInclusive<u32> = 1850..=2100;

impl IdNumber {
    /// Reads exactly 18 characters, a capital X among them only at the end.
    pub fn parse(digits18: &str) -> Option<IdNumber> {
        let (first, check) = digits18.as_bytes().split_last_chunk::<1>()?;
        let number = IdNumber::from_packed(packed_digits(first)?)?;
        (number.check_char() as u32 == u32::from(check[0])).then_some(number)
    }

    /// Puts a number together; the check character follows.
    pub fn from_parts(division: u32, birth: NaiveDate, sequence: u16) -> Option<IdNumber> {
        if division > 999_999 || sequence > 999 {
            return None;
        }
        let year = u64::try_from(birth.year()).ok()?;
        let day = year * 10_000 + u64::from(birth.month()) * 100 + u64::from(birth.day());
        let packed = (u64::from(division) * 100_000_000 + day) * 1000 + u64::from(sequence);
        IdNumber::from_packed(packed)
    }

    /// The first 17 digits as an integer.
    pub fn packed(self) -> u64 {
        self.0.get()
    }

    /// Takes the first 17 digits as an integer, if their date exists.
    pub fn from_packed(packed: u64) -> Option<IdNumber> {
        if packed >= 100_000_000_000_000_000 || !is_date((packed / 1000 % 100_000_000) as u32) {
            return None;
        }
        NonZeroU64::new(packed).map(IdNumber)
    }

    /// The division of first registration, six digits.
    pub fn division(self) -> u32 {
        (self.packed() / 100_000_000_000) as u32
    }

    /// Whether the number begins with a province that there is (GB/T 2260). Counties are
    /// abolished and renamed, so no more than that is asked.
    pub fn has_known_region(self) -> bool {
        let province = match self.kind() {
            IdKind::Foreigner => self.division() / 1000 % 100,
            _ => self.division() / 10_000,
        };
        matches!(province, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
    }

    /// The date of birth.
    pub fn birth(self) -> NaiveDate {
        let day = (self.packed() / 1000 % 100_000_000) as u32;
        let date = NaiveDate::from_ymd_opt((day / 10_000) as i32, day / 100 % 100, day % 100);
        date.expect("bug: an IdNumber without a birth date")
    }

    /// The number among those born there on that day; odd for men.
    pub fn sequence(self) -> u16 {
        (self.packed() % 1000) as u16
    }

    /// The sex, which the sequence tells.
    pub fn sex(self) -> Sex {
        if self.packed() % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// The last character: MOD 11-2 over the others.
    pub fn check_char(self) -> char {
        check_char(self.packed())
    }

    /// The 18 characters, off the heap.
    pub fn characters(self) -> [u8; 18] {
        let mut characters = [self.check_char() as u8; 18];
        let mut rest = self.packed();
        for digit in characters[..17].iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        characters
    }

    /// Whether this number looks as if a spreadsheet had cut it off after 15 digits: one in eleven
    /// of those passes its check all the same.
    pub fn is_cut_off(self) -> bool {
        self.packed().is_multiple_of(100) && self.check_char() == '0'
    }

    /// Whether it looks cut off from this other number.
    pub fn is_cut_from(self, whole: IdNumber) -> bool {
        self != whole && self.is_cut_off() && self.packed() == whole.packed() / 100 * 100
    }

    /// The kind of certificate, by the division it begins with.
    pub fn kind(self) -> IdKind {
        kind_of_division(self.division())
    }

    /// The number with the birth date hidden, for pages that people print.
    pub fn masked(self) -> String {
        let whole = self.to_string();
        format!("{}********{}", &whole[..6], &whole[14..])
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:017}{}", self.packed(), self.check_char())
    }
}

/// The kind of certificate whose number begins with this division.
pub(super) fn kind_of_division(division: u32) -> IdKind {
    match division {
        810_000 | 820_000 | 830_000 => IdKind::ResidencePermit,
        900_000.. => IdKind::Foreigner,
        _ => IdKind::Citizen,
    }
}

/// Exactly 17 ASCII digits as an integer.
pub(super) fn packed_digits(digits: &[u8]) -> Option<u64> {
    if digits.len() != 17 {
        return None;
    }
    digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u64::from(b - b'0')))
}

/// Whether eight digits are a date somebody can be born on.
pub(super) fn is_date(day: u32) -> bool {
    let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
    YEARS.contains(&year) && NaiveDate::from_ymd_opt(year as i32, month, day).is_some()
}

/// The check character of 17 digits. Weights are powers of two modulo 11, the last digit's 2.
pub(super) fn check_char(packed: u64) -> char {
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    const WEIGHTS: [u64; 17] = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1, 2, 4, 8, 5, 10, 9, 7];
    let (mut rest, mut sum) = (packed, 0);
    for weight in WEIGHTS {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    CHECKS[(sum % 11) as usize]
}
