//! Dates as departments write them, with the precision they really have.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::{Cell, CellKind, text};

/// How much of a date was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Day,
    Month,
    Year,
}

/// A date and its precision; of a month or year, its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRead {
    pub date: NaiveDate,
    pub precision: Precision,
}

/// Years a date in these files can have; 9999 and 0000 are ways to write "none".
const YEARS: std::ops::RangeInclusive<i32> = 1850..=2100;

/// Two-digit years up to this one are of this century.
const PIVOT: i32 = 30;

/// Reads a date. The year must come first: whether 03/04/2023 is in March or in April cannot be
/// known, so it is not read. A month without a year, an impossible day and the marks for
/// "no date" are nothing.
pub fn read(cell: Cell<'_>) -> Option<DateRead> {
    if let Some(date) = iso_day(cell.text.as_bytes()) {
        return Some(date);
    }
    let folded = text::fold(cell.text);
    if cell.kind != CellKind::Text && folded.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return numeric(&folded, cell.kind);
    }
    written(&folded)
}

/// Reads a month and day without a year as the day nearest to another: 12.15, 12月15日, 12/15. In a
/// number 12.1 may have been 12.10, so a number needs two digits of a day.
pub fn read_near(cell: Cell<'_>, near: NaiveDate) -> Option<NaiveDate> {
    let folded = text::fold(cell.text);
    let dense: String = folded.chars().filter(|it| *it != ' ').collect();
    let (month, day) = dense.split_once(['月', '.', '/', '-'])?;
    let day = day.strip_suffix(['日', '号']).unwrap_or(day);
    let is_short = |it: &str| (1..=2).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit());
    if !is_short(month) || !is_short(day) || cell.kind != CellKind::Text && day.len() != 2 {
        return None;
    }
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let years = near.year() - 1..=near.year() + 1;
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|it| ((*it - near).abs(), *it))
}

/// Reads the year that a column of years, months or spans is about: 2024, 2024年度, 202401-202412.
/// A span over two years has none.
pub fn read_year(cell: Cell<'_>) -> Option<u16> {
    let folded = text::fold(cell.text);
    if let Some(date) = read(Cell { text: &folded, kind: cell.kind }) {
        return u16::try_from(date.date.year()).ok();
    }
    if let Some((year, rest)) = folded.split_at_checked(4)
        && (rest.trim_start().starts_with("年度") || rest.trim_start().starts_with("年份"))
    {
        return read_year(Cell::text(year));
    }
    let (from, to) = span(&folded)?;
    let from = read_year(Cell::text(from))?;
    (read_year(Cell::text(to))? == from).then_some(from)
}

/// The two ends of a span, parted by a word or, between runs of digits, by a hyphen.
fn span(text: &str) -> Option<(&str, &str)> {
    let ends = ["至", "到", "~", "—", "–", " - "].iter().find_map(|it| text.split_once(it));
    ends.or_else(|| {
        let (from, to) = text.split_once('-')?;
        (from.len() == to.len() && matches!(from.len(), 6 | 8)).then_some((from, to))
    })
}

/// The common case: 2023-09-01 and nothing else.
fn iso_day(text: &[u8]) -> Option<DateRead> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else {
        return None;
    };
    let number =
        |digits: &[u8]| digits.iter().try_fold(0, |sum, &b| digit(b).map(|d| sum * 10 + d));
    day(number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?)
}

fn digit(byte: u8) -> Option<i32> {
    byte.is_ascii_digit().then(|| i32::from(byte - b'0'))
}

fn day(year: i32, month: i32, day: i32) -> Option<DateRead> {
    dated(year, month, day, Precision::Day)
}

fn dated(year: i32, month: i32, day: i32, precision: Precision) -> Option<DateRead> {
    if !YEARS.contains(&year) {
        return None;
    }
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    Some(DateRead { date: NaiveDate::from_ymd_opt(year, month, day)?, precision })
}

/// A number is a compact date, a year, or a serial day if it has five digits or is marked as one.
fn numeric(text: &str, kind: CellKind) -> Option<DateRead> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let has_time = fraction.bytes().any(|b| b != b'0');
    match (kind, whole.len()) {
        (CellKind::Date, _) => serial(whole, 1..=73_050),
        (_, 5) => serial(whole, 10_000..=73_050),
        // 2023.9 and 2023.10 are one number with two meanings.
        _ if has_time => None,
        _ => compact(whole),
    }
}

