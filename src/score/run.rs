//! What a run published: findings with their evidence, and links.

use std::path::Path;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray, UInt32Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, UInt32Type};

use super::truth::{Place, Texts, Truth};
use crate::error::Result;
use crate::publish::{TableFile, texts};

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    pub code: String,
    pub evidence: Vec<Place>,
}

/// One accepted record and the person it was given to.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// A number in the run's `persons`.
    pub person: u32,
    pub place: Place,
}

/// Findings and links.
#[derive(Clone, Debug, Default)]
pub struct RunOutput {
    pub findings: Vec<Finding>,
    pub links: Vec<Link>,
    /// The keys of the run's persons, in order of appearance.
    pub persons: Texts,
}

impl RunOutput {
    /// Reads a published run.
    pub fn read(folder: &Path, truth: &Truth) -> Result<RunOutput> {
        let mut output = RunOutput::default();
        let mut files = Files { truth, known: Texts::default(), found: vec![None] };
        let table = TableFile::open(folder, "findings")?;
        for batch in table.batches()? {
            output.add_findings(&batch, &mut files).map_err(|it| table.failed(it))?;
        }
        let table = TableFile::open(folder, "links")?;
        for batch in table.batches()? {
            output.add_links(&batch, &mut files).map_err(|it| table.failed(it))?;
        }
        Ok(output)
    }

    /// Adds the findings of one batch.
    pub fn add_findings(
        &mut self,
        batch: &RecordBatch,
        files: &mut Files<'_>,
    ) -> std::result::Result<(), String> {
        let codes = texts(column(batch, "code")?)?;
        let evidence = column(batch, "evidence")?;
        let lists = evidence.as_list_opt::<i32>().ok_or("the column evidence is no list")?;
        let rows = lists.values().as_struct_opt().ok_or("evidence is no list of structs")?;
        let part = |name: &str| rows.column_by_name(name).ok_or(format!("evidence has no {name}"));
        let places = Places::new(part("file")?, part("sheet")?, part("row")?)?;
        let offsets = lists.value_offsets();
        for at in 0..batch.num_rows() {
            let range = offsets[at] as usize..offsets[at + 1] as usize;
            let evidence = range.map(|it| places.at(it, files)).collect();
            self.findings.push(Finding { code: codes.value(at).to_string(), evidence });
        }
        Ok(())
    }

    /// Adds the links of one batch.
    pub fn add_links(
        &mut self,
        batch: &RecordBatch,
        files: &mut Files<'_>,
    ) -> std::result::Result<(), String> {
        let keys = texts(column(batch, "person")?)?;
        let part = |name: &str| column(batch, name);
        let places = Places::new(part("file")?, part("sheet")?, part("row")?)?;
        // A row of nobody is no link.
        for at in (0..batch.num_rows()).filter(|it| !keys.is_null(*it)) {
            let person = self.persons.number(keys.value(at));
            self.links.push(Link { person, place: places.at(at, files) });
        }
        Ok(())
    }
}

/// The run's paths, each looked up in the truth once.
pub struct Files<'a> {
    truth: &'a Truth,
    known: Texts,
    found: Vec<Option<u32>>,
}

impl<'a> Files<'a> {
    pub fn new(truth: &'a Truth) -> Files<'a> {
        Files { truth, known: Texts::default(), found: vec![None] }
    }

    fn find(&mut self, path: &str) -> Option<u32> {
        let number = self.known.number(path) as usize;
        if number == self.found.len() {
            self.found.push(self.truth.file(path));
        }
        self.found[number]
    }
}

struct Places {
    files: StringArray,
    sheets: StringArray,
    rows: UInt32Array,
}

impl Places {
    fn new(
        file: &ArrayRef,
        sheet: &ArrayRef,
        row: &ArrayRef,
    ) -> std::result::Result<Places, String> {
        let rows = cast(row, &DataType::UInt32).map_err(|it| it.to_string())?;
        let rows = rows.as_primitive::<UInt32Type>().clone();
        Ok(Places { files: texts(file)?, sheets: texts(sheet)?, rows })
    }

    fn at(&self, at: usize, files: &mut Files<'_>) -> Place {
        let sheet = if self.sheets.is_null(at) { "" } else { self.sheets.value(at) };
        Place {
            file: files.find(self.files.value(at)),
            sheet: files.truth.texts.known(sheet),
            row: self.rows.value(at),
        }
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> std::result::Result<&'a ArrayRef, String> {
    batch.column_by_name(name).ok_or(format!("there is no column {name}"))
}
