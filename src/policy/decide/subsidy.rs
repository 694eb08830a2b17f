//! Which one subsidy a person gets, by the identities that hold on the day of payment.

use chrono::NaiveDate;

use crate::policy::{AddedInside, CategoryId, Choose, Decision, Identity, Policy, Reason, Subsidy};

/// The one subsidy that counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entitled {
    pub category: CategoryId,
    pub amount_fen: i64,
    /// Which of the identities gives it.
    pub identity: usize,
}

/// The subsidy of a payment on a day. Subsidies are never added up.
pub fn subsidy(
    policy: &Policy,
    identities: &[Identity],
    day: NaiveDate,
) -> Option<Decision<Entitled>> {
    let holding = || identities.iter().enumerate().filter(|(_, it)| it.period.holds_on(day));
    let best = choose(policy, holding())?;
    let is_worth = |it: CategoryId| policy.subsidies.of(it).is_some();
    let mut others = holding().map(|it| it.1.category).filter(|it| *it != best.value.category);
    let reason = match (others.any(is_worth), policy.subsidies.choice.value.choose) {
        (false, _) => Reason::Entitled,
        (true, Choose::Highest) => Reason::EntitledHighest,
        (true, Choose::Priority) => Reason::EntitledFirst,
    };
    Some(Decision { reason, ..best })
}

/// What is paid back later to somebody who got an identity after paying, still inside the main
/// window: the difference to what the payment itself was entitled to.
pub fn reimbursement(
    policy: &Policy,
    identities: &[Identity],
    paid_on: NaiveDate,
) -> Option<Decision<Entitled>> {
    let window = &policy.windows.first().value;
    let choice = &policy.subsidies.choice;
    let is_inside = window.opens <= paid_on && paid_on <= window.closes;
    if choice.value.added_inside_window == AddedInside::Ignored || !is_inside {
        return None;
    }
    let is_later = |it: &Identity| {
        let from = it.period.from;
        from.is_some_and(|from| paid_on < from && from <= window.closes)
            && it.period.to.is_none_or(|to| window.closes < to)
    };
    let later = identities.iter().enumerate().filter(|(_, it)| is_later(it));
    let mut best = choose(policy, later)?;
    let had = subsidy(policy, identities, paid_on).map_or(0, |it| it.value.amount_fen);
    best.value.amount_fen -= had;
    (best.value.amount_fen > 0).then_some(Decision {
        clause: choice.clause,
        reason: Reason::AddedInsideWindow,
        ..best
    })
}

/// The best of some identities; of equals the category first named, then the first row.
fn choose<'a>(
    policy: &Policy,
    identities: impl Iterator<Item = (usize, &'a Identity)>,
) -> Option<Decision<Entitled>> {
    let worth = identities.filter_map(|(at, it)| {
        let row = policy.subsidies.of(it.category)?;
        let value =
            Entitled { category: it.category, amount_fen: row.value.amount_fen, identity: at };
        let rank = (rank(policy, &row.value), it.category, at);
        Some((rank, Decision { value, clause: row.clause, reason: Reason::Entitled }))
    });
    worth.min_by_key(|it| it.0).map(|it| it.1)
}

/// The lowest goes first.
fn rank(policy: &Policy, subsidy: &Subsidy) -> i64 {
    match policy.subsidies.choice.value.choose {
        Choose::Highest => -subsidy.amount_fen,
        Choose::Priority => i64::from(subsidy.priority),
    }
}
