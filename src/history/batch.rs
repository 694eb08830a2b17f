//! The number of a batch (批次): the list that one run made for one recipient. It stands on paper, so
//! a list that comes back says which night it is of and whose it was.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::RunName;

crate::labelled! {
    /// Whom a list is for.
    pub enum RecipientKind {
        Township = "township", "乡镇";
        Department = "department", "部门";
        /// The county's own office.
        County = "county", "县级";
    }
}

/// A run and whom its list is for: `2023-12-20-430923109`, `2023-12-20.2-tax`. In the order of runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BatchNumber {
    pub run: RunName,
    /// A township's code of 9 digits, or a department's code.
    pub recipient: String,
}

impl BatchNumber {
    /// Reads a number as somebody may have typed it: blanks, and digits and dashes of a Chinese
    /// keyboard. Nothing of what is no such number.
    pub fn parse(text: &str) -> Option<BatchNumber> {
        let plain: String = text.chars().filter(|it| !it.is_whitespace()).map(narrow).collect();
        let is_code = |it: &str| {
            let is_part = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
            it.chars().all(is_part) && !it.starts_with('-') && !it.ends_with('-')
        };
        // Year, month and day are parted by dashes too.
        let (end, _) = plain.match_indices('-').nth(2)?;
        let (run, recipient) = (&plain[..end], &plain[end + 1..]);
        let run = RunName::parse(run).filter(|_| !recipient.is_empty() && is_code(recipient))?;
        Some(BatchNumber { run, recipient: recipient.to_string() })
    }
}

/// A character of a Chinese keyboard as one of any keyboard.
fn narrow(it: char) -> char {
    match it {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(it as u32 - 0xfee0).unwrap_or(it),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '。' => '.',
        other => other,
    }
}

impl From<BatchNumber> for String {
    fn from(batch: BatchNumber) -> String {
        batch.to_string()
    }
}

impl TryFrom<String> for BatchNumber {
    type Error = String;

    fn try_from(text: String) -> Result<BatchNumber, String> {
        BatchNumber::parse(&text).ok_or_else(|| format!("{text} is no batch number"))
    }
}

impl fmt::Display for BatchNumber {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}-{}", self.run, self.recipient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_shown() {
        for text in ["2023-12-20-430923109", "2023-12-20.2-430923109", "2023-12-20.10-tax"] {
            assert_eq!(BatchNumber::parse(text).unwrap().to_string(), text);
        }
        let batch = BatchNumber::parse("2023-12-20-medical-insurance").unwrap();
        assert_eq!(batch.recipient, "medical-insurance", "a department's code may have dashes");
    }

    #[test]
    fn what_a_chinese_keyboard_makes_of_it_is_the_same_number() {
        let expected = BatchNumber::parse("2023-12-20.2-430923109");
        assert!(expected.is_some());
        for text in [
            " 2023-12-20.2-430923109 ",
            "２０２３－１２－２０．２－４３０９２３１０９",
            "2023–12–20。2—430923109",
            "2023-12-20.2 - 430923 109\u{3000}",
        ] {
            assert_eq!(BatchNumber::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_number() {
        for text in [
            "",
            "430923109",
            "2023-12-20",
            "2023-12-20-",
            "2023-12-20-冷市镇",
            "2023-12-20--tax",
            "2023-12-20-tax-",
            "2023-12-20.1-tax",
            "2023-13-20-tax",
            "20231220-tax",
            "2023-12-20-../tax",
            "批次2023-12-20-tax",
        ] {
            assert_eq!(BatchNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_in_the_order_of_runs() {
        let texts = ["2023-12-20-tax", "2023-12-20.2-a", "2023-12-20.10-a", "2023-12-21-a"];
        assert!(texts.map(|it| BatchNumber::parse(it).unwrap()).is_sorted());
    }
}
