//! Findings: facts that somebody must act on. One file a rule, and the table of all rules.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::{
    identity::PersonId,
    ledger::{Case, Context},
    tables::{Origin, RecordId},
};

mod finding_id;
mod rule;
mod rules;

#[cfg(test)]
mod aside_tests;
#[cfg(test)]
mod registration_tests;
#[cfg(test)]
pub(crate) mod testkit;

pub use finding_id::finding_id;
pub use rule::{Find, Owner, Priority, Rule, RunView};
pub use rules::RULES;

/// One thing found about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub rule: &'static Rule,
    /// Nobody where the finding is about a file.
    pub person: Option<PersonId>,
    /// What tells this case from others of the same rule and person (a voucher, a second id …);
    /// empty where there can be only one. It must not change from night to night.
    pub case: String,
    /// Who acts.
    pub owner: Owner,
    pub expected_fen: Option<i64>,
    pub actual_fen: Option<i64>,
    pub deadline: Option<NaiveDate>,
    /// The records that prove it, in order.
    pub evidence: Vec<RecordId>,
    /// A row that proves it and is no record, such as a file's own total.
    pub other_row: Option<Origin>,
    /// 1 for what is certain.
    pub probability: f32,
    /// One sentence for the person who acts. No ids, no names of others.
    pub detail: String,
}

impl Finding {
    /// A finding with nothing but its proof and its sentence.
    pub fn new(
        rule: &'static Rule,
        person: impl Into<Option<PersonId>>,
        evidence: impl IntoIterator<Item = RecordId>,
        detail: String,
    ) -> Finding {
        let mut evidence: Vec<RecordId> = evidence.into_iter().collect();
        evidence.sort();
        evidence.dedup();
        Finding {
            rule,
            person: person.into(),
            case: String::new(),
            owner: rule.owner,
            expected_fen: None,
            actual_fen: None,
            deadline: None,
            evidence,
            other_row: None,
            probability: 1.0,
            detail,
        }
    }

    /// The same, told apart by a case.
    pub fn case(mut self, case: impl Into<String>) -> Finding {
        self.case = case.into();
        self
    }

    /// The same, for somebody else than the rule's usual owner.
    pub fn owner(mut self, owner: Owner) -> Finding {
        self.owner = owner;
        self
    }

    /// The same, with what should have been and what was.
    pub fn amounts(mut self, expected_fen: Option<i64>, actual_fen: Option<i64>) -> Finding {
        (self.expected_fen, self.actual_fen) = (expected_fen, actual_fen);
        self
    }

    /// The same, with the last day to act.
    pub fn deadline(mut self, deadline: Option<NaiveDate>) -> Finding {
        self.deadline = deadline;
        self
    }

    /// The same, less than certain.
    pub fn probability(mut self, probability: f32) -> Finding {
        self.probability = probability;
        self
    }
}

/// Applies every rule, in the order of code, then person, then case.
///
/// Rules do not see each other. Those that ask about one person run over all persons in
/// parallel; the few that ask about the run as a whole come after.
pub fn find(cx: &Context<'_>, run: &RunView<'_>) -> Vec<Finding> {
    let per_person: Vec<fn(&Context<'_>, &Case<'_>, &mut Vec<Finding>)> = RULES
        .iter()
        .filter_map(|rule| match rule.find {
            Find::Person(find) => Some(find),
            Find::Run(_) => None,
        })
        .collect();
    let mut findings: Vec<Finding> = (0..run.people.len() as u32)
        .into_par_iter()
        .fold(Vec::new, |mut found, person| {
            let case = run.case(PersonId(person));
            for find in &per_person {
                find(cx, &case, &mut found);
            }
            found
        })
        .reduce(Vec::new, |mut all, mut more| {
            all.append(&mut more);
            all
        });
    for rule in RULES {
        if let Find::Run(find) = rule.find {
            find(cx, run, &mut findings);
        }
    }
    for it in &findings {
        let is_proven = !it.evidence.is_empty() || it.other_row.is_some();
        assert!(is_proven, "bug: {} found without proof", it.rule.code);
    }
    findings.par_sort_by(|a, b| {
        let key = |it: &Finding| (it.rule.code, it.person.map(|it| run.people[it.0 as usize].key));
        key(a)
            .cmp(&key(b))
            .then_with(|| a.case.cmp(&b.case))
            .then_with(|| a.evidence.cmp(&b.evidence))
    });
    findings
}

/// How many findings each rule has, in the order of the table of rules.
pub fn count(findings: &[Finding]) -> Vec<(&'static Rule, usize)> {
    let of = |rule: &Rule| findings.iter().filter(|it| it.rule == rule).count();
    RULES.iter().map(|rule| (*rule, of(rule))).collect()
}
