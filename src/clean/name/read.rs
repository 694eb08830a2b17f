//! From a cell to a normalised name.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::glyph::{self, WILDCARD, is_han, is_separator};
use super::note::{self, NameNote};
use crate::clean::text;

/// What the cell of a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRead<'a> {
    /// The normalised name; empty where there is none.
    pub text: Cow<'a, str>,
    pub note: Option<NameNote>,
    /// A former name that the cell gives, normalised.
    pub former: Option<String>,
}

/// Reads and normalises a name: no blanks within Hanzi, `·` between the words of a
/// transliteration, Latin letters as capitals, `〓` for each character that the source could not
/// write. Reading what was read changes nothing.
///
/// The placeholder of a newborn (张三之子) keeps its last words, so that the child never agrees
/// with the parent.
pub fn read(raw: &str) -> NameRead<'_> {
    if is_usual(raw) {
        return NameRead { text: Cow::Borrowed(raw), note: None, former: None };
    }
    let folded = text::fold(raw);
    let plain: String = folded.chars().map(glyph::plain).collect();
    let described = glyph::without_descriptions(&plain);
    let (mut name, mut note, mut own_note, mut former) = (described.into_owned(), None, None, None);
    // What normalising takes away may have parted the words of a remark: 曾 用 名.
    loop {
        let parted = note::part(&name);
        let (next, from_glyphs) = normalised(parted.name);
        note = note.into_iter().chain(parted.note).min();
        own_note = own_note.or(from_glyphs);
        former = former.or(parted.former.map(|it| normalised(it).0));
        if next == name {
            break;
        }
        name = next;
    }
    if is_unusable(&name) {
        return NameRead { text: Cow::Borrowed(""), note: Some(NameNote::Unusable), former: None };
    }
    let former = former.filter(|it| !is_unusable(it));
    NameRead { text: Cow::Owned(name), note: note.or(own_note), former }
}

/// The common case, which needs no copy: two to four common Hanzi, none of which occurs in a
/// remark.
fn is_usual(raw: &str) -> bool {
    const REMARKS: &str = "之婴亡故死去曾用原又别改已某新";
    matches!(raw.len(), 6 | 9 | 12)
        && raw.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}') && !REMARKS.contains(c))
        && !is_unusable(raw)
}

fn normalised(name: &str) -> (String, Option<NameNote>) {
    if name.contains(is_han) || !name.contains(char::is_alphabetic) && name.contains(WILDCARD) {
        han(name)
    } else {
        (latin(name), None)
    }
}

/// A name in Hanzi: separators only between characters, Latin letters as the unknown glyph that
/// they stand for, no digits.
fn han(name: &str) -> (String, Option<NameNote>) {
    let mut out = String::with_capacity(name.len());
    let mut note = None;
    let (mut separated, mut in_letters) = (false, false);
    for c in name.chars() {
        if text::is_space(c) {
            in_letters = false;
            continue;
        }
        if is_separator(c) {
            (separated, in_letters) = (true, false);
            continue;
        }
        let letter = c.is_alphabetic() && !is_han(c);
        if !letter && !is_han(c) && c != WILDCARD {
            note = note.or(Some(NameNote::Remark));
            in_letters = false;
            continue;
        }
        // A syllable stands for one character, but 李XX hides two.
        let is_x = matches!(c, 'X' | 'x');
        if letter && in_letters && !is_x {
            continue;
        }
        if separated && !out.is_empty() {
            out.push('·');
        }
        separated = false;
        in_letters = letter;
        if letter && !is_x {
            note = Some(NameNote::Pinyin);
        } else if (c == WILDCARD || letter) && note != Some(NameNote::Pinyin) {
            note = Some(NameNote::WildcardGlyph);
        }
        out.push(if letter { WILDCARD } else { c });
    }
    (out, note)
}

