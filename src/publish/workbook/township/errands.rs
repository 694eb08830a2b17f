//! Which township does what: its doors to visit, and its other things to clear up.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::View;
use crate::{
    cases::Case,
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

impl Errand {
    /// The findings that are cleared up at the door, the main one first; the others stand on a sheet
    /// of their own.
    pub(super) fn visited_for<'r>(
        &'r self,
        view: &'r View<'_>,
    ) -> impl Iterator<Item = usize> + 'r {
        self.findings.iter().copied().filter(|at| is_visit(&view.night.findings[*at]))
    }
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
    let mut by_person: BTreeMap<Option<PersonId>, Vec<usize>> = BTreeMap::new();
    for (at, finding) in view.night.findings.iter().enumerate() {
        // What an answer has closed is nobody's errand, though the data do not know of it.
        let is_open = view.case_of(at).is_none_or(Case::is_open);
        if finding.owner == Owner::Township && is_open {
            by_person.entry(finding.person).or_default().push(at);
        }
    }
    let answered_for: FxHashMap<DivisionId, ()> =
        super::townships(view).into_iter().map(|(id, _)| (id, ())).collect();
    let mut townships: BTreeMap<Option<DivisionId>, Errands> = BTreeMap::new();
    for (person, mut findings) in by_person {
        let place = person.and_then(|it| view.person(it).place);
        let township = place.and_then(|it| view.night.cx.divisions.township(it));
        let township = township.filter(|it| answered_for.contains_key(it));
        findings.sort_by_key(|at| order(view, *at));
        let errands = townships.entry(township).or_default();
        let is_visit = |at: &usize| is_visit(&view.night.findings[*at]);
        let needs_no_visit = |at: &&usize| person.is_none() || !is_visit(at);
        errands.others.extend(findings.iter().filter(needs_no_visit));
        if let Some(person) = person.filter(|_| is_visit(&findings[0])) {
            errands.visits.push(Errand { person, findings });
        }
    }
    for errands in townships.values_mut() {
        errands.others.sort_by_key(|at| {
            let key = view.person_of(*at).map(|it| it.key);
            (order(view, *at).1, view.place_of(*at), key, order(view, *at))
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
