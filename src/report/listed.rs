//! Who is on a list on the day of the run, and what about them is in question.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Everybody, One, settlement::Heading, share};
use crate::{
    identity::PersonId,
    ledger::{
        Context,
        entitlement::{categories_on, entitlement_on},
        exempt::{self, Exit},
        settle,
    },
    policy::CategoryId,
};

/// Somebody on at least one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub person: PersonId,
    /// The categories, each once, in the order of the policy.
    pub held: Vec<CategoryId>,
    /// The one that gives the subsidy, if one does.
    pub highest: Option<CategoryId>,
    /// Of these, those that carry a subsidy.
    pub paying: Vec<CategoryId>,
    /// Death, cancellation or moving away, and since when.
    pub exit: Option<(Exit, Option<NaiveDate>)>,
    /// The category under which the person was subsidised, where it is another than should be.
    pub subsidised_as: Option<CategoryId>,
}

/// Everybody on a list, by person.
pub fn listed(cx: &Context<'_>, all: &Everybody<'_>) -> Vec<Listed> {
    all.ids().into_par_iter().filter_map(|id| of(cx, &all.one(PersonId(id)))).collect()
}

fn of(cx: &Context<'_>, one: &One<'_>) -> Option<Listed> {
    let mut held: Vec<CategoryId> =
        categories_on(cx, &one.file, cx.as_of).map(|(category, _)| category).collect();
    held.sort_unstable();
    held.dedup();
    if held.is_empty() {
        return None;
    }
    let has_left = |exit: &Exit| matches!(exit, Exit::Dead | Exit::Cancelled | Exit::MovedOut);
    let exit = exempt::exemption(cx, &one.file).filter(|it| has_left(&it.exit));
    let carries = |it: &CategoryId| cx.policy.subsidies.of(*it).is_some();
    Some(Listed {
        person: one.id,
        highest: entitlement_on(cx, &one.file, cx.as_of).map(|it| it.category),
        paying: held.iter().copied().filter(carries).collect(),
        held,
        exit: exit.map(|it| (it.exit, it.since)),
        subsidised_as: subsidised_as(cx, one),
    })
}

/// The category whose subsidy stands for that of another.
fn subsidised_as(cx: &Context<'_>, one: &One<'_>) -> Option<CategoryId> {
    if one.standing.subsidised_fen == 0 {
        return None;
    }
    let settled = settle(cx, &one.file);
    let shares = share::shares(cx, &one.file, one.standing, &settled);
    shares.iter().find_map(|it| match it.heading {
        Heading::Category(category) if it.entitled_fen == 0 && it.moved_fen > 0 => Some(category),
        _ => None,
    })
}
