//! Labels of subsidy categories: three bureaus call one category by three names.

use super::text;

/// The key under which the names of one category meet: 城乡重度（1~2级）残疾人员-7069 and
/// 民政重度(一、二级)残疾 are one. Only what never tells categories apart is dropped: codes,
/// brackets, marks, a leading 民政 or 城乡, and 对象, 人员 or 户 at the end.
pub fn key(raw: &str) -> String {
    let folded = text::fold(raw);
    let mut key = levels(without_code(&folded));
    key.retain(|c| c.is_alphanumeric());
    let mut name = key.as_str();
    loop {
        let after = ["对象", "人员", "户"].iter().find_map(|it| name.strip_suffix(it));
        let before = ["民政", "城乡"].iter().find_map(|it| name.strip_prefix(it));
        match after.or(before).filter(|it| it.chars().nth(1).is_some()) {
            Some(shorter) => name = shorter,
            None => return name.to_ascii_lowercase(),
        }
    }
}

/// Cuts off the code of an exchange file: 特困人员-7131.
fn without_code(label: &str) -> &str {
    let bare = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_code = (2..=6).contains(&(label.len() - bare.len()));
    match bare.strip_suffix(['-', '—', '_']).filter(|it| is_code && !it.is_empty()) {
        Some(bare) => bare.trim_end(),
        None => label,
    }
}

