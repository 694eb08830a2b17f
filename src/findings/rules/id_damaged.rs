//! # Q03 id_damaged
//!
//! ## 说明
//! 证件号码被电子表格当作数字存储：尾数变成0或邻近值，或只剩科学计数法。
//!
//! ## What it finds
//! An id that a spreadsheet stored as a number: the last digits lost, or nothing left but
//! 4.11E+17.
//!
//! ## Why it matters
//! The row's person cannot be matched by id, and a list sent on in this state spreads the
//! damage.
//!
//! ## Example
//! 430923198003051000 in a numeric cell: the last three digits are gone.
//!
//! ## What to do
//! The supplier sends the column as text. The first fifteen digits still tell place and birth.
//!
//! ## Limits
//! Says nothing of ids that were typed wrong: those are Q01.

use super::evidence;
use crate::{
    clean::id_number::IdState,
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context},
};

pub static RULE: Rule = Rule {
    code: "Q03",
    name: "id_damaged",
    zh: "证件号码被电子表格损坏",
    owner: Owner::MedicalInsurance,
    priority: Priority::Medium,
    find: Find::Person(id_damaged),
    source: include_str!("id_damaged.rs"),
};

fn id_damaged(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let is_damaged = |state| matches!(state, IdState::LostTail | IdState::Exponent);
    for rows in evidence::by_source(cx, case, |it| is_damaged(it.id_state)) {
        let is_recoverable = rows[0].1.id_state == IdState::LostTail;
        let detail = cx.say(
            || match is_recoverable {
                true => "证件号码尾数被电子表格改写，可凭姓名和前15位找回".to_string(),
                false => "证件号码只剩科学计数法，无法找回".to_string(),
            },
            || match is_recoverable {
                true => "the tail of the id is lost; name and first 15 digits are left".to_string(),
                false => "nothing of the id is left".to_string(),
            },
        );
        found.push(evidence::about_rows(&RULE, case, &rows, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn lost_tails_and_exponents_are_found() {
        check(
            &RULE,
            INSIDE,
            "
            category - 张三 state=lost-tail label=低保对象
            student  - 李四 state=exponent
            student  - 王五 state=wrong-check
            student  A 赵六
            ",
            "
            张三 1 [category]
            李四 2 [student]
            ",
        );
    }
}
