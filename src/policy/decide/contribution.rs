//! What flexible employment pays a month.

use chrono::NaiveDate;

use crate::policy::{Decision, Paid, Policy, Reason};

/// The monthly contribution in fen, half a fen upwards; nothing while nobody has written down the
/// wage it is a rate of.
pub fn contribution(policy: &Policy, month: NaiveDate) -> Option<Decision<Option<i64>>> {
    let rate = policy.flexible.contribution.on(month)?;
    let Some(wage) = policy.flexible.wage.on(month) else {
        return Some(Decision { value: None, clause: rate.clause, reason: Reason::WageUnknown });
    };
    let share = (rate.value.base_percent, rate.value.rate_basis_points);
    let value = Some(rate_of(wage.value.monthly_fen, share.0, share.1));
    Some(Decision { value, clause: rate.clause, reason: Reason::Contribution })
}

/// A rate, in hundredths of a per cent, of a percentage of an amount in fen.
fn rate_of(amount_fen: i64, base_percent: u32, rate_basis_points: u32) -> i64 {
    let parts = amount_fen * i64::from(base_percent) * i64::from(rate_basis_points);
    (parts + WHOLE / 2) / WHOLE
}

/// Per cent times hundredths of a per cent.
const WHOLE: i64 = 100 * 10_000;

/// The supplement that goes with it: whether it has to be paid, and how often.
pub fn supplement(policy: &Policy, month: NaiveDate) -> Option<Decision<(bool, Paid)>> {
    let row = policy.flexible.supplement.on(month)?;
    let value = (row.value.compulsory, row.value.paid);
    Some(Decision { value, clause: row.clause, reason: Reason::Contribution })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_fen_is_rounded_upwards() {
        assert_eq!(rate_of(600_000, 100, 640), 38_400);
        // 1.4999 and 1.5 fen.
        assert_eq!(rate_of(14_999, 100, 1), 1);
        assert_eq!(rate_of(15_000, 100, 1), 2);
        assert_eq!(rate_of(600_000, 60, 640), 23_040);
    }
}
