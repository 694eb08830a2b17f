//! Divisions below the county: the key under which the spellings of one meet, and addresses.

use super::text;

/// What offices add to the name of a division. A longer ending stands before those it ends in.
const ENDINGS: [&str; 35] = [
    "社区居民委员会",
    "社区居委会",
    "社区居委",
    "社区工作站",
    "居民委员会",
    "居委会",
    "居委",
    "村村民委员会",
    "村民委员会",
    "村委会",
    "村委",
    "行政村",
    "街道办事处",
    "地区办事处",
    "街道办",
    "办事处",
    "镇人民政府",
    "乡人民政府",
    "人民政府",
    "镇政府",
    "乡政府",
    "民族乡",
    "苏木",
    "嘎查",
    "社区",
    "街道",
    "村居",
    "镇街",
    "村",
    "居",
    "镇",
    "乡",
    "民委员会",
    "委会",
    "委",
];

/// The key under which a division meets its variants: 南华村委会, 南华村 and 南华 are one.
/// The name proper keeps at least two characters, so 东村 does not become 东, and a township and
/// its village may share a key: compare within one level.
pub fn key(raw: &str) -> String {
    let folded = text::fold(raw);
    let dense = without_remarks(&folded);
    let mut name = dense.as_str();
    loop {
        let shorter = ENDINGS.iter().find_map(|it| name.strip_suffix(it).filter(|it| is_name(it)));
        match shorter {
            Some(shorter) => name = shorter,
            None => return name.to_owned(),
        }
    }
}

fn is_name(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

/// Without blanks and remarks in brackets, unless nothing else is there.
fn without_remarks(folded: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: &char| {
        let was = depth;
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ => return was == 0,
        }
        false
    };
    let dense = || folded.chars().filter(|c| !c.is_whitespace());
    let kept: String = dense().filter(outside).collect();
    if !kept.is_empty() {
        return kept;
    }
    dense().filter(|c| !"()[]【】〔〕".contains(*c)).collect()
}

/// A county without its prefecture: 益阳市安化县 is 安化县, 河南省周口市西华县 is 西华县.
pub fn after_prefecture(name: &str) -> &str {
    let last = name.chars().next_back().map_or(0, char::len_utf8);
    match name[..name.len() - last].rfind(['市', '州', '盟']) {
        Some(at) if at + 3 < name.len() - last => &name[at + 3..],
        _ => name,
    }
}

/// The parts of an address that say where a person belongs, as written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Address<'a> {
    pub county: Option<&'a str>,
    pub township: Option<&'a str>,
    pub village: Option<&'a str>,
    /// The villagers' group: 三组, 第2村民小组, 张家队.
    pub group: Option<&'a str>,
}

/// Splits an address: 湖南省安化县冷市镇南华村三组12号. Parts that it does not name are missing;
/// what cannot be told apart is left missing rather than guessed.
pub fn split(address: &str) -> Address<'_> {
    let rest = after_province(address.trim());
    let (county, rest) = county(rest);
    let (township, rest) = township(rest);
    let (village, rest) = village(rest);
    Address { county, township, village, group: if village.is_some() { group(rest) } else { None } }
}

fn after_province(address: &str) -> &str {
    // The longest province name has eight characters; further on the mark means something else.
    let near = address.char_indices().nth(9).map_or(address.len(), |(at, _)| at);
    let end = |mark: &str| address[..near].find(mark).map(|at| at + mark.len());
    match end("自治区").or_else(|| end("省")) {
        Some(end) => address[end..].trim_start(),
        None => address,
    }
}

/// The county, or county-level city, district or banner; before it a prefecture is skipped.
fn county(address: &str) -> (Option<&str>, &str) {
    let township_starts = township_end(address).map_or(address.len(), |(start, _)| start);
    let mut found = None;
    let mut start = 0;
    for (at, c) in address.char_indices().take_while(|(at, _)| *at < township_starts) {
        let end = at + c.len_utf8();
        let is_mark = matches!(c, '县' | '市' | '区' | '旗' | '州' | '盟');
        if !is_mark || at == start || !ends_a_name(address, at, end) {
            continue;
        }
        if matches!(c, '州' | '盟') && !address[start..end].ends_with("自治州") && c == '州' {
            continue; // 郴州市: part of a name
        }
        found = if matches!(c, '州' | '盟') { None } else { Some((start, end)) };
        start = end;
        if matches!(c, '县' | '区' | '旗') {
            break;
        }
    }
    match found {
        Some((start, end)) => (Some(address[start..end].trim()), &address[end..]),
        None => (None, &address[start..]),
    }
}

/// Whether a mark closes a name here, and is not the middle of another (冷市镇, 社区, 城区街道).
fn ends_a_name(address: &str, at: usize, end: usize) -> bool {
    let next = address[end..].chars().next();
    let inside = matches!(next, Some('镇' | '乡' | '村' | '街' | '社' | '办' | '场' | '居' | '委'));
    !inside && !address[..at].ends_with(['社', '小', '园', '景'])
}

const TOWNSHIPS: [&str; 7] = ["街道办事处", "街道", "地区办事处", "办事处", "镇", "乡", "苏木"];

/// Where the first township mark starts and ends.
fn township_end(text: &str) -> Option<(usize, usize)> {
    let first = TOWNSHIPS.iter().filter_map(|mark| {
        // A mark at the very start names nothing: 镇东村.
        let from = text.chars().next()?.len_utf8();
        let at = text[from..].find(mark)? + from;
        Some((at, at + mark.len()))
    });
    first.min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))
}

fn township(text: &str) -> (Option<&str>, &str) {
    let Some((at, end)) = township_end(text) else { return (None, text) };
    // A village that comes first owns the mark: 南华村镇前组. But 杨村镇 is a township.
    let village_first = village_end(text).is_some_and(|it| it < at);
    if village_first { (None, text) } else { (Some(text[..end].trim()), &text[end..]) }
}