/// A day of the 1900 system, which has a 29 February 1900 that never was.
fn serial(digits: &str, allowed: std::ops::RangeInclusive<i64>) -> Option<DateRead> {
    let serial: i64 = digits.parse().ok().filter(|it| allowed.contains(it) && *it != 60)?;
    let epoch = NaiveDate::from_ymd_opt(1899, 12, if serial < 60 { 31 } else { 30 })?;
    let date = epoch.checked_add_signed(chrono::TimeDelta::try_days(serial)?)?;
    Some(DateRead { date, precision: Precision::Day })
}

/// Digits only: 20230901, 202309, 2023, or with the time behind, 20230901102233.
fn compact(digits: &str) -> Option<DateRead> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits[range].parse::<i32>().ok();
    match digits.len() {
        14 | 8 => day(part(0..4)?, part(4..6)?, part(6..8)?),
        6 => dated(part(0..4)?, part(4..6)?, 1, Precision::Month),
        4 => dated(part(0..4)?, 1, 1, Precision::Year),
        _ => None,
    }
}

fn written(folded: &str) -> Option<DateRead> {
    let text = arabic(folded);
    let text = without_time(&text)?;
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.len() == 5 && !fraction.contains('.') {
            return serial(whole, 20_000..=60_000);
        }
        // A number that went through a float: 20230901.0.
        if fraction.bytes().all(|b| b == b'0') {
            return compact(whole);
        }
    }
    if text.contains('年') {
        return in_words(text);
    }
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.' | '\\' | '−' | '–') {
        return None;
    }
    let mut parts = text.split(separator);
    let (year, month) = (parts.next()?, parts.next()?);
    let day = parts.next();
    if parts.next().is_some() {
        return None;
    }
    // A short year is told from a day only by the form that Chinese offices write, 98.9.1.
    let may_be_short = separator == '.' && day.is_some();
    from_parts(year, Some(month), day, may_be_short)
}

/// 2023年9月1日, also with blanks, or with 98年.
fn in_words(text: &str) -> Option<DateRead> {
    let dense: String = text.chars().filter(|c| *c != ' ').collect();
    let (year, rest) = dense.split_once('年')?;
    if rest.is_empty() {
        return from_parts(year, None, None, false);
    }
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix(['日', '号']).unwrap_or(rest);
    from_parts(year, Some(month), Some(day).filter(|it| !it.is_empty()), true)
}

fn from_parts(
    year: &str,
    month: Option<&str>,
    day_of_month: Option<&str>,
    may_be_short: bool,
) -> Option<DateRead> {
    let small = |it: &str| {
        let fits = matches!(it.len(), 1 | 2) && it.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| it.parse::<i32>().ok()).flatten()
    };
    let year = match year.len() {
        4 if year.bytes().all(|b| b.is_ascii_digit()) => year.parse().ok()?,
        2 if may_be_short => small(year).map(|yy| yy + if yy <= PIVOT { 2000 } else { 1900 })?,
        _ => return None,
    };
    match (month, day_of_month) {
        (Some(month), Some(it)) => day(year, small(month)?, small(it)?),
        (Some(month), None) => dated(year, small(month)?, 1, Precision::Month),
        (None, _) => dated(year, 1, 1, Precision::Year),
    }
}

/// Cuts off a time of day; what follows the day and is none makes the whole no date.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else {
        return Some(text.strip_suffix(" 0").unwrap_or(text));
    };
    let start = text[..colon].rfind(['T', 't', ' ', '日']).filter(|&it| it > 0)?;
    let parts_words = text[start..].starts_with('日');
    let cut = if parts_words { start + '日'.len_utf8() } else { start };
    let time = text[cut..].trim_start_matches(['T', 't', ' ', '上', '下', '午']);
    let is_time = time.bytes().all(|b| b.is_ascii_digit() || b":.+-Z ".contains(&b));
    is_time.then(|| text[..cut].trim_end())
}

