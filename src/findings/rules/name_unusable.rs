//! # Q04 name_unusable
//!
//! ## 说明
//! 姓名为空，或是数字、证件号、“不详”“测试”一类，无法用来对人。
//!
//! ## What it finds
//! A row whose name is empty or cannot be one: digits, an id, a placeholder.
//!
//! ## Why it matters
//! An id alone cannot show whether it is the right one.
//!
//! ## Example
//! 不详 in the name column of a collector's register.
//!
//! ## What to do
//! The supplier fills in the name.
//!
//! ## Limits
//! A rare character shown as a square is a usable name with one unknown character. An empty
//! name counts only in a sheet that names other people.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
    tables::Subject,
};

pub static RULE: Rule = Rule {
    code: "Q04",
    name: "name_unusable",
    zh: "姓名无法使用",
    owner: Owner::MedicalInsurance,
    priority: Priority::Low,
    find: Find::Person(name_unusable),
    source: include_str!("name_unusable.rs"),
};

fn name_unusable(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    for rows in evidence::by_source(cx, case, |it| !it.name.is_some()) {
        let is_asked = |it: &Subject| it.name_text.is_some() || cx.names_people(it.record);
        if !rows.iter().any(|(_, it)| is_asked(it)) {
            continue;
        }
        let detail = cx.say(
            || "姓名为空或不是姓名".to_string(),
            || "the name is empty or no name".to_string(),
        );
        found.push(evidence::about_rows(&RULE, case, &rows, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn an_empty_name_and_one_that_is_none_are_found() {
        check(
            &RULE,
            INSIDE,
            "
            household A -
            payment   B - name-as-found=不详 year=2024 voucher=1 paid=380
            payment   C - year=2024 voucher=2 paid=380
            household D 张〓
            ",
            "
             1 [household]
             2 [payment]
            ",
        );
    }
}
