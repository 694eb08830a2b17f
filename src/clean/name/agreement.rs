//! How well two normalised names agree.

use std::cmp::Ordering;

use super::glyph::{WILDCARD, is_han, is_separator};
use super::sound::syllable;
use super::variant::usual;

crate::labelled! {
    /// How two names agree, in falling strength.
    pub enum NameAgreement {
        Same = "same", "一致";
        Variant = "variant", "异体或繁简";
        Shortened = "shortened", "少数民族姓名简写";
        Wildcard = "wildcard", "生僻字缺失";
        SameSound = "same-sound", "同音";
        OneCharacter = "one-character", "一字之差";
        Permuted = "permuted", "字序颠倒";
        Unrelated = "unrelated", "不一致";
    }
}

/// How two names, as `read` gives them, agree. A missing name agrees with nothing.
pub fn agreement(a: &str, b: &str) -> NameAgreement {
    if a.is_empty() || b.is_empty() {
        return NameAgreement::Unrelated;
    }
    if a == b {
        // What is unknown in both need not be the same.
        let is_whole = !a.contains(WILDCARD);
        return if is_whole { NameAgreement::Same } else { NameAgreement::Wildcard };
    }
    let (Some(a_letters), Some(b_letters)) = (Letters::of(a), Letters::of(b)) else {
        return NameAgreement::Unrelated;
    };
    let (a_all, b_all) = (a_letters.as_slice(), b_letters.as_slice());
    if a_all == b_all {
        let is_whole = !a_all.contains(&WILDCARD);
        return if is_whole { NameAgreement::Variant } else { NameAgreement::Wildcard };
    }
    if is_cut(a, a_all, b_all) || is_cut(b, b_all, a_all) {
        return NameAgreement::Shortened;
    }
    if a_all.len() == b_all.len() {
        if meet_but_for_wildcards(a_all, b_all) {
            return NameAgreement::Wildcard;
        }
        if sound_alike(a_all, b_all) {
            return NameAgreement::SameSound;
        }
    }
    if is_short_of_wildcard(a_all, b_all) || is_short_of_wildcard(b_all, a_all) {
        return NameAgreement::Wildcard;
    }
    if is_one_edit(a_all, b_all) {
        return NameAgreement::OneCharacter;
    }
    if is_permuted(a_all, b_all) {
        return NameAgreement::Permuted;
    }
    NameAgreement::Unrelated
}

/// The longest name that is compared letter by letter; longer ones are equal or not.
const LONGEST: usize = 64;

/// A name's characters in their usual forms, without separators, kept off the heap.
struct Letters {
    chars: [char; LONGEST],
    len: usize,
}

impl Letters {
    fn of(name: &str) -> Option<Letters> {
        let mut letters = Letters { chars: ['\0'; LONGEST], len: 0 };
        for c in name.chars().filter(|&c| c != ' ' && !is_separator(c)) {
            *letters.chars.get_mut(letters.len)? = if is_han(c) { usual(c) } else { c };
            letters.len += 1;
        }
        Some(letters)
    }

    fn as_slice(&self) -> &[char] {
        &self.chars[..self.len]
    }
}

fn is_hanzi(letters: &[char]) -> bool {
    letters.iter().all(|&c| is_han(c) || c == WILDCARD)
}

/// Whether `short` is the long name up to one of its separators: 买买提·艾力 as 买买提.
fn is_cut(long: &str, long_letters: &[char], short: &[char]) -> bool {
    if short.len() < 2 || short.contains(&WILDCARD) || !long_letters.starts_with(short) {
        return false;
    }
    let mut letters = 0;
    long.chars().any(|c| {
        if is_separator(c) {
            return letters == short.len();
        }
        letters += usize::from(c != ' ');
        false
    })
}

fn meet_but_for_wildcards(a: &[char], b: &[char]) -> bool {
    let mut known = 0;
    let meet = a.iter().zip(b).all(|(x, y)| {
        known += usize::from(x == y && *x != WILDCARD);
        x == y || *x == WILDCARD || *y == WILDCARD
    });
    meet && known > 0
}

fn sound_alike(a: &[char], b: &[char]) -> bool {
    let alike = |at: usize| {
        a[at] == b[at] || {
            let sound = syllable(a, at);
            sound.is_some() && sound == syllable(b, at)
        }
    };
    a.len() > 1 && is_hanzi(a) && is_hanzi(b) && (0..a.len()).all(alike)
}

/// Whether a name only lacks the character that another source could not write.
fn is_short_of_wildcard(short: &[char], long: &[char]) -> bool {
    short.len() >= 2
        && short.len() + 1 == long.len()
        && !short.contains(&WILDCARD)
        && long.iter().filter(|c| **c != WILDCARD).eq(short)
}

/// One substitution, insertion or deletion in a name long enough to bear it. The surname stays,
/// or is one that is easily taken for the other.
fn is_one_edit(a: &[char], b: &[char]) -> bool {
    let hanzi = is_hanzi(a) && is_hanzi(b);
    let least = if hanzi { 3 } else { 5 };
    if a.len().max(b.len()) < least || a.contains(&WILDCARD) || b.contains(&WILDCARD) {
        return false;
    }
    let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a_rest, b_rest) = (&a[before..], &b[before..]);
    let after = a_rest.iter().rev().zip(b_rest.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a_edit, b_edit) = (a_rest.len() - after, b_rest.len() - after);
    match (a_edit.max(b_edit), before) {
        (1, 0) => hanzi && a_edit == b_edit && are_close_surnames(a, b),
        (1, _) => true,
        _ => false,
    }
}

