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
//! D05.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
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
        let (count, name) = (active.len(), scheme.zh());
        let detail = cx.say(
            || format!("{name}有{count}条正常参保登记"),
            || format!("{count} active enrolments in scheme {}", scheme.code()),
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
}
