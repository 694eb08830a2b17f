//! # S08 paid_too_much
//!
//! ## 说明
//! 一笔缴费超过应缴标准，或已享受资助仍缴全额。
//!
//! ## What it finds
//! A valid payment that, with the subsidy paid, comes to more than the fee on the day of
//! payment.
//!
//! ## Why it matters
//! The difference is the person's to have back.
//!
//! ## Example
//! 190 subsidised and 380 paid all the same.
//!
//! ## What to do
//! Return the difference.
//!
//! ## Limits
//! Several whole payments are D07; an entitled person who got no subsidy is S01.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S08",
    name: "paid_too_much",
    zh: "多缴费",
    owner: Owner::Tax,
    priority: Priority::Medium,
    find: Find::Person(paid_too_much),
    source: include_str!("paid_too_much.rs"),
};

fn paid_too_much(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on else { return };
    let Some(price) = case.standing.price_fen else { return };
    let expected = (price - settled.subsidised_fen).max(0);
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.collect();
    if settled.paid_fen <= expected || rows.len() != 1 {
        return;
    }
    let detail = cx.say(
        || format!("{paid_on}缴费多于应缴额"),
        || format!("paid more than was due on {paid_on}"),
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
    fn a_fen_too_much_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment  A 张三 year=2024 voucher=1 paid=380.01 on=2023-10-08
            payment  B 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            category C 王五 label=低保对象 from=2020-01-01
            payment  C 王五 year=2024 voucher=3 paid=380 subsidised=190 on=2023-10-08
            payment  D 赵六 year=2024 voucher=4 paid=380 on=2023-10-08
            payment  D 赵六 year=2024 voucher=5 paid=380 on=2023-10-09
            payment  E 孙七 year=2024 voucher=6 paid=400 on=2023-10-08
            payment  E 孙七 year=2024 voucher=7 refers=6 kind=refund paid=20 on=2023-10-09
            ",
            "
            张三 1 380/380.01
            王五 4 190/380
            ",
        );
    }
}
