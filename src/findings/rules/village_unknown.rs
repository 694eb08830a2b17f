//! # Q05 village_unknown
//!
//! ## 说明
//! 所填的村（社区）在区划表里找不到，或同名而无法分辨。名单因此送不到村。
//!
//! ## What it finds
//! A row whose village is named and cannot be found in the division table, or is borne by
//! several.
//!
//! ## Why it matters
//! A person without a village is on no village's list.
//!
//! ## Example
//! A village merged away last year, still on the roster under its old name.
//!
//! ## What to do
//! Correct the row, or add the name to the aliases in divisions.csv.
//!
//! ## Limits
//! Rows that name no village at all are not reported.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
};

pub static RULE: Rule = Rule {
    code: "Q05",
    name: "village_unknown",
    zh: "村（社区）无法识别",
    owner: Owner::Police,
    priority: Priority::Medium,
    find: Find::Person(village_unknown),
    source: include_str!("village_unknown.rs"),
};

fn village_unknown(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    for rows in evidence::by_source(case, |it| it.place_text.is_some()) {
        let detail = cx.say(
            || format!("区划表中找不到“{}”", cx.text(rows[0].1.place_text)),
            || format!("no division is called \"{}\"", cx.text(rows[0].1.place_text)),
        );
        found.push(evidence::about_rows(&RULE, case, &rows, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_village_that_no_table_knows_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村
            household B 李四 village=无此村
            household C 王五
            ",
            "李四 2 [household]",
        );
    }
}
