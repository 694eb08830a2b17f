//! Amounts of money, exact to the fen.

use super::{Cell, CellKind, text};

/// Reads an amount as fen. Anything that is not exactly one amount, or has a fraction of a fen,
/// is nothing.
pub fn read_fen(cell: Cell<'_>) -> Option<i64> {
    if let Some(fen) = plain(cell.text) {
        return Some(fen);
    }
    let folded = text::fold(cell.text);
    let dense: String = folded.chars().filter(|c| !text::is_space(*c)).collect();
    if cell.kind == CellKind::Number
        && let Some(fen) = without_float_noise(&dense)
    {
        return Some(fen);
    }
    signed(&dense)
}

/// An amount as yuan with two decimals.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}

/// The common case, without a copy: up to 12 digits and at most two decimals.
fn plain(text: &str) -> Option<i64> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
    let is_digits = |it: &str| it.bytes().all(|b| b.is_ascii_digit());
    if !matches!(whole.len(), 1..=12) || !matches!(cents.len(), 1..=2) {
        return None;
    }
    if !is_digits(whole) || !is_digits(cents) {
        return None;
    }
    let scale = if cents.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<i64>().ok()? * 100 + cents.parse::<i64>().ok()? * scale)
}

/// A computed cell may hold 380.09999999999997 where its sheet shows 380.10.
fn without_float_noise(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |it| (-1, it));
    let (whole, decimals) = digits.split_once('.')?;
    let noise = decimals.get(2..8)?;
    let fen = plain(&format!("{whole}.{}", &decimals[..2]))?;
    match noise {
        "000000" => Some(sign * fen),
        "999999" => Some(sign * (fen + 1)),
        _ => None,
    }
}

fn signed(text: &str) -> Option<i64> {
    let bracketed = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    if let Some(inner) = bracketed {
        return amount(without_currency(inner)).map(|fen| -fen);
    }
    let bare = without_currency(text);
    if let Some(rest) = bare.strip_prefix(['-', '−', '负']) {
        return amount(without_currency(rest)).map(|fen| -fen);
    }
    amount(bare.strip_prefix('+').unwrap_or(bare))
}

fn without_currency(text: &str) -> &str {
    ["人民币", "¥", "RMB", "CNY", "rmb"].iter().fold(text, |it, sign| it.trim_start_matches(sign))
}

/// An unsigned amount: a number and its unit, or yuan, jiao and fen one after another.
fn amount(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(['整', '正']);
    if let Some(number) = text.strip_suffix("万元").or_else(|| ascii_ten_thousands(text)) {
        return scaled(number, 6);
    }
    let (yuan, small) = text
        .split_once(['元', '圆', '块'])
        .unwrap_or_else(|| if text.ends_with(['角', '分']) { ("", text) } else { (text, "") });
    let small = small.strip_prefix(['零', '〇']).unwrap_or(small);
    let (jiao, fen) = small.split_once('角').unwrap_or(("", small));
    let fen = if fen.is_empty() { "" } else { fen.strip_suffix('分')? };
    let parts = [(yuan, 2), (jiao, 1), (fen, 0)];
    if parts.iter().all(|(number, _)| number.is_empty()) {
        return None;
    }
    parts
        .iter()
        .filter(|(number, _)| !number.is_empty())
        .try_fold(0_i64, |sum, (number, places)| sum.checked_add(scaled(number, *places)?))
}

/// `3.8万`; in 三万 the 万 is part of the number.
fn ascii_ten_thousands(text: &str) -> Option<&str> {
    text.strip_suffix('万').filter(|it| it.bytes().next().is_some_and(|b| b.is_ascii_digit()))
}

