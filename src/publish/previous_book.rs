//! The book of cases as an earlier night left it.

use std::{collections::BTreeMap, path::Path};

use arrow::{
    array::{Array, AsArray, Date32Array, Int64Array, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int64Type},
};
use chrono::NaiveDate;

use super::{TableFile, manifest::said, texts};
use crate::{
    cases::{Book, Case, Closed, ClosedBy, Decision, Found, Given, State, Why},
    history::{RunName, runs_before},
};

/// The book of the newest run of a day before `as_of`, for the same coverage year; an empty one where
/// there is none. A night that is run again begins from the same book.
pub fn book_before(home: &Path, as_of: NaiveDate, insurance_year: u16) -> Book {
    let runs = runs_before(home, as_of);
    let read = |run: &RunName| read(&home.join(run.to_string()), insurance_year);
    runs.iter().find_map(read).unwrap_or_default()
}

fn read(run: &Path, insurance_year: u16) -> Option<Book> {
    said(run).filter(|it| it.insurance_year == insurance_year)?;
    let mut book = Book::default();
    for batch in TableFile::open(run, "cases").ok()?.batches().ok()? {
        let columns = Columns::of(&batch)?;
        for row in 0..batch.num_rows() {
            book.cases.push(columns.case(row)?);
        }
        if batch.num_rows() > 0 {
            book.rules = columns.text("rules", 0).to_string();
        }
    }
    Some(book)
}

/// The columns of a batch, by name.
struct Columns {
    texts: BTreeMap<String, StringArray>,
    numbers: BTreeMap<String, Int64Array>,
    dates: BTreeMap<String, Date32Array>,
}

impl Columns {
    fn of(batch: &RecordBatch) -> Option<Columns> {
        let (mut all_texts, mut numbers, mut dates) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let name = field.name().clone();
            match field.data_type() {
                DataType::Date32 => {
                    dates.insert(name, column.as_primitive::<Date32Type>().clone());
                }
                DataType::Int64 | DataType::Int32 => {
                    let column = cast(column, &DataType::Int64).ok()?;
                    numbers.insert(name, column.as_primitive::<Int64Type>().clone());
                }
                _ => {
                    all_texts.insert(name, texts(column).ok()?);
                }
            }
        }
        Some(Columns { texts: all_texts, numbers, dates })
    }

    fn text(&self, name: &str, row: usize) -> &str {
        let column = self.texts.get(name).filter(|it| it.is_valid(row));
        column.map_or("", |it| it.value(row))
    }

    fn date(&self, name: &str, row: usize) -> Option<NaiveDate> {
        let column = self.dates.get(name).filter(|it| it.is_valid(row))?;
        NaiveDate::from_epoch_days(column.value(row))
    }

    fn number(&self, name: &str, row: usize) -> Option<i64> {
        let column = self.numbers.get(name).filter(|it| it.is_valid(row))?;
        Some(column.value(row))
    }

    fn case(&self, row: usize) -> Option<Case> {
        let text = |name| self.text(name, row).to_string();
        let closed = ClosedBy::from_code(self.text("closed_by", row))
            .and_then(|by| Some(Closed { by, on: self.date("closed_on", row)? }));
        Some(Case {
            found: Found {
                finding: text("finding"),
                code: text("code"),
                person: text("person"),
                township: text("township"),
                village: text("village"),
                evidence: self.number("evidence", row)?.cast_unsigned(),
                facts: self.number("facts", row)?.cast_unsigned(),
            },
            state: State::from_code(self.text("state", row))?,
            why: Why::from_code(self.text("why", row)).unwrap_or(Why::Nothing),
            first_seen: self.date("first_seen", row)?,
            last_seen: self.date("last_seen", row)?,
            nights: u32::try_from(self.number("nights", row)?).ok()?,
            reopened: u32::try_from(self.number("reopened", row)?).ok()?,
            closed,
            decision: self.decision(row),
            spent: self.spent(row)?,
        })
    }

    fn decision(&self, row: usize) -> Option<Decision> {
        let text = |name| self.text(name, row).to_string();
        let on_evidence = self.number("answer_evidence", row)?.cast_unsigned();
        let given = Given {
            finding: text("finding"),
            on: self.date("answered_on", row),
            text: text("answer_text"),
            proof: text("answer_proof"),
            remark: text("answer_remark"),
            from: text("answer_from"),
        };
        Some(Decision {
            given,
            code: text("answer"),
            on_evidence,
            until: self.date("answer_until", row),
        })
    }

    fn spent(&self, row: usize) -> Option<Vec<Given>> {
        match self.text("spent", row) {
            "" => Some(Vec::new()),
            text => serde_json::from_str(text).ok(),
        }
    }
}