/// Surnames that are misread or misheard for each other.
fn are_close_surnames(a: &[char], b: &[char]) -> bool {
    const ALIKE: &str = "王玉王汪田由申甲白百卢户候侯未末祁祈冯马沈沉刘文陈阵杨扬汤杨郑邓\
        季李吉古千于干于史吏毛手邹周师帅钟钏冷泠任仁朱未包色鲁曾会倪兒范苑贾买";
    let chars = || ALIKE.chars().zip(ALIKE.chars().skip(1)).step_by(2);
    let looks = chars().any(|it| it == (a[0], b[0]) || it == (b[0], a[0]));
    looks
        || match (syllable(a, 0), syllable(b, 0)) {
            (Some(x), Some(y)) => coarse(x).eq(coarse(y)),
            _ => false,
        }
}

/// A syllable without what dialects do not part: zh/z, ch/c, sh/s, l/n, -ng/-n.
fn coarse(syllable: &str) -> impl Iterator<Item = u8> {
    let trimmed = syllable.strip_suffix('g').unwrap_or(syllable);
    trimmed.bytes().enumerate().filter_map(|(at, byte)| match (at, byte) {
        (0, b'l') => Some(b'n'),
        (1, b'h') => None,
        _ => Some(byte),
    })
}

/// The same characters in another order.
fn is_permuted(a: &[char], b: &[char]) -> bool {
    if a.len() != b.len() || a.len() < 3 || a.contains(&WILDCARD) {
        return false;
    }
    let count = |all: &[char], c: char| all.iter().filter(|it| **it == c).count();
    if !is_hanzi(a) {
        // Letters in any order are no name: the words must be the same, seen as a rotation.
        return (1..a.len()).any(|it| rotated(a, b, it).is_eq());
    }
    a.iter().all(|&c| count(a, c) == count(b, c))
}

/// Compares `a`, turned by some places, with `b`.
fn rotated(a: &[char], b: &[char], by: usize) -> Ordering {
    a[by..].iter().chain(&a[..by]).cmp(b)
}

#[cfg(test)]
mod tests {
    use NameAgreement::*;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: NameAgreement) {
        assert_eq!(agreement(a, b), expected, "{a} {b}");
        assert_eq!(agreement(b, a), expected, "{b} {a}");
    }

    #[test]
    fn strength_falls_in_declared_order() {
        assert!(Same < Variant && Variant < Shortened && Shortened < Wildcard);
        assert!(Wildcard < SameSound && SameSound < OneCharacter && Permuted < Unrelated);
    }

    #[test]
    fn nothing_agrees_with_a_missing_name() {
        check("", "", Unrelated);
        check("", "张三", Unrelated);
    }

    #[test]
    fn variants_and_separators_are_not_silently_the_same() {
        check("张三", "张三", Same);
        for (a, b) in [("张昇", "张升"), ("王喆", "王哲"), ("呂溫", "吕温"), ("陳堃", "陈坤")]
        {
            check(a, b, Variant);
        }
        check("买买提·艾力", "买买提艾力", Variant);
        check("肖明", "萧明", Variant);
        check("ANNA MARIA", "ANNA-MARIA", Variant);
    }

    #[test]
    fn a_transliterated_name_may_be_cut_at_a_separator() {
        check("买买提·艾力", "买买提", Shortened);
        check("古丽·买买提·艾力", "古丽·买买提", Shortened);
        check("买买提·艾力", "买买", Unrelated);
        check("艾·买提", "艾", Unrelated);
        check("张三丰", "张三", OneCharacter);
    }

    #[test]
    fn wildcards_agree_with_any_one_character() {
        check("刘〓明", "刘䶮明", Wildcard);
        check("刘〓", "刘䶮", Wildcard);
        check("刘〓", "刘〓", Wildcard);
        check("刘〓", "刘䶮明", Unrelated);
        check("刘明", "刘明〓", Wildcard);
        check("刘", "刘〓", Unrelated);
        check("〓〓", "刘明", Unrelated);
    }

    #[test]
    fn homophones_sound_the_same() {
        for (a, b) in [("王丽", "王莉"), ("李俊", "李军"), ("章红", "张洪"), ("单明", "山明")]
        {
            check(a, b, SameSound);
        }
        check("单明", "丹明", Unrelated);
        check("张涛", "张滔", SameSound);
    }

    #[test]
    fn one_character_may_differ_in_a_long_name_only() {
        check("张晓明", "张晓朋", OneCharacter);
        check("张晓明", "张明", OneCharacter);
        check("陈晓明", "程晓明", OneCharacter);
        check("王晓明", "玉晓明", OneCharacter);
        check("陈晓明", "赵晓明", Unrelated);
        check("张明", "张华", Unrelated);
        check("张明", "赵明", Unrelated);
        check("张晓明", "张建国", Unrelated);
        check("张晓明", "晓明", Unrelated);
        check("MARIA", "MARYA", OneCharacter);
        check("LI", "LU", Unrelated);
    }

    #[test]
    fn the_same_characters_in_another_order_are_permuted() {
        check("张小明", "张明小", Permuted);
        check("明张小", "张小明", Permuted);
        check("SMITH JOHN", "JOHN SMITH", Permuted);
        check("ANNA", "NANA", Unrelated);
        check("张文", "文张", Unrelated);
    }

    proptest! {
        #[test]
        fn agreement_has_no_direction(
            a in "[张章王玉明晓昇升〓·买提A-C]{0,6}", b in "[张章王玉明晓昇升〓·买提A-C]{0,6}",
        ) {
            prop_assert_eq!(agreement(&a, &b), agreement(&b, &a));
        }

        #[test]
        fn a_name_is_the_same_as_itself(a in "[张章王玉明晓昇升·买提A-C]{1,6}") {
            prop_assert_eq!(agreement(&a, &a), Same);
        }
    }
}
