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
//! Where the locality has rules for flexible employment, cover of before may stand beside a new
//! flexible enrolment (person type 1103 or 1203) until that one's wait ends: no finding until then.
//! The wait is counted from the register's dates, as if every month since were paid; without an
//! enrolment date the overlap is a finding. Years with several employers are counted by the last
//! one's row alone.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, cover, overlap},
    tables::{Enrolment, EnrolmentStatus},
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
    let is_active = |row: &&Enrolment| row.status == EnrolmentStatus::Active;
    let resident: Vec<_> = cover::resident_enrolments(cx, &case.file).filter(is_active).collect();
    if resident.is_empty() {
        return;
    }
    let employed = cover::employee_enrolments(cx, &case.file);
    let active: Vec<_> = resident.iter().copied().chain(employed).collect();
    let lawful_until = overlap::lawful_until(cx, &case.file, &active);
    if lawful_until.is_some_and(|until| cx.as_of <= until) {
        return;
    }
    let detail = cx.say(
        || match lawful_until {
            None => "居民医保与职工医保同时正常参保".to_string(),
            Some(until) => format!(
                "居民医保与灵活就业职工医保同时正常参保；等待期已于{until}届满，居民医保应暂停"
            ),
        },
        || match lawful_until {
            None => "active in the resident and in the employee scheme".to_string(),
            Some(until) => format!(
                "active in the resident scheme and by flexible employment, whose wait ended on \
                 {until}: the resident enrolment is to be paused"
            ),
        },
    );
    let rows = resident.iter().map(|it| it.subject.record).chain([employee.subject.record]);
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

    /// One life under the rules of Zhoukou, from a day: what is found, if anything.
    fn in_zhoukou(as_of: &str, world: &str, expected: &str) {
        check_in("zhoukou", &RULE, as_of, world, expected);
    }

    #[test]
    fn resident_cover_beside_a_new_flexible_one_is_lawful_until_its_wait_ends() {
        for kind in ["type=1103", "type=1203"] {
            let world = format!(
                "
                enrolment A 张三 year=2024 on=2023-10-08
                enrolment A 张三 scheme=310 {kind} on=2024-07-10
                "
            );
            in_zhoukou("2024-07-10", &world, "");
            in_zhoukou("2024-09-30", &world, "");
            in_zhoukou("2024-10-01", &world, "张三 1 2 ?/0");
        }
    }

    #[test]
    fn an_employers_cover_an_undated_one_and_one_from_before_the_rules_wait_for_nothing() {
        in_zhoukou(
            "2024-07-20",
            "
            enrolment A 张三 year=2024
            enrolment A 张三 scheme=310 type=1101 on=2024-07-10
            enrolment B 李四 year=2024
            enrolment B 李四 scheme=310 type=1103
            enrolment C 王五 year=2024
            enrolment C 王五 scheme=310 type=1103 on=2024-05-31
            ",
            "
            张三 1 2 ?/0
            李四 3 4 ?/0
            王五 5 6 ?/0
            ",
        );
    }

    #[test]
    fn resident_cover_taken_out_in_the_wait_or_beside_an_employers_is_an_overlap() {
        in_zhoukou(
            "2024-07-20",
            "
            enrolment A 张三 year=2024 on=2024-07-11
            enrolment A 张三 scheme=310 type=1103 on=2024-07-10
            enrolment B 李四 year=2024 on=2023-10-08
            enrolment B 李四 scheme=310 type=1103 on=2024-07-10 unit=灵活
            enrolment B 李四 scheme=310 type=1101 on=2023-07-10 unit=一厂
            ",
            "
            张三 1 2 ?/0
            李四 3 4 ?/0
            ",
        );
    }

    #[test]
    fn employee_cover_of_before_decides_whether_there_is_a_wait_at_all() {
        // Two years and a gap of three months: no wait. One day less, or a fourth month: one.
        let after = |from: &str, to: &str, expected: &str| {
            let world = format!(
                "
                enrolment A 张三 year=2024 on=2023-10-08
                enrolment A 张三 scheme=310 type=1101 status=paused on={from} paused={to}
                enrolment A 张三 scheme=310 type=1103 on=2024-10-10
                "
            );
            in_zhoukou("2024-12-31", &world, expected);
            in_zhoukou("2025-01-01", &world, "张三 1 3 ?/0");
        };
        after("2022-07-01", "2024-07-01", "张三 1 3 ?/0");
        after("2022-07-02", "2024-07-01", "");
        after("2022-07-01", "2024-06-30", "");
        after("2022-05-01", "2024-06-01", "");
    }

    #[test]
    fn where_no_rule_knows_flexible_employment_nothing_waits() {
        check(
            &RULE,
            "2024-07-20",
            "
            enrolment A 张三 year=2024 on=2023-10-08
            enrolment A 张三 scheme=310 type=1103 on=2024-07-10
            ",
            "张三 1 2 ?/0",
        );
    }
}
