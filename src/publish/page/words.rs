//! How figures and names stand on the page.

/// A count with its thousands parted: 1,234,567.
pub(super) fn counted(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut shown = String::from(if value < 0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A change with its sign: +12, −5, ±0.
pub(super) fn change(value: i64) -> String {
    match value {
        0 => "±0".to_string(),
        1.. => format!("+{}", counted(value)),
        _ => counted(value),
    }
}

/// Fen as yuan with two decimals: 1,234.50.
pub(super) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "−" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", counted((fen / 100) as i64), fen % 100)
}

/// A file's or sheet's name, unless it holds a number as long as a person's: departments name
/// files after people.
pub(super) fn without_ids(name: &str) -> String {
    let mut shown = String::new();
    let mut digits = String::new();
    for it in name.chars().chain(['\0']) {
        if it.is_ascii_digit() {
            digits.push(it);
            continue;
        }
        shown.push_str(if digits.len() >= ID_DIGITS { "***" } else { &digits });
        digits.clear();
        shown.push(it);
    }
    shown.pop();
    shown
}

/// The shortest citizen id has so many digits.
const ID_DIGITS: usize = 15;

/// The first twelve digits of a hash, enough to compare by eye.
pub(super) fn short_hash(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_parted_by_thousands() {
        let shown = [0, 7, 999, 1000, 123_456, 1_234_567, -1000].map(counted);
        assert_eq!(shown, ["0", "7", "999", "1,000", "123,456", "1,234,567", "−1,000"]);
    }

    #[test]
    fn changes_have_their_sign() {
        assert_eq!([12, 0, -1234].map(change), ["+12", "±0", "−1,234"]);
    }

    #[test]
    fn fen_are_shown_as_yuan() {
        let shown = [0, 5, 38_000, 123_456_789, -1].map(yuan);
        assert_eq!(shown, ["0.00", "0.05", "380.00", "1,234,567.89", "−0.01"]);
    }

    #[test]
    fn a_file_named_after_a_person_does_not_show_the_id() {
        assert_eq!(without_ids("缴费明细_20231008.csv"), "缴费明细_20231008.csv");
        assert_eq!(without_ids("11010519491231002X.xls"), "***X.xls");
        assert_eq!(without_ids("张110105491231002"), "张***");
    }
}
