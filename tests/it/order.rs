//! The order in which a department happens to send its rows decides nothing.

use std::{fs, path::Path};

use arrow::util::display::{ArrayFormatter, FormatOptions};
use bulou::publish::TableFile;

use crate::support::Town;

/// Rows that do not move: headers above, totals below.
struct Fixed {
    file: &'static str,
    above: usize,
    below: usize,
}

const REVERSED: [Fixed; 11] = [
    Fixed { file: "户籍人口_冷市镇.csv", above: 1, below: 0 },
    Fixed { file: "2024年度居民参保信息.csv", above: 1, below: 0 },
    Fixed { file: "2023年度上年度居民参保信息.csv", above: 1, below: 0 },
    Fixed { file: "职工参保信息.csv", above: 1, below: 0 },
    Fixed { file: "生育保险参保信息.csv", above: 1, below: 0 },
    Fixed { file: "2023年度居民医保缴费明细.csv", above: 1, below: 1 },
    Fixed { file: "居民医保缴费明细_202308.csv", above: 1, below: 1 },
    Fixed { file: "居民医保缴费明细_202309.csv", above: 1, below: 1 },
    Fixed { file: "居民医保缴费明细_202310.csv", above: 1, below: 1 },
    Fixed { file: "居民医保缴费明细_202311.csv", above: 1, below: 1 },
    Fixed { file: "居民医保缴费明细_202312.csv", above: 1, below: 1 },
];

/// Turns the rows around as bytes, so that no encoding is touched.
fn reverse(path: &Path, fixed: &Fixed) {
    let bytes = fs::read(path).unwrap();
    assert!(!bytes.contains(&b'"'), "a quoted cell may hold a line break: {}", fixed.file);
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|it| *it == b'\n').collect();
    assert!(bytes.ends_with(b"\n"), "the last row of {} would run into another", fixed.file);
    let end = lines.len() - fixed.below;
    lines[fixed.above..end].reverse();
    let reversed = lines.concat();
    let is_total = |line: &[u8]| line.starts_with(b",");
    assert!(lines[end..].iter().all(|it| is_total(it)), "{} has no total row", fixed.file);
    fs::write(path, reversed).unwrap();
}

/// The rows of a table as text, sorted, without the columns that say where a row stands.
fn rows(run: &Path, table: &str, places: &[&str]) -> Vec<String> {
    let options = FormatOptions::new();
    let mut rows = Vec::new();
    for batch in TableFile::open(run, table).unwrap().batches().unwrap() {
        let schema = batch.schema();
        let shown: Vec<(&str, ArrayFormatter<'_>)> = schema
            .fields()
            .iter()
            .zip(batch.columns())
            .filter(|it| !places.contains(&it.0.name().as_str()))
            .map(|it| (it.0.name().as_str(), ArrayFormatter::try_new(it.1, &options).unwrap()))
            .collect();
        for at in 0..batch.num_rows() {
            let cells = shown.iter().map(|it| format!("{}={}", it.0, it.1.value(at)));
            rows.push(cells.collect::<Vec<_>>().join(" "));
        }
    }
    rows.sort_unstable();
    rows
}

/// The rows that the first has and the second has not, each counted as often as it stands there.
fn only_in<'a>(these: &'a [String], those: &[String]) -> Vec<&'a String> {
    let mut others = those.iter().peekable();
    let mut alone = Vec::new();
    for row in these {
        while others.next_if(|it| *it < row).is_some() {}
        if others.next_if(|it| *it == row).is_none() {
            alone.push(row);
        }
    }
    alone
}

#[test]
fn files_sent_in_another_order_give_the_same_people_links_and_findings() {
    let ((town, _), other) = (Town::published(), Town::new());
    for fixed in &REVERSED {
        reverse(&other.sample(fixed.file), fixed);
    }
    let (before, after) = (town.latest(), other.publish());
    let persons = |run: &Path| fs::read(run.join("persons.parquet")).unwrap();
    let tables: [(&str, &[&str]); 3] = [
        ("persons", &[]),
        ("links", &["file", "row", "compared_with"]),
        ("findings", &["evidence"]),
    ];
    for (table, places) in tables {
        let [before, after] = [&before, &after].map(|run| rows(run, table, places));
        assert!(before.len() > 500, "{table} has {} rows", before.len());
        let (lost, new) = (only_in(&before, &after), only_in(&after, &before));
        assert!(
            lost.is_empty() && new.is_empty(),
            "{table}: {} rows lost, {} new, such as\n{}\n{}",
            lost.len(),
            new.len(),
            lost.first().map_or("", |it| it.as_str()),
            new.first().map_or("", |it| it.as_str()),
        );
    }
    assert!(persons(&before) == persons(&after), "persons.parquet stands in another order");
}
