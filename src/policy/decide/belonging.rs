//! By what a person belongs to those who are to be insured here, if by anything.

use chrono::NaiveDate;

use crate::policy::{Circumstances, Decision, Period, Policy, Reason, ScopeGroup, StudentsInsured};

/// The first group of the policy's scope that the person is in on a day.
pub fn belonging(
    policy: &Policy,
    who: &Circumstances,
    day: NaiveDate,
) -> Option<Decision<ScopeGroup>> {
    let holds = |period: Option<Period>| period.is_some_and(|it| it.holds_on(day));
    let reason = |group: ScopeGroup| match group {
        ScopeGroup::Resident => holds(who.registered).then_some(Reason::Registered),
        ScopeGroup::Permit => {
            holds(who.permit).then_some(match policy.scope.groups.value.permit_needs_certificate {
                true => Reason::PermitWithCertificate,
                false => Reason::Permit,
            })
        }
        ScopeGroup::Newborn => {
            let is_newborn = who.birth.is_some_and(|it| policy.scope.is_newborn(it, day));
            (who.has_birth_certificate && is_newborn).then_some(Reason::Newborn)
        }
        ScopeGroup::Student => who
            .study
            .is_some_and(|it| it.is_here && it.period.holds_on(day))
            .then_some(Reason::StudiesHere),
    };
    let groups = ScopeGroup::ALL.iter().copied().filter(|it| policy.scope.has(*it));
    groups
        .filter_map(|group| Some((group, reason(group)?)))
        .next()
        .map(|(value, reason)| Decision { value, clause: policy.scope.clause_of(value), reason })
}

/// Whether the person is insured where they study, away from here.
pub fn studies_elsewhere(policy: &Policy, who: &Circumstances, day: NaiveDate) -> bool {
    policy.scope.groups.value.students_away == StudentsInsured::AtSchool
        && who.study.is_some_and(|it| it.is_college && !it.is_here && it.period.holds_on(day))
}
