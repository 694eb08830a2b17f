//! # S02 subsidised_unentitled
//!
//! ## 说明
//! 缴费当日不属于任何资助对象，却享受了资助。
//!
//! ## What it finds
//! A subsidised payment of somebody who on the day of payment is on no list that carries a
//! subsidy.
//!
//! ## Why it matters
//! Money of the assistance fund went to somebody it is not for.
//!
//! ## Example
//! Struck off the 低保 list on 1 September, charged 190 with 190 subsidised on 8 October.
//!
//! ## What to do
//! Check with the keeper of the list; recover or correct.
//!
//! ## Limits
//! Subsidies after death or moving away are S04; a payer whom nobody knows is P03.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, entitlement::entitlement_on, exempt, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S02",
    name: "subsidised_unentitled",
    zh: "无资格享受资助",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Person(subsidised_unentitled),
    source: include_str!("subsidised_unentitled.rs"),
};

fn subsidised_unentitled(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on.filter(|_| settled.subsidised_fen > 0) else { return };
    let has_left = exempt::exit_before(cx, &case.file, paid_on).is_some();
    let is_somebody = evidence::is_known(case) || evidence::is_registered(&case.file);
    // A list may have the person in a row that only probably is theirs.
    let is_entitled = || case.files().any(|it| entitlement_on(cx, it, paid_on).is_some());
    if has_left || !is_somebody || is_entitled() {
        return;
    }
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let lists = case.file.categories.iter().map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.chain(lists).collect();
    let detail = cx.say(
        || format!("{paid_on}缴费时不在任何资助名单内，却享受了资助"),
        || format!("on no list that carries a subsidy when paying on {paid_on}"),
    );
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(0), Some(settled.subsidised_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_subsidy_outside_the_days_of_the_list_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            category B 李四 label=低保对象 from=2020-01-01 to=2023-10-08
            payment  B 李四 year=2024 voucher=2 paid=190 subsidised=190 on=2023-10-08
            category C 王五 label=低保对象 from=2023-10-09
            payment  C 王五 year=2024 voucher=3 paid=190 subsidised=190 on=2023-10-08
            category D 赵六 label=稳定脱贫人口 from=2020-01-01
            payment  D 赵六 year=2024 voucher=4 paid=190 subsidised=190 on=2023-10-08
        household A 张三
        household B 李四
        household C 王五
        household D 赵六
        payment  E 周八 year=2024 voucher=5 paid=190 subsidised=190 on=2023-10-08
            ",
            "
            张三 1 0/190
            李四 2 3 0/190
            王五 4 5 0/190
            赵六 6 7 0/190
            ",
        );
    }

    #[test]
    fn the_entitled_the_departed_and_the_undone_are_not() {
        check(
            &RULE,
            INSIDE,
            "
            category A 张三 label=低保对象 from=2023-10-08 to=2023-10-09
            payment  A 张三 year=2024 voucher=1 paid=190 subsidised=190 on=2023-10-08
            death    B 李四 on=2023-10-01
            payment  B 李四 year=2024 voucher=2 paid=190 subsidised=190 on=2023-10-08
                payment  D 赵六 year=2024 voucher=4 paid=190 subsidised=190 on=2023-10-08
            payment  D 赵六 year=2024 voucher=4 kind=cancellation paid=190 on=2023-10-09
            ",
            "",
        );
    }
}
