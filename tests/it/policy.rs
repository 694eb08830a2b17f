//! The worked cases of every folder of rules: a clerk's table of what the documents say.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use bulou::{
    config::RuleFolders,
    diagnostic::Lang,
    policy::{Policy, case_file::CaseFile},
};

use crate::support::{bulou, copy_pipelines, repository, said};

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

/// A copy of the rules of Lengshi in which one file has been spoiled: what loading says of it.
fn spoiled(file: &str, year: u16, change: impl Fn(&str) -> String) -> String {
    let folder = tempfile::tempdir().unwrap();
    copy_pipelines(folder.path());
    let place = folder.path().join("pipelines/lengshi");
    let path = place.join("policy").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert!(changed != text || year != 2024, "nothing was spoiled in {file}");
    fs::write(&path, changed).unwrap();
    let rules = RuleFolders::open(&place).unwrap();
    match Policy::of_year(&rules, year) {
        Ok(_) => "loaded".to_string(),
        Err(error) => error.show(Lang::En),
    }
}

/// The files of Lengshi's own rules.
fn own_files() -> Vec<String> {
    let entries = fs::read_dir(repository().join("pipelines/lengshi/policy")).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    names.filter(|it| it.ends_with(".toml")).collect()
}

fn lines_with<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_key = move |line: &str| line.split_once(" = ").is_some_and(|it| it.0 == key);
    text.lines().enumerate().filter(move |(_, it)| is_key(it)).map(|it| it.0)
}

fn edit_line(text: &str, at: usize, to: impl Fn(&str) -> String) -> String {
    let lines = text.lines().enumerate();
    lines.map(|(line, it)| if line == at { to(it) } else { it.to_string() } + "\n").collect()
}

#[test]
fn no_value_loads_without_its_reference() {
    for file in own_files() {
        let text = fs::read_to_string(
            Path::new(&repository().join("pipelines/lengshi/policy")).join(&file),
        )
        .unwrap();
        let lines: Vec<usize> = lines_with(&text, "reference").collect();
        assert!(!lines.is_empty(), "{file}");
        for at in lines {
            let missing = spoiled(&file, 2024, |text| edit_line(text, at, |_| String::new()));
            assert!(missing.contains(&file) && missing.contains("reference"), "{missing}");
            assert!(missing.contains("^^^"), "the place is not shown:\n{missing}");
            let empty = spoiled(&file, 2024, |text| {
                edit_line(text, at, |_| "reference = \" \"".to_string())
            });
            assert!(empty.contains("this row has no reference"), "{empty}");
            assert!(empty.contains("^^^"), "the place is not shown:\n{empty}");
        }
    }
}

#[test]
fn a_misspelt_key_is_shown_wherever_it_stands() {
    for file in own_files() {
        let text =
            fs::read_to_string(repository().join("pipelines/lengshi/policy").join(&file)).unwrap();
        for (at, line) in
            text.lines().enumerate().filter(|(_, it)| it.contains(" = ") && !it.starts_with('#'))
        {
            let key = line.split_once(" = ").unwrap().0;
            let said = spoiled(&file, 2024, |text| {
                edit_line(text, at, |it| it.replacen(key, "misspelt", 1))
            });
            assert!(said.contains("misspelt") && said.contains("^^^"), "{file} {line}:\n{said}");
        }
    }
}

#[test]
fn dates_that_overlap_or_are_there_twice_are_refused() {
    let window = "[[window]]\ncoverage_year = 2024\nopens = \"2023-12-31\"\ncloses = \"2024-01-31\"\n\
                  price = \"individual\"\ncover = { on = \"2024-01-01\" }\nreference = \"x\"\n";
    let said = spoiled("window.toml", 2024, |text| format!("{text}\n{window}"));
    assert!(said.contains("overlap") && said.contains("[[window]]"), "{said}");
    let said = spoiled("window.toml", 2024, |text| {
        text.replace("closes = \"2023-12-31\"", "closes = \"2023-08-31\"")
    });
    assert!(said.contains("reversed"), "{said}");
    for file in own_files() {
        // A file doubled states every year twice.
        let said = spoiled(&file, 2024, |text| format!("{text}\n{text}"));
        let may_repeat = file == "exceptions.toml";
        assert!(said != "loaded" || may_repeat, "{file} doubled was taken");
        assert!(said.contains("^^^") || may_repeat, "{said}");
    }
}

#[test]
fn a_clause_for_a_group_that_is_not_in_scope_or_has_one_is_refused() {
    let row = "[[group]]\ncoverage_year = 2024\ngroup = \"newborn\"\nreference = \"x\"\n";
    let once = spoiled("scope.toml", 2024, |text| format!("{text}\n{row}"));
    assert_eq!(once, "loaded");
    let twice = spoiled("scope.toml", 2024, |text| format!("{text}\n{row}\n{row}"));
    let stranger = spoiled("scope.toml", 2024, |text| {
        format!("{}\n{row}", text.replace("\"newborn\", \"student\"", "\"student\""))
    });
    for said in [twice, stranger] {
        assert!(said.contains("`groups`") && said.contains("^^^"), "{said}");
    }
}

#[test]
fn a_year_without_values_is_refused_and_the_rows_are_shown() {
    for (file, table) in
        [("fee.toml", "individual"), ("window.toml", "缴费期"), ("subsidy.toml", "choice")]
    {
        let said = spoiled(file, 2024, |text| {
            text.replace("coverage_year = 2024", "coverage_year = 2019")
        });
        assert!(said.contains("2024") && said.contains(file), "{table}: {said}");
        assert!(said.contains("^^^"), "the place is not shown:\n{said}");
    }
    let asked = spoiled("fee.toml", 2031, str::to_string);
    assert!(asked.contains("2031") && asked.contains("^^^"), "{asked}");
}

#[test]
fn the_command_lists_compares_and_assesses() {
    let folder = repository().join("pipelines/lengshi");
    let call = |args: &[&str]| {
        let args = [&["policy", folder.to_str().unwrap()], args, &["--lang", "zh"]].concat();
        let output = bulou(&args).output().unwrap();
        (output.status.code(), said(&output))
    };
    let (code, listed) = call(&["--on", "2023-10-08"]);
    assert_eq!(code, Some(0), "{listed}");
    for word in ["380.00", "冷政发〔2023〕19号 二(三)", "fee.toml:3", "低保对象"] {
        assert!(listed.contains(word), "{word} is not listed:\n{listed}");
    }
    let cases = folder.join("cases.toml");
    let (code, assessed) = call(&["--assess", cases.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{assessed}");
    assert!(assessed.contains("个人应缴") && assessed.contains("，0 个不符"), "{assessed}");
    let dingtao = repository().join("pipelines/dingtao");
    let (code, compared) = call(&["--on", "2023-10-08", "--compare", dingtao.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{compared}");
    assert!(compared.contains("原则上不再办理") && compared.contains("114.00"), "{compared}");
}
