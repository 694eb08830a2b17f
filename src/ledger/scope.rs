//! Whether and why a person is to be insured here.

use super::Context;
use crate::{
    identity::{Person, PersonFile},
    policy::ScopeGroup,
    tables::RegistrationStatus,
};

/// The first group that puts the person in scope, if the policy knows that group.
pub fn scope(cx: &Context<'_>, person: &Person, file: &PersonFile<'_>) -> Option<ScopeGroup> {
    let is_here = person.place.is_none_or(|place| cx.divisions.is_within(place, cx.area));
    let holds = |group: &&ScopeGroup| {
        cx.policy.scope.has(**group)
            && match group {
                ScopeGroup::Resident => is_here && is_registered(cx, file),
                ScopeGroup::Permit => is_here && has_permit(cx, file),
                ScopeGroup::Newborn => is_here && is_newborn(cx, file),
                ScopeGroup::Student => is_student(cx, file),
            }
    };
    ScopeGroup::ALL.iter().find(holds).copied()
}

fn is_registered(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    file.residents.iter().any(|row| {
        let is_yet_to_go = row.status_on.is_some_and(|day| cx.as_of < day);
        matches!(row.status, RegistrationStatus::Registered | RegistrationStatus::Unknown)
            || is_yet_to_go
    })
}

fn has_permit(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    file.permits.iter().any(|row| {
        row.valid_from.is_none_or(|from| from <= cx.as_of)
            && row.valid_to.is_none_or(|to| cx.as_of <= to)
    })
}

fn is_newborn(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    file.births.iter().any(|row| {
        row.subject.birth_known().is_some_and(|born| cx.policy.scope.is_newborn(born, cx.as_of))
    })
}

fn is_student(cx: &Context<'_>, file: &PersonFile<'_>) -> bool {
    file.students.iter().any(|row| {
        row.enrolled_on.is_none_or(|day| day <= cx.as_of)
            && row.left_on.is_none_or(|day| cx.as_of < day)
    })
}