/// A number times ten to the power `places`, exactly.
fn scaled(number: &str, places: usize) -> Option<i64> {
    if !number.bytes().next()?.is_ascii_digit() {
        return chinese(number)?.checked_mul(10_i64.pow(places as u32));
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > places || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut value = 0_i64;
    let padding = std::iter::repeat_n(b'0', places - decimals.len());
    for digit in ungrouped(whole)?.chain(decimals.bytes()).chain(padding) {
        value = value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    Some(value)
}

/// The digits of `1,020`; commas must part groups of three.
fn ungrouped(whole: &str) -> Option<impl Iterator<Item = u8>> {
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().next().is_some();
    let regular = is_digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|it| it.len() == 3 && is_digits(it));
    regular.then(|| whole.bytes().filter(|&b| b != b','))
}

/// A Chinese numeral with its powers of ten: 叁佰捌拾, 三百八十, 一万零二十.
fn chinese(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None);
    let mut may_end = true;
    for c in text.chars() {
        if let Some(value) = chinese_digit(c) {
            may_end |= value == 0;
            if digit.is_some_and(|it| it != 0) {
                return None; // 三八 is no number of this kind
            }
            digit = Some(value);
            continue;
        }
        let one_understood = if section == 0 && c == '拾' || c == '十' { 1 } else { 0 };
        let value = digit.take().unwrap_or(one_understood);
        // 三百八 is 380 to some and 308 to none; only 三百零八 and 三百八十 are exact.
        may_end = matches!(c, '拾' | '十');
        match c {
            '拾' | '十' => section += value.max(one_understood) * 10,
            '佰' | '百' => section += value * 100,
            '仟' | '千' => section += value * 1000,
            '万' | '亿' => {
                let unit = if c == '万' { 10_000 } else { 100_000_000 };
                total = (total + section + value).checked_mul(unit)?;
                section = 0;
            }
            _ => return None,
        }
    }
    let last = digit.unwrap_or(0);
    (may_end || last == 0).then_some(total + section + last)
}

fn chinese_digit(c: char) -> Option<i64> {
    const DIGITS: [&str; 10] =
        ["零〇", "壹一", "贰二两", "叁三", "肆四", "伍五", "陆六", "柒七", "捌八", "玖九"];
    DIGITS.iter().position(|it| it.contains(c)).map(|it| it as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: impl Into<Option<i64>>) {
        assert_eq!(read_fen(Cell::text(text)), expected.into(), "{text:?}");
    }

    #[test]
    fn money_is_yuan_with_two_digits() {
        assert_eq!(yuan(12_345), "123.45");
        assert_eq!(yuan(-5), "-0.05");
    }

    #[test]
    fn every_notation_of_an_amount_is_exact() {
        for text in ["380", "380.00", "380.0", "380元", "￥380", "３８０", " 380 元整", "38000分"]
        {
            check(text, 38_000);
        }
        check("1,020.50", 102_050);
        check("1，020.5元", 102_050);
        check("1,234,567", 123_456_700);
        check("0", 0);
        check("0.01", 1);
        check("380.1000", 38_010);
        check("3元5角", 350);
        check("人民币380元", 38_000);
    }

    #[test]
    fn refunds_are_negative() {
        check("-380", -38_000);
        check("(380)", -38_000);
        check("（380.00）", -38_000);
        check("－380元", -38_000);
        check("￥-380", -38_000);
        check("-￥380", -38_000);
    }

    #[test]
    fn ten_thousands_and_chinese_numerals_are_read() {
        check("3.8万元", 3_800_000);
        check("0.038万", 38_000);
        check("0.0380001万元", None);
        check("叁佰捌拾元整", 38_000);
        check("三百八十元", 38_000);
        check("壹万零贰拾元伍角叁分", 1_002_053);
        check("十五元", 1_500);
        check("三百零八元", 30_800);
        check("三百八", None);
        check("三万元", 3_000_000);
        check("伍角", 50);
    }

    #[test]
    fn what_is_not_one_amount_is_nothing() {
        for text in [
            "", "-", "元", "380/400", "3,80", "1234,567", "1,0200", "380.005", "3.8.0", "三八",
            "12a",
        ] {
            check(text, None);
        }
        check("99999999999999999999", None);
        check("380元400元", None);
        check("--380", None);
        check("0x10", None);
    }

    #[test]
    fn float_noise_is_forgiven_in_numeric_cells_only() {
        let number = |text| read_fen(Cell { text, kind: CellKind::Number });
        assert_eq!(number("380.09999999999997"), Some(38_010));
        assert_eq!(number("0.30000000000000004"), Some(30));
        assert_eq!(number("-0.99999999999999"), Some(-100));
        assert_eq!(number("380.125"), None);
        check("380.09999999999997", None);
    }

    proptest! {
        #[test]
        fn printing_and_reading_an_amount_gives_it_back(
            fen in prop_oneof![-200_i64..200, any::<i32>().prop_map(i64::from)],
        ) {
            let (sign, abs) = (if fen < 0 { "-" } else { "" }, fen.abs());
            let printed = format!("{sign}{}.{:02}", abs / 100, abs % 100);
            prop_assert_eq!(read_fen(Cell::text(&printed)), Some(fen));
            let in_wan = format!("{sign}{}.{:06}万元", abs / 1_000_000, abs % 1_000_000);
            prop_assert_eq!(read_fen(Cell::text(&in_wan)), Some(fen));
        }
    }
}
