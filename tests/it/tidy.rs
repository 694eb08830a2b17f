//! Conventions are tests, so that no reviewer has to remember them.

use std::{fs, path::Path};

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
        let production = text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().count();
        assert!(production <= 400, "{name} has {production} lines before its tests");
    }
}

#[test]
fn knowledge_points_one_way() {
    let forbidden = [
        ("clean/", &["tables", "config", "ingest", "identity", "policy", "ledger", "findings"][..]),
        ("tables/", &["config", "ingest", "identity", "policy", "ledger", "findings", "publish"]),
        ("config/", &["identity", "policy", "ledger", "findings", "publish", "run", "cli"]),
        ("ingest/", &["identity", "policy", "ledger", "findings", "publish", "run", "cli"]),
        ("identity/", &["config", "ingest", "policy", "ledger", "findings", "publish", "run"]),
        ("policy/", &["ingest", "identity", "ledger", "findings", "publish", "run", "cli"]),
        ("ledger/", &["ingest", "findings", "publish", "run", "cli"]),
        ("findings/", &["publish", "run", "cli", "synth"]),
        ("report/", &["config", "ingest", "publish", "run", "cli", "synth", "score", "explain"]),
        ("publish/", &["run", "cli", "synth", "score", "explain"]),
        ("explain/", &["config", "ingest", "run", "cli", "synth", "score"]),
        ("synth/", &["ingest", "identity", "ledger", "findings", "publish", "run", "cli"]),
    ];
    for (name, text) in sources() {
        let known = known_modules(&text);
        let rules = forbidden.iter().filter(|(folder, _)| name.starts_with(folder));
        for stranger in rules.flat_map(|(_, strangers)| *strangers) {
            assert!(!known.contains(&stranger.to_string()), "{name} must not know {stranger}");
        }
    }
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

#[test]
fn no_policy_figure_stands_in_rust() {
    let figures = ["380", "38000", "38_000", "19000", "19_000", "640", "1020", "266", "114"];
    for (name, text) in sources() {
        if name.starts_with("synth/") || name.ends_with("tests.rs") {
            continue;
        }
        let production = text.split("#[cfg(test)]").next().unwrap();
        let code: String = production
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let words = code.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        for word in words {
            let is_list = name.starts_with("clean/") || name.ends_with("codes.rs");
            assert!(is_list || !figures.contains(&word), "{name} holds the figure {word}");
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
    for entry in fs::read_dir(repository().join("pipelines")).unwrap() {
        let folder = entry.unwrap().path();
        if Path::new(&folder).join("pipeline.toml").is_file() {
            let pipeline = bulou::config::Pipeline::open(&folder).unwrap();
            bulou::policy::Policy::load(&pipeline).unwrap();
        }
    }
}
