//! Characters that are written in several ways.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The usual form of every character that has another.
static USUAL: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let mut usual = FxHashMap::default();
    for pair in words(include_str!("traditional.txt")) {
        let mut chars = pair.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            usual.insert(from, to);
        }
    }
    // After the pairs, which know only one kind of variant, so that the groups prevail.
    for group in words(include_str!("variants.txt")) {
        let mut chars = group.chars();
        let Some(first) = chars.next() else { continue };
        usual.extend(chars.map(|other| (other, first)));
    }
    usual
});

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|it| !it.starts_with('#')).flat_map(str::split_whitespace)
}

/// The usual form of a character, which is its own unless it is a variant.
pub(super) fn usual(c: char) -> char {
    // A traditional form may lead to a simplified one that itself is a variant: 鍾 锺 钟.
    let mut form = c;
    for _ in 0..3 {
        match USUAL.get(&form) {
            Some(&next) => form = next,
            None => break,
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn variants_meet_in_their_usual_form() {
        let variants =
            "昇升陞升喆哲堃坤峯峰菓果甦苏邨村仝同珎珍吕吕呂吕溫温於于馀余囯国國国鍾钟锺钟";
        let chars: Vec<char> = variants.chars().collect();
        for pair in chars.chunks(2) {
            assert_eq!(usual(pair[0]), pair[1]);
        }
        assert_eq!(usual('明'), '明');
        assert_eq!(usual('乾'), '乾'); // a name of its own
    }

    #[test]
    fn every_usual_form_is_final() {
        let mut all: Vec<char> = USUAL.keys().copied().collect();
        all.sort_unstable();
        for from in all {
            let form = usual(from);
            assert_eq!(usual(form), form, "{from}");
            assert!(!USUAL.contains_key(&form), "{from} goes in a circle");
        }
    }

    #[test]
    fn no_character_stands_in_two_groups() {
        let mut seen = FxHashSet::default();
        for group in words(include_str!("variants.txt")) {
            assert!(group.chars().count() > 1, "{group}");
            for c in group.chars() {
                assert!(seen.insert(c), "{c} in {group}");
            }
        }
    }
}
