//! One policy file: rows that each say for which coverage year they hold and by which clause.

use std::ops::Range;

use toml::Spanned;

use crate::{
    config::{RuleFolders, TomlFile},
    diagnostic::Message,
    error::{Error, Result},
    policy::{Cited, Clauses},
};

/// What is asked of every policy file: which folders, which coverage year, and where the clauses
/// that win are written down.
pub(in crate::policy) struct Reading<'a> {
    pub folders: &'a RuleFolders,
    pub year: u16,
    pub clauses: &'a mut Clauses,
}

/// What every row of a policy file states.
pub(in crate::policy) trait YearRow {
    fn coverage_year(&self) -> u16;
    fn reference(&self) -> &str;
}

/// Row types with the fields `coverage_year` and `reference`.
macro_rules! year_rows {
    ($($row:ty),+) => { $(
        impl $crate::policy::parameter::rule_file::YearRow for $row {
            fn coverage_year(&self) -> u16 { self.coverage_year }
            fn reference(&self) -> &str { &self.reference }
        }
    )+ };
}
pub(in crate::policy) use year_rows;

impl Reading<'_> {
    /// Opens the nearest policy file of that name, which must be there.
    pub(in crate::policy) fn open(&self, name: &str) -> Result<TomlFile> {
        TomlFile::open(&self.folders.need(&format!("policy/{name}"))?)
    }

    /// Opens the nearest policy file of that name, if any folder has one.
    pub(in crate::policy) fn find(&self, name: &str) -> Result<Option<TomlFile>> {
        let path = self.folders.file(&format!("policy/{name}"));
        path.map(|it| TomlFile::open(&it)).transpose()
    }

    /// The rows that hold for the coverage year, each with its clause and its place in the file.
    ///
    /// A row whose reference is empty is refused, whatever its year.
    pub(in crate::policy) fn of_year<T: YearRow>(
        &mut self,
        file: &TomlFile,
        rows: Vec<Spanned<T>>,
    ) -> Result<Vec<(Range<usize>, Cited<T>)>> {
        let mut held = Vec::new();
        for row in rows {
            let span = row.span();
            let row = row.into_inner();
            check_reference(file, span.clone(), row.reference())?;
            if row.coverage_year() == self.year {
                let clause = self.clauses.add(row.reference(), &file.path.display().to_string());
                held.push((span, Cited { value: row, clause }));
            }
        }
        Ok(held)
    }

    /// The one row that holds for the coverage year, if there is any. Two are an error.
    pub(in crate::policy) fn any_of_year<T: YearRow>(
        &mut self,
        file: &TomlFile,
        what: &str,
        rows: Vec<Spanned<T>>,
    ) -> Result<Option<Cited<T>>> {
        let year = self.year;
        let mut held = self.of_year(file, rows)?;
        match held.len() {
            0 | 1 => Ok(held.pop().map(|it| it.1)),
            _ => Err(refuse_count(
                file,
                what,
                year,
                held.swap_remove(1).0,
                ("有不止一条", "has more than one"),
            )),
        }
    }

    /// The one row that holds for the coverage year. A year without a row is an error: last
    /// year's value never goes on silently.
    pub(in crate::policy) fn one_of_year<T: YearRow>(
        &mut self,
        file: &TomlFile,
        what: &str,
        rows: Vec<Spanned<T>>,
    ) -> Result<Cited<T>> {
        let last = rows.last().map_or(0..0, Spanned::span);
        let year = self.year;
        self.any_of_year(file, what, rows)?
            .ok_or_else(|| refuse_count(file, what, year, last, ("没有", "has no")))
    }
}

/// Refuses a row that names no document and clause.
pub(in crate::policy) fn check_reference(
    file: &TomlFile,
    span: Range<usize>,
    reference: &str,
) -> Result<()> {
    if !reference.trim().is_empty() {
        return Ok(());
    }
    Err(file.refuse(
        span,
        Message::new("这一条没有依据", "this row has no reference"),
        Message::new(
            "reference 写明文件号和条款，例如 \"某政发〔2023〕1号 二(三)\"",
            "give document and clause in `reference`",
        ),
    ))
}

fn refuse_count(
    file: &TomlFile,
    what: &str,
    year: u16,
    span: Range<usize>,
    (zh, en): (&str, &str),
) -> Error {
    file.refuse(
        span,
        Message::new(
            format!("[[{what}]] {zh} {year} 年度的值"),
            format!("[[{what}]] {en} row for coverage year {year}"),
        ),
        Message::new(
            format!("每个参保年度写且只写一条 coverage_year = {year}"),
            format!("write exactly one row with coverage_year = {year}"),
        ),
    )
}
