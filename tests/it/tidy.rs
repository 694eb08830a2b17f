//! Conventions are tests, so that no reviewer has to remember them.

use std::{collections::BTreeSet, fs};

use crate::support::{files, repository};

fn sources() -> Vec<(String, String)> {
    let root = repository().join("src");
    files(&root)
        .into_iter()
        .filter(|it| it.extension().is_some_and(|it| it == "rs"))
        .map(|it| {
            let name = it.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(it).unwrap())
        })
        .collect()
}

#[test]
fn every_file_says_what_it_is_for() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} does not open with //!");
    }
}

#[test]
fn files_stay_small_enough_to_read_at_one_sitting() {
    for (name, text) in sources() {
        let lines = text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().count();
        assert!(lines <= 400, "{name} has {lines} lines before its tests");
    }
}

/// Whom each folder may know beside what everybody knows. The command line and the job know all.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("clean", &[]),
    ("tables", &["clean"]),
    // Of ingestion the names of fields, which a pipeline's columns are mapped to.
    ("config", &["clean", "tables", "ingest"]),
    ("ingest", &["clean", "tables", "config"]),
    ("identity", &["clean", "tables"]),
    ("policy", &["clean", "tables", "config"]),
    ("lists", &["clean", "tables", "config", "ingest", "identity", "policy"]),
    ("ledger", &["clean", "tables", "config", "identity", "policy"]),
    ("findings", &["clean", "tables", "config", "ingest", "identity", "policy", "ledger"]),
    (
        "cases",
        &["clean", "tables", "config", "identity", "policy", "ledger", "findings", "history"],
    ),
    ("report", &["clean", "tables", "config", "identity", "policy", "ledger", "findings"]),
    ("history", &[]),
    ("delivery", &["config", "history"]),
    (
        "publish",
        &[
            "clean", "tables", "config", "ingest", "identity", "policy", "lists", "ledger",
            "findings", "cases", "report", "history", "delivery",
        ],
    ),
    ("explain", &["clean", "tables", "identity", "policy", "ledger", "findings", "publish"]),
    ("lookup", &["clean", "tables", "ingest", "ledger", "findings", "publish", "explain"]),
    ("synth", &["clean", "tables", "config"]),
    ("score", &["publish", "synth"]),
];

/// What everybody knows: how to fail, what to say, how to list.
const COMMON: [&str; 7] =
    ["error", "diagnostic", "columns", "labels", "labelled", "disk", "program"];

#[test]
fn knowledge_points_one_way() {
    let mut judged = BTreeSet::new();
    for (name, text) in sources() {
        let is_test = name.contains("test") || name.contains("fixture");
        let Some((folder, _)) = name.split_once('/').filter(|it| !is_test && it.0 != "cli") else {
            continue;
        };
        let known = MAY_KNOW.iter().find(|it| it.0 == folder);
        let (_, known) = known.unwrap_or_else(|| panic!("whom may {folder}/ know?"));
        judged.insert(folder.to_string());
        for it in known_modules(production(&text)) {
            let may = it == folder || COMMON.contains(&it.as_str()) || known.contains(&it.as_str());
            assert!(may, "{name} must not know {it}");
        }
    }
    assert_eq!(judged.len(), MAY_KNOW.len(), "a folder is gone");
}

/// A file up to its first test; a module of tests in a file of its own ends nothing.
fn production(text: &str) -> &str {
    const TEST: &str = "#[cfg(test)]\n";
    let is_end = |at: usize| {
        let next = text[at + TEST.len()..].lines().next().unwrap_or_default();
        !(next.contains("mod ") && next.ends_with(';'))
    };
    let end = text.match_indices(TEST).map(|it| it.0).find(|it| is_end(*it));
    &text[..end.unwrap_or(text.len())]
}

#[test]
fn production_ends_where_tests_begin_and_not_where_they_are_named() {
    let text = "a\n#[cfg(test)]\nmod tests;\nb\n#[cfg(test)]\nimpl C {}\n";
    assert_eq!(production(text), "a\n#[cfg(test)]\nmod tests;\nb\n");
}

/// The modules of the crate that a file names: `crate::a::…` and `use crate::{a::…, b::{…}}`.
fn known_modules(text: &str) -> Vec<String> {
    let mut known = Vec::new();
    for path in text.split("crate::").skip(1) {
        let Some(group) = path.strip_prefix('{') else {
            known.push(path.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect());
            continue;
        };
        let (mut depth, mut word) = (0, String::new());
        for it in group.chars() {
            match it {
                '{' => depth += 1,
                '}' if matches!(depth, 0 | 100) => {
                    if !word.is_empty() {
                        known.push(std::mem::take(&mut word));
                    }
                    break;
                }
                '}' => depth -= 1,
                it if depth == 0 && (it.is_alphanumeric() || it == '_') => word.push(it),
                // The first word of each item of the group is the module.
                ':' if depth == 0 && !word.is_empty() => {
                    known.push(std::mem::take(&mut word));
                    depth += 100;
                }
                ',' if depth == 100 => depth = 0,
                ',' if depth == 0 => known.push(std::mem::take(&mut word)),
                _ => {}
            }
        }
    }
    known
}

#[test]
fn the_modules_a_file_names_are_all_seen() {
    let text = "use crate::{\n    config::Level,\n    findings::{Find, Finding},\n    policy,\n};\n\
                fn a() { crate::publish::check() }\n\
                use crate::{ledger::Case, tables};\nmod b { use crate::run; }";
    assert_eq!(
        known_modules(text),
        ["config", "findings", "policy", "publish", "ledger", "tables", "run"]
    );
}

