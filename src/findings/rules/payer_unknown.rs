//! # P03 payer_unknown
//!
//! ## 说明
//! 有缴费记录，但户籍、居住证、出生、学籍和参保登记中都没有这个人，多半是证件号码录错。
//!
//! ## What it finds
//! A valid payment for the year by somebody whom neither a list of persons nor the register
//! knows.
//!
//! ## Why it matters
//! Somebody has paid and is insured nowhere; most often the id on the payment is wrong and its
//! owner looks unpaid.
//!
//! ## Example
//! The payment's id differs from the roster's in one digit.
//!
//! ## What to do
//! The collector or the tax bureau finds whose money it is and corrects the payment.
//!
//! ## Limits
//! Linkage of damaged ids takes away those that can be told for certain.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, settle},
};

pub static RULE: Rule = Rule {
    code: "P03",
    name: "payer_unknown",
    zh: "缴费人查无此人",
    owner: Owner::Tax,
    priority: Priority::High,
    find: Find::Person(payer_unknown),
    source: include_str!("payer_unknown.rs"),
};

fn payer_unknown(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    // Whose payment it probably is, E05 says.
    let is_asked = case.person.probable.is_some();
    if evidence::is_known(case) || is_asked || evidence::is_registered(&case.file) {
        return;
    }
    let settled = settle(cx, &case.file);
    if !settled.is_valid() {
        return;
    }
    let rows = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let detail = cx.say(
        || "户籍、居住证、出生、学籍和参保登记中均无此人".to_string(),
        || "no list of persons and no register knows the payer".to_string(),
    );
    found.push(Finding::new(&RULE, case.id, rows, detail).amounts(None, Some(settled.paid_fen)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_payer_whom_nobody_knows_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            payment   A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            payment   - 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            collection A 张三 amount=380 on=2023-10-08
            household B 王五
            payment   B 王五 year=2024 voucher=3 paid=380 on=2023-10-08
            enrolment C 赵六 year=2023
            payment   C 赵六 year=2024 voucher=4 paid=380 on=2023-10-08
            payment   D 孙七 year=2024 voucher=5 kind=failed paid=380 on=2023-10-08
            ",
            "
            张三 1 ?/380
            李四 2 ?/380
            ",
        );
    }
}
