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
    tables::Answer,
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
    let rows: Vec<&Answer> =
        cover::answers(cx, &case.file).filter(|it| cover::is_claim(cx, it)).collect();
    let records = rows.iter().map(|it| it.subject.record);
    found.push(
        Finding::new(&RULE, case.id, records, detail(cx, &rows))
            .amounts(case.standing.due_fen, Some(0))
            .deadline(case.standing.deadline),
    );
}

/// What was answered, and what is missing.
fn detail(cx: &Context<'_>, rows: &[&Answer]) -> String {
    let mut answers: Vec<&str> = rows.iter().map(|it| cx.text(it.answer)).collect();
    answers.dedup();
    let answers = answers.join("、");
    let is_proven = rows.iter().any(|it| cover::is_proven(cx, it));
    let has_proof = rows.iter().any(|it| it.evidence.is_some());
    match (is_proven, has_proof) {
        (true, _) => cx.say(
            || format!("反馈“{answers}”附有佐证，部门数据中尚无记录，待县里核对"),
            || format!("answered \"{answers}\" with evidence, of which no department knows yet"),
        ),
        (false, true) => cx.say(
            || format!("反馈“{answers}”的佐证已过有效期，请补充材料后销号"),
            || format!("answered \"{answers}\" with evidence that has run out"),
        ),
        (false, false) => cx.say(
            || format!("反馈“{answers}”缺少佐证，请补充材料后销号"),
            || format!("answered \"{answers}\" without the evidence it needs"),
        ),
    }
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

    #[test]
    fn evidence_that_has_run_out_and_a_newer_answer_without_any_are_found() {
        let world = "
            household A 张三
            feedback  A 张三 answer=E1 evidence=深圳居民参保至2023-12-20
            household B 李四
            feedback  B 李四 answer=E1 evidence=深圳居民参保至2023-12-19
            household C 王五
            feedback  C 王五 answer=E1 evidence=截图 on=2023-12-01
            feedback  C 王五 answer=D1 on=2023-12-02
            household D 赵六
            feedback  D 赵六 answer=D1 on=2023-12-01
            feedback  D 赵六 answer=R1 on=2023-12-02
            household F 钱七
            feedback  F 钱七 answer=R1 on=2023-12-02
            feedback  F 钱七 answer=D1 on=2023-12-21
            ";
        check(&RULE, "2023-12-20", world, "李四 4 380/0\n王五 7 380/0");
    }
}
