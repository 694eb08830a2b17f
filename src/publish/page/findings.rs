//! What was found, by rule and by who acts, and what each means.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    diagnostic::Lang,
    findings::{Finding, Owner, RULES, Rule},
    publish::View,
};

/// The families of rules: the letter their codes begin with.
const FAMILIES: [(&str, &str, &str); 5] = [
    ("E", "参保", "cover"),
    ("D", "重复", "duplicates"),
    ("S", "资助", "subsidies"),
    ("P", "缴费", "payments"),
    ("Q", "数据质量", "data quality"),
];

/// The section.
#[derive(Serialize)]
pub(super) struct Findings {
    total: i64,
    /// Rules that found something.
    rules: Vec<OfRule>,
    /// The codes of those that found nothing.
    silent: Vec<&'static str>,
    families: Vec<&'static str>,
    owners: Vec<OfOwner>,
}

#[derive(Serialize)]
struct OfRule {
    code: &'static str,
    name: String,
    meaning: String,
    owners: Vec<String>,
    priority: &'static str,
    /// The priority's code, which the page colours by.
    weight: &'static str,
    count: i64,
    /// Whom they are about; nobody where they are about files.
    persons: i64,
    /// What should have been and what was differ by so much, findings added up; nothing where
    /// none of them is about money.
    apart_fen: Option<i64>,
}

#[derive(Serialize)]
struct OfOwner {
    name: String,
    count: i64,
    /// In the order of families.
    of_family: [i64; FAMILIES.len()],
}

pub(super) fn findings(view: &View<'_>) -> Findings {
    let (all, lang) = (view.night.findings, view.night.cx.lang);
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    let mut by_owner: BTreeMap<Owner, [i64; FAMILIES.len()]> = BTreeMap::new();
    for finding in all {
        let code = finding.rule.code;
        by_rule.entry(code).or_default().push(finding);
        if let Some(family) = FAMILIES.iter().position(|it| code.starts_with(it.0)) {
            by_owner.entry(finding.owner).or_default()[family] += 1;
        }
    }
    let mut owners: Vec<(Owner, [i64; FAMILIES.len()])> = by_owner.into_iter().collect();
    owners.sort_by_key(|it| (std::cmp::Reverse(it.1.iter().sum::<i64>()), it.0));
    let found = RULES.iter().filter_map(|rule| Some((*rule, by_rule.get(rule.code)?)));
    let is_silent = |rule: &&&Rule| !by_rule.contains_key(rule.code);
    Findings {
        total: all.len() as i64,
        rules: found.map(|(rule, findings)| of_rule(lang, rule, findings)).collect(),
        silent: RULES.iter().filter(is_silent).map(|it| it.code).collect(),
        families: FAMILIES.map(|it| if lang == Lang::Zh { it.1 } else { it.2 }).to_vec(),
        owners: owners
            .into_iter()
            .map(|(owner, of_family)| OfOwner {
                name: shown(lang, owner.zh(), owner.code()),
                count: of_family.iter().sum(),
                of_family,
            })
            .collect(),
    }
}

fn of_rule(lang: Lang, rule: &Rule, findings: &[&Finding]) -> OfRule {
    let persons: BTreeSet<_> = findings.iter().filter_map(|it| it.person).collect();
    let owners: BTreeSet<Owner> = findings.iter().map(|it| it.owner).collect();
    let apart = findings.iter().filter_map(|it| Some((it.expected_fen? - it.actual_fen?).abs()));
    let apart: Vec<i64> = apart.collect();
    let shown = |zh, en| shown(lang, zh, en);
    OfRule {
        code: rule.code,
        name: match lang {
            Lang::Zh => rule.zh.to_string(),
            Lang::En => rule.name.replace('_', " "),
        },
        meaning: match lang {
            Lang::Zh => paragraph(&rule.manual(), "## 说明", ""),
            Lang::En => paragraph(&rule.manual(), "## What it finds", " "),
        },
        owners: owners.iter().map(|it| shown(it.zh(), it.code())).collect(),
        priority: if lang == Lang::Zh { rule.priority.zh() } else { rule.priority.code() },
        weight: rule.priority.code(),
        count: findings.len() as i64,
        persons: persons.len() as i64,
        apart_fen: (!apart.is_empty()).then(|| apart.iter().sum()),
    }
}

/// The Chinese name, or the code as English words.
fn shown(lang: Lang, zh: &str, code: &str) -> String {
    match lang {
        Lang::Zh => zh.to_string(),
        Lang::En => code.replace('-', " "),
    }
}

/// The first paragraph under a heading of a manual, as one line.
fn paragraph(manual: &str, heading: &str, space: &str) -> String {
    let below = manual.lines().skip_while(|it| *it != heading).skip(1);
    let lines: Vec<&str> = below.take_while(|it| !it.is_empty()).collect();
    lines.join(space).replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn every_rule_says_what_it_means_in_both_languages() {
        for rule in RULES {
            for lang in [Lang::Zh, Lang::En] {
                let it = of_rule(lang, rule, &[]);
                assert!(it.meaning.chars().count() > 12, "{} {}", rule.code, it.meaning);
                assert!(!it.meaning.contains('\n') && !it.meaning.contains('#'), "{}", it.meaning);
            }
        }
    }

    #[test]
    fn lines_of_chinese_are_joined_without_a_space() {
        let manual = "# E01 x\n\n## 说明\n名\n单`a`。\n\n## Next\nno";
        assert_eq!(paragraph(manual, "## 说明", ""), "名单a。");
    }

    #[test]
    fn findings_add_up_by_rule_and_by_owner() {
        let world = World::new(300, 4);
        let cx = world.context();
        let found = findings(&View::first(&world.night(&cx)));
        let total = world.findings.len() as i64;
        assert_eq!(found.total, total);
        assert_eq!(found.rules.iter().map(|it| it.count).sum::<i64>(), total);
        assert_eq!(found.owners.iter().map(|it| it.count).sum::<i64>(), total);
        assert_eq!(found.rules.len() + found.silent.len(), RULES.len());
        let of = |code| found.rules.iter().find(|it| it.code == code).unwrap();
        assert_eq!((of("P04").persons, of("P04").apart_fen), (0, None), "it is about a file");
        let owed = world.findings.iter().filter(|it| it.rule.code == "E01");
        let owed: i64 = owed.filter_map(|it| it.expected_fen).sum();
        assert!(owed > 0);
        assert_eq!(of("E01").apart_fen, Some(owed), "nothing of it was paid");
        assert!(found.owners.is_sorted_by_key(|it| -it.count), "who has most comes first");
    }
}
