//! One policy file: rows that each say for which coverage year they hold and by which clause.

use toml::Spanned;

use super::{Cited, Clauses};
use crate::{
    config::{Pipeline, TomlFile},
    diagnostic::Message,
    error::{Error, Result},
};

/// What every row of a policy file states.
pub(super) trait YearRow {
    fn coverage_year(&self) -> u16;
    fn reference(&self) -> &str;
}

/// Opens the nearest policy file of that name.
pub(super) fn open(pipeline: &Pipeline, name: &str) -> Result<TomlFile> {
    let path = pipeline.rule_file(&format!("policy/{name}")).ok_or_else(|| {
        let message = Message::new(
            format!("缺少政策文件 policy/{name}；放进流水线文件夹，或用 rules 继承有它的文件夹"),
            format!("policy/{name} is missing; add it, or extend a folder that has it by `rules`"),
        );
        Error::Usage(message)
    })?;
    TomlFile::open(&path)
}

/// The rows that hold for a coverage year, each with its clause.
///
/// A row whose reference is empty is refused, whatever its year.
pub(super) fn of_year<T: YearRow>(
    file: &TomlFile,
    rows: Vec<Spanned<T>>,
    year: u16,
    clauses: &mut Clauses,
) -> Result<Vec<Cited<T>>> {
    let mut held = Vec::new();
    for row in rows {
        let span = row.span();
        let row = row.into_inner();
        if row.reference().trim().is_empty() {
            return Err(file.refuse(
                span,
                Message::new("这一条没有依据", "this row has no reference"),
                Message::new(
                    "reference 写明文件号和条款，例如 \"某政发〔2023〕1号 二(三)\"",
                    "give document and clause in `reference`",
                ),
            ));
        }
        if row.coverage_year() == year {
            let clause = clauses.add(row.reference(), &file.path.display().to_string());
            held.push(Cited { value: row, clause });
        }
    }
    Ok(held)
}

/// The one row that holds for a coverage year. A year without a row, or with two, is an error:
/// last year's value never goes on silently.
pub(super) fn one_of_year<T: YearRow>(
    file: &TomlFile,
    what: &str,
    rows: Vec<Spanned<T>>,
    year: u16,
    clauses: &mut Clauses,
) -> Result<Cited<T>> {
    let last = rows.last().map_or(0..0, Spanned::span);
    let mut held = of_year(file, rows, year, clauses)?;
    match (held.pop(), held.is_empty()) {
        (Some(one), true) => Ok(one),
        (found, _) => {
            let (zh, en) = match found {
                None => ("没有", "has no"),
                Some(_) => ("有不止一条", "has more than one"),
            };
            Err(file.refuse(
                last,
                Message::new(
                    format!("[[{what}]] {zh} {year} 年度的值"),
                    format!("[[{what}]] {en} row for coverage year {year}"),
                ),
                Message::new(
                    format!("每个参保年度写且只写一条 coverage_year = {year}"),
                    format!("write exactly one row with coverage_year = {year}"),
                ),
            ))
        }
    }
}
