//! What came back, as a run read it: how many rows under which number, and which came too late.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Sent, Standing, table};
use crate::{
    error::Result,
    history::{BatchNumber, RunName},
};

/// A list that came back under a number that does not count, or no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Late {
    pub file: String,
    pub sheet: String,
    /// As it stands on the rows.
    pub batch: String,
    pub standing: Standing,
    /// Rows = taken + blank + not taken. Of a list that was superseded only those that the run
    /// of the newer list had not read yet.
    pub rows: usize,
    pub taken: usize,
    /// Nobody wrote on them.
    pub blank: usize,
    pub not_taken: usize,
}

impl Late {
    /// The list of a row, with none of its rows counted.
    fn of(row: &Row, standing: Standing) -> Late {
        let [file, sheet, batch] = [&row.file, &row.sheet, &row.batch].map(String::clone);
        Late { file, sheet, batch, standing, rows: 0, taken: 0, blank: 0, not_taken: 0 }
    }
}

/// A row that came back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    file: String,
    sheet: String,
    batch: String,
    row: String,
    said: [String; 3],
    outcome: String,
}

/// What a run read of returned lists.
pub struct Returned {
    rows: Vec<Row>,
}

impl Returned {
    /// The rows of a run; none where it reads no returned lists.
    pub fn read(home: &Path, run: RunName) -> Result<Returned> {
        let path = home.join(run.to_string()).join("returned.parquet");
        let mut rows = Vec::new();
        if path.is_file() {
            let columns =
                ["file", "sheet", "batch", "row", "stated", "answer", "answered_on", "outcome"];
            table::each(&path, &columns, |cells| {
                let [file, sheet, batch, row, stated, answer, on, outcome] =
                    [0, 1, 2, 3, 4, 5, 6, 7].map(|at: usize| cells[at].to_string());
                rows.push(Row { file, sheet, batch, row, said: [stated, answer, on], outcome });
                Ok(())
            })?;
        }
        Ok(Returned { rows })
    }

    /// How many rows with an answer came back under each number.
    pub fn answered(&self) -> BTreeMap<BatchNumber, usize> {
        let mut counts = BTreeMap::new();
        for row in self.rows.iter().filter(|it| it.outcome != BLANK) {
            if let Some(batch) = BatchNumber::parse(&row.batch) {
                *counts.entry(batch).or_default() += 1;
            }
        }
        counts
    }

    /// The lists of which rows do not count, by file.
    pub fn late(&self, home: &Path, sent: &Sent) -> Result<Vec<Late>> {
        let numbers: BTreeSet<&str> =
            self.rows.iter().map(|it| it.batch.as_str()).filter(|it| !it.is_empty()).collect();
        let mut late: BTreeMap<(String, String, String), Late> = BTreeMap::new();
        for number in numbers {
            let (standing, in_time) = standing(home, sent, number)?;
            if standing == Standing::Current {
                continue;
            }
            let of_number = self.rows.iter().filter(|it| it.batch == number);
            for row in of_number.filter(|it| !in_time.contains(&it.key())) {
                let key = (row.file.clone(), row.sheet.clone(), row.batch.clone());
                let of_list = late.entry(key).or_insert_with(|| Late::of(row, standing));
                of_list.rows += 1;
                match row.outcome.as_str() {
                    BLANK => of_list.blank += 1,
                    "taken" | "by-person" => of_list.taken += 1,
                    _ => of_list.not_taken += 1,
                }
            }
        }
        // A list on which nobody wrote since says nothing.
        Ok(late.into_values().filter(|it| it.rows > it.blank).collect())
    }
}

const BLANK: &str = "blank";

impl Row {
    /// What makes it the same row of the same list on another night.
    fn key(&self) -> (String, String, String, String, [String; 3]) {
        let [file, sheet, batch, row] =
            [&self.file, &self.sheet, &self.batch, &self.row].map(String::clone);
        (file, sheet, batch, row, self.said.clone())
    }
}

type Keys = BTreeSet<(String, String, String, String, [String; 3])>;

/// How a number stands by all that was sent, and, where a newer list has taken its place, the rows that
/// had come back when that one was made: they were in time.
fn standing(home: &Path, sent: &Sent, number: &str) -> Result<(Standing, Keys)> {
    let Some(batch) = BatchNumber::parse(number) else {
        return Ok((Standing::Unknown, Keys::new()));
    };
    let stood = sent.standing(&batch, NaiveDate::MAX)?;
    let before = match stood.by {
        None => return Ok((stood.standing, Keys::new())),
        Some(_) => next(sent, &batch)
            .map_or(Ok(Returned { rows: Vec::new() }), |it| Returned::read(home, it.run))?,
    };
    Ok((stood.standing, before.rows.iter().map(Row::key).collect()))
}

/// The first list that took a list's place.
fn next<'a>(sent: &'a Sent, batch: &BatchNumber) -> Option<&'a BatchNumber> {
    let mut newer = sent.counting().map(|it| &it.batch);
    newer.find(|it| it.recipient == batch.recipient && *it > batch)
}
