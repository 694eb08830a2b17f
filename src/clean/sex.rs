//! Sex as a cell states it.

use super::{Cell, text};

crate::labelled! {
    /// Sex as registered (GB/T 2261.1: 1 male, 2 female).
    pub enum Sex {
        Male = "1", "男";
        Female = "2", "女";
    }
}

/// Reads 男/女, 1/2 and their usual forms; anything else (0 unknown, 9 unstated) is nothing.
pub fn read(cell: Cell<'_>) -> Option<Sex> {
    match text::fold(cell.text).trim_end_matches('性') {
        "男" | "1" | "01" | "1男" | "1-男" | "M" | "m" => Some(Sex::Male),
        "女" | "2" | "02" | "2女" | "2-女" | "F" | "f" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_are_read_and_unknown_is_nothing() {
        let check = |text, expected| assert_eq!(read(Cell::text(text)), expected, "{text}");
        check("男", Some(Sex::Male));
        check(" 女性　", Some(Sex::Female));
        check("１", Some(Sex::Male));
        check("2", Some(Sex::Female));
        check("0", None);
        check("9", None);
        check("", None);
    }
}
