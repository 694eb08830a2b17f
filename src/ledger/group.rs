//! The population group of a person, and the step that is needed first.

use super::{
    Context, Step, Verdict,
    circumstances::employee_lapse,
    cover::{self, is_doubtful},
    entitlement::must_be_covered,
};
use crate::{
    identity::{Person, PersonFile},
    policy::ScopeGroup,
    tables::{Enrolment, EnrolmentStatus, Scheme},
};

crate::labelled! {
    /// What kind of person this is, as mobilisation work divides them: the first that holds.
    pub enum Group {
        Newborn = "newborn", "新生儿";
        Priority = "priority", "困难群众";
        PermitHolder = "permit-holder", "居住证持有人";
        Student = "student", "在校学生";
        Flexible = "flexible", "灵活就业";
        Lapsed = "lapsed", "中断参保";
        General = "general", "一般居民";
        OutOfScope = "out-of-scope", "不在本地应保范围";
    }
}

/// The person's group.
pub fn group(
    cx: &Context<'_>,
    person: &Person,
    file: &PersonFile<'_>,
    scope: Option<ScopeGroup>,
) -> Group {
    let Some(scope) = scope else { return Group::OutOfScope };
    let is_newborn = person.birth.is_some_and(|it| cx.policy.scope.is_newborn(it, cx.as_of));
    if is_newborn {
        Group::Newborn
    } else if must_be_covered(cx, file, cx.as_of) {
        Group::Priority
    } else if scope == ScopeGroup::Permit {
        Group::PermitHolder
    } else if !file.students.is_empty() {
        Group::Student
    } else if was_flexible(file) {
        Group::Flexible
    } else if cover::has_lapsed(cx, file) || employee_lapse(file).is_some() {
        Group::Lapsed
    } else {
        Group::General
    }
}

fn was_flexible(file: &PersonFile<'_>) -> bool {
    let is_flexible = |row: &Enrolment| cover::FLEXIBLE.contains(&row.person_type);
    file.enrolments.iter().any(|row| is_flexible(row) && !row.is_aside())
}

/// The step that is needed first.
pub fn step(
    cx: &Context<'_>,
    person: &Person,
    file: &PersonFile<'_>,
    verdict: Verdict,
    due_fen: Option<i64>,
) -> Step {
    let is_known = file
        .enrolments
        .iter()
        .any(|row| row.scheme == Scheme::Resident && row.status != EnrolmentStatus::NotEnrolled);
    match verdict {
        Verdict::Review if is_doubtful(cx, file) => Step::CollectEvidence,
        Verdict::Review => Step::CheckIdentity,
        Verdict::RegisteredUnpaid | Verdict::Unenrolled if due_fen.is_none() => Step::AfterWindow,
        Verdict::RegisteredUnpaid => Step::Pay,
        Verdict::Unenrolled if person.id.is_none() => Step::CorrectIdFirst,
        Verdict::Unenrolled if !is_known => Step::RegisterFirst,
        Verdict::Unenrolled => Step::Pay,
        _ => Step::None,
    }
}
