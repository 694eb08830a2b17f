//! # E06 unproven_answer
//!
//! ## 说明
//! 乡镇反馈说此人已在外地参保、死亡、参军等，但没有佐证材料，或本地数据不支持。补齐佐证后才能销
//! 号。
//!
//! ## What it finds
//! An answer that would close the case (insured elsewhere, dead, in the army, in prison, moved
//! away), of somebody who has no cover and no exemption in the data, and which is not proven.
//!
//! ## Why it matters
//! An unproven answer hides a person without cover; an ignored one sends a cadre to the same
//! door again.
//!
//! ## Example
//! Answered E1 (insured in Shenzhen) without place, year or screenshot.
//!
//! ## What to do
//! Collect the evidence the code asks for, or mobilise.
//!
//! ## Limits
//! An answer with evidence of cover elsewhere is taken at its word; other answers wait for the
//! list of the department that knows.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Verdict, cover},
};

pub static RULE: Rule = Rule {
    code: "E06",
    name: "unproven_answer",
    zh: "答复待举证",
    owner: Owner::Township,
    priority: Priority::Medium,
    find: Find::Person(unproven_answer),
    source: include_str!("unproven_answer.rs"),
};

fn unproven_answer(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    if case.standing.verdict != Verdict::Review || !cover::is_doubtful(cx, &case.file) {
        return;
    }
    let rows = case.file.answers.iter().filter(|it| cover::is_claim(cx, it));
    let answers: Vec<&str> = rows.clone().map(|it| cx.text(it.answer)).collect();
    let answers = answers.join("、");
    let detail = cx.say(
        || format!("反馈“{answers}”缺少佐证，请补充材料后销号"),
        || format!("answered \"{answers}\" without the evidence it needs"),
    );
    found.push(
        Finding::new(&RULE, case.id, rows.map(|it| it.subject.record), detail)
            .amounts(case.standing.due_fen, Some(0))
            .deadline(case.standing.deadline),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        findings::testkit::*,
        tables::{ANSWERS, Says},
    };

    #[test]
    fn of_all_answers_those_are_found_that_speak_of_cover() {
        for answer in ANSWERS {
            let world =
                format!("household A 张三\nfeedback A 张三 answer={} on=2023-12-01", answer.code);
            let expected = if answer.says == Says::Nothing { "" } else { "张三 2 380/0" };
            check(&RULE, INSIDE, &world, expected);
        }
    }

    #[test]
    fn an_answer_without_evidence_is_found_and_one_with_it_is_not() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            feedback  A 张三 answer=E1
            household B 李四
            feedback  B 李四 answer=E1 evidence=深圳2024截图
            household C 王五
            feedback  C 王五 answer=R1
            household D 赵六
            feedback  D 赵六 answer=D1
            death     D 赵六 on=2023-11-01
            ",
            "张三 2 380/0",
        );
    }
}
