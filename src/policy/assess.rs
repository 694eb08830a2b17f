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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::Days;

    use super::*;
    use crate::{
        config::RuleFolders,
        policy::{Employment, Identity, Period},
    };

    #[test]
    fn a_column_of_payments_is_assessed_like_each_alone_and_in_their_order() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/lengshi");
        let policy = Policy::of_year(&RuleFolders::open(&folder).unwrap(), 2024).unwrap();
        let categories: Vec<_> = policy.categories.iter().map(|it| it.0).collect();
        let opens = policy.windows.first().value.opens;
        let since = |day| Some(Period { from: Some(day), to: None });
        // Every fourth day from before the window to after the year, each for another life.
        let column: Vec<(Circumstances, NaiveDate)> = (0..150usize)
            .map(|at| {
                let paid_on = opens - Days::new(30) + Days::new(4 * at as u64);
                let from = paid_on - Days::new(at as u64 % 3);
                let category = categories[at % categories.len()];
                let ended = Period { from: None, to: Some(from) };
                let who = Circumstances {
                    birth: Some(paid_on - Days::new(89 + at as u64 % 3)),
                    registered: since(from).filter(|_| at % 5 > 0),
                    employment: (at % 7 == 0)
                        .then_some(Employment { period: ended, is_flexible: false }),
                    identities: vec![Identity { category, period: Period::default() }],
                    ..Circumstances::default()
                };
                (who, paid_on)
            })
            .collect();
        let alone: Vec<Assessment> =
            column.iter().map(|(who, day)| assess_payment(&policy, who, *day)).collect();
        assert_eq!(assess_payments(&policy, &column), alone);
        let prices: std::collections::BTreeSet<_> = alone.iter().map(|it| it.pays_fen).collect();
        assert!(prices.len() > 3, "the lives are too much alike: {prices:?}");
    }
}
