//! What is to go to whom: the lists of the newest run whose day it is.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::Datelike;
use serde::Deserialize;

use super::lists::{self, List};
use crate::{
    config::{Delivery, Way},
    disk,
    error::{Error, Result},
    history::{BatchNumber, RecipientKind, RunName},
};

/// The county's own office as a recipient.
pub const COUNTY: &str = "county";
/// The list of people whose township nobody knows. It goes out only where a pipeline says to whom.
pub const NOBODYS: &str = "000000000";
/// What the county's office gets.
const OF_COUNTY: [&str; 2] = ["progress.xlsx", "report.html"];

/// What one recipient gets of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    pub batch: BatchNumber,
    pub name: String,
    pub kind: RecipientKind,
    pub way: Way,
    /// The run's folder.
    pub run: PathBuf,
    pub files: Vec<ParcelFile>,
    /// Rows that ask for an answer.
    pub lines: usize,
}

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelFile {
    /// Relative to the run's folder.
    pub path: String,
    /// What it is called where it goes: it tells the batch.
    pub name: String,
    /// As published.
    pub sha256: String,
}

impl Parcel {
    /// The recipient's own folder in an outbox.
    pub fn folder(&self) -> String {
        folder(&self.batch.recipient, &self.name)
    }
}

/// `430923109-冷市镇`, as files and folders are called.
fn folder(code: &str, name: &str) -> String {
    let is_unsafe = |it: char| it.is_control() || "/\\:*?\"<>|".contains(it);
    let name: String = name.chars().map(|it| if is_unsafe(it) { '_' } else { it }).collect();
    format!("{code}-{name}")
}

/// What the manifest says of the published files.
#[derive(Deserialize)]
struct Manifest {
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
struct Output {
    path: String,
    sha256: String,
}

/// The runs of a home, in order.
pub fn runs(home: &Path) -> Result<Vec<RunName>> {
    let mut runs: Vec<RunName> =
        disk::names(home)?.iter().filter_map(|it| RunName::parse(it)).collect();
    runs.retain(|it| home.join(it.to_string()).join("manifest.json").is_file());
    runs.sort();
    Ok(runs)
}

/// Everything that should have gone out by now: the lists of the newest run of a day on which lists go
/// out, to all who have a way. Older lists are overtaken by it.
pub fn due(home: &Path, delivery: &Delivery) -> Result<Vec<Parcel>> {
    let runs = runs(home)?;
    let Some(run) = runs.iter().rfind(|it| delivery.is_due_on(it.as_of.weekday())) else {
        return Ok(Vec::new());
    };
    let folder = home.join(run.to_string());
    let hashes = hashes(&folder)?;
    let lists = lists::lists(home, *run)?;
    let county = lists.first().and_then(|_| county(&folder, *run, delivery, &hashes));
    let of_list = |it: List| {
        let code = it.batch.recipient.clone();
        let is_wanted = code != NOBODYS || delivery.recipient(&code).is_some();
        let way = delivery.way_to(&code).filter(|_| is_wanted)?;
        Some(parcel(&folder, it, way.clone(), &hashes))
    };
    Ok(lists.into_iter().filter_map(of_list).chain(county).collect())
}

/// The hash of each file of a run, by path.
fn hashes(run: &Path) -> Result<BTreeMap<String, String>> {
    let path = run.join("manifest.json");
    let bytes = fs::read(&path).map_err(Error::io("read the manifest", &path))?;
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| Error::Read { path, reason: error.to_string() })?;
    Ok(manifest.outputs.into_iter().map(|it| (it.path, it.sha256)).collect())
}

fn parcel(run: &Path, list: List, way: Way, hashes: &BTreeMap<String, String>) -> Parcel {
    let stem = folder(&list.batch.recipient, &list.recipient_name);
    let file = |path: &str, name: String| ParcelFile {
        path: path.to_string(),
        name,
        sha256: hashes.get(path).cloned().unwrap_or_default(),
    };
    let when = list.batch.run;
    let mut files = vec![file(&list.file, format!("{stem}-{when}.xlsx"))];
    // The notices of a township's villages are one workbook, called as its list is.
    let notice = list.file.replacen("townships/", "notices/", 1);
    if list.kind == RecipientKind::Township && hashes.contains_key(&notice) {
        files.push(file(&notice, format!("{stem}-公示-{when}.xlsx")));
    }
    Parcel {
        lines: list.lines.iter().filter(|it| it.is_main).count(),
        batch: list.batch,
        name: list.recipient_name,
        kind: list.kind,
        way,
        run: run.to_path_buf(),
        files,
    }
}

/// The county's own files, where the pipeline names it as a recipient.
fn county(
    run: &Path,
    number: RunName,
    delivery: &Delivery,
    hashes: &BTreeMap<String, String>,
) -> Option<Parcel> {
    let way = delivery.recipient(COUNTY).and_then(|_| delivery.way_to(COUNTY))?.clone();
    let published = OF_COUNTY.iter().filter_map(|path| Some((path, hashes.get(*path)?)));
    let file = |(path, sha256): (&&str, &String)| {
        let (stem, ending) = path.split_once('.').unwrap_or((path, ""));
        let name = format!("{stem}-{number}.{ending}");
        ParcelFile { path: path.to_string(), name, sha256: sha256.clone() }
    };
    let batch = BatchNumber { run: number, recipient: COUNTY.to_string() };
    let (name, kind) = (RecipientKind::County.zh().to_string(), RecipientKind::County);
    let files = published.map(file).collect();
    Some(Parcel { batch, name, kind, way, run: run.to_path_buf(), files, lines: 0 })
}
