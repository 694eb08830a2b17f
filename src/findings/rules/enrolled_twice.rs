//! # D03 enrolled_twice
//!
//! ## 说明
//! 同一个人在本地同一险种有两条正常参保登记。
//!
//! ## What it finds
//! Two or more active enrolments here of one person in one scheme for the same time.
//!
//! ## Why it matters
//! The fund pays its share twice, and the person may be charged twice.
//!
//! ## Example
//! Active in the unit of 南华村 and in that of 文昌村: the move was registered without a pause.
//!
//! ## What to do
//! Keep the one at the usual residence, end the other.
//!
//! ## Limits
//! The same row delivered twice (same person number and unit) is Q06; cover in another county is
//! D05. An employer's enrolment beside a new flexible one (person type 1103 or 1203) is no finding
//! until the wait of the new one ends, where the locality has rules for it (as in D04).

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, overlap},
    tables::{Enrolment, EnrolmentStatus, Scheme},
};

pub static RULE: Rule = Rule {
    code: "D03",
    name: "enrolled_twice",
    zh: "重复参保",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Person(enrolled_twice),
    source: include_str!("enrolled_twice.rs"),
};

fn enrolled_twice(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    for scheme in [Scheme::Resident, Scheme::Employee] {
        let is_active = |row: &&Enrolment| {
            row.scheme == scheme
                && row.status == EnrolmentStatus::Active
                && (row.year == 0 || row.year == cx.policy.year)
                && cx.is_here(row.insured_at)
        };
        let active: Vec<&Enrolment> = case.file.enrolments.iter().filter(is_active).collect();
        let is_other = |row: &&Enrolment| {
            (row.person_number, row.unit) != (active[0].person_number, active[0].unit)
        };
        if active.is_empty() || !active.iter().any(is_other) {
            continue;
        }
        let lawful_until = overlap::lawful_until(cx, &case.file, &active);
        if lawful_until.is_some_and(|until| cx.as_of <= until) {
            continue;
        }
        let (count, name) = (active.len(), scheme.zh());
        let detail = cx.say(
            || match lawful_until {
                None => format!("{name}有{count}条正常参保登记"),
                Some(until) => format!(
                    "{name}有{count}条正常参保登记；灵活就业等待期已于{until}届满，原参保关系应暂停"
                ),
            },
            || {
                let code = scheme.code();
                match lawful_until {
                    None => format!("{count} active enrolments in scheme {code}"),
                    Some(until) => format!(
                        "{count} active enrolments in scheme {code}; the wait of the flexible one \
                         ended on {until}: the older one is to be paused"
                    ),
                }
            },
        );
        let rows = active.iter().map(|it| it.subject.record);
        found.push(Finding::new(&RULE, case.id, rows, detail).case(scheme.code()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn two_active_enrolments_of_one_scheme_are_found() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024 number=1 unit=南华村
            enrolment A 张三 year=2024 number=2 unit=文昌村
            enrolment B 李四 scheme=310 number=3 unit=一厂
            enrolment B 李四 scheme=310 number=4 unit=二厂
            ",
            "
            张三 1 2 [390]
            李四 3 4 [310]
            ",
        );
    }

    #[test]
    fn a_pause_another_year_or_the_same_row_again_is_no_second_enrolment() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024 number=1 unit=南华村
            enrolment A 张三 year=2024 number=2 unit=文昌村 status=paused
            enrolment B 李四 year=2024 number=3 unit=南华村
            enrolment B 李四 year=2023 number=3 unit=文昌村
            enrolment C 王五 year=2024 number=4 unit=南华村
            enrolment C 王五 year=2024 number=4 unit=南华村
            ",
            "",
        );
    }

    #[test]
    fn an_employer_of_less_than_two_years_may_stand_beside_a_flexible_enrolment_that_waits() {
        let beside = |since: &str, as_of: &str, expected: &str| {
            let world = format!(
                "
                enrolment A 张三 scheme=310 type=1101 unit=一厂 on={since}
                enrolment A 张三 scheme=310 type=1103 unit=灵活 on=2024-07-10
                "
            );
            check_in("zhoukou", &RULE, as_of, &world, expected);
        };
        beside("2023-07-01", "2024-09-30", "");
        beside("2023-07-01", "2024-10-01", "张三 1 2 [310]");
        // After two years there is no wait, and no reason for two.
        beside("2022-07-01", "2024-09-30", "张三 1 2 [310]");
    }

    #[test]
    fn two_employers_or_two_villages_do_not_become_lawful_by_a_third_enrolment() {
        check_in(
            "zhoukou",
            &RULE,
            "2024-07-20",
            "
            enrolment A 张三 scheme=310 type=1101 unit=一厂 on=2023-07-01
            enrolment A 张三 scheme=310 type=1101 unit=二厂 on=2023-08-01
            enrolment A 张三 scheme=310 type=1103 unit=灵活 on=2024-07-10
            enrolment B 李四 year=2024 number=1 unit=南华村
            enrolment B 李四 year=2024 number=2 unit=文昌村
            enrolment B 李四 scheme=310 type=1103 on=2024-07-10
            ",
            "
            张三 1 2 3 [310]
            李四 4 5 [390]
            ",
        );
    }
}
