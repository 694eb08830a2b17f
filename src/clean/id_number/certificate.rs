//! Certificates other than the citizen id, told by their shape.

use super::{IdKind, IdNumber, number::is_date};

/// The kind of a certificate that is not an 18-character number. `text` is folded, upper case
/// and without blanks.
pub(super) fn kind(text: &str) -> Option<IdKind> {
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let (prefix, digits) = text.split_at(letters);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match (prefix, digits.len()) {
        // Taiwan residents' permits have no letter, and eight digits may be a date just as well.
        ("", 8) => (!is_date(digits.parse().ok()?)).then_some(IdKind::TravelPermit),
        ("", 10) => Some(IdKind::TravelPermit),
        ("", _) => None,
        ("H" | "M" | "HK" | "MO", 8 | 10) => Some(IdKind::TravelPermit),
        (_, 9) if letters == 1 => Some(IdKind::BirthCertificate),
        (_, 7 | 8) if letters <= 2 => Some(IdKind::Passport),
        (_, 12) if letters == 3 => Some(IdKind::Foreigner),
        _ => None,
    }
}

/// The number inside a disability card's (number, category 1–7, grade 1–4, on a reissue `B` and
/// its count) or a school number (G, or L while temporary, and the number).
pub(super) fn number_on_card(text: &str) -> Option<IdNumber> {
    if let Some(number) = text.strip_prefix(['G', 'L']) {
        return IdNumber::parse(number);
    }
    let (number, rest) = text.split_at_checked(18)?;
    let (class, reissue) = rest.as_bytes().split_at_checked(2)?;
    let is_class = matches!(class, [b'1'..=b'7', b'1'..=b'4']);
    let is_reissue = match reissue {
        [] => true,
        [b'B', count @ ..] => matches!(count.len(), 1 | 2) && count.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if is_class && is_reissue { IdNumber::parse(number) } else { None }
}

/// Whether this is a school number, whatever stands in it.
pub(super) fn is_school_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix(['G', 'L']) else { return false };
    number.len() == 18 && number[..17].bytes().all(|b| b.is_ascii_digit())
}
