//! # P02 paid_outside_window
//!
//! ## 说明
//! 在集中缴费期之外按期内标准缴费，又不属于可以补缴的情形。
//!
//! ## What it finds
//! A valid payment dated outside every window of the year at no more than the in-window price,
//! by somebody for whom no exception holds on that day.
//!
//! ## Why it matters
//! Outside the window the fee is refused or higher; such cover does not stand.
//!
//! ## Example
//! Paid 380 on 28 August, four days before the window opened.
//!
//! ## What to do
//! Check the case against the exceptions; return the money or collect the difference.
//!
//! ## Limits
//! Exceptions are known only as far as the data show their event (birth, lapse, release, moving
//! in).

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Fate, due, settle},
};

pub static RULE: Rule = Rule {
    code: "P02",
    name: "paid_outside_window",
    zh: "非缴费期按期内标准缴费",
    owner: Owner::Tax,
    priority: Priority::Medium,
    find: Find::Person(paid_outside_window),
    source: include_str!("paid_outside_window.rs"),
};

fn paid_outside_window(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let settled = settle(cx, &case.file);
    for row in settled.rows(case.file.payments, Fate::Valid) {
        let Some(paid_on) = row.paid_on else { continue };
        if cx.policy.windows.on(paid_on).is_some() {
            continue;
        }
        let price_fen = due::terms(cx, case, paid_on).value.price_fen;
        let total = row.paid_fen + row.subsidised_fen;
        if price_fen.is_some_and(|price| price <= total) {
            continue;
        }
        let detail = cx.say(
            || format!("{paid_on}不在缴费期内，也未见可补缴的情形"),
            || format!("{paid_on} is outside the window and no exception is known"),
        );
        found.push(
            Finding::new(&RULE, case.id, [row.subject.record], detail)
                .case(cx.text(row.voucher))
                .amounts(price_fen, Some(row.paid_fen)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn the_day_before_and_the_day_after_the_window_are_outside() {
        check(
            &RULE,
            AFTER,
            "
            payment A 张三 year=2024 voucher=1 paid=380 on=2023-08-31
            payment B 李四 year=2024 voucher=2 paid=380 on=2023-09-01
            payment C 王五 year=2024 voucher=3 paid=380 on=2023-12-31
            payment D 赵六 year=2024 voucher=4 paid=380 on=2024-01-01
            ",
            "
            张三 1 [1] ?/380
            赵六 4 [4] ?/380
            ",
        );
    }

    #[test]
    fn an_exception_makes_it_right() {
        check(
            &RULE,
            "2024-04-20",
            "
            enrolment A 张三 scheme=310 status=terminated paused=2024-01-10
            payment   A 张三 year=2024 voucher=1 paid=380 on=2024-04-09
            enrolment B 李四 scheme=310 status=terminated paused=2024-01-10
            payment   B 李四 year=2024 voucher=2 paid=380 on=2024-04-10
            birth     - 张小宝 birth=2024-01-10
            exempt    C 王五 reason=prison from=2020-01-01 to=2024-02-01
            payment   C 王五 year=2024 voucher=3 paid=380 on=2024-03-01
            ",
            "李四 4 [2] 1020/380",
        );
    }
}
