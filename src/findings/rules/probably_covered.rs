//! # E05 probably_covered
//!
//! ## 说明
//! 登记库、缴费、异地参保或不需参保名单里的记录很可能是此人的：逐项比对相符，但用的是另一个有效号码，
//! 或把握不足以直接归并。先核实，不动员。
//!
//! ## What it finds
//! Somebody without cover of their own, whose cover is in rows that bear another whole number, or
//! in the file of somebody who probably is the same person.
//!
//! ## Why it matters
//! Sent to the door, a cadre would meet somebody who is insured; ignored, the person may be
//! without cover after all.
//!
//! ## Example
//! On the roster with a valid id and no enrolment; the register has the same name, birthday and
//! village under the number of before a correction by the police.
//!
//! ## What to do
//! Compare the certificate with the row. If it is the person, the bureau corrects the number; if
//! not, mobilise.
//!
//! ## Limits
//! A row that agrees in all but a slip of its number is simply the person's own and no question.
//! `bulou explain` shows what was compared and what each agreement weighs.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Doubt, doubt, settle},
};

pub static RULE: Rule = Rule {
    code: "E05",
    name: "probably_covered",
    zh: "疑似以错误身份参保",
    owner: Owner::Township,
    priority: Priority::Medium,
    find: Find::Person(probably_covered),
    source: include_str!("probably_covered.rs"),
};

/// The rows are the person's by all they say; whether the number is, the bureau has to see.
const CERTAIN_BUT_FOR_THE_NUMBER: f32 = 0.99;

fn probably_covered(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let (rows, probability) = match (case.standing.doubt, case.person.probable) {
        (Some(Doubt::OtherNumber), _) => {
            let settled = settle(cx, &case.file);
            let rows = doubt::under_other_number(cx, case.person, &case.file, &settled);
            (rows, CERTAIN_BUT_FOR_THE_NUMBER)
        }
        (Some(Doubt::ProbableCover), Some(other)) => (vec![other.record], other.probability),
        _ => return,
    };
    let (zh, en) = reason(case);
    let detail =
        cx.say(|| format!("{zh}：先核实，不动员"), || format!("{en}: verify, do not mobilise"));
    let rows = evidence::home(case).into_iter().chain(rows);
    found.push(
        Finding::new(&RULE, case.id, rows, detail)
            .probability(probability)
            .amounts(case.standing.due_fen, Some(0))
            .deadline(case.standing.deadline),
    );
}

/// What there is to be verified.
fn reason(case: &Case<'_>) -> (&'static str, &'static str) {
    let Some(other) = case.other.filter(|_| case.standing.doubt == Some(Doubt::ProbableCover))
    else {
        return (
            "参保缴费用的是另一个有效证件号码，其余与本人相符",
            "covered under another valid number, all else is the person's",
        );
    };
    if !other.deaths.is_empty() || !other.exemptions.is_empty() {
        (
            "死亡或不需参保名单中有一人疑似本人",
            "a list of the dead or exempt probably has the person",
        )
    } else if evidence::is_registered(&other) {
        (
            "参保登记库中有一人疑似本人",
            "the register probably has the person under another identity",
        )
    } else if !other.elsewhere.is_empty() {
        ("异地参保名单中有一人疑似本人", "probably covered in another place")
    } else {
        ("缴费记录中有一人疑似本人", "probably paid under another identity")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn cover_under_another_number_or_in_a_row_that_is_nearly_the_persons_is_a_question() {
        // A is born on 1980-03-05, B on 1981-03-05 …
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村
            enrolment B 张三 village=南华村 birth=1980-03-05 year=2024
            household C 王五
            enrolment - 王五 state=exponent birth=1982-03-06 year=2024
            ",
            "
            张三 1 2 380/0
            王五 3 4 380/0
            ",
        );
    }

    #[test]
    fn cover_in_a_row_that_is_surely_the_persons_is_no_question() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三 village=南华村
            enrolment - 张三 state=exponent birth=1980-03-05 village=南华村 year=2024
            payment   A 张三 year=2024 voucher=1 paid=380
            ",
            "",
        );
    }

    #[test]
    fn two_namesakes_or_an_insured_one_are_no_question() {
        check(
            &RULE,
            INSIDE,
            "
            household - 张三 birth=1980-03-05 household=1
            household - 张三 birth=1980-03-05 household=2
            enrolment - 张三 state=exponent birth=1980-03-05 year=2024
            household B 李四
            enrolment B 李四 year=2024
            payment   B 李四 year=2024 voucher=1 paid=380
            enrolment - 李四 state=exponent birth=1981-03-06 year=2024
            ",
            "",
        );
    }
}