/// The code of a file: without tests, comments and texts.
fn code(text: &str) -> String {
    let lines = production(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    let plain = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "").replace("'\"'", "");
    // What stands between quotation marks is every second piece.
    plain.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The numbers written in a piece of code; not those that are part of a name or a position.
fn numbers(code: &str) -> Vec<&str> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let mut numbers = Vec::new();
    let mut rest = code;
    let mut before = ' ';
    while let Some(at) = rest.find(|it: char| it.is_ascii_digit()) {
        before = rest[..at].chars().next_back().unwrap_or(before);
        let end = rest[at..].find(|it| !is_part(it)).map_or(rest.len(), |it| at + it);
        if !is_part(before) && before != '.' {
            let suffixed = &rest[at..end];
            let suffix = ["usize", "u8", "u16", "u32", "u64", "i32", "i64", "f32", "f64"];
            let number = suffix.iter().find_map(|it| suffixed.strip_suffix(it));
            numbers.push(number.unwrap_or(suffixed).trim_end_matches('_'));
        }
        before = rest[..end].chars().next_back().unwrap();
        rest = &rest[end..];
    }
    numbers
}

#[test]
fn numbers_are_found_but_not_in_names_or_positions() {
    let found = numbers("let a1 = x.0 + 380; b(38_000, -7) / 12u32");
    assert_eq!(found, ["380", "38_000", "7", "12"]);
}

#[test]
fn no_policy_figure_stands_in_rust() {
    let figures = ["380", "38000", "38_000", "19000", "19_000", "640", "1020", "266", "114"];
    for (name, text) in sources() {
        let is_list = name.starts_with("clean/") || name.ends_with("codes.rs");
        if name.starts_with("synth/") || name.ends_with("tests.rs") || is_list {
            continue;
        }
        for number in numbers(&code(&text)) {
            assert!(!figures.contains(&number), "{name} holds the figure {number}");
        }
    }
}

/// Whether a file has a say in what is found.
fn judges(name: &str) -> bool {
    let folders = ["policy/", "ledger/", "findings/", "report/"];
    let is_test = name.ends_with("tests.rs") || name.ends_with("testkit.rs");
    folders.iter().any(|it| name.starts_with(it)) && !is_test
}

#[test]
fn whatever_judges_knows_no_number_that_could_be_a_rule() {
    // Halves and per cents, months of a year, code tables of the national platform, certainty.
    let harmless = ["0", "1", "2", "8", "12", "50", "99", "100", "10_000", "1103", "1203"];
    for (name, text) in sources() {
        if !judges(&name) {
            continue;
        }
        for number in numbers(&code(&text)) {
            assert!(harmless.contains(&number), "{name} holds {number}: is it policy?");
        }
    }
}

#[test]
fn whatever_judges_knows_no_day() {
    for (name, text) in sources() {
        if !judges(&name) {
            continue;
        }
        for line in production(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            let is_year =
                |it: &str| it.len() == 4 && (it.starts_with("20") || it.starts_with("19"));
            let parts: Vec<&str> = line.split(|it: char| !it.is_ascii_digit()).collect();
            let has_day =
                parts.windows(3).any(|it| is_year(it[0]) && !it[1].is_empty() && !it[2].is_empty());
            assert!(!has_day, "{name} names a day: {line}");
        }
    }
}

#[test]
fn the_map_has_every_folder() {
    let map = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(repository().join("src")).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(map.contains(&format!("(src/{name})")), "ARCHITECTURE.md has no {name}/");
        }
    }
}

#[test]
fn every_pipeline_in_the_repository_loads() {
    let mut areas = Vec::new();
    for entry in fs::read_dir(repository().join("pipelines")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("pipeline.toml").is_file() {
            continue;
        }
        let pipeline = bulou::config::Pipeline::open(&folder).unwrap();
        assert_eq!(pipeline.name, folder.file_name().unwrap().to_str().unwrap());
        let area = pipeline.divisions.get(pipeline.area);
        areas.push(format!("{} {}", area.code, area.name));
        bulou::policy::Policy::load(&pipeline).unwrap();
    }
    areas.sort();
    let expected = [
        "371703 菏泽市定陶区",
        "4116 周口市",
        "411622 周口市西华县",
        "411627 周口市太康县",
        "430923109 冷市镇",
        "4415 汕尾市",
    ];
    assert_eq!(areas, expected);
}

#[test]
fn shanwei_reports_the_regions_of_its_published_table() {
    let folder = repository().join("pipelines/shanwei");
    let pipeline = bulou::config::Pipeline::open(&folder).unwrap();
    let divisions = &pipeline.divisions;
    let mut townships: std::collections::BTreeMap<&str, usize> = Default::default();
    for (id, it) in divisions.iter().filter(|it| divisions.township(it.0) == Some(it.0)) {
        assert!(divisions.is_within(id, pipeline.area), "{}", it.name);
        *townships.entry(divisions.region(id)).or_default() += 1;
    }
    let expected =
        [("华侨", 1), ("城区", 7), ("海丰", 16), ("红海湾", 3), ("陆丰", 28), ("陆河", 8)];
    assert_eq!(townships.into_iter().collect::<Vec<_>>(), expected);
}
