//! What flexible employment pays a month.

use chrono::NaiveDate;

use crate::policy::{ClauseId, Decision, Policy, Reason};

/// The monthly contribution in fen, half a fen upwards; nothing while nobody has written down the
/// wage it is a rate of.
pub fn contribution(policy: &Policy, month: NaiveDate) -> Option<Decision<Option<i64>>> {
    let rate = policy.flexible.contribution.on(month)?;
    let Some(wage) = policy.flexible.wage.on(month) else {
        return Some(Decision { value: None, clause: rate.clause, reason: Reason::WageUnknown });
    };
    let parts = wage.value.monthly_fen
        * i64::from(rate.value.base_percent)
        * i64::from(rate.value.rate_basis_points);
    let fen = (parts + WHOLE / 2) / WHOLE;
    Some(Decision { value: Some(fen), clause: rate.clause, reason: Reason::Contribution })
}

/// Per cent times hundredths of a per cent.
const WHOLE: i64 = 100 * 10_000;

/// The supplement that goes with it: its clause, and whether it has to be paid.
pub fn supplement(policy: &Policy, month: NaiveDate) -> Option<(bool, ClauseId)> {
    let row = policy.flexible.supplement.on(month)?;
    Some((row.value.compulsory, row.clause))
}
