//! The id of a finding, as a returned list brings it back.

use unicode_normalization::UnicodeNormalization;

/// The id that a cell means: `F` and sixteen hex digits, whatever the width and case. Nothing of
/// anything else that people write into such a column.
pub fn read(text: &str) -> Option<String> {
    let text: String = text.nfkc().filter(|it| !it.is_whitespace()).collect();
    let digits = text.strip_prefix(['F', 'f']).filter(|it| it.len() == 16)?;
    let is_hex = digits.bytes().all(|it| it.is_ascii_hexdigit());
    is_hex.then(|| format!("F{}", digits.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_in_any_dress_and_nothing_else_is_one() {
        let id = Some("F989fab4600211134".to_string());
        assert_eq!(read("F989fab4600211134"), id);
        assert_eq!(read(" f989FAB4600211134\n"), id);
        assert_eq!(read("Ｆ989fab4600211134"), id);
        for text in ["", "E01", "F989fab46002111", "F989fab460021113x", "980021113489112345"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
