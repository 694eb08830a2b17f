//! Last year's payments and maternity insurance are there to be counted: with them and without,
//! the same people stand in the same way and the same things are wrong.

use std::{fs, path::Path};

use bulou::{
    publish::TableFile,
    score::{self, Truth},
};

use crate::support::{Town, bulou, said};

/// Where the two sources begin in a pipeline.
const BESIDE: &str = "# Beside the employee scheme";

/// Whoever has moved away since, and a row that nobody can read.
const STRANGERS: &str = "\
    24309239999999991,慕容远去,110101199003075234,城乡居民基本医疗保险费,2023,350.00,350.00,0.00,,\
    2022-10-10,微信,冷市镇,南华村,正常,,430923\n\
    24309239999999992,慕容远去,4.30923E+17,城乡居民基本医疗保险费,2023,350.00,350.00,0.00,,\
    2022-10-10,微信,冷市镇,天书村,正常,,430923\n";

/// Adds rows above the total of last year's feed, which then is wrong.
fn add_strangers(town: &Town) {
    let path = town.sample("2023年度居民医保缴费明细.csv");
    let text = encoding_rs::GB18030.decode(&fs::read(&path).unwrap()).0.into_owned();
    let total = text.trim_end().rfind('\n').unwrap() + 1;
    let text = format!("{}{STRANGERS}{}", &text[..total], &text[total..]);
    fs::write(path, encoding_rs::GB18030.encode(&text).0).unwrap();
}

/// The bytes of what may not change.
fn published(run: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let tables = ["persons.parquet", "findings.parquet", "subsidy_list.parquet", "changes.parquet"];
    tables.into_iter().map(|it| (it, fs::read(run.join(it)).unwrap())).collect()
}

fn manifest(run: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(run.join("manifest.json")).unwrap()).unwrap()
}

/// The score as text, links and all.
fn score(town: &Town, run: &Path) -> String {
    let truth = Truth::read(&town.pipeline().join("../../data-samples/lengshi/truth")).unwrap();
    let output = score::RunOutput::read(run, &truth).unwrap();
    serde_json::to_string_pretty(&score::score(&output, &truth)).unwrap()
}

#[test]
fn nothing_is_found_by_what_says_nothing_of_the_year() {
    let (town, other) = (Town::small(), Town::small());
    add_strangers(&town);
    other.edit("pipeline.toml", |text| text[..text.find(BESIDE).unwrap()].to_string());
    let (with, without) = (town.publish(), other.publish());
    for ((table, bytes), (_, expected)) in published(&with).iter().zip(published(&without)) {
        assert!(*bytes == expected, "{table} differs");
    }
    assert_eq!(score(&town, &with), score(&other, &without));

    let (with, without) = (manifest(&with), manifest(&without));
    for counts in ["persons", "findings"] {
        assert_eq!(with[counts], without[counts]);
    }
    let inputs = |it: &serde_json::Value| it["inputs"].as_array().unwrap().len();
    assert_eq!(inputs(&with), inputs(&without) + 2);
    // What is wrong with the file itself is said, once, by a control about the file.
    let is_theirs = |it: &serde_json::Value| it["control"] == "stated-total";
    for control in with["controls"].as_array().unwrap() {
        assert!(is_theirs(control) || control["passed"] == true, "{control}");
    }
    let of_file = |it: &&serde_json::Value| {
        is_theirs(it)
            && it["passed"] == false
            && it["scope"].as_str().unwrap().contains("2023年度居民医保缴费明细")
    };
    assert!(with["controls"].as_array().unwrap().iter().any(|it| of_file(&it)));
}

/// Every row is published all the same: most with the person whom it follows, some with nobody.
#[test]
fn rows_of_last_year_are_shown_with_whom_they_follow() {
    let town = Town::small();
    add_strangers(&town);
    let run = town.publish();
    let links = TableFile::open(&run, "links").unwrap();
    let is_last_year = |it: &str| it == "payments-last-year";
    let rows = links.find("source", is_last_year).unwrap();
    let of_nobody = |rows: &[usize]| {
        let batch = links.take(rows, &["person"]).unwrap();
        batch.column(0).null_count()
    };
    let accepted = manifest(&run)["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["file"].as_str().unwrap().contains("2023年度居民医保缴费明细"))
        .map(|it| it["accepted"].as_u64().unwrap())
        .sum::<u64>();
    assert_eq!(rows.len() as u64, accepted);
    let strangers = links.find("name", |it| it == "慕容远去").unwrap();
    assert_eq!((strangers.len(), of_nobody(&strangers)), (2, 2));
    assert!(of_nobody(&rows) * 50 < rows.len(), "{} of {}", of_nobody(&rows), rows.len());
    // Whoever asks for one of them is told that there is nobody.
    let args = ["explain", run.to_str().unwrap(), "--id", "110101199003075234"];
    let output = bulou(&args).output().unwrap();
    assert!(said(&output).contains("nobody has"), "{}", said(&output));
    let everything = manifest(&run);
    assert!(everything["identity"]["rows_of_nobody"].as_u64().unwrap() >= 2);
}
