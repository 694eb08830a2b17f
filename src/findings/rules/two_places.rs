//! # D05 two_places
//!
//! ## 说明
//! 在本地正常参保，同时有外地参保的有效证据。
//!
//! ## What it finds
//! An active enrolment here for the year, and unexpired evidence of cover in another place.
//!
//! ## Why it matters
//! Two places pay for one person; the person chooses one (students the school's, others the
//! usual residence).
//!
//! ## Example
//! Enrolled here by the parents, insured by the university in Changsha.
//!
//! ## What to do
//! Ask which is kept and end the other.
//!
//! ## Limits
//! Depends on the evidence file's dates; evidence that has expired is not counted. Where the area
//! is a city, its counties are one place.

use crate::{
    findings::{Find, Finding, Owner, Priority, Rule},
    ledger::{Case, Context, cover},
    tables::{Enrolment, EnrolmentStatus, RecordId, Scheme},
};

pub static RULE: Rule = Rule {
    code: "D05",
    name: "two_places",
    zh: "两地重复参保",
    owner: Owner::MedicalInsurance,
    priority: Priority::Medium,
    find: Find::Person(two_places),
    source: include_str!("two_places.rs"),
};

fn two_places(cx: &Context<'_>, case: &Case<'_>, found: &mut Vec<Finding>) {
    let is_cover = |row: &&Enrolment| {
        row.status == EnrolmentStatus::Active
            && matches!(row.scheme, Scheme::Resident | Scheme::Employee)
            && (row.year == 0 || row.year == cx.policy.year)
    };
    let active = || case.file.enrolments.iter().filter(is_cover);
    let is_here = |row: &&Enrolment| cx.is_here(row.insured_at);
    let here: Vec<RecordId> = active().filter(is_here).map(|it| it.subject.record).collect();
    let listed = case.file.elsewhere.iter().filter(|it| cover::is_shown(cx, it));
    let away: Vec<RecordId> = active()
        .filter(|it| !is_here(it))
        .map(|it| it.subject.record)
        .chain(listed.map(|it| it.subject.record))
        .collect();
    if here.is_empty() || away.is_empty() {
        return;
    }
    let detail = cx.say(
        || "本地正常参保，同时在外地参保".to_string(),
        || "active here and in another place".to_string(),
    );
    found.push(Finding::new(&RULE, case.id, here.into_iter().chain(away), detail));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testkit::*;

    #[test]
    fn cover_here_and_in_another_place_is_found() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024
            elsewhere A 张三 to=2023-12-20
            enrolment B 李四 year=2024 at=430923
            enrolment B 李四 year=2024 at=440305
            ",
            "
            张三 1 2
            李四 3 4
            ",
        );
    }

    #[test]
    fn expired_evidence_and_offices_of_the_own_city_are_not_another_place() {
        check(
            &RULE,
            INSIDE,
            "
            enrolment A 张三 year=2024
            elsewhere A 张三 to=2023-12-19
            enrolment B 李四 year=2024 at=430999
            enrolment B 李四 scheme=310 at=430900
            elsewhere C 王五 to=2024-12-31
            ",
            "",
        );
    }
}
