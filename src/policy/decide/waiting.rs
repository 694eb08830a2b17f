//! How many months somebody waits who did not enrol in the window, or not every year.

use crate::policy::{Circumstances, Decision, Event, Policy, Reason, Waiting};

/// The months to wait, where the policy of the year makes anybody wait.
pub fn waiting(
    policy: &Policy,
    who: &Circumstances,
    event: Option<Event>,
    is_in_window: bool,
) -> Option<Decision<u32>> {
    let row = policy.benefit.waiting.as_ref()?;
    let rule = &row.value;
    let decide = |value, reason| Some(Decision { value, clause: row.clause, reason });
    let lapsed = counted_lapses(rule, policy.year, who.lapsed_years);
    if event.is_some_and(|it| rule.exempt.contains(&it)) {
        return decide(0, Reason::WaitExempt);
    }
    if lapsed == 0 && is_in_window {
        return decide(0, Reason::NoWait);
    }
    let beyond = u32::from(lapsed.saturating_sub(rule.lapsed_years_offset));
    let variable = beyond * rule.months_per_lapsed_year;
    let repaired = u32::from(who.repaired_years) * rule.months_per_repaired_year;
    let months = rule.fixed_months + variable.saturating_sub(repaired);
    let is_long = rule.long_lapse_years <= lapsed;
    if is_long && months < rule.long_lapse_least_months {
        return decide(rule.long_lapse_least_months, Reason::WaitLongLapse);
    }
    match (variable, repaired) {
        (0, _) => decide(months, Reason::WaitFixed),
        (_, 0) => decide(months, Reason::WaitVariable),
        _ => decide(months, Reason::WaitRepaired),
    }
}

/// Lapsed years just before the coverage year, none from before the rule counts them.
fn counted_lapses(rule: &Waiting, year: u16, lapsed_years: u16) -> u16 {
    lapsed_years.min(year.saturating_sub(rule.counts_lapses_from))
}
