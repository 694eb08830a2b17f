//! What stood on the lists of a run that sent some, kept beside the log when the run is gone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use super::{
    Sent,
    lists::{self, FOLDER},
};
use crate::{
    disk,
    error::{Error, Result},
    history::RunName,
};

/// Keeps a run's lists; once is enough.
pub fn keep(home: &Path, run: RunName) -> Result<()> {
    let folder = home.join(FOLDER);
    let kept = folder.join(format!("{run}.parquet"));
    let Some(table) = lists::table_of(home, run).filter(|_| !kept.is_file()) else { return Ok(()) };
    let content = fs::read(&table).map_err(Error::io("read the batches", &table))?;
    let aside = folder.join(format!(".{run}.part"));
    if aside.exists() {
        fs::remove_file(&aside).map_err(Error::io("remove an unfinished file", &aside))?;
    }
    disk::write_new(&aside, &content)?;
    fs::rename(&aside, &kept).map_err(Error::io("keep the batches", &kept))?;
    disk::sync(&folder)
}

/// Removes what was kept of runs before a day, but for those of which a recipient still has the last
/// list. They hold names; the log stays.
pub fn forget(home: &Path, before: NaiveDate) -> Result<Vec<PathBuf>> {
    let folder = home.join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let sent = Sent::read(home)?;
    let last: BTreeMap<&str, RunName> =
        sent.counting().map(|it| (it.recipient.as_str(), it.batch.run)).collect();
    let in_use: BTreeSet<RunName> = last.into_values().collect();
    let mut removed = Vec::new();
    for name in disk::names(&folder)? {
        let run = name.strip_suffix(".parquet").and_then(RunName::parse);
        if run.is_some_and(|it| it.as_of < before && !in_use.contains(&it)) {
            let path = folder.join(name);
            fs::remove_file(&path).map_err(Error::io("remove old batches", &path))?;
            removed.push(path);
        }
    }
    Ok(removed)
}
