//! History (历史): the figures of every published run of a pipeline, kept when the run itself is gone.
//!
//! `<home>/history/` is a Parquet dataset in long form, one small file a published run, named as
//! the run is. Files are only ever added. Times differ from run to run, so the dataset lies beside
//! the runs and is in no manifest.

mod batch;
mod file;
mod night;
mod row;
mod run_name;

use std::{
    cmp::Reverse,
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

pub use batch::{BatchNumber, RecipientKind};
pub use file::encode;
pub use night::Night;
pub use row::{AREA, Kind, Row};
pub use run_name::RunName;

use crate::error::{Error, Result};

/// The folder of the dataset in a pipeline's home.
pub const FOLDER: &str = "history";

/// The nights of a pipeline's home, oldest first; of a day that was run again, the newest run.
/// None where nothing was published yet.
pub fn read(home: &Path) -> Result<Vec<Night>> {
    let mut nights: Vec<Night> = Vec::new();
    let mut runs = runs(home)?;
    runs.sort();
    for run in runs {
        let night = file::read(&path(home, run), run)?;
        if nights.last().is_some_and(|it| it.run.as_of == run.as_of) {
            nights.pop();
        }
        nights.push(night);
    }
    Ok(nights)
}

/// The nights of days before one and of its coverage year, oldest first; of a day the newest run. What
/// cannot be read is passed over: yesterday's files must not keep today's from coming out.
pub fn before(home: &Path, as_of: NaiveDate, insurance_year: u16) -> Vec<Night> {
    let mut runs = runs(home).unwrap_or_default();
    runs.retain(|it| it.as_of < as_of);
    runs.sort();
    let read = |run: &RunName| file::read(&path(home, *run), *run).ok();
    let mut nights: Vec<Night> = runs.iter().filter_map(read).collect();
    nights.retain(|it| it.insurance_year == Some(insurance_year));
    nights.reverse();
    nights.dedup_by_key(|it| it.run.as_of);
    nights.reverse();
    nights
}

fn path(home: &Path, run: RunName) -> PathBuf {
    home.join(FOLDER).join(format!("{run}.parquet"))
}

/// The runs that the history of a pipeline's home knows, in no order.
pub fn runs(home: &Path) -> Result<Vec<RunName>> {
    let folder = home.join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |source| Error::Io { doing: "read the history", path: folder.clone(), source };
    let mut runs = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let stem = name.to_str().and_then(|it| it.strip_suffix(".parquet"));
        runs.extend(stem.and_then(RunName::parse));
    }
    Ok(runs)
}

/// The runs in a pipeline's home of days before one, the newest first. What a night compares itself
/// with is one of them, so that a night that is run again says the same again.
pub fn runs_before(home: &Path, as_of: NaiveDate) -> Vec<RunName> {
    let Ok(entries) = fs::read_dir(home) else { return Vec::new() };
    let names = entries.flatten().filter_map(|it| it.file_name().into_string().ok());
    let mut runs: Vec<RunName> = names.filter_map(|it| RunName::parse(&it)).collect();
    runs.retain(|it| it.as_of < as_of);
    runs.sort_by_key(|it| Reverse(*it));
    runs
}

#[cfg(test)]
mod tests;
