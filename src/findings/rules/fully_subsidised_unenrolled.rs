//! # S06 fully_subsidised_unenrolled
//!
//! ## 说明
//! 个人一分钱不用缴的全额资助对象，却还没有参保。
//!
//! ## What it finds
//! Somebody on a list that pays the whole fee, with the verdict `unenrolled`.
//!
//! ## Why it matters
//! It costs them nothing, and they are the ones who can least go without.
//!
//! ## Example
//! 特困 since 2020, not in the register.
//!
//! ## What to do
//! The keeper of the list and the bureau enrol the person; nobody asks them for money.
//!
//! ## Limits
//! It says more about people on E01 and takes nobody off it.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Verdict},
};

pub static RULE: Rule = Rule {
    code: "S06",
    name: "fully_subsidised_unenrolled",
    zh: "全额资助对象未参保",
    owner: Owner::CivilAffairs,
    priority: Priority::High,
    find: Find::Person(fully_subsidised_unenrolled),
    source: include_str!("fully_subsidised_unenrolled.rs"),
};

fn fully_subsidised_unenrolled(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let standing = case.standing;
    let Some(entitled) = standing.entitlement else { return };
    let fee_fen = cx.policy.fee.individual.value.amount_fen;
    if standing.verdict != Verdict::Unenrolled || entitled.amount_fen < fee_fen {
        return;
    }
    let category = cx.policy.categories.get(entitled.category);
    let name = &category.name;
    let detail = cx.say(
        || format!("{name}全额资助，个人无需缴费，但未参保"),
        || format!("{name}: the whole fee is paid for them, and they are not enrolled"),
    );
    found.push(
        Finding::new(&RULE, case.id, [entitled.record], detail)
            .owner(Owner::of_keeper(&category.keeper))
            .amounts(Some(entitled.amount_fen), Some(0))
            .deadline(standing.deadline),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn only_the_whole_fee_and_no_enrolment_at_all_make_it() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            category  A 张三 label=特困人员 from=2020-01-01
            household B 李四
            category  B 李四 label=低保对象 from=2020-01-01
            household C 王五
            category  C 王五 label=孤儿 from=2020-01-01
            enrolment C 王五 year=2024
            household D 赵六
            category  D 赵六 label=孤儿 from=2020-01-01 to=2023-12-20
            ",
            "张三 2 380/0",
        );
    }
}
