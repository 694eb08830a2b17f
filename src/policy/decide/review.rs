//! Whether the dues of a payment are checked at two levels before they are entered.

use super::terms::Terms;
use crate::policy::{Decision, Policy, Reason};

/// The check that payments taken after the main window need, where the policy knows one.
pub fn review(policy: &Policy, terms: &Decision<Terms>) -> Option<Decision<()>> {
    let row = policy.windows.review_mid_year.as_ref()?;
    let is_taken = terms.value.price_fen.is_some() && terms.reason != Reason::InWindow;
    is_taken.then_some(Decision { value: (), clause: row.clause, reason: Reason::TwoLevels })
}
