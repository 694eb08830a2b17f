//! Names of sheets that every spreadsheet program takes: short, plain, each once.

/// The longest name, in characters.
const LONGEST: usize = 31;
/// What may not stand in a name.
const FORBIDDEN: &str = "[]:*?/\\";

/// The names that a workbook has so far.
#[derive(Default)]
pub struct SheetNames(Vec<String>);

impl SheetNames {
    /// A name for the next sheet, as near as possible to the one wanted.
    pub fn take(&mut self, wanted: &str) -> String {
        let is_plain = |it: &char| !it.is_control() && !FORBIDDEN.contains(*it);
        let plain: String = wanted.chars().filter(is_plain).collect();
        let plain = plain.trim().trim_matches('\'');
        let base = if plain.is_empty() { "表" } else { plain };
        let nth_name = |nth: usize| {
            let ending = if nth == 1 { String::new() } else { format!("({nth})") };
            let room = LONGEST - ending.chars().count();
            format!("{}{ending}", base.chars().take(room).collect::<String>())
        };
        // Upper and lower case are one name to a spreadsheet.
        let is_free =
            |name: &String| self.0.iter().all(|it| it.to_lowercase() != name.to_lowercase());
        let name = (1..).map(nth_name).find(is_free).expect("bug: numbers do not end");
        self.0.push(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_each_is_taken_once() {
        let mut names = SheetNames::default();
        assert_eq!(names.take("分村进度"), "分村进度");
        assert_eq!(names.take("分村进度"), "分村进度(2)");
        assert_eq!(names.take("分[村]:进*度?/\\"), "分村进度(3)");
        assert_eq!(names.take("Paid"), "Paid");
        assert_eq!(names.take("paid"), "paid(2)");
        assert_eq!(names.take("''"), "表");
        assert_eq!(names.take("  "), "表(2)");
        let long = "一".repeat(40);
        assert_eq!(names.take(&long), "一".repeat(31));
        assert_eq!(names.take(&long), format!("{}(2)", "一".repeat(28)));
    }

    #[test]
    fn a_spreadsheet_takes_the_names() {
        let mut names = SheetNames::default();
        for wanted in ["'进度'", "a/b", &"长".repeat(50), "汇总"] {
            let mut sheet = rust_xlsxwriter::Worksheet::new();
            sheet.set_name(names.take(wanted)).unwrap();
        }
    }
}
