//! # P07 payment_missed
//!
//! ## 说明
//! 缴费失败且之后没有成功，或误缴到外县。
//!
//! ## What it finds
//! A payment for the year that went to another county, or that failed and was never made good.
//!
//! ## Why it matters
//! The person believes to have paid.
//!
//! ## Example
//! Paid by phone to the county where they work; the last attempt failed for lack of money.
//!
//! ## What to do
//! Have the payment repeated here, or the money moved.
//!
//! ## Limits
//! A failed attempt followed by a payment that counts is not reported. A payment to another
//! county counts as one for the verdict: the money is there, in the wrong place. Where the area is
//! a city, its counties are not other ones.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
    tables::{Payment, PaymentKind, RecordId},
};

pub static RULE: Rule = Rule {
    code: "P07",
    name: "payment_missed",
    zh: "缴费失败或缴错地",
    owner: Owner::Tax,
    priority: Priority::High,
    find: Find::Person(payment_missed),
    source: include_str!("payment_missed.rs"),
};

fn payment_missed(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let is_away = |row: &Payment| row.kind == PaymentKind::Paid && !cx.is_here(row.paid_at);
    let is_missed = |row: &Payment, fate: Fate| match fate {
        Fate::Valid => is_away(row),
        Fate::Missed => row.kind == PaymentKind::Failed && !settled.is_valid(),
        _ => false,
    };
    let rows = case.file.payments.iter().zip(&settled.fates);
    let missed: Vec<&Payment> =
        rows.filter(|(row, fate)| is_missed(row, **fate)).map(|(row, _)| row).collect();
    if missed.is_empty() {
        return;
    }
    let is_any_away = missed.iter().any(|row| is_away(row));
    let detail = cx.say(
        || match is_any_away {
            true => "缴费误入外县".to_string(),
            false => "缴费失败，之后没有成功缴费".to_string(),
        },
        || match is_any_away {
            true => "paid in another county".to_string(),
            false => "the payment failed and was not made good".to_string(),
        },
    );
    let rows: Vec<RecordId> = missed.iter().map(|it| it.subject.record).collect();
    let attempted: i64 = missed.iter().map(|it| it.paid_fen).max().unwrap_or(0);
    found.push(
        Finding::new(&RULE, case.id, rows, detail)
            .amounts(case.standing.due_fen.or(Some(attempted)), Some(settled.paid_fen))
            .deadline(case.standing.deadline),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_failed_payment_and_one_in_another_county_are_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 kind=failed paid=380 on=2023-10-08
            payment B 李四 year=2024 voucher=2 paid=380 on=2023-10-08 at=430922
            payment C 王五 year=2024 voucher=3 kind=failed paid=380 on=2023-10-08
            payment C 王五 year=2024 voucher=4 paid=380 on=2023-10-08
            payment D 赵六 year=2024 voucher=5 paid=380 on=2023-10-08 at=430923
            payment E 孙七 year=2024 voucher=6 paid=380 on=2023-10-08 at=430900
            payment F 周八 year=2023 voucher=7 kind=failed paid=350 on=2023-01-08
            ",
            "
            张三 1 380/0
            李四 2 380/380
            ",
        );
    }
}
