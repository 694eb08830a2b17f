//! What every cell needs first: full-width, invisible and stray characters folded away.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds a cell's notation: compatibility forms (full-width digits, ideographic spaces, Kangxi
/// radicals) become the plain ones, invisible characters go, the spreadsheet's text marks
/// (`'…`, `="…"`) and outer spaces too. Folding twice is folding once.
///
/// A cell of plain ASCII or Hanzi is returned as it is.
pub fn fold(raw: &str) -> Cow<'_, str> {
    if raw.chars().all(is_plain) {
        return Cow::Borrowed(strip_marks(raw));
    }
    let kept = raw.chars().filter(|&c| !is_invisible(c)).map(|c| if is_space(c) { ' ' } else { c });
    let folded: String = kept.nfkc().collect();
    let stripped = strip_marks(&folded);
    if stripped.len() == folded.len() {
        return Cow::Owned(folded);
    }
    Cow::Owned(stripped.to_owned())
}

/// Whether a cell holds nothing but blanks, error values and marks that stand for nothing.
pub fn is_blank(raw: &str) -> bool {
    // Nearly every cell starts with a letter, a digit or a Hanzi that begins no such mark.
    match raw.bytes().next() {
        None => return true,
        Some(b'0'..=b'9') => return false,
        _ => {}
    }
    let folded = fold(raw);
    if folded.chars().all(is_filler) {
        return true;
    }
    if folded.len() > LONGEST_NOTHING {
        return false;
    }
    let bare =
        folded.trim_matches(['(', ')', '[', ']', '<', '>', '【', '】', '#', '!', '?']).trim();
    bare.is_empty() || NOTHING.iter().any(|it| bare.eq_ignore_ascii_case(it))
}

/// The key under which the cells of a header are compared: folded, without white space, remarks
/// in brackets, required-marks or colons, in lower case.
pub fn header_key(raw: &str) -> String {
    let folded = fold(raw);
    let dense = || folded.chars().filter(|c| !c.is_whitespace() && !is_header_mark(*c));
    let mut depth = 0;
    let outside = |c: &char| {
        let was = depth;
        match c {
            '(' | '[' | '【' | '〔' | '「' | '{' => depth += 1,
            ')' | ']' | '】' | '〕' | '」' | '}' => depth = (depth - 1).max(0),
            _ => return was == 0,
        }
        false
    };
    // Composed again, since what parted a letter from its accent may be gone.
    let key: String = dense().filter(outside).map(|c| c.to_ascii_lowercase()).nfc().collect();
    if !key.is_empty() {
        return key;
    }
    // All of it stood in brackets: then the brackets are the remark.
    let inside = dense().filter(|c| !"()[]【】〔〕「」{}".contains(*c));
    inside.map(|c| c.to_ascii_lowercase()).nfc().collect()
}

/// The longest of `NOTHING` in bytes, with room for brackets.
const LONGEST_NOTHING: usize = 16;

/// Words that stand for "nothing here".
const NOTHING: &[&str] = &[
    "无",
    "空",
    "暂无",
    "没有",
    "不详",
    "不明",
    "未知",
    "未填",
    "未填写",
    "无数据",
    "空白",
    "n/a",
    "na",
    "null",
    "nil",
    "none",
    "nan",
    "nat",
    "ref",
    "value",
    "name",
    "num",
    "div/0",
];

fn is_filler(c: char) -> bool {
    matches!(c, ' ' | '-' | '—' | '–' | '―' | '−' | '_' | '/' | '\\' | '.' | '。' | '、' | '|')
}

fn is_header_mark(c: char) -> bool {
    matches!(c, ':' | '*' | '★' | '☆' | '※' | '#' | '"' | '\'' | '‘' | '’' | '`' | '“' | '”')
}

/// Characters that folding never changes; all of ASCII's printables and the common Hanzi.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '·' | '、' | '。')
}

/// Blanks of every width, and line breaks, which part words as a blank does.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2800}' | '\u{180E}')
}