/// Grades in one notation, without what stands between them: 1~2级, 一、二级 and 一级二级 are 12级.
fn levels(label: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || is_span(*c) || is_between(*c);
    let chars: Vec<char> = label.chars().filter(is_kept).collect();
    let mut out = String::with_capacity(label.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some((grades, end)) = grades(&chars, at) {
            (1..=9).filter(|it| grades & 1 << it != 0).for_each(|it: u32| {
                out.extend(char::from_digit(it, 10));
            });
            out.push('级');
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// The grades named from here on, as bits, and where they end; a span names all between.
fn grades(chars: &[char], start: usize) -> Option<(u32, usize)> {
    let (mut bits, mut last, mut is_span) = (0_u32, grade(*chars.get(start)?)?, false);
    let (mut at, mut end) = (start, None);
    while let Some(&c) = chars.get(at) {
        if let Some(grade) = grade(c) {
            for it in if is_span { last..=grade } else { grade..=grade } {
                bits |= 1 << it;
            }
            (last, is_span) = (grade, false);
        } else {
            match c {
                '级' => end = Some((bits, at + 1)),
                _ if self::is_span(c) => is_span = true,
                _ if is_between(c) => {}
                _ => break,
            }
        }
        at += 1;
    }
    end
}

fn is_span(c: char) -> bool {
    matches!(c, '~' | '-' | '—' | '–' | '至' | '到')
}

fn is_between(c: char) -> bool {
    matches!(c, '、' | ',' | '和' | '及' | '或' | '/')
}

fn grade(c: char) -> Option<u32> {
    const GRADES: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let written = GRADES.iter().position(|it| *it == c).map(|it| it as u32 + 1);
    written.or_else(|| c.to_digit(10).filter(|it| *it > 0))
}

/// The labels in a cell that names several. A mark parts only what looks like a label on both
/// sides, so 重度（1、2级）残疾 stays whole.
pub fn split(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw.trim()).filter(|it| !text::is_blank(it));
    std::iter::from_fn(move || {
        let text = rest?;
        let (label, after) = match cut(text) {
            Some((at, mark)) => (&text[..at], Some(&text[at + mark..])),
            None => (text, None),
        };
        rest = after.map(|it| it.trim_start_matches(|c| is_mark(c) || text::is_space(c)));
        Some(label.trim_matches(|c| is_mark(c) || text::is_space(c)))
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '、' | ',' | '，' | ';' | '；' | '/' | '／' | '+' | '＋' | '|' | '｜' | '\n' | '\r')
}

/// The first mark that parts two labels, and its length.
fn cut(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth -= 1,
            _ => {}
        }
        let end = at + c.len_utf8();
        if is_mark(c) && depth <= 0 && is_label(&text[..at]) && starts_label(&text[end..]) {
            // Between grades a mark counts them up: 一、二级.
            let before = text[..at].chars().next_back().is_some_and(|it| grade(it).is_some());
            let after = text[end..].chars().next().is_some_and(|it| grade(it).is_some());
            if !(before && after) {
                return Some((at, c.len_utf8()));
            }
        }
    }
    None
}

/// Whether the text has the two Hanzi that the shortest label has.
fn is_label(text: &str) -> bool {
    text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')).nth(1).is_some()
}

/// Whether a label starts behind a mark, before the next one.
fn starts_label(text: &str) -> bool {
    let text = text.trim_start_matches(|c| is_mark(c) || text::is_space(c));
    let mut depth = 0_i32;
    let end = text.find(|c| {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        is_mark(c) && depth <= 0
    });
    let first = &text[..end.unwrap_or(text.len())];
    is_label(first) || end.is_some_and(|_| !first.is_empty() && starts_grades(text))
}

/// 三、四级残疾: the mark belongs to the grades.
fn starts_grades(text: &str) -> bool {
    let chars: Vec<char> = text.chars().take(12).collect();
    grades(&chars, 0).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(labels: &[&str], expected: &str) {
        for label in labels {
            assert_eq!(key(label), expected, "{label}");
        }
    }

    #[test]
    fn the_names_of_a_category_meet() {
        check(&["特困人员-7131", "特困人员", "民政特困人员", " 特困 人员 "], "特困");
        check(&["民政城乡低保对象", "低保对象", "城乡低保", "低保户"], "低保");
        check(&["城乡孤儿-7041", "民政城乡孤儿", "孤儿"], "孤儿");
        check(&["脱贫不稳定户-7203", "脱贫不稳定户"], "脱贫不稳定");
        check(
            &["城乡重度（1~2级）残疾人员-7069", "民政重度(一、二级)残疾人员", "重度1-2级残疾"],
            "重度12级残疾",
        );
        check(
            &[
                "重度（1-2级）残疾",
                "重度（一二级）残疾",
                "重度(一级、二级)残疾",
                "重度１、２级残疾",
            ],
            "重度12级残疾",
        );
        check(&["1至4级残疾", "一～四级残疾"], "1234级残疾");
    }

    #[test]
    fn distinct_categories_stay_distinct() {
        let labels = [
            "低保对象",
            "低保边缘户",
            "低保边缘家庭",
            "特困人员",
            "特困供养人员",
            "城市低保",
            "农村低保",
            "返贫致贫人口",
            "脱贫不稳定户",
            "边缘易致贫户",
            "突发严重困难户",
            "一级残疾",
            "1、3级残疾",
            "1-3级残疾",
            "在乡老复员军人-7090",
            "在乡重点优抚对象-7052",
        ];
        let mut keys: Vec<String> = labels.iter().map(|it| key(it)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), labels.len(), "{keys:?}");
    }

    #[test]
    fn noise_is_never_all_of_a_label() {
        check(&["人员"], "人员");
        check(&["民政对象"], "民政");
        check(&["-7131"], "7131");
        check(&[""], "");
    }

    #[test]
    fn several_labels_in_a_cell_are_parted() {
        let check = |raw: &str, expected: &[&str]| {
            assert_eq!(split(raw).collect::<Vec<_>>(), expected, "{raw}");
        };
        check("低保对象", &["低保对象"]);
        for mark in "、,，;；/+\n".chars() {
            check(&format!("低保对象{mark}重度残疾"), &["低保对象", "重度残疾"]);
        }
        check("重度（1、2级）残疾、低保", &["重度（1、2级）残疾", "低保"]);
        check("残疾1、2级", &["残疾1、2级"]);
        check("残疾一、二级重度", &["残疾一、二级重度"]);
        check("残疾（重度、中度）、低保", &["残疾（重度、中度）", "低保"]);
        check("一、二级残疾/孤儿", &["一、二级残疾", "孤儿"]);
        check("低保、三、四级残疾", &["低保", "三、四级残疾"]);
        check("低保、", &["低保"]);
        check("低保,,特困", &["低保", "特困"]);
        check("", &[]);
        check("无", &[]);
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(raw in label()) {
            let once = key(&raw);
            prop_assert_eq!(key(&once), once);
        }

        #[test]
        fn parting_loses_nothing_but_marks(raw in label()) {
            let parts: String = split(&raw).collect();
            let is_kept = |c: &char| !is_mark(*c) && !text::is_space(*c);
            let strip = |it: &str| it.chars().filter(is_kept).collect::<String>();
            prop_assert!(text::is_blank(&raw) || strip(&parts) == strip(&raw), "{}", parts);
        }
    }

    fn label() -> impl Strategy<Value = String> {
        "[民政城乡低保对象人员户残疾重度一二三12~、至级（）()，/ 　-]{0,14}"
    }
}
