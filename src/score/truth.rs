//! The truth as read back: whose every row is, and what should and must not be found.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Error, Result};
use crate::synth::files::corruption::Corruption;

/// How well a finding can be decided from the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decidable {
    Exact,
    Linkage,
    Never,
}

/// A source row as the run names it, in the truth's numbers where it knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: Option<u32>,
    pub sheet: Option<u32>,
    pub row: u32,
}

/// A row of a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruthRow {
    pub file: u32,
    pub sheet: u32,
    pub row: u32,
    pub person: u32,
    /// Position in `texts`; 0 where the row is clean.
    pub corruption: u32,
    /// Its dirt hides the id or the name, or the number is not the person's.
    pub is_hard: bool,
}

/// Whom a finding is about: a person, or a file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    Person(u32),
    File(u32),
}

/// A finding that should be made.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    pub code: u32,
    pub about: About,
    pub decidable: Decidable,
    pub note: u32,
}

/// Texts by number; 0 is the empty one.
#[derive(Clone, Debug)]
pub struct Texts {
    all: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Default for Texts {
    fn default() -> Texts {
        let mut texts = Texts { all: Vec::new(), numbers: FxHashMap::default() };
        texts.number("");
        texts
    }
}

impl Texts {
    /// The number of a text, given on first sight.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.all.push(text.to_string());
        self.numbers.insert(text.to_string(), number);
        number
    }

    /// The number of a text seen before.
    pub fn known(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub fn text(&self, number: u32) -> &str {
        &self.all[number as usize]
    }
}

/// Everything below `truth/`.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    pub texts: Texts,
    pub rows: Vec<TruthRow>,
    pub planted: Vec<Planted>,
    /// (code, person) → why not.
    pub must_not: FxHashMap<(u32, u32), u32>,
    /// (code, person) of findings that are neither due nor wrong.
    pub allowed: FxHashSet<(u32, u32)>,
    /// People of whom some row can be told only by linkage, if at all.
    pub hard: FxHashSet<u32>,
    places: FxHashMap<(u32, u32, u32), u32>,
    files: Vec<u32>,
}

impl Truth {
    /// Reads the truth's folder.
    pub fn read(folder: &Path) -> Result<Truth> {
        let mut truth = Truth::default();
        each(&folder.join("rows.csv"), |it| {
            let row = cell(it, 2).parse().unwrap_or(0);
            truth.add_row(cell(it, 0), cell(it, 1), row, cell(it, 3), cell(it, 4));
        })?;
        each(&folder.join("people.csv"), |it| {
            if cell(it, 8) != "exact" {
                let person = truth.texts.number(cell(it, 0));
                truth.hard.insert(person);
            }
        })?;
        each(&folder.join("findings.csv"), |it| {
            truth.add_finding(cell(it, 0), cell(it, 1), cell(it, 2), cell(it, 3));
        })?;
        each(&folder.join("must_not.csv"), |it| {
            truth.add_must_not(cell(it, 0), cell(it, 1), cell(it, 2));
        })?;
        // Counties made before there were such findings have no such file.
        let allowed = folder.join("allowed.csv");
        if allowed.is_file() {
            each(&allowed, |it| truth.add_allowed(cell(it, 0), cell(it, 1)))?;
        }
        Ok(truth)
    }

    pub fn add_row(&mut self, file: &str, sheet: &str, row: u32, person: &str, corruption: &str) {
        let file = self.texts.number(file);
        if self.files.last() != Some(&file) && !self.files.contains(&file) {
            self.files.push(file);
        }
        let sheet = self.texts.number(sheet);
        let person = self.texts.number(person);
        let hides = |it: Corruption| it.hides_id() || it.hides_name();
        let is_hard = corruption.split('+').filter_map(Corruption::from_code).any(hides);
        let corruption = self.texts.number(corruption);
        self.places.insert((file, sheet, row), self.rows.len() as u32);
        self.rows.push(TruthRow { file, sheet, row, person, corruption, is_hard });
    }

    pub fn add_finding(&mut self, code: &str, person: &str, decidable: &str, note: &str) {
        let code = self.texts.number(code);
        let about = match person {
            "" => About::File(self.texts.number(note)),
            person => About::Person(self.texts.number(person)),
        };
        let decidable = match decidable {
            "exact" => Decidable::Exact,
            "linkage" => Decidable::Linkage,
            _ => Decidable::Never,
        };
        let note = self.texts.number(note);
        self.planted.push(Planted { code, about, decidable, note });
    }

    pub fn add_must_not(&mut self, code: &str, person: &str, why: &str) {
        let key = (self.texts.number(code), self.texts.number(person));
        let why = self.texts.number(why);
        self.must_not.insert(key, why);
    }

    pub fn add_allowed(&mut self, code: &str, person: &str) {
        let key = (self.texts.number(code), self.texts.number(person));
        self.allowed.insert(key);
    }

    /// The truth's file that a run means: the same path, or one that ends with the other.
    pub fn file(&self, path: &str) -> Option<u32> {
        let path = path.replace('\\', "/");
        let same = |it: &&u32| {
            let known = self.texts.text(**it);
            let ends = |long: &str, short: &str| {
                long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
            };
            ends(&path, known) || ends(known, &path)
        };
        self.files.iter().find(same).copied()
    }

    /// The row that a run means.
    pub fn at(&self, place: &Place) -> Option<&TruthRow> {
        self.row(place.file?, place.sheet, place.row)
    }

    /// The row at a place; a text file's sheet may be named or not.
    pub fn row(&self, file: u32, sheet: Option<u32>, row: u32) -> Option<&TruthRow> {
        let at = |sheet: u32| self.places.get(&(file, sheet, row));
        let found = sheet.and_then(at).or_else(|| at(0))?;
        Some(&self.rows[*found as usize])
    }
}

/// Calls back with each line.
fn each(path: &Path, mut with: impl FnMut(&csv::StringRecord)) -> Result<()> {
    let failed = |it: csv::Error| Error::Read { path: path.to_path_buf(), reason: it.to_string() };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(failed)?;
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(failed)? {
        with(&row);
    }
    Ok(())
}

fn cell(row: &csv::StringRecord, at: usize) -> &str {
    row.get(at).unwrap_or_default()
}
