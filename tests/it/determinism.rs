//! The same inputs give the same bytes.

use std::{fs, path::Path};

use crate::support::{Town, files, said};

/// Every published file but the one that holds wall-clock times.
fn bytes(run: &Path) -> Vec<(String, Vec<u8>)> {
    files(run)
        .into_iter()
        .map(|it| {
            (it.strip_prefix(run).unwrap().to_string_lossy().into_owned(), fs::read(it).unwrap())
        })
        .filter(|(name, _)| name != "timings.json")
        .collect()
}

/// What says how tonight's subsidy list differs from the one published last.
const OF_THE_LIST_BEFORE: [&str; 4] =
    ["controls.parquet", "manifest.json", "report.html", "subsidy_list.parquet"];

fn run(town: &Town, threads: &str) -> Vec<(String, Vec<u8>)> {
    let output = town.job(&["--threads", threads]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    bytes(&town.latest())
}

#[test]
fn threads_and_a_second_run_change_no_byte() {
    let (town, _) = Town::published();
    let first = bytes(&town.latest());
    assert!(first.len() > 8, "{:?}", first.iter().map(|it| &it.0).collect::<Vec<_>>());
    let other = Town::new();
    assert_same(&first, &run(&other, "1"), &[]);
    let (second, same) = (run(&town, "1"), run(&other, "2"));
    assert_same(&second, &same, &[]);
    assert_same(&without_numbers(first), &without_numbers(second), &OF_THE_LIST_BEFORE);
}

/// The files that do not bear the number of the run's lists.
fn without_numbers(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let is_list = |it: &str| it.starts_with("townships/") || it.starts_with("departments/");
    files.into_iter().filter(|it| !is_list(&it.0) && it.0 != "batches.parquet").collect()
}

fn assert_same(these: &[(String, Vec<u8>)], those: &[(String, Vec<u8>)], but: &[&str]) {
    assert_eq!(these.len(), those.len());
    for (one, two) in these.iter().zip(those) {
        assert_eq!(one.0, two.0);
        let is_same = one.1 == two.1 || but.contains(&one.0.as_str());
        assert!(is_same, "{} differs between runs", one.0);
    }
}
