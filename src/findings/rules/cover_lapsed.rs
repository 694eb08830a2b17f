//! # E04 cover_lapsed
//!
//! ## 说明
//! 职工医保或居民登记已暂停、终止，现在没有任何有效参保。说明还能不能免等待期接续、截止到哪一天
//! 。
//!
//! ## What it finds
//! Somebody in scope whose employee cover has ended, or whose resident enrolment of the year is
//! paused or terminated, and who has no cover now.
//!
//! ## Why it matters
//! Inside the window of the exception the person resumes without waiting and at the individual
//! price; a day later it costs more or is refused.
//!
//! ## Example
//! Employee cover ended on 1 February; 90 days run to 1 May.
//!
//! ## What to do
//! Tell the person the last day; if it has passed, tell what it costs now.
//!
//! ## Limits
//! Needs the date on which the cover ended; without it only the lapse is reported. It says more
//! about people on E01 or E02 and takes nobody off them.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, Verdict, circumstances::employee_lapse},
    policy::Event,
    tables::{Enrolment, EnrolmentStatus, Scheme},
};

pub static RULE: Rule = Rule {
    code: "E04",
    name: "cover_lapsed",
    zh: "参保中断",
    owner: Owner::Township,
    priority: Priority::High,
    find: Find::Person(cover_lapsed),
    source: include_str!("cover_lapsed.rs"),
};

fn cover_lapsed(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let is_open = matches!(case.standing.verdict, Verdict::Unenrolled | Verdict::RegisteredUnpaid);
    if !is_open || case.standing.scope.is_none() {
        return;
    }
    let rows: Vec<&Enrolment> =
        case.file.enrolments.iter().filter(|it| has_ended(cx, it)).collect();
    if rows.is_empty() {
        return;
    }
    let lapse = employee_lapse(&case.file);
    let exceptions = &cx.policy.exceptions;
    let last_day = lapse.and_then(|on| exceptions.last_day_in_time(Event::EmployeeLapse, on));
    let is_past = last_day.is_some_and(|day| day < cx.as_of);
    let detail = cx.say(
        || match (lapse, last_day) {
            (Some(on), Some(day)) if is_past => {
                format!("职工医保{on}中断，免等待期接续已于{day}截止")
            }
            (Some(on), Some(day)) => format!("职工医保{on}中断，{day}前接续免等待期"),
            (Some(on), None) => format!("职工医保{on}中断"),
            (None, _) => "参保登记已暂停或终止".to_string(),
        },
        || match (lapse, last_day) {
            (Some(on), Some(day)) => format!("employee cover ended {on}; resume by {day}"),
            _ => "the enrolment is paused or terminated".to_string(),
        },
    );
    let deadline = last_day.max(case.standing.deadline);
    found.push(
        Finding::new(&RULE, case.id, rows.iter().map(|it| it.subject.record), detail)
            .amounts(case.standing.due_fen, Some(case.standing.paid_fen))
            .deadline(deadline),
    );
}

fn has_ended(cx: &Context<'_>, row: &Enrolment) -> bool {
    let is_this_year = row.year == 0 || row.year == cx.policy.year;
    matches!(row.status, EnrolmentStatus::Paused | EnrolmentStatus::Terminated)
        && (row.scheme == Scheme::Employee || (row.scheme == Scheme::Resident && is_this_year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn an_ended_employee_cover_is_found_before_and_after_its_ninety_days() {
        let world = "
            household A 张三
            enrolment A 张三 scheme=310 status=terminated paused=2024-01-10
        ";
        check(&RULE, "2024-04-09", world, "张三 2 380/0");
        check(&RULE, "2024-04-10", world, "张三 2 1020/0");
    }

    #[test]
    fn whoever_has_cover_again_has_not_lapsed() {
        check(
            &RULE,
            INSIDE,
            "
            household A 张三
            enrolment A 张三 scheme=310 status=terminated paused=2023-10-10
            enrolment A 张三 scheme=310 status=active on=2023-11-01 unit=二厂
            household B 李四
            enrolment B 李四 scheme=310 status=paused paused=2023-10-10
            enrolment B 李四 year=2024
            payment   B 李四 year=2024 voucher=2 paid=380 on=2023-10-28
            household C 王五
            enrolment C 王五 year=2023 status=terminated
            ",
            "",
        );
    }
}
