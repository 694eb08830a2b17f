//! # S01 entitled_paid_in_full
//!
//! ## 说明
//! 缴费当日属于资助对象，却没有享受资助，按全额（或多于应缴额）缴了费。
//!
//! ## What it finds
//! Somebody entitled to a subsidy on the day of payment, for whom none was paid and who paid
//! more than the net fee.
//!
//! ## Why it matters
//! The poorest paid what the law pays for them.
//!
//! ## Example
//! On the 低保 list since January, paid 380 in October where 190 was due.
//!
//! ## What to do
//! Return the difference; have the identity marked so that next year's charge is right.
//!
//! ## Limits
//! Identity is judged on the payment date. An identity whose label no policy file knows gives no
//! entitlement.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, entitlement::entitlement_on, settle},
    tables::RecordId,
};

pub static RULE: Rule = Rule {
    code: "S01",
    name: "entitled_paid_in_full",
    zh: "应享未享资助",
    owner: Owner::Tax,
    priority: Priority::High,
    find: Find::Person(entitled_paid_in_full),
    source: include_str!("entitled_paid_in_full.rs"),
};

fn entitled_paid_in_full(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    let Some(paid_on) = settled.paid_on else { return };
    let Some(entitled) = entitlement_on(cx, &case.file, paid_on) else { return };
    let Some(price) = case.standing.price_fen else { return };
    let expected = (price - entitled.amount_fen).max(0);
    if settled.subsidised_fen != 0 || settled.paid_fen <= expected || settled.paid_fen > price {
        return;
    }
    let category = &cx.policy.categories.get(entitled.category).name;
    let detail = cx.say(
        || format!("缴费时为{category}，应享受资助而未享受"),
        || format!("was {category} when paying, and got no subsidy"),
    );
    let paid = settled.rows(case.file.payments, Fate::Valid).map(|it| it.subject.record);
    let rows: Vec<RecordId> = paid.chain([entitled.record]).collect();
    found.push(
        Finding::new(&RULE, case.id, rows, detail).amounts(Some(expected), Some(settled.paid_fen)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn the_full_price_paid_by_an_entitled_person_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            category A 张三 label=低保对象 from=2023-10-08
            payment  A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            category B 李四 label=特困人员 from=2020-01-01
            category B 李四 label=低保对象 from=2020-01-01
            payment  B 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            ",
            "
            张三 1 2 190/380
            李四 3 5 0/380
            ",
        );
    }

    #[test]
    fn the_day_of_payment_decides() {
        check(
            &RULE,
            INSIDE,
            "
            category A 张三 label=低保对象 from=2023-10-09
            payment  A 张三 year=2024 voucher=1 paid=380 on=2023-10-08
            category B 李四 label=低保对象 from=2020-01-01 to=2023-10-08
            payment  B 李四 year=2024 voucher=2 paid=380 on=2023-10-08
            category C 王五 label=稳定脱贫人口 from=2020-01-01
            payment  C 王五 year=2024 voucher=3 paid=380 on=2023-10-08
            category D 赵六 label=低保对象 from=2020-01-01
            payment  D 赵六 year=2024 voucher=4 paid=190 subsidised=190 on=2023-10-08
            ",
            "",
        );
    }
}
