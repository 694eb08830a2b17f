//! Which township does what: its doors to visit, and its other things to clear up.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::View;
use crate::{
    findings::{Finding, Owner},
    identity::PersonId,
    tables::DivisionId,
};

/// A door to knock at: one person, and every finding about that person that the township owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Errand {
    pub person: PersonId,
    /// Positions in the night's findings, the main one first.
    pub findings: Vec<usize>,
}

/// What one township has to do.
#[derive(Clone, Debug, Default)]
pub(super) struct Errands {
    pub visits: Vec<Errand>,
    /// Findings that need no visit, or something besides it.
    pub others: Vec<usize>,
}

impl Errands {
    pub(super) fn len(&self) -> usize {
        self.visits.len() + self.others.len()
    }
}

/// Every township finding, by township; under nothing where the township is unknown or the run
/// does not answer for it.
pub(super) fn by_township(view: &View<'_>) -> BTreeMap<Option<DivisionId>, Errands> {
    let mut by_person: BTreeMap<PersonId, Vec<usize>> = BTreeMap::new();
    for (at, finding) in view.night.findings.iter().enumerate() {
        let person = finding.person.filter(|_| finding.owner == Owner::Township);
        if let Some(person) = person {
            by_person.entry(person).or_default().push(at);
        }
    }
    let answered_for: FxHashMap<DivisionId, ()> =
        super::townships(view).into_iter().map(|(id, _)| (id, ())).collect();
    let mut townships: BTreeMap<Option<DivisionId>, Errands> = BTreeMap::new();
    for (person, mut findings) in by_person {
        let place = view.person(person).place;
        let township = place.and_then(|it| view.night.cx.divisions.township(it));
        let township = township.filter(|it| answered_for.contains_key(it));
        findings.sort_by_key(|at| order(view, *at));
        let errands = townships.entry(township).or_default();
        let is_visit = |at: &usize| is_visit(&view.night.findings[*at]);
        errands.others.extend(findings.iter().filter(|at| !is_visit(at)));
        if is_visit(&findings[0]) {
            errands.visits.push(Errand { person, findings });
        }
    }
    for errands in townships.values_mut() {
        errands.others.sort_by_key(|at| {
            let person = view.person_of(*at);
            (order(view, *at).1, person.map(|it| (it.place, it.key)), order(view, *at))
        });
    }
    townships
}

/// Whether somebody has to go to the door: the family of those who may not be insured.
fn is_visit(finding: &Finding) -> bool {
    finding.rule.code.starts_with('E')
}

/// Visits first, then by code and case: E01 stands for the person if it is there.
fn order<'r>(view: &'r View<'_>, at: usize) -> (bool, &'static str, &'r str) {
    let finding = &view.night.findings[at];
    (!is_visit(finding), finding.rule.code, &view.finding_ids[at])
}