/// Chinese numerals turned into digits: 二〇二三年十二月三十一日 → 2023年12月31日.
pub(super) fn arabic(text: &str) -> Cow<'_, str> {
    const NUMERALS: [char; 15] =
        ['〇', '零', '○', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '廿', '卅'];
    if !text.contains('年') || !text.contains(NUMERALS) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (i, &c) in chars.iter().enumerate() {
        let before = i > 0 && numeral(chars[i - 1]).is_some();
        let after = chars.get(i + 1).is_some_and(|&it| numeral(it).is_some());
        match (c, before, after) {
            ('十', true, true) => {}
            ('十', true, false) => out.push('0'),
            ('十', false, true) => out.push('1'),
            ('十', false, false) => out.push_str("10"),
            ('廿', _, true) => out.push('2'),
            ('廿', _, false) => out.push_str("20"),
            ('卅', _, true) => out.push('3'),
            ('卅', _, false) => out.push_str("30"),
            _ => out.push(numeral(c).unwrap_or(c)),
        }
    }
    Cow::Owned(out)
}

fn numeral(c: char) -> Option<char> {
    const DIGITS: [&str; 10] = ["〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let value = DIGITS.iter().position(|it| it.contains(c))?;
    char::from_digit(value as u32, 10)
}

#[cfg(test)]
mod tests {
    use Precision::{Day, Month, Year};
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_cell(cell: Cell<'_>, expected: Option<(i32, u32, u32, Precision)>) {
        let expected = expected.map(|(y, m, d, precision)| DateRead {
            date: NaiveDate::from_ymd_opt(y, m, d).unwrap(),
            precision,
        });
        assert_eq!(read(cell), expected, "{cell:?}");
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(i32, u32, u32, Precision)>) {
        check_cell(Cell::text(text), expected);
    }

    #[test]
    fn a_day_is_read_in_every_notation() {
        let first = Some((2023, 9, 1, Day));
        for text in
            ["2023-09-01", "2023/9/1", "2023.9.1", "20230901", "2023年9月1日", "２０２３-９-１"]
        {
            check(text, first);
        }
        for text in ["2023-09-01 10:22:33", "2023-09-01 10:22:33.0", "2023-09-01T10:22:33Z"] {
            check(text, first);
        }
        for text in [
            "2023 年 9 月 1 日",
            "2023年9月1日 10:22",
            "20230901.0",
            "20230901102233",
            "2023-9-1 下午2:22",
            "2023/9/1 0:00",
        ] {
            check(text, first);
        }
        check("二〇二三年九月一日", first);
        check("二零二三年十二月三十一日", Some((2023, 12, 31, Day)));
        check("一九九八年十月廿五日", Some((1998, 10, 25, Day)));
        check("2023年十月二十日", Some((2023, 10, 20, Day)));
    }

    #[test]
    fn months_and_years_keep_their_precision() {
        for text in ["2023年9月", "202309", "2023-09", "2023/9", "2023.9", "二〇二三年九月"]
        {
            check(text, Some((2023, 9, 1, Month)));
        }
        for text in ["2023", "2023年", "二〇二三年"] {
            check(text, Some((2023, 1, 1, Year)));
        }
    }

    #[test]
    fn serial_days_count_from_1900_with_its_false_leap_day() {
        let cell = |text, kind| Cell { text, kind };
        check_cell(cell("45170", CellKind::Date), Some((2023, 9, 1, Day)));
        check_cell(cell("45170.43", CellKind::Number), Some((2023, 9, 1, Day)));
        check("45170", Some((2023, 9, 1, Day)));
        check_cell(cell("1", CellKind::Date), Some((1900, 1, 1, Day)));
        check_cell(cell("59", CellKind::Date), Some((1900, 2, 28, Day)));
        check_cell(cell("60", CellKind::Date), None);
        check_cell(cell("61", CellKind::Date), Some((1900, 3, 1, Day)));
        check_cell(cell("0", CellKind::Date), None);
        check_cell(cell("20230901", CellKind::Number), Some((2023, 9, 1, Day)));
        check_cell(cell("2023", CellKind::Number), Some((2023, 1, 1, Year)));
        check_cell(cell("2023.1", CellKind::Number), None);
        check_cell(cell("45", CellKind::Number), None);
        check("19999", None);
        check("60001", None);
    }

    #[test]
    fn a_day_without_a_year_is_that_nearest_to_another() {
        let near = |text: &str, kind, to: &str| {
            let read = read_near(Cell { text, kind }, to.parse().unwrap());
            read.map(|it| it.to_string())
        };
        let (text, number) = (CellKind::Text, CellKind::Number);
        for written in
            ["12.15", "12月15日", "12月15", "１２．１５", "12/15", "12-15", "12 月 15 号"]
        {
            let read = near(written, text, "2023-12-18");
            assert_eq!(read.as_deref(), Some("2023-12-15"), "{written}");
        }
        assert_eq!(near("1.3", text, "2023-12-28").as_deref(), Some("2024-01-03"));
        assert_eq!(near("12.30", text, "2024-01-02").as_deref(), Some("2023-12-30"));
        assert_eq!(near("2.29", text, "2023-12-28").as_deref(), Some("2024-02-29"));
        assert_eq!(near("12.15", number, "2023-12-18").as_deref(), Some("2023-12-15"));
        assert_eq!(near("12.15", CellKind::Date, "2023-12-18").as_deref(), Some("2023-12-15"));
        assert_eq!(near("12.1", number, "2023-12-18"), None, "12.10 looks the same");
        for none in
            ["2023.12.15", "2023-12", "13.1", "12.32", "12", "45275", "12.155", "十二月", ""]
        {
            assert_eq!(near(none, text, "2023-12-18"), None, "{none}");
        }
    }

    #[test]
    fn short_years_need_the_dotted_form() {
        check("98.9.1", Some((1998, 9, 1, Day)));
        check("30.9.1", Some((2030, 9, 1, Day)));
        check("31.9.1", Some((1931, 9, 1, Day)));
        check("98年9月1日", Some((1998, 9, 1, Day)));
        check("98-9-1", None);
        check("98/9/1", None);
        check("98.9", None);
    }

    #[test]
    fn what_is_no_date_is_nothing() {
        for text in ["9月", "9月1日", "01/09/2023", "9/1/2023", "2023-02-29", "2023-13-01", "长期"]
        {
            check(text, None);
        }
        for text in ["0000-00-00", "9999-12-31", "1900-01-00", "-", "", "230901", "2023-09-01至今"]
        {
            check(text, None);
        }
        for text in [
            "2023-9/1",
            "2023-09-01-02",
            "2023-009-1",
            "2023-09-01 10:22至今",
            "20230931",
            "10:22:33",
            "日:",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn years_are_read_from_years_months_and_spans() {
        let check = |text, expected| assert_eq!(read_year(Cell::text(text)), expected, "{text}");
        for text in ["2024", "2024年", "2024年度", "２０２４", "202401-202412", "2024年度居民医保"]
        {
            check(text, Some(2024));
        }
        check("2024-01-01至2024-12-31", Some(2024));
        check("20240101-20241231", Some(2024));
        check("2024-01 - 2024-12", Some(2024));
        check("2024.1~2024.12", Some(2024));
        check("202309-202408", None);
        check("24", None);
        check("", None);
        assert_eq!(read_year(Cell { text: "2024", kind: CellKind::Number }), Some(2024));
    }

    proptest! {
        #[test]
        fn printing_and_reading_a_day_gives_it_back(
            // Around the ends of months, years and the allowed range.
            base in prop::sample::select(vec![-18_200_i64, 0, 10_957, 11_016, 19_416, 36_524]),
            off in -40_i64..40,
        ) {
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
            let date = epoch + chrono::TimeDelta::days(base + off);
            let expected = Some(DateRead { date, precision: Day });
            for format in ["%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y%m%d", "%Y年%-m月%-d日"] {
                let printed = date.format(format).to_string();
                prop_assert_eq!(read(Cell::text(&printed)), expected, "{}", printed);
            }
            let serial = date - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            if serial.num_days() > 60 {
                let text = serial.num_days().to_string();
                prop_assert_eq!(read(Cell { text: &text, kind: CellKind::Date }), expected);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9年月日TZ:./ 十廿○-]{0,16}") {
            let _ = (read(Cell::text(&text)), read_year(Cell::text(&text)));
        }
    }
}