/// What nobody sees: controls, zero-width and bidirectional marks, fillers, and the selectors
/// that choose among glyphs of one character.
fn is_invisible(c: char) -> bool {
    let format = matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180D}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    );
    format || (c.is_control() && !c.is_whitespace())
}

/// Outer blanks, and the marks by which a spreadsheet was told "this is text".
fn strip_marks(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let quoted = text.strip_prefix('=').and_then(|it| it.strip_prefix(['"', '“', '”']));
        let inner = quoted.and_then(|it| it.strip_suffix(['"', '”', '“']));
        let marked = || {
            let inner = text.strip_prefix(['\'', '‘', '’', '`'])?;
            Some(inner.strip_suffix(['\'', '’']).unwrap_or(inner))
        };
        match inner.or_else(marked) {
            Some(inner) => text = inner.trim(),
            None => return text,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        assert_eq!(fold(raw), expected, "{raw:?}");
    }

    #[test]
    fn width_blanks_and_invisible_characters_are_folded() {
        check("３８０", "380");
        check("Ｘ（元）", "X(元)");
        check("\u{FEFF}张\u{3000}三\u{A0}", "张 三");
        check("\u{202D}11\u{200B}01\u{202C}\r", "1101");
        check("⼀", "一");
        check("葛\u{E0100}", "葛");
        check("第一行\r\n第二行", "第一行  第二行");
    }

    #[test]
    fn a_spreadsheets_text_marks_are_stripped() {
        check("'0123", "0123");
        check("‘0123", "0123");
        check("=\"0123\"", "0123");
        check("＝“0123”", "0123");
        check("\t'  0123", "0123");
        check("‘0123’", "0123");
        check("=1+2", "=1+2");
    }

    #[test]
    fn a_plain_cell_is_not_copied() {
        for raw in ["11010519491231002X", "张三", " 2023-09-01 ", "买买提·艾力"] {
            assert!(matches!(fold(raw), Cow::Borrowed(_)), "{raw}");
        }
    }

    #[test]
    fn marks_for_nothing_are_blank_and_words_are_not() {
        for raw in ["", " ", "\u{3000}", "-", "——", "/", "\\", "无", "暂无", "N/A", "#N/A", "null"]
        {
            assert!(is_blank(raw), "{raw:?}");
        }
        for raw in ["NULL", "不详", "（空）", "#REF!", "#DIV/0!", "－", "...", "#NAME?", "\u{200B}"]
        {
            assert!(is_blank(raw), "{raw:?}");
        }
        for raw in ["0", "无锡", "张三", "空军", "-380", "X", "n/a 12", "不详细的一段文字"]
        {
            assert!(!is_blank(raw), "{raw:?}");
        }
    }

    #[test]
    fn headers_meet_whatever_their_remarks() {
        let check = |raw, expected: &str| assert_eq!(header_key(raw), expected, "{raw:?}");
        check("金额（元）", "金额");
        check(" 身 份\n证 号码 *：", "身份证号码");
        check("*姓名(必填)", "姓名");
        check("ID号【18位】", "id号");
        check("（备注）", "备注");
        check("金额（元", "金额");
        check("金额）元", "金额元");
    }

    fn edges() -> impl Strategy<Value = String> {
        let odd = prop::sample::select(
            " '‘’`=\"“”１Ｘ（\u{200B}\u{FEFF}\u{3000}\u{A0}\u{202D}\tｶﾞ⼀⻩é\u{301}İßﬁ①½¨张·\u{E0100}"
                .chars()
                .collect::<Vec<_>>(),
        );
        prop::collection::vec(prop_oneof![4 => odd, 1 => any::<char>()], 0..12)
            .prop_map(|it| it.into_iter().collect())
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(raw in edges()) {
            let once = fold(&raw).into_owned();
            prop_assert_eq!(fold(&once), once.as_str());
        }

        #[test]
        fn header_keys_are_stable(raw in edges()) {
            let once = header_key(&raw);
            prop_assert_eq!(header_key(&once), once);
        }
    }
}
