//! # E01 uninsured
//!
//! ## 说明
//! 应当在本地参加居民医保、而登记库、缴费和其他参保证据中都没有记录的人，一人一条。每晚的入户名
//! 单就来自这里。
//!
//! ## What it finds
//! Everyone whose verdict is `unenrolled`, once: in scope (registered here and alive, a permit
//! in force, a newborn by birth certificate, a student here) and without enrolment, payment,
//! other cover or exemption.
//!
//! ## Why it matters
//! Each is a person who will pay a hospital bill alone.
//!
//! ## Example
//! On the roster of 南华村 with a valid id; no enrolment, no payment, no evidence of cover in
//! another place.
//!
//! ## What to do
//! Go to the door. The step says what must happen first: a person who is not in the register at
//! all cannot be charged until registered.
//!
//! ## Limits
//! A person whose enrolment stands under a damaged id looks uninsured until linkage finds it; a
//! person without a usable id of their own is listed with the step to mend the id first.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Verdict},
};

pub static RULE: Rule = Rule {
    code: "E01",
    name: "uninsured",
    zh: "应保未保",
    owner: Owner::Township,
    priority: Priority::High,
    find: Find::Person(uninsured),
    source: include_str!("uninsured.rs"),
};

fn uninsured(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let standing = case.standing;
    if standing.verdict != Verdict::Unenrolled {
        return;
    }
    let year = cx.policy.year;
    let detail = cx.say(
        || format!("{year}年度未参保（{}）；建议：{}", standing.group.zh(), standing.step.zh()),
        || {
            format!(
                "no cover for {year} ({}); step: {}",
                standing.group.code(),
                standing.step.code()
            )
        },
    );
    found.push(
        Finding::new(&RULE, case.id, evidence::home(case), detail)
            .amounts(standing.due_fen, Some(0))
            .deadline(standing.deadline),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn whoever_is_registered_here_and_nowhere_insured_is_found_once() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村
            household B 李四 village=南华村
            enrolment B 李四 year=2024
            payment   B 李四 year=2024 voucher=1 paid=380 on=2023-10-08
            ",
            "张三 1 380/0",
        );
    }

    #[test]
    fn the_dead_the_gone_and_the_otherwise_covered_are_not() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            death     A 张三 on=2023-12-20
            household B 李四 status=moved-out
            household C 王五
            enrolment C 王五 scheme=310
            household D 赵六
            elsewhere D 赵六 to=2023-12-20
            household E 孙七
            exempt    E 孙七 reason=army from=2023-12-20
            ",
            "",
        );
    }

    #[test]
    fn cover_that_ended_yesterday_no_longer_counts() {
        check(
            &RULE,
            INSIDE,
            "
            household D 赵六
            elsewhere D 赵六 to=2023-12-19
            household E 孙七
            exempt    E 孙七 reason=prison from=2020-01-01 to=2023-12-20
            household A 张三
            death     A 张三 on=2023-12-21
            ",
            "
            张三 5 380/0
            赵六 1 380/0
            孙七 3 380/0
            ",
        );
    }

    #[test]
    fn a_newborn_counts_by_birth_certificate_until_the_first_birthday() {
        check(
            &RULE,
            INSIDE,
            "
            birth - 张小宝 birth=2022-12-21 village=南华村
            birth - 李小宝 birth=2022-12-20 village=南华村
            ",
            "张小宝 1 380/0",
        );
    }

    #[test]
    fn what_a_dibao_person_owes_is_half() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            category  A 张三 label=低保对象 from=2023-12-20
            household B 李四
            category  B 李四 label=低保对象 from=2023-12-21
            ",
            "
            张三 1 190/0
            李四 3 380/0
            ",
        );
    }

    #[test]
    fn last_years_enrolment_and_payment_do_not_cover_this_year() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            enrolment A 张三 year=2023
            payment   A 张三 year=2023 voucher=9 paid=350 on=2022-11-01
            ",
            "张三 1 380/0",
        );
    }
}
