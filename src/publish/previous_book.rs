//! The book of cases as an earlier night left it.

use std::{collections::BTreeMap, path::Path};

use arrow::{
    array::{Array, AsArray, Date32Array, Int64Array, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int64Type},
};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::{TableFile, manifest::said, texts};
use crate::{
    cases::{
        Book, Case, Closed, Decision, Found, Given, Heard, JudgedBy, Reason, RestsOn, State,
        Touched, Why,
    },
    history::{RunName, runs_before},
    identity::PersonKey,
};

/// What an earlier night left behind.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// The run; nothing for the first night of a coverage year.
    pub run: Option<RunName>,
    pub book: Book,
}

/// The newest run of a day before `as_of`, for the same coverage year, that has a book. A night that
/// is run again begins from the same one.
pub fn earlier(home: &Path, as_of: NaiveDate, insurance_year: u16) -> Earlier {
    let read = |run: &RunName| {
        let folder = home.join(run.to_string());
        said(&folder).filter(|it| it.insurance_year == insurance_year)?;
        Some(Earlier { run: Some(*run), book: book(&folder)? })
    };
    runs_before(home, as_of).iter().find_map(read).unwrap_or_default()
}

/// What was known of each person, by key, in a run.
fn facts(run: &Path) -> Option<FxHashMap<PersonKey, u64>> {
    let mut known = FxHashMap::default();
    for batch in TableFile::open(run, "persons").ok()?.columns(&["person", "facts"]).ok()? {
        let persons = texts(batch.column_by_name("person")?).ok()?;
        let facts = batch.column_by_name("facts")?.as_primitive_opt::<Int64Type>()?;
        for (key, facts) in persons.iter().zip(facts) {
            known.insert(PersonKey::read(key?)?, facts?.cast_unsigned());
        }
    }
    Some(known)
}

/// The book of a run; nothing where it has none that can be read.
pub fn book(run: &Path) -> Option<Book> {
    let mut book = Book { facts: facts(run)?, ..Book::default() };
    for batch in TableFile::open(run, "cases").ok()?.batches().ok()? {
        let columns = Columns::of(&batch)?;
        for row in 0..batch.num_rows() {
            book.cases.push(columns.case(row)?);
        }
        if batch.num_rows() > 0 {
            let text = |name| columns.text(name, 0).to_string();
            book.judged_by = Some(JudgedBy { policy: text("policy"), rules: text("rules") });
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
        let closed = Reason::from_code(self.text("closed_by", row))
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
                rests_on: RestsOn::from_code(self.text("rests_on", row))?,
            },
            state: State::from_code(self.text("state", row))?,
            why: Why::from_code(self.text("why", row)).unwrap_or(Why::Nothing),
            first_seen: self.date("first_seen", row)?,
            last_seen: self.date("last_seen", row)?,
            nights: u32::try_from(self.number("nights", row)?).ok()?,
            reopened: u32::try_from(self.number("reopened", row)?).ok()?,
            touched: Touched {
                by: Reason::from_code(self.text("changed_by", row))?,
                on: self.date("changed_on", row)?,
            },
            closed,
            decision: self.decision(row),
            heard: self.heard(row)?,
        })
    }

    fn decision(&self, row: usize) -> Option<Decision> {
        let text = |name| self.text(name, row).to_string();
        let on_evidence = self.number("answer_evidence", row)?.cast_unsigned();
        let given = Given {
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

    fn heard(&self, row: usize) -> Option<Vec<Heard>> {
        match self.text("heard", row) {
            "" => Some(Vec::new()),
            text => serde_json::from_str(text).ok(),
        }
    }
}
