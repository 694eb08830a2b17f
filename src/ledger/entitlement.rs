//! Who is entitled to how much of a subsidy on a day.

use chrono::NaiveDate;

use super::{Context, circumstances::identities};
use crate::{
    identity::PersonFile,
    policy::{CategoryId, ClauseId, Decision, Entitled, Identity, reimbursement, subsidy},
    tables::{CategoryRow, RecordId},
};

/// The one subsidy that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entitlement {
    pub category: CategoryId,
    pub amount_fen: i64,
    pub clause: ClauseId,
    /// The list row that gives it.
    pub record: RecordId,
}

/// The categories a person belongs to on a day, each with its row.
pub fn categories_on<'a>(
    cx: &'a Context<'_>,
    file: &PersonFile<'a>,
    day: NaiveDate,
) -> impl Iterator<Item = (CategoryId, &'a CategoryRow)> {
    let holding = identities(cx, file).filter(move |(it, _)| it.period.holds_on(day));
    holding.map(|(it, row)| (it.category, row))
}

/// The subsidy of a payment on a day, by the identities that hold on it.
pub fn entitlement_on(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    day: NaiveDate,
) -> Option<Entitlement> {
    decide(cx, file, |identities| subsidy(cx.policy, identities, day))
}

/// What is paid back later for an identity given after the payment, still inside the window.
pub fn reimbursement_of(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    paid_on: NaiveDate,
) -> Option<Entitlement> {
    decide(cx, file, |identities| reimbursement(cx.policy, identities, paid_on))
}

fn decide(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    of: impl FnOnce(&[Identity]) -> Option<Decision<Entitled>>,
) -> Option<Entitlement> {
    if file.categories.is_empty() {
        return None;
    }
    let (identities, rows): (Vec<Identity>, Vec<&CategoryRow>) = identities(cx, file).unzip();
    let it = of(&identities)?;
    Some(Entitlement {
        category: it.value.category,
        amount_fen: it.value.amount_fen,
        clause: it.clause,
        record: rows[it.value.identity].subject.record,
    })
}

/// Whether the person is in a group whose cover must be complete.
pub fn must_be_covered(cx: &Context<'_>, file: &PersonFile<'_>, day: NaiveDate) -> bool {
    categories_on(cx, file, day).any(|(it, _)| cx.policy.categories.get(it).must_be_covered)
}
