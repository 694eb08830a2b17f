//! `progress.xlsx`: the tables that the county reports, one sheet a layout, and what their
//! figures mean.

mod incentives;
mod manual;
mod table;
mod widths;
mod words;

pub(super) use incentives::whole_household;
use rust_xlsxwriter::Worksheet;

use super::{View, paper::Made, sheet_names::SheetNames, style::Style};
use crate::{error::Result, publish::folder::Staging, report::layout::Known};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    if view.night.layouts.sheets.is_empty() {
        return Ok(());
    }
    let night = &view.night;
    let title = format!("{} {}年度居民医保参保进度", night.pipeline.title, night.cx.policy.year);
    super::publish(view, staging, "progress.xlsx", &title, sheets(view))
}

fn sheets(view: &View<'_>) -> Made<Vec<Worksheet>> {
    let (style, known) = (Style::new(), known(view));
    let mut names = SheetNames::default();
    let mut sheets = Vec::new();
    for layout in &view.night.layouts.sheets {
        sheets.push(table::sheet(&known, layout, &names.take(&layout.name), &style)?);
    }
    sheets.push(manual::sheet(view, &names.take("口径说明"), &style)?);
    Ok(sheets)
}

/// What tables are filled from.
fn known<'a>(view: &View<'a>) -> Known<'a> {
    let night = &view.night;
    Known {
        cx: night.cx,
        title: &night.pipeline.title,
        progress: &night.reports.progress,
        awards: &night.reports.awards,
        households: &night.reports.households,
    }
}

/// What stands in the corner of every page.
fn running(known: &Known<'_>) -> String {
    format!("数据截止 {}", known.cx.as_of)
}
