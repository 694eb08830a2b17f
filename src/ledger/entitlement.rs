//! Who is entitled to how much of a subsidy on a day.

use chrono::NaiveDate;

use super::Context;
use crate::{
    identity::PersonFile,
    policy::{CategoryId, ClauseId},
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

/// Whether a membership holds on a day: list start ≤ day < list end.
pub fn holds_on(row: &CategoryRow, day: NaiveDate) -> bool {
    row.from.is_none_or(|from| from <= day) && row.to.is_none_or(|to| day < to)
}

/// The categories a person belongs to on a day, each with its row.
pub fn categories_on<'a>(
    cx: &'a Context<'_>,
    file: &PersonFile<'a>,
    day: NaiveDate,
) -> impl Iterator<Item = (CategoryId, &'a CategoryRow)> {
    file.categories
        .iter()
        .filter(move |row| holds_on(row, day))
        .filter_map(|row| Some((cx.labels.get(row.label)?, row)))
}

/// The highest subsidy of all the identities that hold on a day; subsidies are never added up.
pub fn entitlement_on(
    cx: &Context<'_>,
    file: &PersonFile<'_>,
    day: NaiveDate,
) -> Option<Entitlement> {
    categories_on(cx, file, day)
        .filter_map(|(category, row)| {
            let subsidy = cx.policy.subsidies.of(category)?;
            Some(Entitlement {
                category,
                amount_fen: subsidy.value,
                clause: subsidy.clause,
                record: row.subject.record,
            })
        })
        .min_by_key(|it| (-it.amount_fen, it.category, it.record))
}

/// Whether the person is in a group whose cover must be complete.
pub fn must_be_covered(cx: &Context<'_>, file: &PersonFile<'_>, day: NaiveDate) -> bool {
    categories_on(cx, file, day).any(|(it, _)| cx.policy.categories.get(it).must_be_covered)
}
