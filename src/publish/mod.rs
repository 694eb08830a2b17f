//! Everything a run writes: Parquet, workbooks, the manifest, moved into place whole.
//!
//! Each output is one file here and one line in [`OUTPUTS`]. An output is a function from what
//! the night found out to bytes; only `folder` touches the disk.

mod audit;
pub mod control;
mod dataset;
mod folder;
mod handed_out;
mod history;
mod lock;
mod manifest;
mod mask;
mod page;
mod past;
mod previous;
mod previous_book;
mod previous_list;
mod purge;
mod table_file;
mod view;
mod workbook;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use audit::AuditLog;
pub use control::{Check, Control};
pub use dataset::{About, dictionary, tables};
pub use folder::Written;
pub use handed_out::HandedOut;
pub use lock::Lock;
pub use manifest::judged_by;
pub use mask::masked;
pub use past::Past;
pub use previous::Previous;
pub use previous_book::{Earlier, book, earlier};
pub use previous_list::list_before;
pub use purge::{Keep, purge};
pub use table_file::{Row, TableFile, texts};
pub use view::View;
pub use workbook::SheetNames;

use crate::{
    cases::{JudgedBy, Kept},
    config::Pipeline,
    error::Result,
    findings::Finding,
    identity::Identities,
    ingest::Ingested,
    ledger::{Context, Standing},
    lists::Lists,
    report::{Reports, layout::Layouts},
};
use folder::Staging;

/// Everything a night found out.
#[derive(Clone, Copy)]
pub struct Night<'a> {
    pub pipeline: &'a Pipeline,
    pub cx: &'a Context<'a>,
    pub ingested: &'a Ingested,
    pub identities: &'a Identities,
    pub lists: &'a Lists,
    /// By person id.
    pub standings: &'a [Standing],
    pub findings: &'a [Finding],
    /// The book of cases, what it was kept by, and what earlier nights left.
    pub kept: &'a Kept,
    pub judged_by: &'a JudgedBy,
    pub past: &'a Past,
    pub controls: &'a [Control],
    pub reports: &'a Reports,
    /// The tables that the county reports, as it wants them.
    pub layouts: &'a Layouts,
    /// Stage and seconds until now, asked for when all but the manifest is written. They differ from
    /// run to run, so they go to a file of their own.
    pub timings: &'a Timings<'a>,
}

/// Whoever keeps the time: stage and seconds.
pub type Timings<'a> = dyn Fn() -> Vec<(String, f64)> + Sync + 'a;

/// What a run has published.
#[derive(Debug)]
pub struct Published {
    /// The run's own folder, in its final place.
    pub folder: PathBuf,
    /// Every file in it, in the order of paths.
    pub files: Vec<Written>,
}

/// One output: what is known → files.
type Output = fn(&View<'_>, &Staging) -> Result<()>;

/// Every output but the batches, which say what stands on the lists, and the manifest, which lists them. The order is that of work: the largest first.
const OUTPUTS: &[Output] = &[
    dataset::links::write,
    dataset::persons::write,
    workbook::township::write,
    workbook::department::write,
    workbook::progress::write,
    workbook::notice::write,
    page::write,
    dataset::findings::write,
    dataset::cases::write,
    dataset::returned::write,
    dataset::rejects::write,
    dataset::diagnostics::write,
    dataset::controls::write,
    dataset::changes::write,
    dataset::list_changes::write,
    dataset::progress::write,
    dataset::settlement::write,
    dataset::subsidy_list::write,
    dataset::households::write,
    dictionary::write,
];

/// Writes a run beside its place and moves it there whole, as `<out>/<pipeline>/<as-of>[.N]/`,
/// adds its figures to the pipeline's history, then lets `latest` point to it. The caller holds the [`Lock`].
pub fn publish(night: &Night<'_>, out: &Path) -> Result<Published> {
    let (home, as_of) = (out.join(&night.pipeline.name), night.cx.as_of);
    let staging = Staging::begin(out, &night.pipeline.name, as_of)?;
    let mut view = View::new(night, Previous::before(&home, as_of), staging.run());
    view.nights = crate::history::before(&home, as_of, night.pipeline.insurance_year);
    OUTPUTS.par_iter().map(|output| output(&view, &staging)).collect::<Result<Vec<()>>>()?;
    dataset::batches::write(&view, &staging)?;
    let timings = (night.timings)();
    manifest::write(&view, &staging, &timings)?;
    let figures = history::night(&view, staging.run(), &timings);
    staging.write_history(&crate::history::encode(&figures)?)?;
    staging.finish()
}
