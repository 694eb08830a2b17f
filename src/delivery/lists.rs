//! The lists that a run made for its recipients, read back from its `batches.parquet` or, where the
//! run is gone, from the copy that was kept of it.

use std::{
    collections::BTreeSet,
    fs::File,
    path::{Path, PathBuf},
};

use arrow::{
    array::{Array, AsArray, BooleanArray, Int32Array, RecordBatch, StringArray},
    datatypes::Int32Type,
};
use parquet::arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};

use crate::{
    error::{Error, Result},
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
    let file = File::open(&path).map_err(Error::io("read the batches", &path))?;
    let failed = |reason: String| Error::Read { path: path.clone(), reason };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|it| it.build());
    let mut lists = Vec::new();
    for batch in reader.map_err(|it| failed(it.to_string()))? {
        take(&batch.map_err(|it| failed(it.to_string()))?, &mut lists).map_err(failed)?;
    }
    Ok(lists)
}

/// One list by its number, if there ever was one.
pub fn list(home: &Path, batch: &BatchNumber) -> Result<Option<List>> {
    Ok(lists(home, batch.run)?.into_iter().find(|it| it.batch == *batch))
}

/// Who gets a list of a run; nothing where neither the run nor a copy is there.
pub fn recipients(home: &Path, run: RunName) -> Result<Option<BTreeSet<String>>> {
    let Some(path) = table_of(home, run) else { return Ok(None) };
    let file = File::open(&path).map_err(Error::io("read the batches", &path))?;
    let failed = |reason: String| Error::Read { path: path.clone(), reason };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|it| {
        let mask = ProjectionMask::columns(it.parquet_schema(), ["recipient"]);
        it.with_projection(mask).build()
    });
    let mut recipients = BTreeSet::new();
    for rows in reader.map_err(|it| failed(it.to_string()))? {
        let rows = rows.map_err(|it| failed(it.to_string()))?;
        let column = rows.column_by_name("recipient").and_then(|it| it.as_string_opt::<i32>());
        let column = column.ok_or_else(|| failed("there is no column recipient".into()))?;
        recipients.extend(column.iter().flatten().map(str::to_string));
    }
    Ok(Some(recipients))
}

/// Where a run's batches stand.
pub(super) fn table_of(home: &Path, run: RunName) -> Option<PathBuf> {
    let of_run = home.join(run.to_string()).join(TABLE);
    let kept = home.join(FOLDER).join(format!("{run}.parquet"));
    [of_run, kept].into_iter().find(|it| it.is_file())
}

fn take(rows: &RecordBatch, lists: &mut Vec<List>) -> std::result::Result<(), String> {
    let columns = Columns::of(rows)?;
    for at in 0..rows.num_rows() {
        let text = columns.text("batch", at);
        let batch = BatchNumber::parse(text).ok_or_else(|| format!("{text} is no batch"))?;
        if lists.last().is_none_or(|it| it.batch != batch) {
            lists.push(columns.list(batch, at)?);
        }
        let finding = columns.text("finding", at);
        if let Some(list) = lists.last_mut().filter(|_| !finding.is_empty()) {
            list.lines.push(columns.line(finding, at));
        }
    }
    Ok(())
}

/// The columns of some rows.
struct Columns<'a> {
    texts: Vec<(&'static str, &'a StringArray)>,
    nth: &'a Int32Array,
    main: &'a BooleanArray,
}

const TEXTS: [&str; 9] = [
    "batch",
    "recipient_name",
    "kind",
    "file",
    "sheet",
    "finding",
    "person",
    "name",
    "village_name",
];

impl<'a> Columns<'a> {
    fn of(rows: &'a RecordBatch) -> std::result::Result<Columns<'a>, String> {
        let missing = |name: &str| format!("there is no column {name} as batches have it");
        let column = |name: &str| rows.column_by_name(name).ok_or_else(|| missing(name));
        let mut texts = Vec::new();
        for name in TEXTS {
            let plain = column(name)?.as_string_opt::<i32>();
            texts.push((name, plain.ok_or_else(|| missing(name))?));
        }
        let nth = column("nth")?.as_primitive_opt::<Int32Type>().ok_or_else(|| missing("nth"))?;
        let main = column("main")?.as_boolean_opt().ok_or_else(|| missing("main"))?;
        Ok(Columns { texts, nth, main })
    }

    /// A text; empty where there is none.
    fn text(&self, name: &str, at: usize) -> &'a str {
        let column = self.texts.iter().find(|it| it.0 == name && it.1.is_valid(at));
        column.map_or("", |it| it.1.value(at))
    }

    fn list(&self, batch: BatchNumber, at: usize) -> std::result::Result<List, String> {
        let kind = self.text("kind", at);
        Ok(List {
            batch,
            recipient_name: self.text("recipient_name", at).to_string(),
            kind: RecipientKind::from_code(kind).ok_or_else(|| format!("{kind} is no kind"))?,
            file: self.text("file", at).to_string(),
            lines: Vec::new(),
        })
    }

    fn line(&self, finding: &str, at: usize) -> Line {
        let text = |name| self.text(name, at).to_string();
        Line {
            sheet: text("sheet"),
            nth: if self.nth.is_valid(at) { self.nth.value(at).cast_unsigned() } else { 0 },
            is_main: self.main.value(at),
            finding: finding.to_string(),
            person: text("person"),
            name: text("name"),
            village_name: text("village_name"),
        }
    }
}
