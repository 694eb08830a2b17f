//! # D06 two_households
//!
//! ## 说明
//! 同一个人在两个户口簿里都是正常户籍。
//!
//! ## What it finds
//! One person with two live registrations in different households.
//!
//! ## Why it matters
//! The person is counted in two villages, each of which will be asked for them.
//!
//! ## Example
//! Married into 文昌村 and registered there, never struck off the parents' household in 南华村.
//!
//! ## What to do
//! The police station decides which registration stands.
//!
//! ## Limits
//! Needs household numbers; rows without one are not compared.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
    tables::{RegistrationStatus, Resident},
};

pub static RULE: Rule = Rule {
    code: "D06",
    name: "two_households",
    zh: "一人两户",
    owner: Owner::Police,
    priority: Priority::Medium,
    find: Find::Person(two_households),
    source: include_str!("two_households.rs"),
};

fn two_households(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let is_live =
        |row: &&Resident| row.status == RegistrationStatus::Registered && row.household.is_some();
    let live: Vec<&Resident> = case.file.residents.iter().filter(is_live).collect();
    if live.iter().all(|row| row.household == live[0].household) {
        return;
    }
    let detail =
        cx.say(|| "同时登记在两个户口".to_string(), || "registered in two households".to_string());
    found.push(Finding::new(&RULE, case.id, live.iter().map(|it| it.subject.record), detail));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn two_live_households_are_found() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 household=1
            household A 张三 household=2
            household B 李四 household=3
            household B 李四 household=4 status=moved-out
            household C 王五 household=5
            household C 王五 household=5
            household D 赵六 household=6
            household D 赵六
            ",
            "张三 1 2",
        );
    }
}
