//! Who is not to be insured here at all: dead, gone, or covered by other law.

use chrono::NaiveDate;

use super::Context;
use crate::{
    identity::PersonFile,
    tables::{Exemption, ExemptionReason, RecordId, RegistrationStatus},
};

pub use crate::policy::Exit;

/// Why, since when, and which row says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exempted {
    pub exit: Exit,
    pub since: Option<NaiveDate>,
    pub record: RecordId,
}

/// The first reason that holds on the day of the run.
pub fn exemption(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Exempted> {
    death(cx, file).or_else(|| gone(cx, file)).or_else(|| listed(cx, file))
}

/// Death, cancellation or moving away that is known to lie before a day.
pub fn exit_before(cx: &Context<'_>, file: &PersonFile<'_>, day: NaiveDate) -> Option<Exempted> {
    let is_before = |it: &Exempted| it.since.is_some_and(|since| since < day);
    death(cx, file).filter(is_before).or_else(|| gone(cx, file).filter(is_before))
}

/// Death, by a death list or the roster; the earliest date known.
pub fn death(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Exempted> {
    let lists = file
        .deaths
        .iter()
        .filter(|row| row.died_on.is_none_or(|day| day <= cx.as_of))
        .map(|row| (row.died_on, row.subject.record));
    let roster = file
        .residents
        .iter()
        .filter(|row| row.status == RegistrationStatus::Dead)
        .map(|row| (row.status_on, row.subject.record));
    let dated = |it: &(Option<NaiveDate>, RecordId)| (it.0.is_none(), it.0, it.1);
    let (since, record) = lists.chain(roster).min_by_key(dated)?;
    Some(Exempted { exit: Exit::Dead, since, record })
}

/// Registration cancelled or moved away, unless another row of the roster has the person here.
pub fn gone(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Exempted> {
    let is_gone = |status, on: Option<NaiveDate>| {
        let has_happened = on.is_none_or(|day| day <= cx.as_of);
        match status {
            RegistrationStatus::MovedOut if has_happened => Some(Exit::MovedOut),
            RegistrationStatus::Cancelled if has_happened => Some(Exit::Cancelled),
            _ => None,
        }
    };
    let exits: Vec<Exempted> = file
        .residents
        .iter()
        .filter_map(|row| {
            let exit = is_gone(row.status, row.status_on)?;
            Some(Exempted { exit, since: row.status_on, record: row.subject.record })
        })
        .collect();
    (exits.len() == file.residents.len()).then(|| exits.first().copied()).flatten()
}

fn listed(cx: &Context<'_>, file: &PersonFile<'_>) -> Option<Exempted> {
    let row = file.exemptions.iter().find(|row| is_in_force(row, cx.as_of))?;
    let exit = match row.reason {
        ExemptionReason::Army => Exit::Army,
        ExemptionReason::Prison => Exit::Prison,
        ExemptionReason::SettledAbroad => Exit::SettledAbroad,
        ExemptionReason::Other => Exit::Other,
    };
    Some(Exempted { exit, since: row.from, record: row.subject.record })
}

fn is_in_force(row: &Exemption, day: NaiveDate) -> bool {
    row.from.is_none_or(|from| from <= day) && row.to.is_none_or(|to| day < to)
}
