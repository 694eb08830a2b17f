//! The misses and the false findings of one code, by their rows: no names, no numbers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::run::RunOutput;
use super::tally::Judged;
use super::truth::{About, Truth, TruthRow};

/// One thing the run got wrong.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Wrong {
    pub code: String,
    /// Missed, or found and not true.
    pub missed: bool,
    pub person: String,
    pub note: String,
    /// file:row with the row's dirt.
    pub rows: Vec<String>,
}

/// The first `most` misses and false findings of a code (of all codes without one).
pub fn wrongs(
    run: &RunOutput,
    judged: &[Judged],
    truth: &Truth,
    code: Option<&str>,
    most: usize,
) -> Vec<Wrong> {
    let wanted = |it: &str| code.is_none_or(|code| code == it);
    let met: FxHashSet<u32> = judged.iter().flat_map(|it| it.meets.iter().copied()).collect();
    let mut counts: FxHashMap<(u32, bool), usize> = FxHashMap::default();
    let mut list = Vec::new();
    let mut persons: FxHashSet<u32> = FxHashSet::default();
    for (at, it) in truth.planted.iter().enumerate() {
        let seen = counts.entry((it.code, true)).or_default();
        if met.contains(&(at as u32)) || !wanted(truth.texts.text(it.code)) || *seen == most {
            continue;
        }
        *seen += 1;
        let About::Person(person) = it.about else {
            list.push((missing(it.code, truth, String::new(), it.note), None));
            continue;
        };
        persons.insert(person);
        list.push((
            missing(it.code, truth, truth.texts.text(person).to_string(), it.note),
            Some(person),
        ));
    }
    let rows = rows_of(&persons, truth);
    let mut list: Vec<Wrong> = list
        .into_iter()
        .map(|(wrong, person)| Wrong {
            rows: person.and_then(|it| rows.get(&it).cloned()).unwrap_or_default(),
            ..wrong
        })
        .collect();
    list.extend(false_ones(run, judged, truth, &wanted, most));
    list
}

fn missing(code: u32, truth: &Truth, person: String, note: u32) -> Wrong {
    let (code, note) = (truth.texts.text(code).to_string(), truth.texts.text(note).to_string());
    Wrong { code, missed: true, person, note, rows: Vec::new() }
}

fn false_ones(
    run: &RunOutput,
    judged: &[Judged],
    truth: &Truth,
    wanted: &dyn Fn(&str) -> bool,
    most: usize,
) -> Vec<Wrong> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut list = Vec::new();
    for (finding, judged) in run.findings.iter().zip(judged) {
        if !judged.meets.is_empty() || judged.is_allowed || !wanted(&finding.code) {
            continue;
        }
        let seen = counts.entry(finding.code.as_str()).or_default();
        if *seen == most {
            continue;
        }
        *seen += 1;
        let row = |it: &super::truth::Place| match it.file {
            Some(file) => match truth.row(file, it.sheet, it.row) {
                Some(row) => shown(row, truth),
                None => format!("{}:{} (no data row)", truth.texts.text(file), it.row),
            },
            None => format!("unknown file:{}", it.row),
        };
        let code = truth.texts.known(&finding.code);
        let why = |person: &u32| code.and_then(|it| truth.must_not.get(&(it, *person)));
        let note = judged.persons.iter().find_map(why).map_or("", |it| truth.texts.text(*it));
        let persons: Vec<&str> = judged.persons.iter().map(|it| truth.texts.text(*it)).collect();
        list.push(Wrong {
            code: finding.code.clone(),
            missed: false,
            person: persons.join(" "),
            note: note.to_string(),
            rows: finding.evidence.iter().map(row).collect(),
        });
    }
    list
}

fn rows_of(persons: &FxHashSet<u32>, truth: &Truth) -> FxHashMap<u32, Vec<String>> {
    let mut rows: FxHashMap<u32, Vec<String>> = FxHashMap::default();
    for it in truth.rows.iter().filter(|it| persons.contains(&it.person)) {
        rows.entry(it.person).or_default().push(shown(it, truth));
    }
    rows
}

/// A row's place, with its dirt.
pub fn shown(row: &TruthRow, truth: &Truth) -> String {
    let file = truth.texts.text(row.file);
    let sheet = truth.texts.text(row.sheet);
    let dirt = truth.texts.text(row.corruption);
    let sheet =
        if sheet.is_empty() || sheet == "Sheet1" { String::new() } else { format!("[{sheet}]") };
    if dirt.is_empty() {
        format!("{file}{sheet}:{}", row.row)
    } else {
        format!("{file}{sheet}:{} ({dirt})", row.row)
    }
}
