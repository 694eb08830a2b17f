//! Months in the names of files and sheets and in titles: 低保202310.xlsx, 2023年10月, 10月.

use super::{date, text};

/// The years that a list of these programmes can be of.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// A month as a text writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Nothing where the text gives the month alone.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
}

/// The one month that a text names; nothing where it names none, a span, or two different ones.
/// A day names its month: 2023-10-31.
pub fn find(raw: &str) -> Option<Written> {
    let folded = text::fold(raw);
    let words = date::arabic(&folded);
    let tokens = tokens(&words);
    let (mut only, mut at): (Option<Written>, usize) = (None, 0);
    while at < tokens.len() {
        let Some((named, end)) = named(&tokens[at..]) else {
            at += 1;
            continue;
        };
        if is_span(&tokens, at, at + end) {
            return None;
        }
        at += end;
        // 2023年10月 and 10月 again behind it is one month.
        only = match only {
            None => Some(named),
            Some(it) if it.month != named.month => return None,
            Some(it) if it.year.is_none() => Some(named),
            Some(it) if named.year.is_none() || named.year == it.year => Some(it),
            Some(_) => return None,
        };
    }
    only
}

/// The one calendar year that a text names. 2024年度 is a year of insurance, which is paid for in
/// the year before, and says nothing of a month's.
pub fn year(raw: &str) -> Option<i32> {
    let folded = text::fold(raw);
    let words = date::arabic(&folded);
    let tokens = tokens(&words);
    let is_insurance = |at: usize| tokens[at + 1..].starts_with(&["年", "度"]);
    let years = (0..tokens.len()).filter(|at| !is_insurance(*at));
    let mut years: Vec<i32> = years.filter_map(|at| year_of(tokens[at])).collect();
    years.dedup();
    match years.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Runs of digits, and every other character but blanks alone.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
        let (token, after) = rest.split_at(digits.max(first.len_utf8()));
        if !first.is_whitespace() {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

/// The month that the tokens begin with, and how many of them it takes.
fn named(tokens: &[&str]) -> Option<(Written, usize)> {
    worded(tokens).or_else(|| Some((compact(tokens.first()?)?, 1)))
}

/// The same, with words or marks between year, month and day.
fn worded(tokens: &[&str]) -> Option<(Written, usize)> {
    match tokens {
        [year, "年", month, "月", day, "日" | "号", ..] if small(day).is_some() => {
            Some((dated(short_year(year)?, month)?, 6))
        }
        [year, "年", month, "月", ..] => Some((dated(short_year(year)?, month)?, 4)),
        [year, "-" | "." | "_" | "/", month, mark, day, ..]
            if *mark == tokens[1] && small(day).is_some() =>
        {
            Some((dated(year_of(year)?, month)?, 5))
        }
        [year, "-" | "." | "_" | "/", month, rest @ ..] => {
            let taken = if rest.first() == Some(&"月") { 4 } else { 3 };
            Some((dated(year_of(year)?, month)?, taken))
        }
        [month, "月", ..] => Some((Written { year: None, month: month_of(month)? }, 2)),
        _ => None,
    }
}

/// Digits only: 202310, 20231031.
fn compact(run: &str) -> Option<Written> {
    let is_whole = run.len() == 6 || run.len() == 8 && small(&run[6..]).is_some();
    match is_whole {
        true => dated(year_of(&run[..4])?, &run[4..6]),
        false => None,
    }
}

fn dated(year: i32, month: &str) -> Option<Written> {
    Some(Written { year: Some(year), month: month_of(month)? })
}

/// Whether the month named by the tokens from `at` to `end` is an end of a span: 9-10月, 9月至10月.
fn is_span(tokens: &[&str], at: usize, end: usize) -> bool {
    let is_to = |it: Option<&&str>| {
        it.is_some_and(|it| matches!(*it, "-" | "~" | "—" | "–" | "至" | "到" | "、"))
    };
    let is_end = |it: Option<&&str>| it.is_some_and(|it| *it == "月" || month_of(it).is_some());
    let is_alone = tokens[end - 1] == "月" && end - at == 2;
    let before = is_alone && at > 1 && is_to(tokens.get(at - 1)) && is_end(tokens.get(at - 2));
    let after = is_to(tokens.get(end)) && named(&tokens[end + 1..]).is_some();
    // 2023.9-11 has no word for the month at either end.
    let is_dotted = tokens[end - 1] != "月" && end - at == 3;
    before || after || is_dotted && is_to(tokens.get(end)) && is_end(tokens.get(end + 1))
}

/// A number of one or two digits, as days are.
fn small(run: &str) -> Option<u32> {
    let is_digits = run.len() <= 2 && run.bytes().all(|it| it.is_ascii_digit());
    run.parse().ok().filter(|it| is_digits && (1..=31).contains(it))
}

fn month_of(run: &str) -> Option<u32> {
    small(run).filter(|it| *it <= 12)
}

fn year_of(run: &str) -> Option<i32> {
    run.parse().ok().filter(|it| run.len() == 4 && YEARS.contains(it))
}

/// 2023年 or, before 年 only, 23年.
fn short_year(run: &str) -> Option<i32> {
    let short = || run.parse::<i32>().ok().filter(|_| run.len() == 2).map(|it| it + 2000);
    year_of(run).or_else(short)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Option<i32>, u32)>) {
        let expected = expected.map(|(year, month)| Written { year, month });
        assert_eq!(find(text), expected, "{text}");
    }

    #[test]
    fn a_month_with_its_year_is_read_in_every_notation() {
        for text in [
            "低保对象花名册2023年10月",
            "低保２０２３年１０月",
            "2023 年 10 月低保",
            "低保202310",
            "低保2023-10",
            "2023.10低保",
            "低保_2023_10",
            "2023/10/",
            "低保20231031",
            "2023-10-31",
            "2023.10.31导出",
            "截至2023年10月31日",
            "23年10月低保",
            "二〇二三年十月低保",
            "2023年10月（10月份）",
            "2023-10月",
            "低保202310-1",
            "430923109低保202310",
        ] {
            check(text, Some((Some(2023), 10)));
        }
        check("安化县2024年1月特困人员名单", Some((Some(2024), 1)));
    }

    #[test]
    fn a_month_alone_has_no_year() {
        for text in ["10月", "低保10月份", "2024年度10月", "第3批10月"] {
            check(text, Some((None, 10)));
        }
    }

    #[test]
    fn no_month_a_span_or_two_months_are_nothing() {
        for text in [
            "低保花名册",
            "低保2023年",
            "低保2023",
            "20230",
            "202313",
            "20231032",
            "2023-24",
            "2023年9-10月",
            "2023年9月-10月",
            "9月至10月",
            "2023.9-11",
            "202309-202310",
            "9、10月",
            "2023年10月(2023年11月2日导出)",
            "2022年10月2023年10月",
            "13月",
            "430923109",
            "110105194912310021",
            "",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_year_is_a_calendar_year_and_the_only_one() {
        let check = |text, expected| assert_eq!(year(text), expected, "{text}");
        check("2023年", Some(2023));
        check("data/民政/2023", Some(2023));
        check("2023年/2023年低保", Some(2023));
        check("2024年度", None);
        check("2024年度/2023年", Some(2023));
        check("2022年/2023年", None);
        check("430923109", None);
        check("民政", None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9年月日度至./_ 一十〇~-]{0,14}") {
            let _ = (find(&text), year(&text));
        }

        #[test]
        fn printing_and_finding_a_month_gives_it_back(year in 2000..2100_i32, month in 1..13_u32) {
            let written = Some(Written { year: Some(year), month });
            for text in [
                format!("低保{year}年{month}月"),
                format!("低保{year}{month:02}"),
                format!("低保{year}-{month:02}"),
                format!("{year}.{month}低保"),
            ] {
                prop_assert_eq!(find(&text), written, "{}", text);
            }
        }
    }
}
