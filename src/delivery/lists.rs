//! The lists that a run made for its recipients, read back from its `batches.parquet` or, where the
//! run is gone, from the copy that was kept of it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::table;
use crate::{
    error::Result,
    history::{BatchNumber, RecipientKind, RunName},
};

/// The folder of what was delivered, in a pipeline's home.
pub const FOLDER: &str = "delivery";
/// The table in a run's folder.
const TABLE: &str = "batches.parquet";

/// A list as it was made for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    pub batch: BatchNumber,
    pub recipient_name: String,
    pub kind: RecipientKind,
    /// The workbook, relative to the run's folder.
    pub file: String,
    /// In the order of its sheets; none where it has no findings.
    pub lines: Vec<Line>,
}

/// A finding on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub sheet: String,
    /// The row's 序号.
    pub nth: u32,
    /// Whether the row bears this finding's id; another finding of the same visit does not.
    pub is_main: bool,
    pub finding: String,
    /// The person's key; empty where the finding is about a file.
    pub person: String,
    pub name: String,
    pub village_name: String,
}

/// The lists of a run of a pipeline's home: townships, then departments, in the order of codes.
/// None where neither the run nor a copy is there.
pub fn lists(home: &Path, run: RunName) -> Result<Vec<List>> {
    let Some(path) = table_of(home, run) else { return Ok(Vec::new()) };
    let mut lists: Vec<List> = Vec::new();
    table::each(&path, &COLUMNS, |cells| {
        let batch = BatchNumber::parse(cells[0]).ok_or_else(|| format!("batch {}", cells[0]))?;
        if lists.last().is_none_or(|it| it.batch != batch) {
            lists.push(of_cells(batch, cells)?);
        }
        let line = line(cells)?;
        if let Some(list) = lists.last_mut() {
            list.lines.extend(line);
        }
        Ok(())
    })?;
    Ok(lists)
}

/// One list by its number, if there ever was one.
pub fn list(home: &Path, batch: &BatchNumber) -> Result<Option<List>> {
    Ok(lists(home, batch.run)?.into_iter().find(|it| it.batch == *batch))
}

/// Who gets a list of a run; nothing where neither the run nor a copy is there.
pub fn recipients(home: &Path, run: RunName) -> Result<Option<BTreeSet<String>>> {
    let Some(path) = table_of(home, run) else { return Ok(None) };
    let mut recipients: BTreeSet<String> = BTreeSet::new();
    table::each(&path, &["recipient"], |cells| {
        if !recipients.contains(cells[0]) {
            recipients.insert(cells[0].to_string());
        }
        Ok(())
    })?;
    Ok(Some(recipients))
}

/// Where a run's batches stand.
pub(super) fn table_of(home: &Path, run: RunName) -> Option<PathBuf> {
    let of_run = home.join(run.to_string()).join(TABLE);
    let kept = home.join(FOLDER).join(format!("{run}.parquet"));
    [of_run, kept].into_iter().find(|it| it.is_file())
}

const COLUMNS: [&str; 11] = [
    "batch",
    "recipient_name",
    "kind",
    "file",
    "sheet",
    "nth",
    "main",
    "finding",
    "person",
    "name",
    "village_name",
];

fn of_cells(batch: BatchNumber, cells: &[&str]) -> std::result::Result<List, String> {
    Ok(List {
        batch,
        recipient_name: cells[1].to_string(),
        kind: RecipientKind::from_code(cells[2]).ok_or_else(|| format!("kind {}", cells[2]))?,
        file: cells[3].to_string(),
        lines: Vec::new(),
    })
}

/// The line of a row; nothing where the list has none.
fn line(cells: &[&str]) -> std::result::Result<Option<Line>, String> {
    let [sheet, nth, main, finding, person, name, village_name] = &cells[4..] else {
        return Err(format!("{} columns", cells.len()));
    };
    if finding.is_empty() {
        return Ok(None);
    }
    Ok(Some(Line {
        sheet: sheet.to_string(),
        nth: nth.parse().map_err(|_| format!("nth {nth}"))?,
        is_main: *main == "true",
        finding: finding.to_string(),
        person: person.to_string(),
        name: name.to_string(),
        village_name: village_name.to_string(),
    }))
}
