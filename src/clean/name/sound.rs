//! How a name sounds: pinyin without tones, surnames in their own readings.

use pinyin::ToPinyin;

use super::glyph::is_separator;

/// Characters read otherwise as surnames.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('單', "shan"),
    ('仇', "qiu"),
    ('区', "ou"),
    ('區', "ou"),
    ('查', "zha"),
    ('任', "ren"),
    ('解', "xie"),
    ('华', "hua"),
    ('華', "hua"),
    ('曾', "zeng"),
    ('盖', "ge"),
    ('蓋', "ge"),
    ('朴', "piao"),
    ('覃', "qin"),
    ('缪', "miao"),
    ('繆', "miao"),
    ('乐', "yue"),
    ('樂', "yue"),
    ('召', "shao"),
    ('黑', "he"),
    ('折', "she"),
    ('宁', "ning"),
    ('隗', "wei"),
    ('种', "chong"),
    ('员', "yun"),
    ('贠', "yun"),
    ('祭', "zhai"),
    ('句', "gou"),
    ('秘', "bi"),
    ('洗', "xian"),
    ('冼', "xian"),
    ('逄', "pang"),
    ('卜', "bu"),
    ('牟', "mu"),
    ('乜', "nie"),
    ('都', "du"),
    ('哈', "ha"),
    ('能', "nai"),
    ('那', "na"),
    ('盛', "sheng"),
    ('翟', "zhai"),
    ('柏', "bai"),
    ('郇', "xun"),
    ('郗', "xi"),
    ('郄', "qie"),
    ('车', "che"),
    ('贲', "ben"),
    ('葛', "ge"),
    ('过', "guo"),
    ('薄', "bo"),
    ('冯', "feng"),
    ('燕', "yan"),
    ('要', "yao"),
    ('番', "pan"),
    ('眭', "sui"),
    ('阚', "kan"),
    ('闞', "kan"),
    ('令', "ling"),
    ('洪', "hong"),
    ('幸', "xing"),
    ('应', "ying"),
    ('撒', "sa"),
    ('尉', "wei"),
    ('纪', "ji"),
    ('费', "fei"),
    ('石', "shi"),
    ('沈', "shen"),
    ('褚', "chu"),
    ('行', "xing"),
    ('殷', "yin"),
    ('占', "zhan"),
    ('谌', "chen"),
    ('佘', "she"),
    ('仉', "zhang"),
    ('庾', "yu"),
    ('臧', "zang"),
    ('臺', "tai"),
];

/// Surnames of two characters with a reading of their own.
const DOUBLE: &[([char; 2], [&str; 2])] = &[
    (['尉', '迟'], ["yu", "chi"]),
    (['尉', '遲'], ["yu", "chi"]),
    (['万', '俟'], ["mo", "qi"]),
    (['长', '孙'], ["zhang", "sun"]),
    (['澹', '台'], ["tan", "tai"]),
    (['单', '于'], ["chan", "yu"]),
    (['宰', '父'], ["zai", "fu"]),
];

/// Characters whose first reading in the dictionary is not the one that given names use.
const GIVEN: &[(char, &str)] = &[
    ('长', "chang"),
    ('卜', "bu"),
    ('行', "xing"),
    ('朝', "chao"),
    ('晟', "sheng"),
    ('都', "du"),
    ('茜', "qian"),
    ('重', "chong"),
    ('了', "liao"),
    ('藏', "cang"),
    ('薄', "bo"),
    ('种', "zhong"),
];

/// The key under which names that sound alike meet: syllables without tones, parted by a blank.
/// `ü` is written `v`; an unknown character stays `〓`; what has no pinyin stays as it is.
pub fn sound(name: &str) -> String {
    let han: Vec<char> = name.chars().filter(|c| !is_separator(*c)).collect();
    let mut out = String::with_capacity(name.len() * 2);
    let mut after_syllable = false;
    for (at, &c) in han.iter().enumerate() {
        let syllable = syllable(&han, at);
        if (syllable.is_some() || after_syllable) && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        after_syllable = syllable.is_some() || c == super::WILDCARD;
        match syllable {
            Some(it) => out.extend(it.chars().map(|c| if c == 'ü' { 'v' } else { c })),
            None if c == super::WILDCARD && !out.is_empty() && !out.ends_with(' ') => {
                out.push(' ');
                out.push(c);
            }
            None => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The syllable of one character of a name; of a Latin letter or an unknown glyph, none.
pub(super) fn syllable(name: &[char], at: usize) -> Option<&'static str> {
    let c = name[at];
    if c.is_ascii() {
        return None;
    }
    if at < 2
        && let Some(pair) = name.first_chunk::<2>()
        && let Some((_, readings)) = DOUBLE.iter().find(|(it, _)| it == pair)
    {
        return Some(readings[at]);
    }
    let special = if at == 0 { SURNAMES } else { GIVEN };
    if let Some((_, reading)) = special.iter().find(|(it, _)| *it == c) {
        return Some(reading);
    }
    c.to_pinyin().map(|it| it.plain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(sound(name), expected, "{name}");
    }

    #[test]
    fn surnames_have_their_own_readings() {
        for (name, expected) in [
            ("单明", "shan ming"),
            ("仇明", "qiu ming"),
            ("区明", "ou ming"),
            ("查明", "zha ming"),
            ("任明", "ren ming"),
            ("解明", "xie ming"),
            ("华明", "hua ming"),
            ("曾明", "zeng ming"),
            ("盖明", "ge ming"),
            ("朴明", "piao ming"),
            ("缪明", "miao ming"),
            ("乐明", "yue ming"),
            ("尉迟明", "yu chi ming"),
            ("万俟明", "mo qi ming"),
            ("万明", "wan ming"),
            ("尉明", "wei ming"),
            ("王乐", "wang le"),
            ("王单", "wang dan"),
            ("卜明", "bu ming"),
        ] {
            check(name, expected);
        }
    }

    #[test]
    fn other_scripts_and_unknown_characters_stay() {
        check("吕绿", "lv lv");
        check("王〓明", "wang 〓 ming");
        check("〓明", "〓 ming");
        check("买买提·艾力", "mai mai ti ai li");
        check("SMITH JOHN", "smith john");
        check("", "");
    }
}
