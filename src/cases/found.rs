//! Tonight's findings, as far as their cases depend on them.

use rayon::prelude::*;

use super::{Found, RestsOn, facts};
use crate::{
    config::Level,
    findings::{Finding, RunView, finding_id},
    identity::PersonId,
    ledger::Context,
    tables::{RecordId, SourceKind},
};

/// In the order of the findings; `facts` is what is known of each person.
pub(super) fn found(
    cx: &Context<'_>,
    run: &RunView<'_>,
    findings: &[Finding],
    known: &[u64],
) -> Vec<Found> {
    let found = |it: &Finding| {
        let person = it.person.map(|id| &run.people[id.0 as usize]);
        let place = person.and_then(|it| it.place);
        let code = |id| cx.divisions.get(id).code.clone();
        let village = place.filter(|id| cx.divisions.get(*id).level == Level::Village);
        let amounts = [it.expected_fen, it.actual_fen];
        Found {
            finding: finding_id(it.rule.code, person.map(|it| it.key), &it.case),
            code: it.rule.code.to_string(),
            person: person.map_or(String::new(), |it| it.key.to_string()),
            township: place.and_then(|it| cx.divisions.township(it)).map_or(String::new(), code),
            village: village.map_or(String::new(), code),
            evidence: facts::of_evidence(run, &it.evidence, &amounts),
            facts: it.person.map_or(0, |it| known[it.0 as usize]),
            rests_on: rests_on(run, it),
        }
    };
    findings.par_iter().map(found).collect()
}

fn rests_on(run: &RunView<'_>, finding: &Finding) -> RestsOn {
    let is_answer = |it: &RecordId| run.tables.kind_of(*it) == SourceKind::Feedback;
    if finding.evidence.iter().any(is_answer) {
        return RestsOn::Answer;
    }
    let own = finding.person.map(|it: PersonId| run.files.of(it).subjects());
    let is_own = |row: &RecordId| own.iter().flatten().any(|it| it.record == *row);
    match finding.other_row.is_none() && finding.evidence.iter().all(is_own) {
        true => RestsOn::Own,
        false => RestsOn::Others,
    }
}
