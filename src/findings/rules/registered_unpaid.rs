//! # E02 registered_unpaid
//!
//! ## 说明
//! 登记库里有本年度的居民参保登记，但没有有效缴费（没有缴、缴费失败、已退费或已作废）。
//!
//! ## What it finds
//! A resident enrolment for the year that is not terminated, and no valid payment: none, failed,
//! refunded, cancelled.
//!
//! ## Why it matters
//! The person believes to be insured and is not.
//!
//! ## Example
//! Enrolled on 8 October; the only payment was refunded on 9 October.
//!
//! ## What to do
//! Have the person pay before the deadline; nothing needs to be registered.
//!
//! ## Limits
//! A payment under a damaged id counts only once linkage has found it. An enrolment under an
//! unusable id that nobody is known to own is Q01 or Q03, not a reason to go to a door.

use super::evidence;
use crate::tables::{Payment, Row};
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Verdict, cover},
};

pub static RULE: Rule = Rule {
    code: "E02",
    name: "registered_unpaid",
    zh: "已登记未缴费",
    owner: Owner::Township,
    priority: Priority::High,
    find: Find::Person(registered_unpaid),
    source: include_str!("registered_unpaid.rs"),
};

fn registered_unpaid(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let standing = case.standing;
    let is_somebody = case.person.id.is_some() || evidence::is_known(case);
    if standing.verdict != Verdict::RegisteredUnpaid || !is_somebody {
        return;
    }
    let enrolments = cover::resident_enrolments(cx, &case.file).map(|it| it.subject.record);
    let payments = case.file.payments.iter().filter(|it| it.year == cx.policy.year);
    // What was paid for another year before this year's fee was taken explains nothing.
    let opens = cx.policy.windows.first().value.opens;
    let is_new = |it: &Payment| it.paid_on.is_some_and(|on| opens <= on);
    let is_telling = |it: &Payment| !it.is_aside(cx.policy.year) || is_new(it);
    let detail = cx.say(
        || match case.file.payments.iter().any(is_telling) {
            false => "已登记，无缴费记录".to_string(),
            true => "已登记，没有有效缴费（失败、退费、作废或属其他年度）".to_string(),
        },
        || "enrolled, no valid payment".to_string(),
    );
    let rows = enrolments.chain(payments.map(|it| it.subject().record));
    found.push(
        Finding::new(&RULE, case.id, rows, detail)
            .amounts(standing.due_fen, Some(standing.paid_fen))
            .deadline(standing.deadline),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn an_enrolment_without_a_payment_that_counts_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            enrolment A 张三 year=2024
            household B 李四
            enrolment B 李四 year=2024
            payment   B 李四 year=2024 voucher=1 paid=380 on=2023-10-08
            payment   B 李四 year=2024 voucher=2 refers=1 kind=refund paid=380 on=2023-10-09
            household C 王五
            enrolment C 王五 year=2024
            payment   C 王五 year=2024 voucher=3 kind=failed paid=380 on=2023-10-09
            ",
            "
            张三 2 380/0
            李四 4 5 6 380/0
            王五 8 9 380/0
            ",
        );
    }

    #[test]
    fn a_payment_or_a_settled_subsidy_is_enough() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024
            payment   A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            enrolment B 李四 year=2024
            category  B 李四 label=特困人员 from=2020-01-01
            payment   B 李四 year=2024 voucher=2 paid=0 subsidised=380 on=2023-10-08
            enrolment C 王五 year=2024
            category  C 王五 label=孤儿 from=2020-01-01
            payment   C 王五 year=2024 voucher=3 paid=0 on=2023-10-08
            enrolment D 赵六 year=2024 status=terminated
            ",
            "",
        );
    }

    #[test]
    fn arrears_of_another_year_are_no_payment_for_this_one() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024
            payment   A 张三 year=2023 voucher=1 paid=350 on=2023-10-08
            ",
            "张三 1 380/0",
        );
    }
}
