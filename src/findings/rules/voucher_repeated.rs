//! # D08 voucher_repeated
//!
//! ## 说明
//! 同一张票（凭证号）在缴费数据里出现了两次，只计一次。
//!
//! ## What it finds
//! One voucher number on two payment rows of one person: the feed delivered it twice.
//!
//! ## Why it matters
//! Counted twice it would look like a double payment and inflate the progress figures.
//!
//! ## Example
//! The October file and the November file both hold voucher 343…01.
//!
//! ## What to do
//! Nothing to return; the feed is to be mended.
//!
//! ## Limits
//! A family's voucher that covers several people is right and is not reported.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
    tables::{Payment, RecordId},
};

pub static RULE: Rule = Rule {
    code: "D08",
    name: "voucher_repeated",
    zh: "同票重复入库",
    owner: Owner::Tax,
    priority: Priority::Medium,
    find: Find::Person(voucher_repeated),
    source: include_str!("voucher_repeated.rs"),
};

fn voucher_repeated(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    if case.file.payments.len() < 2 {
        return;
    }
    let settled = settle(cx, &case.file);
    let mut repeated: Vec<&Payment> = settled.rows(case.file.payments, Fate::Repeated).collect();
    repeated.dedup_by_key(|it| it.voucher);
    for again in repeated {
        let is_same = |row: &Payment| row.voucher == again.voucher && row.kind == again.kind;
        let fated = case.file.payments.iter().zip(&settled.fates);
        let same = fated.filter(|(row, fate)| **fate != Fate::Other && is_same(row));
        let rows: Vec<RecordId> = same.map(|it| it.0.subject.record).collect();
        let count = rows.len();
        let detail = cx.say(
            || format!("同一凭证号出现{count}次，只计一次"),
            || format!("one voucher on {count} rows; counted once"),
        );
        let voucher = cx.text(again.voucher);
        found.push(Finding::new(&RULE, case.id, rows, detail).case(voucher));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_voucher_on_two_rows_of_one_person_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 paid=380 on=2023-10-03
            payment A 张三 year=2024 voucher=1 paid=380 on=2023-10-03
            payment B 李四 year=2024 voucher=2 paid=380 on=2023-10-03
            payment C 王五 year=2024 voucher=2 paid=380 on=2023-10-03
            payment D 赵六 year=2024 paid=380 on=2023-10-03
            payment D 赵六 year=2024 paid=380 on=2023-10-04
            ",
            "张三 1 2 [1]",
        );
    }

    #[test]
    fn a_refund_under_the_payments_own_number_is_no_repetition() {
        check(
            &RULE,
            INSIDE,
            "
            payment A 张三 year=2024 voucher=1 paid=380 on=2023-10-03
            payment A 张三 year=2024 voucher=1 kind=refund paid=380 on=2023-10-04
            ",
            "",
        );
    }
}
