//! # Q01 id_invalid
//!
//! ## 说明
//! 证件号码位数、出生日期或校验码不对，或是占位、脱敏、一格多号，无法用来对人。
//!
//! ## What it finds
//! A row whose id cannot be a valid number: wrong length, date or check digit, a placeholder,
//! masked, or several in one cell.
//!
//! ## Why it matters
//! A row without a valid id can be matched only by everything else, and a payment under it
//! fails.
//!
//! ## Example
//! The last digit of the id in the register is wrong.
//!
//! ## What to do
//! The supplier of the list corrects the number from the document.
//!
//! ## Limits
//! Ids damaged by a spreadsheet are Q03. Missing ids are not reported: newborns have none.

use super::evidence;
use crate::{
    clean::id_number::IdState,
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
};

pub static RULE: Rule = Rule {
    code: "Q01",
    name: "id_invalid",
    zh: "证件号码无效",
    owner: Owner::MedicalInsurance,
    priority: Priority::Medium,
    find: Find::Person(id_invalid),
    source: include_str!("id_invalid.rs"),
};

fn id_invalid(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let is_invalid = |state| {
        matches!(
            state,
            IdState::WrongCheck
                | IdState::WrongDate
                | IdState::WrongRegion
                | IdState::WrongLength
                | IdState::Masked
                | IdState::Placeholder
                | IdState::Several
                | IdState::NotANumber
        )
    };
    for rows in evidence::by_source(cx, case, |it| is_invalid(it.id_state)) {
        let state = rows[0].1.id_state;
        let detail = cx.say(
            || format!("证件号码无效：{}", state.zh()),
            || format!("invalid id: {}", state.code()),
        );
        found.push(evidence::about_rows(&RULE, case, &rows, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn every_invalid_state_is_found_in_each_source_that_has_it() {
        check(
            &RULE,
            INSIDE,
            "
            household - 张三 state=wrong-check
            enrolment - 李四 state=placeholder
            enrolment A 王五 state=valid
            enrolment B 赵六 state=upgraded
            household - 孙七
            household - 周八 state=lost-tail
            birth     - 吴九 state=other-certificate
            ",
            "
            张三 1 [household]
            李四 2 [enrolment]
            ",
        );
    }
}
