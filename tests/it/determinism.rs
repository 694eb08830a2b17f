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

#[test]
fn threads_and_a_second_run_change_no_byte() {
    let (town, _) = Town::published();
    let mut runs = vec![bytes(&town.latest())];
    for threads in ["1", "2"] {
        let output = town.job(&["--threads", threads]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        runs.push(bytes(&town.latest()));
    }
    assert!(runs[0].len() > 8, "{:?}", runs[0].iter().map(|it| &it.0).collect::<Vec<_>>());
    for other in &runs[1..] {
        assert_eq!(runs[0].len(), other.len());
        for (one, two) in runs[0].iter().zip(other) {
            assert_eq!(one.0, two.0);
            assert!(one.1 == two.1, "{} differs between runs", one.0);
        }
    }
}
