//! The life of a case: what became of each finding since it was first seen, what was answered, and
//! whether that still holds.
//!
//! The book of cases goes from night to night. A night turns to a page of it: what is found
//! tonight, what the townships have answered so far, and the book as it was, make the book as it
//! is. An answer closes a case only with its proof and only as long as the evidence behind the case
//! is what it was; it never changes what the register or the payment feed say.

mod answer;
mod book;
mod case;
mod gather;

use std::collections::BTreeMap;

pub use answer::{ANSWERS, AnswerCode, Holds};
pub use book::{Night, turn};
pub use case::{Case, Closed, ClosedBy, Decision, Found, Given, State, Why};

use crate::{
    findings::{Finding, RunView},
    identity::PersonId,
    ledger::Context,
};

/// The book as the night before left it.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub cases: Vec<Case>,
    /// A hash of the rules, policy and program that it was kept by; empty for the first night.
    pub rules: String,
}

/// Keeps the book for a night. `rules` is the hash of what the night judges by.
pub fn keep(
    cx: &Context<'_>,
    run: &RunView<'_>,
    findings: &[Finding],
    before: Book,
    rules: &str,
) -> Vec<Case> {
    let found = gather::found(cx, run, findings);
    let answers = gather::given(cx, run, (&found, findings), &before.cases);
    let wanted = before.cases.iter().map(|it| (it.found.person.clone(), None));
    let mut people: BTreeMap<String, Option<PersonId>> = wanted.collect();
    for (at, person) in run.people.iter().enumerate() {
        if let Some(known) = people.get_mut(&person.key.to_string()) {
            *known = Some(PersonId(at as u32));
        }
    }
    let facts = |key: &str| people.get(key).copied().flatten().map(|it| gather::facts(run, it));
    let night = Night {
        as_of: cx.as_of,
        found: &found,
        answers: &answers,
        year_ends: cx.policy.benefit.year.value.to,
        has_other_rules: !before.rules.is_empty() && before.rules != rules,
        facts: &facts,
    };
    turn(before.cases, &night)
}