/// Where the first village mark ends, with what offices add to it.
fn village_end(text: &str) -> Option<usize> {
    let from = text.chars().next()?.len_utf8();
    let marks = ["社区", "村", "居委会", "嘎查"];
    let (at, mark) =
        marks.iter().filter_map(|it| Some((text[from..].find(it)? + from, it))).min()?;
    let mut end = at + mark.len();
    for more in ["村", "民委员会", "委会", "居民委员会", "居委会"] {
        if text[end..].starts_with(more) {
            end += more.len();
        }
    }
    Some(end)
}

fn village(text: &str) -> (Option<&str>, &str) {
    match village_end(text) {
        Some(end) => (Some(text[..end].trim()), &text[end..]),
        None => (None, text),
    }
}

/// The group that follows the village directly.
fn group(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let near = text.char_indices().nth(8).map_or(text.len(), |(at, _)| at);
    // 南华村民小组 has no name but its village's.
    let at = text[..near].find(['组', '队']).filter(|&at| at > 0 && !text.starts_with('民'))?;
    Some(&text[..at + '组'.len_utf8()])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_spellings_of_a_division_meet() {
        let check = |raw, expected: &str| assert_eq!(key(raw), expected, "{raw}");
        for raw in ["南华村委会", "南华村", "南华", "南华村民委员会", "南华村村委会", "南　华村"]
        {
            check(raw, "南华");
        }
        for raw in ["南华村（原）", "(新)南华村", "南华社区居委会", "南华社区", "南华居委会"]
        {
            check(raw, "南华");
        }
        for raw in ["冷市镇", "冷市镇人民政府", "冷市", "冷市镇政府"] {
            check(raw, "冷市");
        }
        for raw in ["城北街道办事处", "城北街道", "城北街道办", "城北办事处"] {
            check(raw, "城北");
        }
        check("大新村", "大新");
        check("大新村村委会", "大新");
    }

    #[test]
    fn a_county_is_told_from_its_prefecture() {
        let check = |name, short: &str| assert_eq!(after_prefecture(name), short);
        check("益阳市安化县", "安化县");
        check("汕尾市城区", "城区");
        check("汕尾市陆丰市", "陆丰市");
        check("河南省周口市西华县", "西华县");
        check("湘西土家族苗族自治州龙山县", "龙山县");
        check("安化县", "安化县");
        check("郴州市", "郴州市");
        check("", "");
    }

    #[test]
    fn a_short_name_keeps_its_ending() {
        let check = |raw, expected: &str| assert_eq!(key(raw), expected, "{raw}");
        for raw in ["东村", "东村委会", "东村村委会", "东村村民委员会", "东村民委员会"]
        {
            check(raw, "东村");
        }
        check("社区", "社区");
        check("村", "村");
        check("（南华村）", "南华");
        check("", "");
    }

    #[track_caller]
    fn check_split(address: &str, parts: [&str; 4]) {
        let [county, township, village, group] =
            parts.map(|it| Some(it).filter(|it| !it.is_empty()));
        assert_eq!(split(address), Address { county, township, village, group }, "{address}");
    }

    #[test]
    fn an_address_is_split_into_its_divisions() {
        check_split("湖南省安化县冷市镇南华村三组12号", ["安化县", "冷市镇", "南华村", "三组"]);
        check_split("湖南省益阳市安化县冷市镇南华村", ["安化县", "冷市镇", "南华村", ""]);
        check_split("湖南省郴州市苏仙区白露塘镇东村2组", ["苏仙区", "白露塘镇", "东村", "2组"]);
        check_split("浏阳市冷水镇镇东村", ["浏阳市", "冷水镇", "镇东村", ""]);
        check_split("冷市镇南华村第三村民小组", ["", "冷市镇", "南华村", "第三村民小组"]);
        check_split("天津市武清区杨村镇一社区", ["武清区", "杨村镇", "一社区", ""]);
        check_split(
            "安化县城区街道办事处和平社区居委会",
            ["安化县", "城区街道办事处", "和平社区居委会", ""],
        );
        check_split(
            "湖南省湘西土家族苗族自治州龙山县石羔街道六合村",
            ["龙山县", "石羔街道", "六合村", ""],
        );
        check_split("内蒙古自治区锡林郭勒盟正蓝旗上都镇东村", ["正蓝旗", "上都镇", "东村", ""]);
    }

    #[test]
    fn what_an_address_does_not_name_is_missing() {
        check_split("", ["", "", "", ""]);
        check_split("安化县", ["安化县", "", "", ""]);
        check_split("南华村桥头组", ["", "", "南华村", "桥头组"]);
        check_split("南华村新街道旁组", ["", "", "南华村", "新街道旁组"]);
        check_split("冷市镇南华村民小组", ["", "冷市镇", "南华村", ""]);
        check_split("外地", ["", "", "", ""]);
        check_split("浏阳市区东路3号", ["浏阳市", "", "", ""]);
        check_split("和平社区3栋", ["", "", "和平社区", ""]);
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(raw in "[东南华新大村镇乡街道办事处社区居民委员会政府人（）(原)　 ]{0,12}") {
            let once = key(&raw);
            prop_assert_eq!(key(&once), once);
        }

        #[test]
        fn no_address_makes_it_panic(raw in "[湖南省安化县冷市镇华村组队乡区社街道办事处旗州盟1号 ]{0,24}") {
            let parts = split(&raw);
            for part in [parts.county, parts.township, parts.village, parts.group] {
                prop_assert!(part.is_none_or(|it| !it.is_empty() && raw.contains(it)));
            }
        }
    }
}
