//! A clerk of a township: reads the published list, fills it in, hands it back as clerks do.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use bulou::publish::{Row, TableFile};
use calamine::{Data, Reader, open_workbook_auto};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook};

/// The sheet that goes to the doors.
pub const DOORS: &str = "入户名单";

/// A cell that a clerk types.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    Text(String),
    Number(f64),
    /// A number in a cell that is formatted as a day.
    AsDay(f64),
}

impl Typed {
    /// A day in a cell that is formatted as one.
    pub fn day(day: NaiveDate) -> Typed {
        let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
        Typed::AsDay((day - epoch).num_days() as f64)
    }
}

impl From<&str> for Typed {
    fn from(text: &str) -> Typed {
        Typed::Text(text.to_string())
    }
}

/// A list as it lies on the clerk's desk: titles, header, rows.
#[derive(Clone, Debug)]
pub struct List {
    pub titles: Vec<String>,
    pub headers: Vec<String>,
    pub rows: Vec<Vec<Typed>>,
}

impl List {
    /// The list for the doors of a township's workbook.
    pub fn read(workbook: &Path) -> List {
        let mut book = open_workbook_auto(workbook).unwrap();
        let range = book.worksheet_range(DOORS).unwrap();
        let mut rows = range.rows();
        let mut titles = Vec::new();
        let text = |it: &Data| it.to_string().split_whitespace().collect::<String>();
        let headers: Vec<String> = loop {
            let row: Vec<String> = rows.next().expect("a header").iter().map(text).collect();
            match row.iter().any(|it| it == "编号") {
                true => break row,
                false => titles.push(row.concat()),
            }
        };
        let typed = |it: &Data| match it {
            Data::Float(number) => Typed::Number(*number),
            Data::Int(number) => Typed::Number(*number as f64),
            Data::DateTime(day) => Typed::AsDay(day.as_f64()),
            other => Typed::Text(other.to_string()),
        };
        let rows = rows.map(|row| row.iter().map(typed).collect());
        let mut list = List { titles, headers, rows: rows.collect() };
        // A list of nobody says so in a row without an id.
        let key = list.column("编号");
        list.rows.retain(|it| matches!(&it[key], Typed::Text(id) if id.starts_with('F')));
        list
    }

    /// The list of the township with this name in a run.
    pub fn of(run: &Path, township: &str) -> List {
        List::read(&workbook(run, township))
    }

    pub fn column(&self, header: &str) -> usize {
        let found = self.headers.iter().position(|it| it == header);
        found.unwrap_or_else(|| panic!("no column {header} among {:?}", self.headers))
    }

    pub fn text(&self, row: usize, header: &str) -> String {
        match &self.rows[row][self.column(header)] {
            Typed::Text(text) => text.clone(),
            Typed::Number(number) | Typed::AsDay(number) => number.to_string(),
        }
    }

    /// The ids of the rows, in their order.
    pub fn findings(&self) -> Vec<String> {
        (0..self.rows.len()).map(|it| self.text(it, "编号")).collect()
    }

    /// The row of a finding.
    pub fn row_of(&self, finding: &str) -> usize {
        self.findings().iter().position(|it| it == finding).expect("the finding's row")
    }

    pub fn set(&mut self, row: usize, header: &str, typed: impl Into<Typed>) {
        let column = self.column(header);
        self.rows[row][column] = typed.into();
    }

    /// Takes a column out, header and all.
    pub fn drop_column(&mut self, header: &str) {
        let at = self.column(header);
        self.headers.remove(at);
        self.rows.iter_mut().for_each(|it| {
            it.remove(at);
        });
    }

    /// A row with these cells and nothing else.
    pub fn blank_row(&self, cells: &[(&str, &str)]) -> Vec<Typed> {
        let mut row = vec![Typed::from(""); self.headers.len()];
        cells.iter().for_each(|(header, text)| row[self.column(header)] = (*text).into());
        row
    }

    /// The list as rows of a sheet.
    pub fn sheet(&self) -> Vec<Vec<Typed>> {
        let titles = self.titles.iter().map(|it| vec![Typed::from(it.as_str())]);
        let header = self.headers.iter().map(|it| it.as_str().into()).collect();
        titles.chain([header]).chain(self.rows.iter().cloned()).collect()
    }
}

/// The workbook of a township in a run.
pub fn workbook(run: &Path, township: &str) -> PathBuf {
    let entries = fs::read_dir(run.join("townships")).unwrap().map(|it| it.unwrap().path());
    let ending = format!("-{township}.xlsx");
    let mut found = entries.filter(|it| it.to_string_lossy().ends_with(&ending));
    found.next().unwrap_or_else(|| panic!("no workbook of {township}"))
}

/// Saves rows as a workbook of one sheet.
pub fn save(path: &Path, sheet: &str, rows: &[Vec<Typed>]) {
    let mut book = Workbook::new();
    let paper = book.add_worksheet().set_name(sheet).unwrap();
    let day_format = Format::new().set_num_format("yyyy-mm-dd");
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (row as u32, column as u16);
            let written = match cell {
                Typed::Text(text) if text.is_empty() => continue,
                Typed::Text(text) => paper.write(row, column, text),
                Typed::Number(number) => paper.write(row, column, *number),
                Typed::AsDay(number) => paper.write_with_format(row, column, *number, &day_format),
            };
            written.unwrap();
        }
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    book.save(path).unwrap();
}

/// An answer as the book of cases has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub text: String,
    pub proof: String,
    pub remark: String,
    pub on: Option<NaiveDate>,
}

/// Finding → its person and the answer that came with a file of the folder `returned`.
pub fn answers(run: &Path) -> BTreeMap<String, (String, Said)> {
    let batches = TableFile::open(run, "cases").unwrap().batches().unwrap();
    let rows = batches.iter().flat_map(Row::all);
    let returned = rows.filter(|it| it.text("answer_from").contains("returned/"));
    returned
        .map(|it| {
            let said = Said {
                text: it.text("answer_text"),
                proof: it.text("answer_proof"),
                remark: it.text("answer_remark"),
                on: it.date("answered_on"),
            };
            (it.text("finding"), (it.text("person"), said))
        })
        .collect()
}

/// Compares what arrived with what was filled in: each answer at its finding, and at nobody else's.
/// Other findings of the same person may bear it too, since one visit answers for all.
#[track_caller]
pub fn assert_arrived(run: &Path, filled: &BTreeMap<String, Said>) {
    let arrived = answers(run);
    let mut told: BTreeMap<&str, &Said> = BTreeMap::new();
    for (finding, said) in filled {
        let Some((person, found)) = arrived.get(finding) else {
            panic!("the answer to {finding} has not arrived: {said:?}");
        };
        assert_eq!(found, said, "{finding}");
        told.insert(person, said);
    }
    for (finding, (person, said)) in arrived.iter().filter(|it| !filled.contains_key(it.0)) {
        assert_eq!(told.get(person.as_str()), Some(&said), "{finding} was answered by nobody");
    }
}
