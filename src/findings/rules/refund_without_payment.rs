//! # P01 refund_without_payment
//!
//! ## 说明
//! 有退费或作废记录，却找不到它对应的那笔缴费。
//!
//! ## What it finds
//! A refund or cancellation for the year whose payment is not in the feed.
//!
//! ## Why it matters
//! Either a payment is missing from the feed, or money was returned that nobody paid.
//!
//! ## Example
//! A refund that names voucher 343…07; no row of the feed has it.
//!
//! ## What to do
//! Find the payment, or withdraw the refund.
//!
//! ## Limits
//! A row that marks its own voucher as cancelled is payment and cancellation in one and is not
//! reported.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
};

pub static RULE: Rule = Rule {
    code: "P01",
    name: "refund_without_payment",
    zh: "无缴费的退费",
    owner: Owner::Tax,
    priority: Priority::Medium,
    find: Find::Person(refund_without_payment),
    source: include_str!("refund_without_payment.rs"),
};

fn refund_without_payment(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    for row in settled.rows(case.file.payments, Fate::Orphan) {
        let detail = cx.say(
            || "退费（作废）记录没有对应的缴费".to_string(),
            || "a refund or cancellation whose payment is not in the feed".to_string(),
        );
        let voucher = if row.voucher.is_some() { row.voucher } else { row.refers_to };
        found.push(
            Finding::new(&RULE, case.id, [row.subject.record], detail)
                .case(cx.text(voucher))
                .amounts(Some(0), Some(-row.paid_fen)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_refund_of_nothing_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=2 refers=1 kind=refund paid=380 on=2023-10-08
            payment B 李四 year=2024 voucher=3 paid=380 on=2023-10-08
            payment B 李四 year=2024 voucher=4 refers=9 kind=refund paid=380 on=2023-10-09
            ",
            "
            张三 1 [2] 0/-380
            李四 3 [4] 0/-380
            ",
        );
    }

    #[test]
    fn refunds_that_find_their_payment_are_not() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            payment A 张三 year=2024 voucher=2 refers=1 kind=refund paid=380 on=2023-10-09
            payment B 李四 year=2024 voucher=3 paid=380 on=2023-10-08
            payment B 李四 year=2024 voucher=4 kind=refund paid=380 on=2023-10-09
            payment C 王五 year=2024 voucher=5 refers=5 kind=cancellation paid=380 on=2023-10-08
            ",
            "",
        );
    }
}
