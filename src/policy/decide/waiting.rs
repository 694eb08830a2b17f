//! How many months somebody waits who did not enrol in the window, or not every year.

use chrono::NaiveDate;

use super::terms::serving;
use crate::policy::{Circumstances, Decision, Policy, Reason, Waiting};

/// The months to wait, where the policy of the year makes anybody wait.
pub fn waiting(
    policy: &Policy,
    who: &Circumstances,
    paid_on: NaiveDate,
    is_in_window: bool,
) -> Option<Decision<u32>> {
    let row = policy.benefit.waiting.as_ref()?;
    let rule = &row.value;
    let decide = |value, reason| Some(Decision { value, clause: row.clause, reason });
    let lapsed = counted_lapses(rule, policy.year, who.lapsed_years);
    if lapsed == 0 && is_in_window {
        return decide(0, Reason::NoWait);
    }
    // Inside the window an event opens no door, but still excuses.
    if rule.exempt.iter().any(|it| serving(policy, *it, who, paid_on).is_some()) {
        return decide(0, Reason::WaitExempt);
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::Datelike;

    use super::*;
    use crate::{
        config::RuleFolders,
        policy::{Event, Identity, Period},
    };

    fn rules(folder: &str, year: u16) -> Policy {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines").join(folder);
        Policy::of_year(&RuleFolders::open(&path).unwrap(), year).unwrap()
    }

    /// The national rule as a later year will read it, with years enough to lapse in. It counts
    /// the first lapsed year into the fixed wait unless told otherwise.
    fn later(year: u16, offset: u16) -> Policy {
        let mut policy = rules("national", 2026);
        policy.year = year;
        policy.benefit.waiting.as_mut().unwrap().value.lapsed_years_offset = offset;
        policy
    }

    #[track_caller]
    fn check(policy: &Policy, lapsed_years: u16, repaired_years: u16, expected: (u32, Reason)) {
        let who = Circumstances { lapsed_years, repaired_years, ..Circumstances::default() };
        let inside = policy.windows.first().value.opens;
        let it = waiting(policy, &who, inside, true).unwrap();
        assert_eq!((it.value, it.reason), expected, "lapsed {lapsed_years} in {}", policy.year);
    }

    #[test]
    fn each_further_lapsed_year_costs_a_month() {
        let policy = later(2031, 1);
        check(&policy, 0, 0, (0, Reason::NoWait));
        check(&policy, 1, 0, (3, Reason::WaitFixed));
        check(&policy, 2, 0, (4, Reason::WaitVariable));
        check(&policy, 3, 0, (5, Reason::WaitVariable));
        check(&policy, 4, 0, (6, Reason::WaitVariable));
        check(&policy, 5, 0, (7, Reason::WaitVariable));
    }

    #[test]
    fn where_the_first_lapsed_year_costs_one_too_it_is_a_month_more() {
        let policy = later(2031, 0);
        check(&policy, 1, 0, (4, Reason::WaitVariable));
        check(&policy, 2, 0, (5, Reason::WaitVariable));
        check(&policy, 4, 0, (7, Reason::WaitVariable));
        check(&policy, 4, 1, (6, Reason::WaitRepaired));
        check(&policy, 4, 2, (6, Reason::WaitLongLapse));
    }

    #[test]
    fn a_repaired_year_takes_a_month_off_but_never_of_the_fixed_ones() {
        let policy = later(2031, 1);
        check(&policy, 2, 1, (3, Reason::WaitRepaired));
        check(&policy, 3, 1, (4, Reason::WaitRepaired));
        check(&policy, 3, 2, (3, Reason::WaitRepaired));
        check(&policy, 3, 9, (3, Reason::WaitRepaired));
    }

    #[test]
    fn after_four_lapsed_years_repairs_stop_at_six_months() {
        let policy = later(2031, 1);
        check(&policy, 4, 1, (6, Reason::WaitLongLapse));
        check(&policy, 5, 1, (6, Reason::WaitRepaired));
        check(&policy, 5, 2, (6, Reason::WaitLongLapse));
        check(&policy, 3, 1, (4, Reason::WaitRepaired));
    }

    #[test]
    fn only_lapses_since_the_rule_began_count() {
        check(&later(2025, 1), 6, 0, (0, Reason::NoWait));
        check(&later(2026, 1), 6, 0, (3, Reason::WaitFixed));
        check(&later(2027, 1), 6, 0, (4, Reason::WaitVariable));
        check(&later(2029, 1), 6, 0, (6, Reason::WaitVariable));
    }

    #[test]
    fn an_excused_event_excuses_inside_the_window_as_well() {
        let mut policy = rules("lengshi", 2024);
        policy.benefit.waiting = rules("national", 2026).benefit.waiting;
        let rule = &mut policy.benefit.waiting.as_mut().unwrap().value;
        rule.counts_lapses_from = 2020;
        rule.exempt = vec![Event::Hardship, Event::Released];
        let (poor, _) = policy.categories.iter().find(|(_, it)| it.must_be_covered).unwrap();
        let inside = policy.windows.first().value.opens.with_month(11).unwrap();
        let lapsed = Circumstances { lapsed_years: 2, ..Circumstances::default() };
        let identity = Identity { category: poor, period: Period::default() };
        let poor = Circumstances { identities: vec![identity], ..lapsed.clone() };
        let careless = Circumstances { objective_cause: Some(false), ..poor.clone() };
        let released = Circumstances { released_on: Some(inside), ..lapsed.clone() };
        let reason = |who| waiting(&policy, who, inside, true).unwrap().reason;
        assert_eq!(reason(&lapsed), Reason::WaitVariable);
        assert_eq!(reason(&poor), Reason::WaitExempt);
        assert_eq!(reason(&careless), Reason::WaitVariable);
        assert_eq!(reason(&released), Reason::WaitExempt);
    }
}
