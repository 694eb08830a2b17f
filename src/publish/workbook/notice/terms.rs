//! What every notice says of the fee, its subsidies and the time to pay: the year's rules.

use chrono::{Datelike, NaiveDate};

use crate::{clean::money, policy::Policy, publish::View};

/// What some categories are given, and what is left to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tier {
    pub subsidy: String,
    pub left: String,
    pub categories: String,
}

/// The same for all villages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    pub year: u16,
    pub as_of: String,
    /// Below which a group's figure is not shown.
    pub smallest: u32,
    pub fee: String,
    /// The highest subsidy first.
    pub tiers: Vec<Tier>,
    /// When the fee is taken, a line each.
    pub times: Vec<String>,
}

impl Terms {
    pub(super) fn new(view: &View<'_>) -> Terms {
        let (policy, as_of) = (view.night.cx.policy, view.night.cx.as_of);
        let individual = policy.fee.individual.value.amount_fen;
        let fiscal = policy.fee.fiscal.value.amount_fen;
        Terms {
            year: policy.year,
            as_of: day(as_of),
            smallest: view.night.pipeline.publication.smallest_public_count,
            fee: format!("个人每人每年缴{}，财政每人每年补助{}。", yuan(individual), yuan(fiscal)),
            tiers: tiers(policy),
            times: times(policy, as_of),
        }
    }
}

/// Categories of one subsidy together.
fn tiers(policy: &Policy) -> Vec<Tier> {
    let mut amounts: Vec<(i64, Vec<&str>)> = Vec::new();
    for (id, category) in policy.categories.iter() {
        let Some(subsidy) = policy.subsidies.of(id) else { continue };
        let amount = subsidy.value.amount_fen;
        match amounts.iter_mut().find(|it| it.0 == amount) {
            Some((_, names)) => names.push(&category.name),
            None => amounts.push((amount, vec![&category.name])),
        }
    }
    amounts.sort_by_key(|it| std::cmp::Reverse(it.0));
    let fee = policy.fee.individual.value.amount_fen;
    let tier = |(amount, names): (i64, Vec<&str>)| Tier {
        subsidy: yuan(amount),
        left: yuan(fee - amount),
        categories: names.join("、"),
    };
    amounts.into_iter().map(tier).collect()
}

/// Every window that is known by the day, whether it is open, and what holds outside.
fn times(policy: &Policy, as_of: NaiveDate) -> Vec<String> {
    let known = policy.windows.iter().map(|it| &it.value);
    let known = known.filter(|it| it.announced.is_none_or(|known| known <= as_of));
    let mut times: Vec<String> = known
        .map(|it| {
            let state = if as_of > it.closes {
                "已结束".to_string()
            } else if as_of < it.opens {
                "尚未开始".to_string()
            } else {
                match (it.closes - as_of).num_days() {
                    0 => "今天截止".to_string(),
                    days => format!("距截止还有{days}天"),
                }
            };
            format!("{}至{}（{state}）", day(it.opens), day(it.closes))
        })
        .collect();
    let late = policy.windows.late.value.price.zh();
    times.push(format!("缴费期以外：{late}；新生儿等特殊情形按当地规定办理。"));
    times
}

fn day(it: NaiveDate) -> String {
    format!("{}年{}月{}日", it.year(), it.month(), it.day())
}

/// An amount without needless decimals.
fn yuan(fen: i64) -> String {
    let exact = money::yuan(fen);
    format!("{}元", exact.strip_suffix(".00").unwrap_or(&exact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{World, day as date};

    fn policy() -> Policy {
        World::new(1, 3).policy
    }

    #[test]
    fn a_tier_is_what_its_categories_are_given_and_leaves_the_rest_to_pay() {
        let tiers = tiers(&policy());
        assert!(tiers[0].categories.contains("特困人员"), "{tiers:?}");
        assert_eq!((tiers[0].subsidy.as_str(), tiers[0].left.as_str()), ("380元", "0元"));
        let half = &tiers[1];
        assert_eq!((half.subsidy.as_str(), half.left.as_str()), ("190元", "190元"));
        assert!(half.categories.contains("低保"), "{half:?}");
        assert_eq!(tiers.len(), 2);
    }

    #[test]
    fn the_last_day_is_the_deadline_and_the_day_after_is_over() {
        let policy = policy();
        let first = |on: &str| times(&policy, date(on))[0].clone();
        let window = "2023年9月1日至2023年12月31日";
        assert_eq!(first("2023-08-31"), format!("{window}（尚未开始）"));
        assert_eq!(first("2023-12-20"), format!("{window}（距截止还有11天）"));
        assert_eq!(first("2023-12-31"), format!("{window}（今天截止）"));
        assert_eq!(first("2024-01-01"), format!("{window}（已结束）"));
    }

    #[test]
    fn amounts_have_decimals_only_where_there_are_fen() {
        assert_eq!(yuan(12_300), "123元");
        assert_eq!(yuan(12_350), "123.50元");
    }
}
