//! The worked cases of every folder of rules: a clerk's table of what the documents say.

use std::{collections::BTreeMap, fs, path::PathBuf};

use bulou::{
    config::RuleFolders,
    diagnostic::Lang,
    policy::{Policy, case_file::CaseFile},
};

use crate::support::repository;

/// Folders of rules that have worked cases, by name.
fn folders() -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(repository().join("pipelines")).unwrap();
    let folders = entries.map(|it| it.unwrap().path()).filter(|it| it.join("cases.toml").is_file());
    folders.map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), it)).collect()
}

#[test]
fn every_worked_case_of_every_locality_comes_out_as_its_documents_say() {
    let mut wrong = Vec::new();
    for (name, folder) in folders() {
        let rules = RuleFolders::open(&folder).unwrap();
        let file = CaseFile::open(&folder.join("cases.toml")).unwrap();
        let mut by_year = BTreeMap::new();
        for case in &file.cases {
            let policy = by_year.entry(case.year).or_insert_with(|| {
                Policy::of_year(&rules, case.year)
                    .unwrap_or_else(|error| panic!("{name}: {}", error.show(Lang::En)))
            });
            let misses =
                file.check(policy, case).unwrap_or_else(|error| panic!("{}", error.show(Lang::En)));
            for miss in misses {
                wrong.push(format!(
                    "{name}, {}: {} is {}, not {}",
                    case.name, miss.key, miss.found, miss.expected
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn there_are_enough_cases_and_each_expects_something() {
    let least =
        [("dingtao", 25), ("lengshi", 25), ("shanwei", 25), ("zhoukou", 25), ("national", 15)];
    let folders = folders();
    for (name, least) in least {
        let file = CaseFile::open(&folders[name].join("cases.toml")).unwrap();
        assert!(file.cases.len() >= least, "{name} has {} cases", file.cases.len());
        for case in &file.cases {
            assert!(case.n_expected() >= 2, "{name}, {} expects too little", case.name);
        }
    }
}
