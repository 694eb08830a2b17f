//! # D02 id_shared
//!
//! ## 说明
//! 同一个有效证件号码下有两个毫不相干的姓名：号码错录、借用，或公安重号。
//!
//! ## What it finds
//! One valid id and unrelated names: a wrong number, a borrowed one, or one number issued twice.
//!
//! ## Why it matters
//! One of the two cannot be insured while the other holds the number.
//!
//! ## Example
//! The register has 张三 under the id that the roster gives to 李四.
//!
//! ## What to do
//! Compare the documents of both; the register or the roster is mended by whoever is wrong.
//!
//! ## Limits
//! Names that differ by a variant, a homophone or one character are one person and are not
//! reported here.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule, RunView},
    ledger::Context,
};

pub static RULE: Rule = Rule {
    code: "D02",
    name: "id_shared",
    zh: "一证多人",
    owner: Owner::MedicalInsurance,
    priority: Priority::High,
    find: Find::Run(id_shared),
    source: include_str!("id_shared.rs"),
};

fn id_shared(cx: &Context<'_>, run: &RunView<'_>, found: &mut Vec<Finding>) {
    let claims = run.claims.chunk_by(|a, b| a.id == b.id);
    for sharing in claims.filter(|it| it.len() > 1) {
        let rows = sharing.iter().map(|it| it.record);
        let count = sharing.len();
        // The owner, if anybody is.
        let owner = sharing.iter().find(|it| !it.is_borrowed).unwrap_or(&sharing[0]);
        let detail = cx.say(
            || format!("同一证件号码对应{count}个不同姓名的人"),
            || format!("{count} people with unrelated names share this id"),
        );
        found.push(Finding::new(&RULE, owner.person, rows, detail));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn unrelated_names_under_one_id_are_two_people() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张伟
            enrolment A 李秀英 year=2024
            payment   A 李秀英 year=2024 voucher=1 paid=380
            household B 王芳
            enrolment B 王芳 year=2024
            ",
            "张伟 1 2",
        );
    }

    #[test]
    fn a_missing_id_is_shared_by_nobody() {
        check(&RULE, INSIDE, "household - 张伟\nhousehold - 李秀英", "");
    }
}
