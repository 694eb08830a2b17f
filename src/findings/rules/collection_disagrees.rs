//! # P06 collection_disagrees
//!
//! ## 说明
//! 村里代收台账与税务缴费数据的金额或村不一致。
//!
//! ## What it finds
//! A collector's register and the tax feed that differ in the amount or in the village.
//!
//! ## Why it matters
//! Either the collector or the feed is wrong about somebody's money.
//!
//! ## Example
//! Collected 380 in 南华村; the feed has 190, or has it under 文昌村.
//!
//! ## What to do
//! Collector and tax counter compare receipt and voucher.
//!
//! ## Limits
//! The sum collected is compared with the sum and with each payment that counts; a line the
//! register has twice counts once. Villages are compared only where both sides name one.

use crate::{
    config::Level,
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
    tables::{Collection, DivisionId, Payment, RecordId, Subject},
};

pub static RULE: Rule = Rule {
    code: "P06",
    name: "collection_disagrees",
    zh: "代收与入库不符",
    owner: Owner::Township,
    priority: Priority::Medium,
    find: Find::Person(collection_disagrees),
    source: include_str!("collection_disagrees.rs"),
};

fn collection_disagrees(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    if case.file.collections.is_empty() || !settled.is_valid() {
        return;
    }
    let collected = collected_fen(case.file.collections);
    let is_any = |row: &Payment| row.paid_fen == collected;
    let valid = || settled.rows(case.file.payments, Fate::Valid);
    let is_amount_wrong = collected != settled.paid_fen && !valid().any(is_any);
    let village = |it: &Subject| -> Option<DivisionId> {
        it.place.filter(|place| cx.divisions.get(*place).level == Level::Village)
    };
    let is_village_wrong = case.file.collections.iter().any(|row| {
        let here = village(&row.subject);
        valid().any(|paid| {
            let there = village(&paid.subject);
            here.is_some() && there.is_some() && here != there
        })
    });
    if !is_amount_wrong && !is_village_wrong {
        return;
    }
    let detail = cx.say(
        || match is_amount_wrong {
            true => "代收台账金额与税务入库金额不一致".to_string(),
            false => "代收村与税务数据的征收村不一致".to_string(),
        },
        || "the collector's register and the tax feed disagree".to_string(),
    );
    let collections = case.file.collections.iter().map(|it| it.subject.record);
    let rows: Vec<RecordId> = collections.chain(valid().map(|it| it.subject.record)).collect();
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(collected), Some(settled.paid_fen)),
    );
}

/// What was collected, a line that the register has twice counted once.
fn collected_fen(rows: &[Collection]) -> i64 {
    let is_again = |at: &usize| {
        let same = |it: &Collection| {
            let key = |row: &Collection| (row.amount_fen, row.collected_on, row.receipt);
            key(it) == key(&rows[*at])
        };
        rows[..*at].iter().any(same)
    };
    (0..rows.len()).filter(|at| !is_again(at)).map(|at| rows[at].amount_fen).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn another_amount_or_another_village_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            collection A 张三 amount=380 village=南华村
            payment    A 张三 year=2024 voucher=1 paid=380 village=文昌村
            collection B 李四 amount=380
            payment    B 李四 year=2024 voucher=2 paid=190 on=2023-10-08
            collection C 王五 amount=380 village=南华村
            payment    C 王五 year=2024 voucher=3 paid=380 on=2023-10-08
            collection D 赵六 amount=380 village=南华村
            ",
            "
            张三 2 1 380/380
            李四 4 3 380/190
            ",
        );
    }
}
