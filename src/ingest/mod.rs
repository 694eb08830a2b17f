//! Files → tables: every source of a pipeline found, opened, understood and read, with an account
//! of every row.
//!
//! A file goes through `open` (bytes → sheets of text cells), `header` (which column is which
//! field), `layout` (which row is what) and `rows` (cells → typed rows); `merge` puts what the
//! parallel readers made into one order. Bad data is never an error here: it is a diagnostic, and
//! a row is set aside only if it cannot be used at all.

mod account;
mod complaints;
mod field;
mod grid;
mod header;
mod layout;
mod list;
mod merge;
mod merged;
mod month;
mod notes;
mod open;
mod problem;
mod rows;
mod sheet;
mod source;
mod totals;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use account::{Account, Reject, RejectReason, StatedTotal, Unit};
pub use field::Field;
pub use list::{ListSheet, PeopleList, Stated, read_list};

use crate::{
    clean::text,
    config::{Pipeline, Source},
    diagnostic::{Diagnostic, Place, Severity},
    error::{Error, Result},
    tables::{Part, PartId, SourceKind, Tables},
};
use header::Matcher;
use notes::Examples;
use source::{FileRead, Task};

/// Told how far reading has come; called from several threads.
pub trait Progress: Sync {
    fn file_started(&self, source: &str, file: &str, bytes: u64);
    fn file_done(&self, source: &str, file: &str, rows: u64);
}

/// Progress that nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn file_started(&self, _source: &str, _file: &str, _bytes: u64) {}
    fn file_done(&self, _source: &str, _file: &str, _rows: u64) {}
}

/// Everything that was read.
pub struct Ingested {
    pub tables: Tables,
    pub rejects: Vec<Reject>,
    pub diagnostics: Vec<Diagnostic>,
    pub accounts: Vec<Account>,
}

/// Reads every source of a pipeline.
///
/// Fails if a required source is missing or cannot be understood, or if more of a source than it
/// allows had to be rejected; the error holds everything that is wrong, not just the first.
pub fn read(pipeline: &Pipeline, progress: &dyn Progress) -> Result<Ingested> {
    let order = order(pipeline);
    let mut diagnostics = Vec::new();
    let mut tasks: Vec<Task> = Vec::new();
    for source in &order {
        let found = source::files(pipeline, *source);
        if found.is_empty() {
            let folder = pipeline.folder.display().to_string();
            diagnostics.push(problem::no_file(&pipeline.sources[*source], &folder));
        }
        tasks.extend(found);
    }
    let matchers: Vec<Matcher> = pipeline
        .sources
        .iter()
        .map(|source| Matcher::new(source, pipeline.insurance_year))
        .collect();
    let files: Vec<FileRead> = tasks
        .par_iter()
        .with_max_len(1)
        .map(|task| source::read(task, pipeline, &matchers[task.source], progress))
        .collect();
    diagnostics.extend(unused_columns(pipeline, &files));
    let ingested = gather(pipeline, files, diagnostics);
    let fatal = fatal(pipeline, &ingested);
    match fatal.is_empty() {
        true => Ok(ingested),
        false => Err(Error::Inputs(fatal)),
    }
}

/// The sources in the order of record ids: by kind, then as `pipeline.toml` lists them.
fn order(pipeline: &Pipeline) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pipeline.sources.len()).collect();
    let place = |kind: SourceKind| SourceKind::ALL.iter().position(|it| *it == kind);
    order.sort_by_key(|source| (place(pipeline.sources[*source].kind), *source));
    order
}

