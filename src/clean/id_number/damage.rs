//! What a spreadsheet does to an 18-digit number: it keeps 15 or 16 digits and invents the rest.

use super::number::{is_date, packed_digits};

/// The digits of a number that a spreadsheet rounded which are still as written: the first 15,
/// or fewer where the rounding may have carried. Nothing if the day of birth is not among them.
pub fn lost_tail_prefix(as_found: &str) -> Option<&str> {
    let digits = as_found.split('.').next().unwrap_or(as_found);
    if !matches!(digits.len(), 18 | 20) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if !is_date(digits[6..14].parse().ok()?) {
        return None;
    }
    if digits.len() == 20 || digits.ends_with("000") {
        return Some(&digits[..15]);
    }
    let value: u64 = digits.parse().ok()?;
    let off = spacing(value);
    let same = |n: u32| {
        value.saturating_sub(off) / 10_u64.pow(18 - n) == (value + off) / 10_u64.pow(18 - n)
    };
    [15, 14].into_iter().find(|&n| same(n)).map(|n| &digits[..n as usize])
}

/// Whether 18 digits that are no valid number look as if a spreadsheet had rounded them: cut
/// after 15 digits, or moved to the nearest 64-bit floating-point number.
pub(super) fn is_rounded(digits: &str) -> bool {
    let Ok(value) = digits.parse::<u64>() else { return false };
    if digits.len() != 18 {
        return false;
    }
    let cut = value.is_multiple_of(1000);
    let moved = value.is_multiple_of(spacing(value));
    cut && has_date(value) || moved && is_near_a_date(value)
}

/// Whether a number that a float was printed as, 18 digits or more, was once one with a date.
pub(super) fn was_dated(digits: &str) -> bool {
    digits.get(..18).and_then(|it| it.parse().ok()).is_some_and(is_near_a_date)
}

/// Moved from the edge of a day, a number even shows another one. It may be half a step off by
/// rounding and another half by being printed in as few digits as name the float.
fn is_near_a_date(value: u64) -> bool {
    let off = spacing(value);
    [value, value.saturating_sub(off), value + off].into_iter().any(has_date)
}

fn has_date(value: u64) -> bool {
    is_date((value / 10_000 % 100_000_000) as u32)
}

/// How far apart 64-bit floating-point numbers are around a number of 18 digits.
fn spacing(value: u64) -> u64 {
    match value {
        0..0x0200_0000_0000_0000 => 16,
        0x0200_0000_0000_0000..0x0400_0000_0000_0000 => 32,
        0x0400_0000_0000_0000..0x0800_0000_0000_0000 => 64,
        _ => 128,
    }
}

/// Whether the text is a number in scientific notation: 4.11E+17.
pub(super) fn is_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    // A birth certificate or passport may hold an E, but then more digits stand on its right.
    whole.len() == 1
        && is_digits(whole)
        && is_digits(decimals)
        && exponent.len() == 2
        && is_digits(exponent)
}

/// Numbers typed to fill the column: one digit throughout, a run of counting, a division that
/// is no division, or a division with nothing behind it.
pub(super) fn is_placeholder(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return false };
    let body = if last == b'X' { &bytes[..bytes.len() - 1] } else { bytes };
    if !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let repeats = body.iter().all(|b| *b == first);
    let counts =
        body.len() > 3 && body.windows(2).all(|it| (it[0] - b'0' + 1) % 10 == it[1] - b'0');
    let hollow = body.len() >= 15 && body[6..].iter().all(|b| *b == b'0');
    repeats || counts || hollow || body.len() >= 17 && is_no_division(division(body))
}

/// Whether a valid number begins with digits that somebody made up.
pub(super) fn is_no_division(division: u32) -> bool {
    division == 123_456 || division.is_multiple_of(111_111)
}

fn division(digits: &[u8]) -> u32 {
    digits[..6].iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'))
}

/// Where a check character may be missing or misspelt, the 17 digits whose check is X: that is
/// the only character that people leave out, write as 10, or hide behind a star.
pub(super) fn ends_in_x(digits17: &str) -> bool {
    packed_digits(digits17.as_bytes()).is_some_and(|it| super::number::check_char(it) == 'X')
}
