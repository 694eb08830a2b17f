//! What described people owe: the whole chain with its clauses, and whether it is as expected.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    path::Path,
};

use crate::{
    columns::align,
    config::RuleFolders,
    diagnostic::Lang,
    error::Result,
    policy::{
        Policy,
        case_file::{Case, CaseFile},
        chain::Answer,
    },
};

/// Prints the chain of every case. Exit status 1 where an expectation is not met.
pub(super) fn print(rules: &RuleFolders, path: &Path, lang: Lang) -> Result<u8> {
    let file = CaseFile::open(path)?;
    let mut by_year: BTreeMap<u16, Policy> = BTreeMap::new();
    let (mut n_expecting, mut n_missed) = (0, 0);
    for case in &file.cases {
        let policy = match by_year.entry(case.year) {
            Entry::Occupied(known) => &*known.into_mut(),
            Entry::Vacant(new) => &*new.insert(Policy::of_year(rules, case.year)?),
        };
        print_chain(policy, case, &file.answers(policy, case)?, lang);
        let misses = file.check(policy, case)?;
        for miss in &misses {
            let (key, expected, found) = (&miss.key, &miss.expected, &miss.found);
            match lang {
                Lang::Zh => println!("  ✗ {key}：应为 {expected}，实为 {found}"),
                Lang::En => println!("  ✗ {key}: expected {expected}, found {found}"),
            }
        }
        n_expecting += usize::from(case.n_expected() > 0);
        n_missed += usize::from(!misses.is_empty());
    }
    if n_expecting > 0 {
        let n_met = n_expecting - n_missed;
        match lang {
            Lang::Zh => println!("{n_expecting} 个算例，{n_met} 个相符，{n_missed} 个不符。"),
            Lang::En => println!("{n_expecting} cases, {n_met} as expected, {n_missed} not."),
        }
    }
    Ok(u8::from(n_missed > 0))
}

fn print_chain(policy: &Policy, case: &Case, answers: &[Answer], lang: Lang) {
    match lang {
        Lang::Zh => println!("{}（{}，{} 参保年度）", case.name, case.on, case.year),
        Lang::En => println!("{} ({}, coverage year {})", case.name, case.on, case.year),
    }
    let cells = |it: &Answer| {
        let clause = policy.clauses.get(it.clause).reference.clone();
        let (name, value, why) = match lang {
            Lang::Zh => (it.zh, &it.shown, it.reason.zh()),
            Lang::En => (it.en, &it.value, it.reason.code()),
        };
        let why = if *value == why { "" } else { why };
        vec![name.to_string(), value.clone(), why.to_string(), clause]
    };
    for line in align(&answers.iter().map(cells).collect::<Vec<_>>()) {
        println!("  {line}");
    }
    println!();
}
