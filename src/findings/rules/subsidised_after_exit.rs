//! # S04 subsidised_after_exit
//!
//! ## 说明
//! 人已死亡、注销或迁出，之后仍有资助缴费。
//!
//! ## What it finds
//! A subsidised payment dated after the person's death, cancellation or moving away.
//!
//! ## Why it matters
//! Money was paid for somebody who can no longer be insured here.
//!
//! ## Example
//! Died on 1 September by the civil-affairs list; subsidised on 8 October.
//!
//! ## What to do
//! Return the subsidy to the fund; strike the person off the subsidy list.
//!
//! ## Limits
//! Needs the date of the exit; a registration cancelled without a date proves nothing about the
//! day of payment.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, exempt, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S04",
    name: "subsidised_after_exit",
    zh: "死亡或迁出后仍资助",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Person(subsidised_after_exit),
    source: include_str!("subsidised_after_exit.rs"),
};

fn subsidised_after_exit(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on.filter(|_| settled.subsidised_fen > 0) else { return };
    let Some(exited) = exempt::exit_before(cx, &case.file, paid_on) else { return };
    let (exit, since) = (exited.exit, exited.since.map(|it| it.to_string()).unwrap_or_default());
    let detail = cx.say(
        || format!("{since}{}，{paid_on}仍有资助缴费", exit.zh()),
        || format!("{} on {since}, subsidised on {paid_on}", exit.code()),
    );
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.chain([exited.record]).collect();
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(0), Some(settled.subsidised_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_subsidy_on_the_day_after_is_found_and_on_the_day_itself_not() {
        check(
            &RULE,
            INSIDE,
            "
            death    A 张三 on=2023-10-07
            payment  A 张三 year=2024 voucher=1 paid=0 subsidised=380 on=2023-10-08
            death    B 李四 on=2023-10-08
            payment  B 李四 year=2024 voucher=2 paid=0 subsidised=380 on=2023-10-08
            household C 王五 status=moved-out on=2023-10-07
            payment  C 王五 year=2024 voucher=3 paid=190 subsidised=190 on=2023-10-08
            household D 赵六 status=moved-out on=2023-10-07
            household D 赵六
            payment  D 赵六 year=2024 voucher=4 paid=190 subsidised=190 on=2023-10-08
            death    E 孙七 on=2023-10-07
            payment  E 孙七 year=2024 voucher=5 paid=380 on=2023-10-08
            ",
            "
            王五 5 6 0/190
            张三 1 2 0/380
            ",
        );
    }
}
