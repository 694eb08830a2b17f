//! # S05 subsidised_while_employee
//!
//! ## 说明
//! 缴费当日已在职工医保正常参保，却享受了居民医保资助。
//!
//! ## What it finds
//! A subsidised resident payment of somebody who was actively covered as an employee on the day
//! of payment.
//!
//! ## Why it matters
//! Whoever is covered by an employer needs no subsidised resident cover.
//!
//! ## Example
//! Employed since March, subsidised 190 in October.
//!
//! ## What to do
//! Return the subsidy; the bureau ends the resident enrolment.
//!
//! ## Limits
//! An employee enrolment without a start date counts as running.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, cover, exempt, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S05",
    name: "subsidised_while_employee",
    zh: "职工参保期间享受居民资助",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Person(subsidised_while_employee),
    source: include_str!("subsidised_while_employee.rs"),
};

fn subsidised_while_employee(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on.filter(|_| settled.subsidised_fen > 0) else { return };
    let Some(employment) = cover::employee_on(cx, &case.file, paid_on) else { return };
    if exempt::exit_before(cx, &case.file, paid_on).is_some() {
        return;
    }
    let detail = cx.say(
        || format!("{paid_on}缴费时职工医保正常参保，却享受居民资助"),
        || format!("covered as an employee when subsidised on {paid_on}"),
    );
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.chain([employment.subject.record]).collect();
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(0), Some(settled.subsidised_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn employment_on_the_day_of_payment_decides() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 scheme=310 on=2023-10-08
            payment   A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            enrolment B 李四 scheme=310 on=2023-10-09
            payment   B 李四 year=2024 voucher=2 paid=190 subsidised=190 on=2023-10-08
            enrolment C 王五 scheme=310 status=terminated on=2020-01-01 paused=2023-10-07
            payment   C 王五 year=2024 voucher=3 paid=190 subsidised=190 on=2023-10-08
            enrolment D 赵六 scheme=310
            payment   D 赵六 year=2024 voucher=4 paid=380 on=2023-10-08
            ",
            "张三 1 2 0/190",
        );
    }
}
