//! # D04 two_schemes
//!
//! ## 说明
//! 同一个人的居民医保和职工医保同时处于正常参保状态。
//!
//! ## What it finds
//! An active resident enrolment for the year and an active employee enrolment at once.
//!
//! ## Why it matters
//! Cover is paid for twice and bills can be claimed twice; the resident fee can be returned only
//! before the year starts.
//!
//! ## Example
//! A worker enrolled by the factory whose mother paid the resident fee in the village.
//!
//! ## What to do
//! Keep the employee cover (or what the person chooses where the rules let them), return the
//! resident fee in time.
//!
//! ## Limits
//! A legitimate overlap while a new relation waits for its cover to start is not told apart here
//! yet.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, cover},
    tables::EnrolmentStatus,
};

pub static RULE: Rule = Rule {
    code: "D04",
    name: "two_schemes",
    zh: "居民职工重复参保",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Person(two_schemes),
    source: include_str!("two_schemes.rs"),
};

fn two_schemes(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(employee) = cover::employee_enrolment(cx, &case.file) else { return };
    let resident = cover::resident_enrolments(cx, &case.file)
        .filter(|it| it.status == EnrolmentStatus::Active)
        .map(|it| it.subject.record);
    let rows: Vec<_> = resident.collect();
    if rows.is_empty() {
        return;
    }
    let detail = cx.say(
        || "居民医保与职工医保同时正常参保".to_string(),
        || "active in the resident and in the employee scheme".to_string(),
    );
    let rows = rows.into_iter().chain([employee.subject.record]);
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(None, Some(case.standing.paid_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn resident_and_employee_cover_at_once_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024
            enrolment A 张三 scheme=310
            payment   A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            ",
            "张三 1 2 ?/380",
        );
    }

    #[test]
    fn last_years_resident_cover_or_an_ended_employment_is_no_overlap() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2023
            enrolment A 张三 scheme=310
            enrolment B 李四 year=2024
            enrolment B 李四 scheme=310 status=terminated
            enrolment C 王五 year=2024 status=paused
            enrolment C 王五 scheme=310
            ",
            "",
        );
    }
}
