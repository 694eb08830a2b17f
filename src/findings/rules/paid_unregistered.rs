//! # E03 paid_unregistered
//!
//! ## 说明
//! 有本年度的有效缴费，登记库里却没有参保登记。钱已经交了，看病时却报不了。
//!
//! ## What it finds
//! A valid payment for the year by somebody the roster or another list of persons knows, and no
//! enrolment.
//!
//! ## Why it matters
//! The money has arrived and the cover has not.
//!
//! ## Example
//! Paid 380 through a village collector on 8 October; the register does not know the person.
//!
//! ## What to do
//! The bureau registers the person; nobody need go to the door.
//!
//! ## Limits
//! A payer whom no list of persons knows is P03: most often the id on the payment is wrong.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, Verdict, settle},
};

pub static RULE: Rule = Rule {
    code: "E03",
    name: "paid_unregistered",
    zh: "已缴费未登记",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Person(paid_unregistered),
    source: include_str!("paid_unregistered.rs"),
};

fn paid_unregistered(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let standing = case.standing;
    if standing.verdict != Verdict::PaidUnregistered || !evidence::is_known(case) {
        return;
    }
    let settled = settle(cx, &case.file);
    let rows = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let detail = cx.say(
        || "已缴费，登记库中没有参保登记".to_string(),
        || "paid, and not in the register".to_string(),
    );
    found.push(
        Finding::new(&RULE, case.id, rows, detail)
            .amounts(standing.due_fen, Some(standing.paid_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_known_payer_without_enrolment_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            payment   A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            household B 李四
            enrolment B 李四 year=2024
            payment   B 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            household C 王五
            enrolment C 王五 year=2024 status=terminated
            payment   C 王五 year=2024 voucher=3 paid=380 on=2023-10-08
            ",
            "
            张三 2 380/380
            王五 8 380/380
            ",
        );
    }

    #[test]
    fn an_unknown_payer_is_not_ours_to_register() {
        check(&RULE, INSIDE, "payment A 张三 year=2024 voucher=1 paid=380 on=2023-10-08", "");
    }
}