fn gather(pipeline: &Pipeline, files: Vec<FileRead>, diagnostics: Vec<Diagnostic>) -> Ingested {
    let tables = Tables::default();
    let mut all = Ingested { tables, rejects: Vec::new(), diagnostics, accounts: Vec::new() };
    reserve(&mut all.tables, &files);
    let mut examples: Vec<Examples> = Vec::new();
    examples.resize_with(pipeline.sources.len(), Examples::default);
    for file in files {
        for (place, sheet) in file.sheets {
            let part = PartId(u16::try_from(all.tables.origins.parts.len()).unwrap_or(u16::MAX));
            let month = month_of(&pipeline.sources[file.source], &place, &sheet.title);
            add_part(&mut all, file.source, &place, month);
            for mut chunk in sheet.chunks {
                all.rejects.append(&mut chunk.rejects);
                merge::append(&mut all.tables, chunk, part);
            }
            all.diagnostics.extend(sheet.diagnostics);
            let noted = sheet.notes.into_diagnostics(&place, &mut examples[file.source]);
            all.diagnostics.extend(noted);
            all.accounts.push(Account { part, ..sheet.account });
        }
        all.diagnostics.extend(file.diagnostics);
    }
    all.accounts.iter().for_each(Account::assert_adds_up);
    let unclear = month::complaints(pipeline, &all);
    all.diagnostics.extend(unclear);
    all
}

/// The month whose list a sheet of a monthly list is.
fn month_of(source: &Source, place: &Place, title: &str) -> Option<NaiveDate> {
    source.is_monthly().then(|| month::of(&place.file, &place.sheet, title)).flatten()
}

/// Makes room once for all rows of the largest tables, so that they are not copied as they grow.
fn reserve(tables: &mut Tables, files: &[FileRead]) {
    let sheets = files.iter().flat_map(|file| &file.sheets);
    let chunks = || sheets.clone().flat_map(|it| &it.1.chunks).map(|it| &it.tables);
    tables.residents.reserve(chunks().map(|it| it.residents.len()).sum());
    tables.enrolments.reserve(chunks().map(|it| it.enrolments.len()).sum());
    tables.payments.reserve(chunks().map(|it| it.payments.len()).sum());
    let all = sheets.clone().flat_map(|it| &it.1.chunks).map(|it| it.numbers.len()).sum();
    tables.origins.rows.reserve(all);
}

fn add_part(all: &mut Ingested, source: usize, place: &Place, month: Option<NaiveDate>) {
    let Place { source: source_name, file, sheet, .. } = place.clone();
    all.tables.origins.parts.push(Part { source: source as u16, source_name, file, sheet, month });
}

/// Headers that `[source.columns]` names and that no sheet has.
fn unused_columns(pipeline: &Pipeline, files: &[FileRead]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, source) in pipeline.sources.iter().enumerate() {
        let sheets = files.iter().filter(|it| it.source == at).flat_map(|it| &it.sheets);
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let mut has_sheet = false;
        for (_, sheet) in sheets.filter(|it| it.1.is_usable) {
            has_sheet = true;
            keys.extend(
                sheet.configured.iter().flat_map(|it| [text::header_key(it), last_key(it)]),
            );
        }
        let unused = source.columns.keys().filter(|it| !keys.contains(&text::header_key(it)));
        if has_sheet {
            found.extend(unused.map(|it| problem::unused_column(source, it)));
        }
    }
    found
}

fn last_key(header: &str) -> String {
    text::header_key(header.rsplit('/').next().unwrap_or(header))
}

/// What keeps the run from going on.
fn fatal(pipeline: &Pipeline, ingested: &Ingested) -> Vec<Diagnostic> {
    let parts = &ingested.tables.origins.parts;
    let mut fatal = Vec::new();
    for (at, source) in pipeline.sources.iter().enumerate() {
        let mine = |it: &&Account| parts[it.part.0 as usize].source as usize == at;
        let accounts = || ingested.accounts.iter().filter(mine);
        let rejected: u64 = accounts().map(|it| it.rejected).sum();
        let rows = rejected + accounts().map(|it| it.accepted).sum::<u64>();
        if rejected * 100 > rows * u64::from(source.max_rejected_percent) {
            fatal.push(problem::too_many_rejected(source, rejected, rows));
        }
        let errors = ingested.diagnostics.iter().filter(|it| {
            it.severity == Severity::Error && it.place.source == source.name && source.required
        });
        fatal.extend(errors.cloned());
    }
    fatal
}

#[cfg(test)]
mod tests;
