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
//! Rows that name no village at all are not reported, nor is a name that several villages bear
//! where one of them is the person's own by other rows.

use super::evidence;
use crate::{
    config::{Level, Resolved},
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
    tables::TextId,
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
    for rows in evidence::by_source(cx, case, |it| {
        it.place_text.is_some() && !means_home(cx, case, it.place_text)
    }) {
        let detail = cx.say(
            || format!("区划表中找不到“{}”", cx.text(rows[0].1.place_text)),
            || format!("no division is called \"{}\"", cx.text(rows[0].1.place_text)),
        );
        found.push(evidence::about_rows(&RULE, case, &rows, detail));
    }
}

/// Whether a name that several villages bear is that of the village where the person lives.
fn means_home(cx: &Context<'_>, case: &Case<'_>, name: TextId) -> bool {
    let home = case.person.place;
    let township = home.and_then(|it| cx.divisions.township(it));
    let found = cx.divisions.by_name(Level::Village, cx.text(name), township);
    home.is_some() && found == home.map_or(Resolved::None, Resolved::One)
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

    /// `place-text` is what ingest leaves of a name that it could not tell from others.
    #[test]
    fn a_name_that_several_bear_is_understood_where_other_rows_say_which() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村
            enrolment A 张三 year=2024 place-text=南华村
            household B 李四 village=文昌村
            enrolment B 李四 year=2024 place-text=南华村
            enrolment C 王五 year=2024 place-text=南华村
            ",
            "
            李四 4 [enrolment]
            王五 5 [enrolment]
            ",
        );
    }
}
