//! What of a certificate number leaves the bureau: 6 + 4 characters.

use crate::{clean::id_number::IdNumber, identity::Person, tables::Texts};

/// A person's certificate number as a workbook shows it; the number as found, where it is not
/// whole. Empty where there is none.
pub fn shown(person: &Person, texts: &Texts, masks: bool) -> String {
    match (person.id, masks) {
        (Some(id), true) => id.masked(),
        (Some(id), false) => IdNumber::to_string(&id),
        (None, true) => masked(texts.get(person.id_text)),
        (None, false) => texts.get(person.id_text).to_string(),
    }
}

/// Any text from a certificate column with its middle hidden: of 14 characters and more 6 + 4
/// stay, of shorter ones a third on either side.
pub fn masked(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let length = characters.len();
    let (head, tail) = if length >= 14 { (6, 4) } else { (length / 3, length / 3) };
    characters
        .iter()
        .enumerate()
        .map(|(at, it)| if at < head || at + tail >= length { *it } else { '*' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_hidden_whatever_the_text() {
        let check = |text, expected| assert_eq!(masked(text), expected);
        check("11010519491231002X", "110105********002X");
        check("11010519491231002", "110105*******1002");
        check("O431234567", "O43****567");
        check("H12", "H*2");
        check("ab", "**");
        check("", "");
    }
}
