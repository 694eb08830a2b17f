//! 中途参保: what was paid or enrolled for the year after its main window had closed. Some
//! localities have every one of these reviewed at two levels.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Everybody, One};
use crate::{
    identity::PersonId,
    ledger::{Context, Fate, cover, settle},
    policy::ClauseId,
    tables::EnrolmentStatus,
};

crate::labelled! {
    /// By what right somebody came after the main window.
    pub enum Ground {
        Window = "window", "后续缴费期";
        Exception = "exception", "特殊情形";
        None = "none", "未见适用情形";
        Unpaid = "unpaid", "已登记，未见有效缴费";
    }
}

/// One payment, or an enrolment without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MidYear {
    pub person: PersonId,
    /// The day of payment or else of enrolment.
    pub on: NaiveDate,
    /// What the person paid, net of refunds; nothing where nothing was paid.
    pub amount_fen: Option<i64>,
    pub ground: Ground,
    /// The clause by which the fee was taken.
    pub clause: ClauseId,
}

/// Everything that came after the main window, by person and day; nothing where the locality
/// does not review it.
pub fn select(cx: &Context<'_>, all: &Everybody<'_>, is_reviewed: bool) -> Vec<MidYear> {
    if !is_reviewed {
        return Vec::new();
    }
    all.ids().into_par_iter().flat_map_iter(|id| of(cx, &all.one(PersonId(id)))).collect()
}

fn of(cx: &Context<'_>, one: &One<'_>) -> Vec<MidYear> {
    let closes = cx.policy.windows.first().value.closes;
    let settled = settle(cx, &one.file);
    let clause = one.standing.due_clause;
    let paid = one.file.payments.iter().zip(&settled.fates).zip(&settled.net_fen);
    let paid = paid.filter(|((_, fate), _)| **fate == Fate::Valid);
    let late = paid.filter_map(|((row, _), net)| {
        let on = row.paid_on.filter(|it| *it > closes)?;
        let ground = ground(cx, one, on);
        Some(MidYear { person: one.id, on, amount_fen: Some(*net), ground, clause })
    });
    let mut rows: Vec<MidYear> = late.collect();
    if !settled.is_valid() {
        let enrolments = cover::resident_enrolments(cx, &one.file);
        let active = enrolments.filter(|it| it.status == EnrolmentStatus::Active);
        let on = active.filter_map(|it| it.enrolled_on).filter(|it| *it > closes).min();
        let ground = Ground::Unpaid;
        rows.extend(on.map(|on| MidYear { person: one.id, on, amount_fen: None, ground, clause }));
    }
    rows.sort_by_key(|it| (it.on, it.amount_fen));
    rows
}

fn ground(cx: &Context<'_>, one: &One<'_>, paid_on: NaiveDate) -> Ground {
    match (cx.policy.windows.on(paid_on), one.standing.due_fen) {
        (Some(_), _) => Ground::Window,
        (None, Some(_)) => Ground::Exception,
        (None, None) => Ground::None,
    }
}
