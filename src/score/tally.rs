//! Precision and recall per code, counted twice: all findings, and those the files decide exactly.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Violation;
use super::run::RunOutput;
use super::truth::{About, Decidable, Truth};

/// A finding of the run, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    pub code: String,
    /// Planted findings it meets, as positions in the truth's list.
    pub meets: Vec<u32>,
    /// The true persons of its evidence.
    pub persons: Vec<u32>,
    pub unknown_rows: usize,
    /// Meets nothing planted, and yet a fair thing to say: counts neither way.
    pub is_allowed: bool,
}

/// Counts of one way of counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Count {
    pub planted: usize,
    pub found: usize,
    /// Findings of the run that are right.
    pub right: usize,
    /// Planted findings that the run made.
    pub met: usize,
}

impl Count {
    /// The share of the run's findings that are right; 1 where it made none.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of the planted findings that the run made; 1 where none are planted.
    pub fn recall(&self) -> f64 {
        share(self.met, self.planted)
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The score of one code.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CodeScore {
    pub code: String,
    pub all: Count,
    pub exact: Count,
    /// Right findings about somebody whom an earlier one already names.
    pub again: usize,
}

/// Judges every finding of a run.
pub fn judge(run: &RunOutput, truth: &Truth) -> Vec<Judged> {
    let mut planted: FxHashMap<(u32, About), Vec<u32>> = FxHashMap::default();
    for (at, it) in truth.planted.iter().enumerate() {
        planted.entry((it.code, it.about)).or_default().push(at as u32);
    }
    let judge = |finding: &super::run::Finding| {
        let code = truth.texts.known(&finding.code);
        let (mut abouts, mut persons, mut unknown_rows) = (Vec::new(), Vec::new(), 0);
        for place in &finding.evidence {
            abouts.extend(place.file.map(About::File));
            match truth.at(place) {
                Some(row) => persons.push(row.person),
                None => unknown_rows += 1,
            }
        }
        persons.sort_unstable();
        persons.dedup();
        abouts.extend(persons.iter().map(|it| About::Person(*it)));
        abouts.sort_unstable();
        abouts.dedup();
        let of = |about: &About| code.and_then(|it| planted.get(&(it, *about)));
        let meets: Vec<u32> = abouts.iter().filter_map(of).flatten().copied().collect();
        let says = |it: &u32| code.is_some_and(|code| truth.allowed.contains(&(code, *it)));
        let forbids = |it: &u32| code.is_some_and(|c| truth.must_not.contains_key(&(c, *it)));
        let is_allowed =
            meets.is_empty() && persons.iter().any(says) && !persons.iter().any(forbids);
        Judged { code: finding.code.clone(), meets, persons, unknown_rows, is_allowed }
    };
    run.findings.iter().map(judge).collect()
}

/// The score of every code that is planted or found, in code order.
pub fn codes(judged: &[Judged], truth: &Truth) -> Vec<CodeScore> {
    let mut codes: Vec<&str> = truth.planted.iter().map(|it| truth.texts.text(it.code)).collect();
    codes.extend(judged.iter().map(|it| it.code.as_str()));
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().map(|code| of_code(code, judged, truth)).collect()
}

fn of_code(code: &str, judged: &[Judged], truth: &Truth) -> CodeScore {
    let exact = |at: u32| truth.planted[at as usize].decidable == Decidable::Exact;
    let mut score = CodeScore {
        code: code.to_string(),
        all: Count::default(),
        exact: Count::default(),
        again: 0,
    };
    for it in &truth.planted {
        if truth.texts.text(it.code) == code {
            score.all.planted += 1;
            score.exact.planted += usize::from(it.decidable == Decidable::Exact);
        }
    }
    let mut met: FxHashSet<u32> = FxHashSet::default();
    for finding in judged.iter().filter(|it| it.code == code && !it.is_allowed) {
        let right = !finding.meets.is_empty();
        let right_exactly = finding.meets.iter().any(|it| exact(*it));
        score.all.found += 1;
        score.all.right += usize::from(right);
        // A case that takes linkage is outside this way of counting, and so is a false finding
        // about somebody whose rows take linkage.
        let is_easy = finding.persons.iter().all(|it| !truth.hard.contains(it));
        score.exact.found += usize::from(right_exactly || (!right && is_easy));
        score.exact.right += usize::from(right_exactly);
        score.again += usize::from(right && finding.meets.iter().all(|it| met.contains(it)));
        met.extend(&finding.meets);
    }
    score.all.met = met.len();
    score.exact.met = truth
        .planted
        .iter()
        .enumerate()
        .filter(|it| met.contains(&(it.0 as u32)) && exact(it.0 as u32))
        .count();
    score
}

/// The findings that the truth forbids, by code and reason.
pub fn violations(judged: &[Judged], truth: &Truth) -> Vec<Violation> {
    let mut times: std::collections::BTreeMap<(String, String, bool), usize> = Default::default();
    for finding in judged.iter().filter(|it| it.meets.is_empty()) {
        let Some(code) = truth.texts.known(&finding.code) else { continue };
        let why = finding.persons.iter().find_map(|it| truth.must_not.get(&(code, *it)));
        if let Some(why) = why {
            let takes_linkage = finding.persons.iter().any(|it| truth.hard.contains(it));
            let key = (finding.code.clone(), truth.texts.text(*why).to_string(), takes_linkage);
            *times.entry(key).or_default() += 1;
        }
    }
    times
        .into_iter()
        .map(|((code, why, takes_linkage), times)| Violation { code, why, takes_linkage, times })
        .collect()
}
