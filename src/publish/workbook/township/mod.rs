//! `townships/<code>-<name>.xlsx`: the list that goes to the doors and comes back filled in.

mod errands;
mod households;
mod list;
mod manual;
mod others;
mod since;
mod summary;
mod visit;

use rayon::prelude::*;
use rust_xlsxwriter::Worksheet;

use super::{View, file_name, paper::Made, style::Style};
use crate::{
    config::{Division, Level},
    error::Result,
    history::RecipientKind,
    publish::{HandedOut, folder::Staging, handed_out::Line},
    report::household::Household,
    tables::DivisionId,
};
use errands::Errands;
use since::DoorsBefore;
use visit::Visit;

/// The workbook of people whose township nobody knows: the county's to hand out.
const UNKNOWN: (&str, &str) = ("000000000", "乡镇不明");

/// One township's workbook in the making.
struct Job<'a> {
    code: &'a str,
    name: &'a str,
    /// The villages in the order of codes; none where the township is unknown.
    villages: Vec<(DivisionId, &'a Division)>,
    errands: &'a Errands,
    /// Those insured as a whole or nearly so, by village and number; none without a rule for it.
    households: Vec<&'a Household>,
    doors_before: &'a DoorsBefore<'a>,
}

impl Job<'_> {
    /// Which list this is and whose.
    fn line(&self, view: &View<'_>) -> String {
        super::batch_line(view, self.code, self.name)
    }
}

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    let errands = errands::by_township(view);
    let mut households = households::by_township(view);
    let none = Errands::default();
    let doors_before = &since::doors_before(view);
    let townships = townships(view);
    let mut jobs: Vec<Job<'_>> = townships
        .iter()
        .map(|(id, township)| Job {
            code: &township.code,
            name: view.township_name(Some(*id)).unwrap_or(&township.shown),
            villages: villages(view, *id),
            errands: errands.get(&Some(*id)).unwrap_or(&none),
            households: households.remove(&Some(*id)).unwrap_or_default(),
            doors_before,
        })
        .collect();
    let (code, name) = UNKNOWN;
    let unknown = households.remove(&None).unwrap_or_default();
    if errands.contains_key(&None) || !unknown.is_empty() {
        let errands = errands.get(&None).unwrap_or(&none);
        let villages = Vec::new();
        jobs.push(Job { code, name, villages, errands, households: unknown, doors_before });
    }
    assert!(households.is_empty(), "bug: a household of a township that gets no workbook");
    let handed_out: usize = jobs.iter().map(|it| it.errands.len()).sum();
    let owed: usize = errands.values().map(Errands::len).sum();
    assert_eq!(handed_out, owed, "bug: a finding of a township that gets no workbook");
    jobs.par_iter().map(|job| write_one(view, staging, job)).collect::<Result<Vec<()>>>()?;
    Ok(())
}

fn write_one(view: &View<'_>, staging: &Staging, job: &Job<'_>) -> Result<()> {
    let path = format!("townships/{}-{}.xlsx", job.code, file_name(job.name));
    let year = view.night.pipeline.insurance_year;
    let title = format!("{} {year}年度居民医保入户核查名单", job.name);
    let visits = visit::visits(view, &job.errands.visits);
    super::publish(view, staging, &path, &title, sheets(view, job, &visits))?;
    staging.hand_out(HandedOut {
        kind: RecipientKind::Township,
        recipient: job.code.to_string(),
        name: job.name.to_string(),
        file: path,
        lines: lines(&visits, &job.errands.others),
    });
    Ok(())
}

/// What stands on the sheets that come back: the doors with all that is asked there, then the rest.
fn lines(visits: &[Visit<'_>], others: &[usize]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let line = |(nth, finding): (usize, &usize)| Line {
            sheet: list::SHEET.to_string(),
            nth: at + 1,
            finding: *finding,
            is_main: nth == 0,
        };
        lines.extend(visit.findings.iter().enumerate().map(line));
    }
    lines.extend(others.iter().enumerate().map(|(at, finding)| Line {
        sheet: others::SHEET.to_string(),
        nth: at + 1,
        finding: *finding,
        is_main: true,
    }));
    lines
}

fn sheets(view: &View<'_>, job: &Job<'_>, visits: &[Visit<'_>]) -> Made<Vec<Worksheet>> {
    let style = Style::new();
    let mut sheets = vec![
        summary::sheet(view, job, visits, &style)?,
        list::sheet(view, job, visits, &style)?,
        manual::sheet(view, job, &style)?,
        others::sheet(view, job, &style)?,
        since::sheet(view, job, visits, &style)?,
    ];
    sheets.extend(households::sheets(view, job, &style)?);
    Ok(sheets)
}

/// The townships that the run answers for, in the order of codes: those in its area, or the one
/// that its area lies in.
pub(super) fn townships<'a>(view: &View<'a>) -> Vec<(DivisionId, &'a Division)> {
    let cx = view.night.cx;
    let home = cx.divisions.township(cx.area);
    cx.divisions
        .iter()
        .filter(|(id, it)| {
            it.level == Level::Township
                && (home == Some(*id) || cx.divisions.is_within(*id, cx.area))
        })
        .collect()
}

/// The villages of a township that the run answers for.
fn villages<'a>(view: &View<'a>, township: DivisionId) -> Vec<(DivisionId, &'a Division)> {
    let cx = view.night.cx;
    cx.divisions
        .iter()
        .filter(|(id, it)| {
            it.level == Level::Village
                && it.parent == Some(township)
                && cx.divisions.is_within(*id, cx.area)
        })
        .collect()
}

/// What stands in the corner of every page.
fn running(view: &View<'_>) -> String {
    format!("数据截止 {}　个人信息，注意保密", view.night.cx.as_of)
}
