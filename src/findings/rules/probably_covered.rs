//! # E05 probably_covered
//!
//! ## 说明
//! 登记库、缴费或异地参保里有一条记录，姓名与出生日期（或村）与此人一致，但证件号码对不上，名下
//! 又找不到别的人。先核实，不动员。
//!
//! ## What it finds
//! Somebody without cover, and exactly one row of the register, the feed or the evidence of
//! cover elsewhere that belongs to nobody known and bears the same name and day of birth (or,
//! where it states none, the same village).
//!
//! ## Why it matters
//! Sent to the door, a cadre would meet somebody who is insured; ignored, the person may be
//! without cover after all.
//!
//! ## Example
//! On the roster with a valid id and no enrolment; the register has the same name and birthday
//! under a number that is nobody's.
//!
//! ## What to do
//! Compare the certificate with the row. If it is the person, the bureau corrects the number; if
//! not, mobilise.
//!
//! ## Limits
//! Names and days of birth of strangers do coincide: this is a question, not an answer.

use super::evidence;
use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Doubt, doubt},
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
            (doubt::under_other_number(cx, case.person, &case.file), CERTAIN_BUT_FOR_THE_NUMBER)
        }
        (Some(Doubt::ProbableCover), Some(other)) => (vec![other.record], other.probability),
        _ => return,
    };
    let detail = cx.say(
        || "疑似已用错误证件号码参保或缴费：核实，不动员".to_string(),
        || "probably covered under a wrong id: verify, do not mobilise".to_string(),
    );
    let rows = evidence::home(case).into_iter().chain(rows);
    found.push(
        Finding::new(&RULE, case.id, rows, detail)
            .probability(probability)
            .amounts(case.standing.due_fen, Some(0))
            .deadline(case.standing.deadline),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn a_stray_row_of_cover_makes_its_only_namesake_a_question() {
        // A is born on 1980-03-05, B on 1981-03-05.
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            enrolment - 张三 state=exponent birth=1980-03-05 year=2024
            household B 李四 village=南华村
            payment   - 李四 state=missing village=南华村 year=2024 voucher=1 paid=380
            household C 王五
            enrolment - 王五 state=exponent birth=1982-03-06 year=2024
            ",
            "
            张三 1 2 380/0
            李四 3 4 380/0
            ",
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
            enrolment - 李四 state=exponent birth=1981-03-05 year=2024
            ",
            "",
        );
    }
}
