//! Who is entitled to how much of a subsidy on a day.

use chrono::NaiveDate;

use super::{Context, circumstances::identities};
use crate::{
    identity::PersonFile,
    policy::{CategoryId, ClauseId, Decision, Entitled, Identity, subsidy},
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
    if file.categories.is_empty() {
        return None;
    }
    let identities: Vec<Identity> = identities(cx, file).map(|it| it.0).collect();
    subsidy(cx.policy, &identities, day).map(|it| of(cx, file, &it))
}

/// A decision about a person's identities, with the list row that gives the one that counts.
pub(super) fn of(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    decision: &Decision<Entitled>,
) -> Entitlement {
    let entitled = &decision.value;
    let row = identities(cx, file).nth(entitled.identity).map(|it| it.1);
    Entitlement {
        category: entitled.category,
        amount_fen: entitled.amount_fen,
        clause: decision.clause,
        record: row.expect("bug: an identity that no list gave").subject.record,
    }
}

/// Whether the person is in a group whose cover must be complete.
pub fn must_be_covered(cx: &Context<'_>, file: &PersonFile<'_>, day: NaiveDate) -> bool {
    categories_on(cx, file, day).any(|(it, _)| cx.policy.categories.get(it).must_be_covered)
}
