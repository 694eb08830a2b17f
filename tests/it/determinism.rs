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

/// Whether a file may name the run that it is of, so that it differs where a night is run again:
/// workbooks that go to and fro, and the manifest, which has their hashes.
fn names_the_run(file: &str) -> bool {
    file.ends_with(".xlsx") || ["manifest.json", "batches.parquet"].contains(&file)
}

/// Every published table, and the page.
fn tables(run: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    run.iter().filter(|it| !names_the_run(&it.0)).cloned().collect()
}

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
    assert_same(&first, &run(&Town::new(), "1"));
    assert_same(&tables(&first), &tables(&run(&town, "2")));
}

#[test]
fn a_night_that_is_run_again_compares_with_the_night_before_and_not_with_itself() {
    let town = Town::small();
    let night = |day: &str| {
        let output = town.job_on(day, &[]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        bytes(&town.latest())
    };
    night("2023-12-19");
    let first = night("2023-12-20");
    let again = night("2023-12-20");
    assert!(town.latest().ends_with("2023-12-20.2"));
    assert_same(&tables(&first), &tables(&again));
    night("2023-12-21");
    assert_same(&tables(&first), &tables(&night("2023-12-20")));
}

fn assert_same(these: &[(String, Vec<u8>)], those: &[(String, Vec<u8>)]) {
    assert_eq!(these.len(), those.len());
    for (one, two) in these.iter().zip(those) {
        assert_eq!(one.0, two.0);
        assert!(one.1 == two.1, "{} differs between runs", one.0);
    }
}
