//! Tests of those who come to flexible employment beside cover of before.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Options, made, options, table, told};
use crate::synth::rates::Rates;
use crate::synth::rules::{FlexibleRule, Rules};

#[test]
fn resident_cover_beside_new_flexible_cover_is_an_overlap_only_after_the_wait() {
    let root = tempfile::tempdir().unwrap();
    let counts = |wait_months: Option<u32>, name: &str| {
        let from = NaiveDate::from_ymd_opt(2023, 6, 1).unwrap();
        let flexible = wait_months.map(|wait_months| FlexibleRule { from, wait_months });
        let rates = Rates { switching: 0.3, ..Rates::default() };
        let rules = Rules { flexible, ..Rules::example() };
        let options = Options { rates, rules, ..options(root.path(), name) };
        made(&options, 2);
        let keys = |file: &str| -> BTreeSet<String> {
            let rows = table(&options.out.join("truth").join(file));
            rows.into_iter().filter(|it| it[0] == "D04").map(|it| it[1].clone()).collect()
        };
        let (planted, forbidden) = (keys("findings.csv"), keys("must_not.csv"));
        let told = told(&options, "switching");
        assert!(told.iter().all(|it| it[6] == "flexible"));
        let of = |keys: &BTreeSet<String>| told.iter().filter(|it| keys.contains(&it[0])).count();
        assert_eq!(of(&planted) + of(&forbidden), told.len(), "{name}");
        (of(&planted), of(&forbidden))
    };
    let (past, inside) = counts(Some(1), "one");
    assert!(past > 10 && inside > 10, "{past} {inside}");
    let (past, inside) = counts(Some(12), "twelve");
    assert!(past == 0 && inside > 20, "{past} {inside}");
    assert_eq!(counts(None, "none"), (0, 0));
}

#[test]
fn a_wait_of_three_months_is_the_month_of_enrolment_and_two_more() {
    let day = |m, d| NaiveDate::from_ymd_opt(2024, m, d).unwrap();
    let rule = FlexibleRule { from: day(6, 1), wait_months: 3 };
    assert!(rule.waits(day(7, 31), day(9, 30)));
    assert!(!rule.waits(day(7, 31), day(10, 1)));
    assert!(rule.waits(day(8, 1), day(10, 1)));
    assert!(!rule.waits(NaiveDate::from_ymd_opt(2024, 5, 31).unwrap(), day(6, 30)));
}