/// A name in another script: capitals, one blank between words.
fn latin(name: &str) -> String {
    let is_kept = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '·') || is_mark(c);
    let upper: String = name.chars().flat_map(char::to_uppercase).nfkc().collect();
    let mut out = String::with_capacity(upper.len());
    for word in upper.split(|c| !is_kept(c)) {
        let word = word.trim_matches(['-', '\'', '·']).trim_start_matches(is_mark);
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// Marks that belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether nothing in the text can be somebody's name.
fn is_unusable(name: &str) -> bool {
    const NO_NAMES: &[&str] = &[
        "不详",
        "未知",
        "测试",
        "无名",
        "无名氏",
        "姓名",
        "合计",
        "小计",
        "总计",
        "待定",
        "未取名",
        "未命名",
        "待取名",
        "无",
        "空",
        "暂无",
        "没有",
        "某某",
        "某某某",
        "新生儿",
        "婴儿",
        "男婴",
        "女婴",
        "不明",
        "无姓名",
        "测试人员",
        "测试数据",
        "已故",
        "死亡",
        "NULL",
        "NONE",
        "TEST",
        "NAN",
        "NA",
        "N A",
        "备注",
        "户主",
        "本人",
    ];
    let has_letter = name.chars().any(|c| c.is_alphabetic() && c != WILDCARD);
    let all_x = name.chars().all(|c| matches!(c, 'X' | ' '));
    // What UTF-8 and unwritten memory look like when they are read as GBK.
    let is_mojibake = ["锟斤", "斤拷", "烫烫", "屯屯"].iter().any(|it| name.contains(it));
    !has_letter || all_x || is_mojibake || NO_NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str, note: Option<NameNote>) {
        let got = read(raw);
        assert_eq!((got.text.as_ref(), got.note), (expected, note), "{raw:?}");
    }

    #[test]
    fn a_usual_name_is_not_copied() {
        for raw in ["张三", "欧阳明", "李小明", "王大"] {
            let got = read(raw);
            assert_eq!((got.text.as_ref(), got.note), (raw, None));
        }
        for raw in ["张三", "李小明", "王大", "欧阳小明"] {
            assert!(matches!(read(raw).text, Cow::Borrowed(_)), "{raw}");
        }
    }

    #[test]
    fn blanks_and_separators_are_unified() {
        for raw in ["张　三", " 张 三 ", "张\u{A0}三\u{200B}", "张·三·"] {
            let expected = if raw.contains('·') { "张·三" } else { "张三" };
            check(raw, expected, None);
        }
        for dot in "·•‧∙⋅・･．.ꞏ。-".chars() {
            check(&format!("买买提{dot}艾力"), "买买提·艾力", None);
        }
        check("买买提 · 艾力", "买买提·艾力", None);
        check("买买提··艾力", "买买提·艾力", None);
    }

    #[test]
    fn latin_names_are_capitals_with_single_blanks() {
        check("  Smith,  John ", "SMITH JOHN", None);
        check("o'Neil-Ström", "O'NEIL-STRÖM", None);
        check("ＡＮＮＡ", "ANNA", None);
        check("İlham", "İLHAM", None);
    }

    // Corruption 20, and rare characters in private codes.
    #[test]
    fn radicals_private_codes_and_rare_characters_are_kept_as_meant() {
        check("⻩三", "黄三", None);
        check("⼀⼆", "一二", None);
        check("刘\u{E863}", "刘䶮", None);
        check("刘䶮", "刘䶮", None);
        check("王\u{30EDE}", "王\u{30EDE}", None);
        check("葛\u{E0100}三", "葛三", None);
    }

    #[test]
    fn an_unknown_glyph_is_one_wildcard() {
        for glyph in ["?", "？", "□", "〓", "*", "\u{FFFD}", "\u{E123}", "(龙/天)", "⿱龙天"]
        {
            check(&format!("刘{glyph}明"), "刘〓明", Some(NameNote::WildcardGlyph));
        }
        check("李XX", "李〓〓", Some(NameNote::WildcardGlyph));
        check("王YAN", "王〓", Some(NameNote::Pinyin));
        check("王 yan 明", "王〓明", Some(NameNote::Pinyin));
    }

    #[test]
    fn remarks_are_taken_off_and_kept() {
        for raw in ["张三（已故）", "张三(亡)", "张三已故", "张三 已死亡", "已故张三"]
        {
            check(raw, "张三", Some(NameNote::Deceased));
        }
        for raw in ["张三（曾用名：李四）", "张三曾用名李四", "张三(原名 李 四)"]
        {
            check(raw, "张三", Some(NameNote::FormerName));
            assert_eq!(read(raw).former.as_deref(), Some("李四"), "{raw}");
        }
        check("张三(大)", "张三", Some(NameNote::Remark));
        check("张三2", "张三", Some(NameNote::Remark));
        check("张三（大）（已故）", "张三", Some(NameNote::Deceased));
    }

    #[test]
    fn a_newborns_placeholder_never_becomes_the_parents_name() {
        for raw in ["张小丽之子", "李某之子", "张小丽之女", "张小丽之女婴", "王某男婴"]
        {
            check(raw, raw, Some(NameNote::Newborn));
        }
        check("王羲之", "王羲之", None);
        check("李之子", "李之子", None);
        check("张三（新生儿）", "张三", Some(NameNote::Newborn));
    }

    #[test]
    fn what_is_no_name_is_unusable() {
        for raw in [
            "锟斤拷",
            "烫烫烫",
            "",
            " ",
            "-",
            "不详",
            "测试",
            "XXX",
            "***",
            "123",
            "11010519491231002X",
            "合计",
        ] {
            check(raw, "", Some(NameNote::Unusable));
        }
    }

    proptest! {
        // Arbitrary Unicode finds little; an alphabet of what names are made of finds all.
        #[test]
        fn reading_twice_is_reading_once(raw in name()) {
            let once = read(&raw).text.into_owned();
            prop_assert_eq!(read(&once).text, once.as_str());
        }
    }

    fn name() -> impl Strategy<Value = String> {
        const ALPHABET: &str = "张三李四买提艾力曾用名原又已故亡之子女婴某不详未知大小〓·•。.-'’ \
            \u{3000}()（）[/龙+天]⿱⿰?*XxYanİıßŉΐﬁéÅ\u{301}\u{307}⻩⼀\u{E863}\u{E123}䶮𠂇\u{200B}12:";
        let of_names = prop::sample::select(ALPHABET.chars().collect::<Vec<_>>());
        prop::collection::vec(prop_oneof![9 => of_names, 1 => any::<char>()], 0..10)
            .prop_map(|it| it.into_iter().collect())
    }
}
