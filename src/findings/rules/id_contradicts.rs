//! # Q02 id_contradicts
//!
//! ## 说明
//! 证件号码有效，但与同一行写的性别或出生日期对不上，可能录成了家人的号码。
//!
//! ## What it finds
//! A row with a valid id whose stated sex or birth date is not the id's.
//!
//! ## Why it matters
//! Often the number of a guardian or spouse stands in the row.
//!
//! ## Example
//! The row says 女, the id's sequence is odd.
//!
//! ## What to do
//! The supplier compares the row with the document.
//!
//! ## Limits
//! Only what the same row states is compared; rows from before a correction of the birth date
//! may be right.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
};

pub static RULE: Rule = Rule {
    code: "Q02",
    name: "id_contradicts",
    zh: "证件号码与性别生日矛盾",
    owner: Owner::Police,
    priority: Priority::Medium,
    find: Find::Person(id_contradicts),
    source: include_str!("id_contradicts.rs"),
};

fn id_contradicts(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let contradicts = evidence::by_source(cx, case, |it| {
        it.id.is_some_and(|id| {
            it.sex.is_some_and(|sex| sex != id.sex())
                || it.birth.is_some_and(|birth| birth != id.birth())
        })
    });
    for rows in contradicts {
        let detail = cx.say(
            || "证件号码与所填性别或出生日期不一致".to_string(),
            || "the id says another sex or birth date than the row".to_string(),
        );
        found.push(evidence::about_rows(&RULE, case, &rows, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn another_sex_or_another_day_of_birth_is_found() {
        // A is 1980-03-05 and a man, B 1981-03-05 and a woman.
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 sex=2 birth=1980-03-05
            household B 李四 sex=2 birth=1981-03-06
            enrolment C 王五 sex=1 birth=1982-03-05
            household D 赵六
            household - 孙七 sex=1 birth=1990-01-01
            ",
            "
            张三 1 [household]
            李四 2 [household]
            ",
        );
    }
}
