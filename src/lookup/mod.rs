//! Any list of people in, the same list out: who is insured, where, since when, and what is open.
//!
//! Nothing is judged again, and no row is given to anybody by likeness: what is told of somebody
//! stands in the run's folder, and only one person may answer to the row.

mod answer;
mod matching;
mod people;
mod village;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::{
    diagnostic::{Diagnostic, Lang},
    error::Result,
    explain::RunFacts,
    ingest::{PeopleList, read_list},
    ledger::Verdict,
};
use matching::{Matched, Outcome};
use people::People;

/// A list with its answers.
pub struct Lookup {
    /// Sheets of the list that were left out.
    pub diagnostics: Vec<Diagnostic>,
    pub counts: Counts,
    list: PeopleList,
    /// By sheet and row.
    answers: Vec<Vec<Option<Matched>>>,
    people: People,
    facts: RunFacts,
}

/// What became of the rows of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that name somebody.
    pub rows: usize,
    /// Those that are exactly one person of the run.
    pub matched: usize,
    pub insured: usize,
    pub uninsured: usize,
    /// Excused from insurance here, or still to be checked.
    pub other: usize,
    pub nobody: usize,
    /// Not matched for another reason: several people, another name, too little said.
    pub unclear: usize,
}

/// Looks up everybody on a list in a published run.
pub fn lookup(run: &Path, file: &Path) -> Result<Lookup> {
    let facts = RunFacts::read(run)?;
    let list = read_list(file)?;
    let people = People::of(run, &list)?;
    let mut counts = Counts::default();
    let mut answers = Vec::new();
    for sheet in &list.sheets {
        let rows = (0..sheet.n_rows()).map(|row| sheet.person(row));
        let rows = rows.map(|it| it.map(|stated| matching::find(stated, &people)));
        answers.push(rows.collect::<Vec<_>>());
    }
    for matched in answers.iter().flatten().flatten() {
        counts.add(matched, &people);
    }
    Ok(Lookup { diagnostics: list.diagnostics.clone(), counts, list, answers, people, facts })
}

/// A run's own folder; of a pipeline's home its latest.
pub fn run_folder(folder: &Path) -> PathBuf {
    let latest = folder.join("latest");
    let is_home = !folder.join("manifest.json").exists() && latest.join("manifest.json").exists();
    if is_home { latest } else { folder.to_path_buf() }
}

/// Where the answers go unless said otherwise: beside the list.
pub fn default_out(file: &Path, lang: Lang) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = match lang {
        Lang::Zh => "核对结果",
        Lang::En => "looked-up",
    };
    file.with_file_name(format!("{stem}-{ending}.xlsx"))
}

impl Lookup {
    /// Writes the list with its answers, for the owner's eyes only; as CSV if the name says so.
    pub fn write(&self, out: &Path, lang: Lang) -> Result<()> {
        write::write(self, out, lang)
    }
}

impl Counts {
    fn add(&mut self, matched: &Matched, people: &People) {
        self.rows += 1;
        let Some(person) = matched.person else {
            match matched.outcome {
                Outcome::Nobody => self.nobody += 1,
                _ => self.unclear += 1,
            }
            return;
        };
        self.matched += 1;
        match Verdict::from_code(&people.known[person].verdict) {
            Some(
                Verdict::Resident | Verdict::Employee | Verdict::Flexible | Verdict::Elsewhere,
            ) => self.insured += 1,
            Some(Verdict::Unenrolled | Verdict::RegisteredUnpaid | Verdict::PaidUnregistered) => {
                self.uninsured += 1;
            }
            Some(Verdict::Exempt | Verdict::Review) | None => self.other += 1,
        }
    }
}
