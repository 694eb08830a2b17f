//! What the county sends beside: maternity insurance, and the payments of the year before.

use std::collections::BTreeSet;

use super::{Options, lines, made, options, table};

/// The data rows of a text file below `data`, in cells.
fn rows(options: &Options, file: &str) -> Vec<Vec<String>> {
    let lines = lines(&options.out.join("data").join(file));
    let cells = lines.iter().skip(1).filter(|it| !it.contains("合计"));
    cells.map(|it| it.split(',').map(str::to_string).collect()).collect()
}

fn column(rows: &[Vec<String>], at: usize) -> BTreeSet<&str> {
    rows.iter().map(|it| it[at].as_str()).collect()
}

#[test]
fn maternity_insurance_is_for_employees_in_service() {
    let root = tempfile::tempdir().unwrap();
    let options = Options { dirt: 0.0, ..options(root.path(), "clean") };
    made(&options, 2);
    let employees = rows(&options, "医保局/职工参保信息.csv");
    let maternity = rows(&options, "医保局/生育保险参保信息.csv");
    assert_eq!(column(&employees, 6), BTreeSet::from(["1101", "1103", "1201"]));
    assert_eq!(column(&maternity, 6), BTreeSet::from(["1101"]));
    assert_eq!(column(&maternity, 5), BTreeSet::from(["510"]));
    assert!(column(&maternity, 0).is_subset(&column(&employees, 0)), "the same person numbers");
    let in_service = employees.iter().filter(|it| it[6] == "1101").count();
    assert!((in_service * 9 / 10..in_service).contains(&maternity.len()), "most, not all");
}

#[test]
fn whoever_was_insured_last_year_paid_before_this_years_window() {
    let root = tempfile::tempdir().unwrap();
    let options = Options { dirt: 0.0, ..options(root.path(), "clean") };
    made(&options, 2);
    let paid = rows(&options, "税务局/2023年度居民医保缴费明细.csv");
    let register = rows(&options, "医保局/2023年度上年度居民参保信息.csv");
    let payments: Vec<Vec<String>> = paid.iter().filter(|it| it[13] == "正常").cloned().collect();
    assert_eq!(payments.len(), register.len());
    assert_eq!(column(&payments, 2), column(&register, 3), "one row each");
    let refunds: Vec<&Vec<String>> = paid.iter().filter(|it| it[13] == "退费").collect();
    assert_eq!(payments.len() + refunds.len(), paid.len());
    assert!(!refunds.is_empty() && refunds.len() * 50 < payments.len(), "{}", refunds.len());
    assert!(refunds.iter().all(|it| column(&payments, 0).contains(it[14].as_str())));
    assert_eq!(column(&paid, 4), BTreeSet::from(["2023"]));
    let days = column(&paid, 9);
    assert!(days.iter().all(|it| ("2022-09-01".."2023-09-01").contains(it)), "{days:?}");
    let in_window = payments.iter().filter(|it| it[9].as_str() <= "2022-12-31").count();
    assert!(in_window * 100 > payments.len() * 98, "but for newborns");
    // A voucher is one payment's, in every year.
    let this_year = rows(&options, "税务局/居民医保缴费明细_202310.csv");
    assert_eq!(column(&paid, 0).len(), paid.len());
    assert!(column(&paid, 0).is_disjoint(&column(&this_year, 0)));
}

#[test]
fn the_truth_is_silent_on_them() {
    let root = tempfile::tempdir().unwrap();
    let options = options(root.path(), "dirty");
    made(&options, 2);
    let rows = table(&options.out.join("truth/rows.csv"));
    assert!(rows.iter().any(|it| it[0].contains("居民医保缴费明细")));
    assert!(!rows.iter().any(|it| it[0].contains("生育") || it[0].contains("/2023年度居民医保")));
}
