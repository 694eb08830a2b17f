//! Which month a monthly list is of: by the file's name, the sheet's, the folders', the title.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Account, Ingested, problem};
use crate::{
    clean::month,
    config::Pipeline,
    diagnostic::{Diagnostic, Place},
    tables::Part,
};

/// The first day of the month: the first text that names one decides. A month alone takes its
/// year from the nearest text that names one.
pub fn of(file: &str, sheet: &str, title: &str) -> Option<NaiveDate> {
    let (folders, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.rsplit_once('.').map_or(name, |it| it.0);
    let texts = [stem, sheet, folders, title];
    let at = texts.iter().position(|it| month::find(it).is_some())?;
    let written = month::find(texts[at])?;
    let nearest = || {
        let others = [texts[at], stem].into_iter().chain(folders.rsplit('/')).chain([title]);
        others.into_iter().find_map(month::year)
    };
    NaiveDate::from_ymd_opt(written.year.or_else(nearest)?, written.month, 1)
}

/// What is unclear about the months of lists: none, or two different files of one.
pub fn complaints(pipeline: &Pipeline, ingested: &Ingested) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<(u16, NaiveDate), (&Part, &Account)> = BTreeMap::new();
    for account in &ingested.accounts {
        let part = &ingested.tables.origins.parts[account.part.0 as usize];
        // A page of notes has no header and need not have a month.
        let is_data = account.is_usable || !account.header_rows.is_empty();
        if !pipeline.sources[part.source as usize].is_monthly() || !is_data {
            continue;
        }
        let Some(month) = part.month else {
            found.push(problem::no_month(&place(part)));
            continue;
        };
        let (first, other) = *seen.entry((part.source, month)).or_insert((part, account));
        if first.file != part.file && other.sha256 != account.sha256 {
            found.push(problem::second_list(&place(part), &first.file, month));
        }
    }
    // Once a file, however many sheets it has.
    found.dedup_by(|a, b| (a.code, &a.place.file) == (b.code, &b.place.file));
    found
}

fn place(part: &Part) -> Place {
    let Part { source_name, file, sheet, .. } = part.clone();
    Place { source: source_name, file, sheet, ..Place::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_name_comes_first_then_the_sheets_the_folders_and_the_title() {
        #[track_caller]
        fn check(file: &str, sheet: &str, title: &str, expected: &str) {
            let found = of(file, sheet, title).map_or(String::new(), |it| it.to_string());
            assert_eq!(found, expected, "{file} [{sheet}] {title}");
        }
        check("民政/低保2023年10月.xlsx", "9月", "2023年8月低保名单", "2023-10-01");
        check("民政/低保.xlsx", "2023.9", "2023年8月低保名单", "2023-09-01");
        check("民政/2023年10月/低保.xlsx", "Sheet1", "2023年8月", "2023-10-01");
        check("民政/2023/10/低保.csv", "", "", "2023-10-01");
        check("民政/低保.csv", "", "2023年8月低保名单", "2023-08-01");
        check("民政/低保2023年.xlsx", "10月", "", "2023-10-01");
        check("2022年/2023年/低保10月.csv", "", "", "2023-10-01");
        check("2024年度/低保.csv", "", "2023年 12月名单", "2023-12-01");
        check("民政/低保9-10月.xlsx", "9月", "2023年低保名单", "2023-09-01");
        check("2024年度/低保10月.csv", "", "", "");
        check("民政/低保.csv", "Sheet1", "低保对象花名册", "");
        check("低保10月.csv", "", "", "");
    }
}
