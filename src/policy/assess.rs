//! The whole chain for a person: liable, what it costs, who pays, from when cover runs. For one
//! person and for a column of them.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    Circumstances, Decision, Policy,
    decide::{
        cover::{Cover, cover},
        liable::{Liability, liable},
        subsidy::{Entitled, reimbursement, subsidy},
        terms::{Terms, terms_ahead, terms_on},
    },
};

/// What the policy says to one person on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    pub liable: Decision<Liability>,
    /// The price before any subsidy, and until when it holds.
    pub terms: Decision<Terms>,
    pub subsidy: Option<Decision<Entitled>>,
    /// Paid back later for an identity given after the payment.
    pub reimbursement: Option<Decision<Entitled>>,
    /// What the person pays; nothing where the fee is refused.
    pub pays_fen: Option<i64>,
    pub cover: Option<Decision<Cover>>,
}

/// Assesses a payment on a day: the fee, subsidy and cover of that very day.
pub fn assess_payment(policy: &Policy, who: &Circumstances, paid_on: NaiveDate) -> Assessment {
    assess(policy, who, paid_on, terms_on(policy, who, paid_on))
}

/// Assesses somebody who has not paid: what to tell them on a day.
pub fn assess_ahead(policy: &Policy, who: &Circumstances, day: NaiveDate) -> Assessment {
    assess(policy, who, day, terms_ahead(policy, who, day))
}

/// Assesses a column of payments, each on its own day.
pub fn assess_payments(policy: &Policy, column: &[(Circumstances, NaiveDate)]) -> Vec<Assessment> {
    column.par_iter().map(|(who, paid_on)| assess_payment(policy, who, *paid_on)).collect()
}

fn assess(
    policy: &Policy,
    who: &Circumstances,
    day: NaiveDate,
    terms: Decision<Terms>,
) -> Assessment {
    let subsidy = subsidy(policy, &who.identities, day);
    let off = subsidy.map_or(0, |it| it.value.amount_fen);
    Assessment {
        liable: liable(policy, who, day),
        pays_fen: terms.value.price_fen.map(|price| (price - off).max(0)),
        cover: cover(policy, who, &terms, day),
        reimbursement: reimbursement(policy, &who.identities, day),
        subsidy,
        terms,
    }
}
