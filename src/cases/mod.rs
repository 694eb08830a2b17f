//! The life of a case: what became of each finding since it was first seen, what was answered, and
//! whether that still holds.
//!
//! The book of cases goes from night to night. A night turns to a page of it: what is found
//! tonight, what the townships have answered so far, and the book as it was, make the book as it
//! is. An answer closes a case only with its proof and only as long as the evidence behind the case
//! is what it was; it never changes what the register or the payment feed say.

mod book;
mod case;
mod change;
mod facts;
mod found;
mod gather;
mod known;
mod reason;
mod recalled;

pub use book::{Night, turn};
pub use case::{Case, Closed, Decision, Found, Given, Heard, State, Touched, Why};
pub use change::{CaseChange, Change, between};
pub use gather::{Outcome, Returned};
pub use reason::{Changed, Reason, RestsOn};
pub use recalled::{IsRecalled, unhear};

use rustc_hash::FxHashMap;

use crate::{
    findings::{Finding, RunView},
    identity::PersonKey,
    ledger::Context,
};
pub use known::ByKey;

/// What a night judges by beside the data, as hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgedBy {
    pub policy: String,
    /// Configuration and program.
    pub rules: String,
}

/// The book as the night before left it.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// In the order of finding ids.
    pub cases: Vec<Case>,
    /// Nothing for the first night.
    pub judged_by: Option<JudgedBy>,
    /// A hash of what was known of each person, by key.
    pub facts: FxHashMap<PersonKey, u64>,
}

impl Book {
    /// What is judged by otherwise tonight.
    pub fn changed(&self, tonight: &JudgedBy) -> Changed {
        let Some(before) = &self.judged_by else { return Changed::default() };
        Changed { policy: before.policy != tonight.policy, rules: before.rules != tonight.rules }
    }
}

/// What a night makes of the book.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Every case, in the order of finding ids.
    pub cases: Vec<Case>,
    /// What became of each row of the returned lists.
    pub returned: Vec<Returned>,
    /// A hash of everything that is known of each person, by person id; answers left out.
    pub facts: Vec<u64>,
}

/// Keeps the book for a night that judges by `judged_by`.
pub fn keep(
    cx: &Context<'_>,
    run: &RunView<'_>,
    findings: &[Finding],
    before: &Book,
    judged_by: &JudgedBy,
    recalled: IsRecalled<'_>,
) -> Kept {
    let known = facts::of_everybody(cx, run);
    let found = found::found(cx, run, findings, &known);
    let people = ByKey::new(run.people);
    let answers = gather::gather(cx, run, &before.cases, &found, (&people, recalled));
    let facts = |key: &str| people.id(key).map(|it| known[it.0 as usize]);
    let facts_before =
        |key: &str| PersonKey::read(key).and_then(|it| before.facts.get(&it)).copied();
    let night = Night {
        as_of: cx.as_of,
        found: &found,
        answers: &answers.given,
        year_ends: cx.policy.benefit.year.value.to,
        changed: before.changed(judged_by),
        facts: &facts,
        facts_before: &facts_before,
    };
    let cases = turn(before.cases.clone(), &night);
    Kept { cases, returned: answers.returned, facts: known }
}
