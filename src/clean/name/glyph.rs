//! Single characters: rare ones in private codes, radicals, separators and unknown glyphs.

use std::borrow::Cow;

/// Stands in a normalised name for one character that the source could not write.
pub const WILDCARD: char = '〓';

/// What older systems and cards keep at U+E815 to U+E864, the place that GB 18030 gave the rare
/// characters FE50 to FEA0 before Unicode had them.
const PRIVATE: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬\
    ⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// Radicals that scanners and PDF writers put for the character that looks the same; the Kangxi
/// radicals are folded by NFKC already, these are not.
const RADICALS: &str = "⺁厂⺅亻⺇几⺉刂⺊卜⺌小⺍小⺎兀⺏尢⺐尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺\
    ⺠民⺡氵⺢氺⺣灬⺤爪⺥爪⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺴罒⺵网⺶羊⺷羊⺸羊⺹耂⺺聿⺻聿⺼肉\
    ⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦\
    ⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀";

/// One folded character as names keep it.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{E815}'..='\u{E864}' => {
            let found = PRIVATE.chars().nth(c as usize - 0xE815);
            found.map_or(WILDCARD, radical)
        }
        '?' | '□' | '■' | '*' | '\u{FFFD}' | '○' | '●' | '◯' | '×' | '▯' | '▢' | '☐' | '¿' => {
            WILDCARD
        }
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}' => WILDCARD,
        '\u{2E80}'..='\u{2EFF}' => radical(c),
        _ => c,
    }
}

fn radical(c: char) -> char {
    let mut chars = RADICALS.chars();
    while let (Some(from), Some(to)) = (chars.next(), chars.next()) {
        if from == c {
            return to;
        }
    }
    c
}

/// Whether a character is a Hanzi, of any plane.
pub(super) fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '々' | '\u{20000}'..='\u{33479}'
            | '\u{F900}'..='\u{FAFF}' | '\u{2E80}'..='\u{2FDF}'
    )
}

/// What parts the words of a transliterated name, in all its spellings.
pub(super) fn is_separator(c: char) -> bool {
    const DOTS: &str = "·•‧∙⋅・･．.ꞏ。-—–‐‑−_˙•●⸱・'’`,";
    DOTS.contains(c)
}

/// Descriptions of a glyph by its components (⿱龙天, {龙/天}) become one unknown character.
pub(super) fn without_descriptions(text: &str) -> Cow<'_, str> {
    let is_mark =
        |c| matches!(c, '\u{2FF0}'..='\u{2FFF}' | '/' | '+' | '\\' | '(' | '[' | '{' | '【');
    if !text.contains(is_mark) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = described(&chars, at).or_else(|| composed(&chars, at)) {
            out.push(WILDCARD);
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    Cow::Owned(out)
}

/// The end of an ideographic description that starts here.
fn described(chars: &[char], at: usize) -> Option<usize> {
    let parts = match *chars.get(at)? {
        '⿲' | '⿳' => 3,
        '⿾' | '⿿' => 1,
        '\u{2FF0}'..='\u{2FFF}' => 2,
        _ => return None,
    };
    (0..parts).try_fold(at + 1, |at, _| match described(chars, at) {
        Some(end) => Some(end),
        None => (at < chars.len()).then_some(at + 1),
    })
}

/// The end of components in brackets that starts here: (龙/天), [龙+天].
fn composed(chars: &[char], at: usize) -> Option<usize> {
    if !matches!(chars[at], '(' | '[' | '{' | '【') {
        return None;
    }
    let length = chars[at..].iter().position(|c| matches!(c, ')' | ']' | '}' | '】'))?;
    let inside = &chars[at + 1..at + length];
    let is_part = |c: &char| is_han(*c) || matches!(c, '/' | '+' | '\\');
    let has_mark = inside.iter().any(|c| matches!(c, '/' | '+' | '\\'));
    let end = at + length + 1;
    // 王(龙天)明, 王(龙天): in the middle of a name, or after a lone surname, two or three
    // characters are components; behind a whole name they are a remark.
    let before = chars[..at].iter().filter(|c| is_han(**c)).count();
    let is_inner = chars.get(end).is_some_and(|c| is_han(*c)) || before == 1;
    let is_pair = matches!(inside.len(), 2 | 3) && inside.iter().all(|c| is_han(*c)) && is_inner;
    let is_composed = has_mark && inside.len() <= 5 && inside.iter().all(is_part);
    (is_composed || is_pair && !super::note::is_remark(inside)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_codes_and_radicals_become_the_character_meant() {
        assert_eq!(PRIVATE.chars().count(), 80);
        for (code, character) in [
            ('\u{E863}', '䶮'),
            ('\u{E85F}', '䴖'),
            ('\u{E81E}', '\u{9FB4}'),
            ('\u{E816}', '𠂇'),
            ('\u{E864}', '\u{9FBB}'),
            ('\u{E831}', '\u{215D7}'),
            ('\u{E843}', '\u{9FB9}'),
        ] {
            assert_eq!(plain(code), character, "{:x}", code as u32);
        }
        assert_eq!(plain('⻩'), '黄');
        assert_eq!(plain('⻢'), '马');
        assert_eq!(plain('\u{E000}'), WILDCARD);
        assert_eq!(plain('张'), '张');
    }

    #[test]
    fn every_radical_has_its_character() {
        let chars: Vec<char> = RADICALS.chars().collect();
        for pair in chars.chunks(2) {
            let is_radical = ('\u{2E80}'..='\u{2EF3}').contains(&pair[0]);
            assert!(is_radical && !('\u{2E80}'..='\u{2EF3}').contains(&pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn descriptions_of_a_glyph_are_one_unknown_character() {
        let check = |text, expected: &str| assert_eq!(without_descriptions(text), expected);
        check("刘⿱龙天", "刘〓");
        check("刘⿱龙⿰日月明", "刘〓明");
        check("刘(龙/天)", "刘〓");
        check("刘[龙+天]", "刘〓");
        check("刘(龙天)", "刘〓");
        check("刘(龙天)明", "刘〓明");
        check("刘明(大的)", "刘明(大的)");
        check("刘(已故)", "刘(已故)");
        check("刘(曾用名)", "刘(曾用名)");
        check("刘⿳亠口小明", "刘〓明");
        check("刘⿱龙", "刘⿱龙");
    }
}
