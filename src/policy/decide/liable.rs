//! Whether a person is to be insured in the resident scheme here.

use chrono::NaiveDate;

use super::belonging::{belonging, studies_elsewhere};
use crate::policy::{Circumstances, Decision, Policy, Reason};

crate::labelled! {
    /// Who is responsible for a person's cover.
    pub enum Liability {
        Here = "here", "应在本地参加居民医保";
        Exempt = "exempt", "不需参保";
        Employee = "employee", "属职工医保";
        Flexible = "flexible", "属职工医保（灵活就业）";
        Elsewhere = "elsewhere", "属异地参保";
        NotHere = "not-here", "不在本地应保范围";
    }
}

/// The first that holds: an exit, employee cover, cover elsewhere, belonging here.
pub fn liable(policy: &Policy, who: &Circumstances, day: NaiveDate) -> Decision<Liability> {
    let clause = policy.scope.groups.clause;
    let decide = |value, reason| Decision { value, clause, reason };
    if who.exit.is_some_and(|(_, period)| period.holds_on(day)) {
        return decide(Liability::Exempt, Reason::Exited);
    }
    match who.employment.filter(|it| it.period.holds_on(day)) {
        Some(it) if it.is_flexible => return decide(Liability::Flexible, Reason::FlexibleCover),
        Some(_) => return decide(Liability::Employee, Reason::EmployeeCover),
        None => {}
    }
    if who.elsewhere.is_some_and(|it| it.holds_on(day)) {
        return decide(Liability::Elsewhere, Reason::CoveredElsewhere);
    }
    if studies_elsewhere(policy, who, day) {
        return decide(Liability::Elsewhere, Reason::StudiesElsewhere);
    }
    match belonging(policy, who, day) {
        Some(it) => it.map(|_| Liability::Here),
        None => decide(Liability::NotHere, Reason::NotHere),
    }
}
