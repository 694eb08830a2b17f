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
    let reimbursement = reimbursement(policy, &who.identities, paid_on);
    Assessment { reimbursement, ..assess(policy, who, paid_on, terms_on(policy, who, paid_on)) }
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
        reimbursement: None,
        subsidy,
        terms,
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::LazyLock};

    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        config::RuleFolders,
        policy::{CategoryId, Employment, Exit, Identity, Period, Study},
    };

    /// Every locality's rules for a year that it has.
    static RULES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
        let pipelines = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines");
        [("lengshi", 2024), ("dingtao", 2024), ("national", 2024), ("national", 2026)]
            .map(|(name, year)| {
                let folders = RuleFolders::open(&pipelines.join(name)).unwrap();
                Policy::of_year(&folders, year).unwrap()
            })
            .into()
    });

    fn day() -> impl Strategy<Value = NaiveDate> {
        let first: NaiveDate = "2023-08-25".parse().unwrap();
        (0_i64..1260).prop_map(move |it| first + TimeDelta::days(it))
    }

    fn period() -> impl Strategy<Value = Period> {
        let ends = (prop::option::of(day()), prop::option::of(day()));
        ends.prop_map(|(from, to)| Period { from, to })
    }

    fn life() -> impl Strategy<Value = Circumstances> {
        let identity = (0_u8..13, period())
            .prop_map(|(it, period)| Identity { category: CategoryId(it), period });
        let who = (
            prop::option::of(period()),
            prop::option::of(period()),
            prop::option::of(period()),
            prop::option::of(period()),
            prop::collection::vec(identity, 0..4),
            prop::option::of(any::<bool>()),
        );
        let days = prop::collection::vec(prop::option::of(day()), 4);
        let years = (0_u16..7, 0_u16..7);
        (who, days, years).prop_map(|(it, days, (lapsed_years, repaired_years))| {
            let (registered, exit, employed, studies, identities, objective_cause) = it;
            Circumstances {
                birth: days[0],
                registered,
                has_birth_certificate: days[0].is_some(),
                study: studies.map(|period| Study { period, is_college: true, is_here: true }),
                exit: exit.map(|period| (Exit::Dead, period)),
                employment: employed.map(|period| Employment { period, is_flexible: false }),
                identities,
                released_on: days[1],
                moved_in_on: days[2],
                welfare_home_on: days[3],
                objective_cause,
                lapsed_years,
                repaired_years,
                ..Circumstances::default()
            }
        })
    }

    proptest! {
        #[test]
        fn a_column_of_payments_is_each_payment_on_its_own(
            column in prop::collection::vec((life(), day()), 0..30),
        ) {
            for policy in RULES.iter() {
                let one_by_one: Vec<Assessment> =
                    column.iter().map(|(who, on)| assess_payment(policy, who, *on)).collect();
                prop_assert_eq!(assess_payments(policy, &column), one_by_one);
            }
        }

        #[test]
        fn nobody_pays_more_than_the_price_and_cover_lies_ahead(who in life(), on in day()) {
            for policy in RULES.iter() {
                let it = assess_payment(policy, &who, on);
                let price = it.terms.value.price_fen;
                prop_assert_eq!(it.pays_fen.is_some(), price.is_some());
                prop_assert!(it.pays_fen <= price && it.pays_fen.is_none_or(|fen| 0 <= fen));
                prop_assert!(price.is_some() || it.cover.is_none());
                prop_assert!(it.cover.is_none_or(|it| it.value.from <= it.value.to));
                let deadline = it.terms.value.deadline;
                prop_assert!(deadline.is_none_or(|last| on <= last));
            }
        }
    }
}
