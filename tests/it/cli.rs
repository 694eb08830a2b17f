//! Commands, exit codes and messages.

use crate::support::{Town, bulou, repository, said};

#[test]
fn every_rule_prints_its_manual() {
    let list = bulou(&["rules"]).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let codes: Vec<&str> = list.lines().map(|line| &line[..3]).collect();
    for expected in ["E01", "E04", "D02", "D08", "S01", "S08", "P01", "P07", "Q01", "Q06"] {
        assert!(codes.contains(&expected), "{expected} is missing from\n{list}");
    }
    for code in codes {
        let manual = bulou(&["rules", code]).output().unwrap();
        assert!(said(&manual).contains("## What to do"), "{code}");
    }
}

#[test]
fn an_unknown_rule_or_table_is_wrong_usage() {
    for args in [["rules", "X99"], ["schema", "nothing"]] {
        let output = bulou(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("lists them all"), "{}", said(&output));
    }
}

#[test]
fn the_schema_describes_every_published_table() {
    let (town, _) = Town::published();
    let run = town.latest();
    let schema = said(&bulou(&["schema"]).output().unwrap());
    for file in crate::support::files(&run) {
        let name = file.file_name().unwrap().to_str().unwrap();
        if let Some(table) = name.strip_suffix(".parquet") {
            assert!(schema.contains(table), "{table} is not described");
        }
    }
}

#[test]
fn check_says_what_was_recognised_and_writes_nothing() {
    let town = Town::new();
    let output = bulou(&["check", town.pipeline().to_str().unwrap()]).output().unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("公民身份号码 → id_number"), "{text}");
    assert!(!town.out().exists());
}

#[test]
fn the_log_can_be_json_lines() {
    let town = Town::small();
    let output = town.job(&["--log-format", "json"]).output().unwrap();
    let lines = String::from_utf8(output.stderr).unwrap();
    assert!(lines.lines().count() > 5);
    for line in lines.lines() {
        assert!(line.starts_with('{') && line.ends_with('}'), "{line}");
    }
    let done = String::from_utf8(output.stdout).unwrap();
    assert!(done.contains("\"event\":\"done\""), "{done}");
}

#[test]
fn a_second_run_waits_for_nobody_and_says_so() {
    let (town, _) = Town::published();
    let lock = std::fs::File::create(town.out().join("lengshi/.lock")).unwrap();
    lock.lock().unwrap();
    let output = town.run();
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    lock.unlock().unwrap();
    let again = town.run();
    assert!(again.status.success(), "{}", said(&again));
    assert!(town.latest().ends_with("2023-12-20.2"), "{:?}", town.latest());
}

#[test]
fn the_readmes_name_commands_that_exist() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(repository().join(readme)).unwrap();
        assert!(text.contains("cargo run -- run pipelines/lengshi --as-of 2023-12-20"), "{readme}");
        assert!(text.contains("cargo test"), "{readme}");
    }
}
