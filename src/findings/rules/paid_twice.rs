//! # D07 paid_twice
//!
//! ## 说明
//! 同一个人同一年度有两笔以上有效缴费，合计超过应缴。
//!
//! ## What it finds
//! Two or more valid payments (different vouchers) for the year that together exceed what was
//! due.
//!
//! ## Why it matters
//! The second fee is the person's to have back; after the year starts it normally cannot be
//! returned.
//!
//! ## Example
//! Paid by the village collector on 3 October and by phone on 20 November.
//!
//! ## What to do
//! Return the later payment before the year starts.
//!
//! ## Limits
//! A voucher delivered twice is D08. Two part payments that add up to what is due are right.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
};

pub static RULE: Rule = Rule {
    code: "D07",
    name: "paid_twice",
    zh: "重复缴费",
    owner: Owner::Tax,
    priority: Priority::High,
    find: Find::Person(paid_twice),
    source: include_str!("paid_twice.rs"),
};

fn paid_twice(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    if case.file.payments.len() < 2 {
        return;
    }
    let settled = settle(cx, &case.file);
    let rows = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<_> = rows.collect();
    let price = settled.paid_on.and(case.standing.price_fen);
    let price = price.unwrap_or(cx.policy.fee.individual.value.amount_fen);
    if rows.len() < 2 || settled.paid_fen + settled.subsidised_fen <= price {
        return;
    }
    let expected = case.standing.due_fen.unwrap_or(price);
    let count = rows.len();
    let detail = cx.say(
        || format!("同一年度有{count}笔有效缴费"),
        || format!("{count} valid payments for one year"),
    );
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(expected), Some(settled.paid_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn two_whole_payments_are_one_too_many() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 paid=380 on=2023-10-03
            payment A 张三 year=2024 voucher=2 paid=380 on=2023-11-20
            ",
            "张三 1 2 380/760",
        );
    }

    #[test]
    fn part_payments_repeats_refunds_and_other_years_are_not() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 paid=190 on=2023-10-03
            payment A 张三 year=2024 voucher=2 paid=190 on=2023-11-20
            payment B 李四 year=2024 voucher=3 paid=380 on=2023-10-03
            payment B 李四 year=2024 voucher=3 paid=380 on=2023-10-03
            payment C 王五 year=2024 voucher=4 paid=380 on=2023-10-03
            payment C 王五 year=2024 voucher=5 paid=380 on=2023-10-04
            payment C 王五 year=2024 voucher=6 refers=4 kind=refund paid=380 on=2023-10-05
            payment D 赵六 year=2024 voucher=7 paid=380 on=2023-10-03
            payment D 赵六 year=2023 voucher=8 paid=350 on=2023-10-03
            ",
            "",
        );
    }
}
