//! # S07 paid_too_little
//!
//! ## 说明
//! 有有效缴费，但个人缴费加资助不够应缴标准。
//!
//! ## What it finds
//! A valid payment that, with the subsidy paid or is less than the fee on the day of
//! payment.
//!
//! ## Why it matters
//! Cover bought with too little money can be refused when it is needed.
//!
//! ## Example
//! Paid 350, last year's fee.
//!
//! ## What to do
//! Collect the difference before the deadline.
//!
//! ## Limits
//! A subsidy that the person is entitled to counts as paid even where the feed does not show it.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, entitlement::entitlement_on, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S07",
    name: "paid_too_little",
    zh: "缴费不足",
    owner: Owner::Tax,
    priority: Priority::Medium,
    find: Find::Person(paid_too_little),
    source: include_str!("paid_too_little.rs"),
};

fn paid_too_little(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on.filter(|_| settled.is_valid()) else { return };
    let Some(price) = case.standing.price_fen else { return };
    let entitled = entitlement_on(cx, &case.file, paid_on).map_or(0, |it| it.amount_fen);
    let expected = price - entitled.max(settled.subsidised_fen);
    if settled.paid_fen >= expected {
        return;
    }
    let detail = cx.say(
        || format!("{paid_on}缴费少于应缴额"),
        || format!("paid less than was due on {paid_on}"),
    );
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.collect();
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(expected), Some(settled.paid_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_fen_too_little_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment  A 张三 year=2024 voucher=1 paid=379.99 on=2023-10-08
            payment  B 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            payment  C 王五 year=2024 voucher=3 paid=190 on=2023-10-08
            category C 王五 label=低保对象 from=2020-01-01
            payment  D 赵六 year=2024 voucher=4 paid=190 subsidised=190 on=2023-10-08
            payment  E 孙七 year=2024 voucher=5 paid=380 on=2023-10-08
            payment  E 孙七 year=2024 voucher=6 refers=5 kind=refund paid=30 on=2023-10-09
            ",
            "
            张三 1 380/379.99
            孙七 6 380/350
            ",
        );
    }
}
