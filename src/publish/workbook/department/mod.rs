//! `departments/<owner>.xlsx`: what each department has to correct and the lists it works by, one
//! sheet a file.

mod answers;
mod contested;
mod findings;
mod list_changes;
mod marks;
mod mid_year;
mod reimbursed;
mod settlement;
mod unenrolled;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_xlsxwriter::Worksheet;

use super::{
    SHEET_ROWS, View,
    paper::{Made, Value},
    style::Style,
};
use crate::{
    error::Result,
    findings::Owner,
    history::RecipientKind,
    identity::{Person, PersonKey},
    policy::CategoryId,
    publish::{HandedOut, folder::Staging},
    report::listed::Listed,
    tables::DivisionId,
};
use findings::ByRule;

/// One department's workbook in the making.
struct Job {
    owner: Owner,
    title: String,
    /// The number of the list, and the line that says it and whose it is.
    batch: String,
    line: String,
    findings: ByRule,
    /// Changes on the monthly lists that the department keeps.
    changes: Vec<usize>,
    style: Style,
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let mut found: BTreeMap<Owner, ByRule> = findings::by_owner(view);
    let mut changes = list_changes::by_owner(view);
    let owners = Owner::ALL.iter().filter(|it| **it != Owner::Township);
    let year = view.night.pipeline.insurance_year;
    let job = |owner: &Owner| Job {
        owner: *owner,
        title: format!("{year}年度居民医保比对清单（{}）", owner.zh()),
        batch: view.batch(owner.code()).to_string(),
        line: super::batch_line(view, owner.code(), owner.zh()),
        findings: found.remove(owner).unwrap_or_default(),
        changes: changes.remove(owner).unwrap_or_default(),
        style: Style::new(),
    };
    let jobs: Vec<Job> = owners.map(job).collect();
    jobs.into_par_iter().map(|job| write_one(view, staging, &job)).collect::<Result<Vec<()>>>()?;
    Ok(())
}

fn write_one(view: &View<'_>, staging: &Staging, job: &Job) -> Result<()> {
    let sheets = sheets(view, job);
    if sheets.as_ref().is_ok_and(Vec::is_empty) {
        return Ok(());
    }
    let path = format!("departments/{}.xlsx", job.owner.code());
    super::publish(view, staging, &path, &job.title, sheets)?;
    staging.hand_out(HandedOut {
        kind: RecipientKind::Department,
        recipient: job.owner.code().to_string(),
        name: job.owner.zh().to_string(),
        file: path,
        lines: findings::lines(job),
    });
    Ok(())
}

/// A department's sheets: what has changed, what there is to correct, its lists, then each rule.
fn sheets(view: &View<'_>, job: &Job) -> Made<Vec<Worksheet>> {
    let mut sheets = Vec::new();
    if job.owner == Owner::Tax {
        sheets.extend(marks::changes(view, job)?);
    }
    if job.owner == Owner::Finance {
        sheets.extend(settlement::sheets(view, job)?);
    }
    sheets.extend(findings::summary(view, job)?);
    sheets.extend(answers::sheets(view, job)?);
    if job.owner == Owner::Tax {
        sheets.extend(marks::sheets(view, job)?);
    }
    if job.owner == Owner::MedicalInsurance {
        sheets.extend(mid_year::sheets(view, job)?);
        sheets.extend(reimbursed::sheets(view, job)?);
    }
    sheets.extend(unenrolled::sheets(view, job)?);
    sheets.extend(contested::sheets(view, job)?);
    sheets.extend(list_changes::sheets(view, job)?);
    sheets.extend(findings::sheets(view, job)?);
    Ok(sheets)
}

/// A table as one sheet, or as several where it is too long; none where it is empty. `make` gets
/// the sheet's name, the number of rows before it, and its rows.
fn chunked<T>(
    name: &str,
    rows: &[T],
    make: impl Fn(&str, usize, &[T]) -> Made<Worksheet>,
) -> Made<Vec<Worksheet>> {
    let chunks = rows.chunks(SHEET_ROWS).enumerate();
    chunks.map(|(nth, rows)| make(&sheet_name(name, nth), nth * SHEET_ROWS, rows)).collect()
}

fn sheet_name(name: &str, nth: usize) -> String {
    if nth == 0 { name.to_string() } else { format!("{name}({})", nth + 1) }
}

/// The people of a department's own lists whom `is_wanted` takes, by village and key, each with
/// those of their categories that the department keeps.
fn kept<'a>(
    view: &'a View<'_>,
    owner: Owner,
    is_wanted: impl Fn(&Listed) -> bool,
) -> Vec<(&'a Listed, Vec<CategoryId>)> {
    let categories = &view.night.cx.policy.categories;
    let keeps = |it: &CategoryId| Owner::of_keeper(&categories.get(*it).keeper) == owner;
    let listed = view.night.reports.listed.iter().filter(|it| is_wanted(it));
    let mut kept: Vec<(&Listed, Vec<CategoryId>)> = listed
        .map(|it| (it, it.held.iter().copied().filter(keeps).collect::<Vec<_>>()))
        .filter(|(_, own)| !own.is_empty())
        .collect();
    kept.sort_by_key(|(it, _)| place_and_key(view.person(it.person)));
    kept
}

/// The order of people: by village, the unknown last, then by key.
fn place_and_key(person: &Person) -> (bool, Option<DivisionId>, PersonKey) {
    (person.place.is_none(), person.place, person.key)
}

/// The names of categories, as printed.
fn names(view: &View<'_>, categories: &[CategoryId]) -> String {
    let all = &view.night.cx.policy.categories;
    categories.iter().map(|it| all.get(*it).name.as_str()).collect::<Vec<_>>().join("、")
}

/// Where a person lives: township and village.
fn home(view: &View<'_>, person: &Person) -> [Value; 2] {
    [
        view.township(person.place).map_or("不明", |it| &it.shown).into(),
        view.village(person.place).map_or("不明", |it| &it.shown).into(),
    ]
}

/// What stands in the corner of every page.
fn footer(view: &View<'_>) -> String {
    format!("数据截止 {}　个人信息，注意保密", view.night.cx.as_of)
}
