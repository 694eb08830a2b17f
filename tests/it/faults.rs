//! Wrong input is shown, not hidden; the run before stays in place.

use std::fs;

use crate::support::{Town, said};

/// After a published night: spoils the town, runs again: the exit code, the words, and the old run.
fn check(spoil: impl Fn(&Town), code: i32, words: &[&str]) {
    let (town, _) = Town::published();
    let before = town.latest();
    spoil(&town);
    let output = town.run();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(code), "{text}");
    for word in words {
        assert!(text.contains(word), "{word} is not said:\n{text}");
    }
    assert!(!text.contains("panicked"), "{text}");
    assert_eq!(town.latest(), before, "the run before must stay the newest");
    assert!(before.join("manifest.json").is_file());
}

#[test]
fn a_missing_required_source_stops_the_run_and_is_named() {
    check(
        |town| fs::remove_file(town.sample("户籍人口_冷市镇.csv")).unwrap(),
        1,
        &["roster", "户籍", "pipeline.toml"],
    );
}

#[test]
fn a_header_that_cannot_be_mapped_stops_the_run_and_is_shown() {
    check(
        |town| {
            let nonsense = "甲,乙,丙\n1,2,3\n4,5,6\n";
            fs::write(town.sample("户籍人口_冷市镇.csv"), nonsense).unwrap();
        },
        1,
        &["户籍人口_冷市镇.csv", "甲", "source.columns"],
    );
}

#[test]
fn a_file_of_no_known_encoding_stops_the_run() {
    check(
        |town| {
            let noise: Vec<u8> = (0..20_000u32).map(|it| (it * 7919 % 251) as u8).collect();
            fs::write(town.sample("户籍人口_冷市镇.csv"), noise).unwrap();
        },
        1,
        &["户籍人口_冷市镇.csv", "help:"],
    );
}

#[test]
fn a_truncated_workbook_stops_the_run_if_its_source_is_required() {
    check(
        |town| {
            let path = town.sample("特困人员花名册.xlsx");
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
            town.edit("pipeline.toml", |text| {
                let at = text.find("特困人员花名册").expect("the source");
                let line_end = at + text[at..].find('\n').unwrap();
                let (head, tail) = text.split_at(line_end);
                format!("{head}\nrequired = true{}", tail.replacen("\nrequired = true", "", 1))
            });
        },
        1,
        &["特困人员花名册.xlsx", "help:"],
    );
}

#[test]
fn an_unknown_key_is_shown_with_its_line() {
    check(
        |town| town.edit("pipeline.toml", |text| text.replacen("required", "requird", 1)),
        2,
        &["pipeline.toml", "requird", "^^^"],
    );
}

#[test]
fn a_policy_value_without_reference_does_not_load() {
    check(
        |town| {
            town.edit("policy/fee.toml", |text| {
                text.replacen("reference = \"冷政发〔2023〕19号 二(三)\"\n", "", 1)
            });
        },
        2,
        &["fee.toml", "reference"],
    );
}

#[test]
fn a_year_without_values_does_not_load() {
    check(
        |town| {
            town.edit("pipeline.toml", |text| {
                text.replace("insurance_year = 2024", "insurance_year = 2031")
            });
        },
        2,
        &["2031", "coverage_year"],
    );
}

#[test]
fn a_missing_person_key_tells_how_to_make_one() {
    check(
        |town| fs::remove_file(town.pipeline().join("person.key")).unwrap(),
        2,
        &["person.key", "/dev/urandom"],
    );
}

#[test]
fn a_source_that_is_mostly_rejected_stops_the_run() {
    check(
        |town| {
            let mut text = String::from("户号,与户主关系,姓名,公民身份号码,村居\n");
            for row in 0..100 {
                text.push_str(if row % 2 == 0 {
                    "1,户主,,,南华村\n"
                } else {
                    "1,户主,张三,,南华村\n"
                });
            }
            fs::write(town.sample("户籍人口_冷市镇.csv"), text).unwrap();
        },
        1,
        &["roster", "%"],
    );
}
