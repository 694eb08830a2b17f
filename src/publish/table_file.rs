//! A published table opened again, by those who ask about a run.
//!
//! A county's links are millions of rows and a question is about a dozen of them. So the one
//! column that is asked about is searched, and then only the rows found are read.

use std::{
    fs::File,
    ops::Range,
    path::{Path, PathBuf},
};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringArray},
    compute::{cast, concat_batches},
    datatypes::{DataType, Date32Type, Float32Type, Int64Type},
};
use chrono::NaiveDate;
use parquet::{
    arrow::{
        ProjectionMask,
        arrow_reader::{
            ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
        },
    },
    file::metadata::PageIndexPolicy,
};
use rayon::prelude::*;

use crate::error::{Error, Result};

/// One table of a published run.
pub struct TableFile {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
}

impl TableFile {
    /// Opens a table by its name; nothing but its description is read yet.
    pub fn open(run: &Path, table: &str) -> Result<TableFile> {
        let path = run.join(format!("{table}.parquet"));
        let file = File::open(&path).map_err(Error::io("reading", &path))?;
        // Where the pages stand is what lets a few rows be read without those around them.
        let options = ArrowReaderOptions::new().with_offset_index_policy(PageIndexPolicy::Optional);
        match ArrowReaderMetadata::load(&file, options) {
            Ok(metadata) => Ok(TableFile { path, metadata }),
            Err(error) => Err(unreadable(&path, error.to_string())),
        }
    }

    /// Every row, every column.
    pub fn batches(&self) -> Result<Vec<RecordBatch>> {
        let reader = self.builder()?.with_batch_size(65_536).build();
        let reader = reader.map_err(|it| self.failed(it))?;
        reader.map(|it| it.map_err(|it| self.failed(it))).collect()
    }

    /// Every row of some columns, in the order of the file.
    pub fn columns(&self, columns: &[&str]) -> Result<Vec<RecordBatch>> {
        let mask = self.mask(columns)?;
        let reader = self.builder()?.with_projection(mask).with_batch_size(65_536).build();
        let reader = reader.map_err(|it| self.failed(it))?;
        reader.map(|it| it.map_err(|it| self.failed(it))).collect()
    }

    /// The rows in which a column of texts says something wanted, in order; an empty cell never
    /// does.
    pub fn find(
        &self,
        column: &str,
        is_wanted: impl Fn(&str) -> bool + Sync,
    ) -> Result<Vec<usize>> {
        self.search(column, self.groups(), |values, found| {
            let values = texts(values)?;
            let wanted = |at: &usize| !values.is_null(*at) && is_wanted(values.value(*at));
            found.extend((0..values.len()).filter(wanted));
            Ok(())
        })
    }

    /// The rows in which a column is exactly this text. What is sorted by that column is found
    /// without reading the rest of it.
    pub fn find_exactly(&self, column: &str, wanted: &str) -> Result<Vec<usize>> {
        let at = self.column(column)?;
        let mut groups = self.groups();
        groups.retain(|(group, rows)| {
            let chunk = self.metadata.metadata().row_group(*group).column(at);
            let Some(statistics) = chunk.statistics() else { return true };
            let is_below = statistics.max_bytes_opt().is_some_and(|it| it < wanted.as_bytes());
            let is_above = statistics.min_bytes_opt().is_some_and(|it| it > wanted.as_bytes());
            let is_empty = statistics.null_count_opt() == Some(rows.len() as u64);
            !(is_below || is_above || is_empty)
        });
        self.search(column, groups, |values, found| {
            let values = texts(values)?;
            let is_wanted = |at: &usize| !values.is_null(*at) && values.value(*at) == wanted;
            found.extend((0..values.len()).filter(is_wanted));
            Ok(())
        })
    }

    /// The rows in which a column of numbers has this one.
    pub fn find_number(&self, column: &str, wanted: i64) -> Result<Vec<usize>> {
        self.search(column, self.groups(), |values, found| {
            let values = cast(values, &DataType::Int64).map_err(|it| it.to_string())?;
            let values = values.as_primitive::<Int64Type>();
            let is_wanted = |at: &usize| !values.is_null(*at) && values.value(*at) == wanted;
            found.extend((0..values.len()).filter(is_wanted));
            Ok(())
        })
    }

    /// Some rows, which must be in order, of some columns.
    pub fn take(&self, rows: &[usize], columns: &[&str]) -> Result<RecordBatch> {
        let mask = self.mask(columns)?;
        let mut groups = self.groups();
        groups.retain(|(_, range)| {
            rows.partition_point(|it| *it < range.start)
                < rows.partition_point(|it| *it < range.end)
        });
        // The reader counts rows within the groups that it is given.
        let (mut before, mut ranges) = (0, Vec::new());
        for (_, group) in &groups {
            let from = rows.partition_point(|it| *it < group.start);
            let to = rows.partition_point(|it| *it < group.end);
            let places = rows[from..to].iter().map(|it| before + it - group.start);
            ranges.extend(places.map(|it| it..it + 1));
            before += group.len();
        }
        let selection = RowSelection::from_consecutive_ranges(ranges.into_iter(), before);
        let reader = self
            .builder()?
            .with_projection(mask)
            .with_row_groups(groups.into_iter().map(|it| it.0).collect())
            .with_row_selection(selection)
            .build()
            .map_err(|it| self.failed(it))?;
        let schema = arrow::record_batch::RecordBatchReader::schema(&reader);
        let batches: std::result::Result<Vec<_>, _> = reader.collect();
        batches.and_then(|batches| concat_batches(&schema, &batches)).map_err(|it| self.failed(it))
    }

    /// Row groups with the rows they hold.
    fn groups(&self) -> Vec<(usize, Range<usize>)> {
        let mut start = 0;
        let groups = self.metadata.metadata().row_groups().iter().enumerate();
        let range = |(at, group): (usize, &parquet::file::metadata::RowGroupMetaData)| {
            let range = start..start + group.num_rows() as usize;
            start = range.end;
            (at, range)
        };
        groups.map(range).collect()
    }

    /// Goes through one column of some groups; `look` adds the places that are wanted.
    fn search(
        &self,
        column: &str,
        groups: Vec<(usize, Range<usize>)>,
        look: impl Fn(&ArrayRef, &mut Vec<usize>) -> std::result::Result<(), String> + Sync,
    ) -> Result<Vec<usize>> {
        let mask = self.mask(&[column])?;
        let one = |(group, rows): (usize, Range<usize>)| {
            let reader = self
                .builder()?
                .with_projection(mask.clone())
                .with_row_groups(vec![group])
                .with_batch_size(rows.len().max(1))
                .build()
                .map_err(|it| self.failed(it))?;
            let (mut found, mut start) = (Vec::new(), rows.start);
            for batch in reader {
                let batch = batch.map_err(|it| self.failed(it))?;
                let mut places = Vec::new();
                look(batch.column(0), &mut places).map_err(|it| self.failed(it))?;
                found.extend(places.into_iter().map(|it| start + it));
                start += batch.num_rows();
            }
            Ok(found)
        };
        let found: Result<Vec<Vec<usize>>> = groups.into_par_iter().map(one).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    /// Readers share the description; each has the file for itself, since it seeks.
    fn builder(&self) -> Result<ParquetRecordBatchReaderBuilder<File>> {
        let file = File::open(&self.path).map_err(Error::io("reading", &self.path))?;
        Ok(ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone()))
    }

    fn mask(&self, columns: &[&str]) -> Result<ProjectionMask> {
        for column in columns {
            if self.metadata.schema().column_with_name(column).is_none() {
                return Err(self.failed(format!("there is no column {column}")));
            }
        }
        Ok(ProjectionMask::columns(self.metadata.parquet_schema(), columns.iter().copied()))
    }

    /// The place of a plain column among the file's.
    fn column(&self, name: &str) -> Result<usize> {
        let columns = self.metadata.parquet_schema().columns();
        let at = columns.iter().position(|it| it.path().parts() == [name]);
        at.ok_or_else(|| self.failed(format!("there is no column {name}")))
    }

    /// The error that this file cannot be read.
    pub fn failed(&self, reason: impl ToString) -> Error {
        unreadable(&self.path, reason.to_string())
    }
}

fn unreadable(path: &Path, reason: String) -> Error {
    Error::Read { path: path.to_path_buf(), reason }
}

/// Any kind of text column as plain text.
pub fn texts(column: &ArrayRef) -> std::result::Result<StringArray, String> {
    let plain = cast(column, &DataType::Utf8).map_err(|it| it.to_string())?;
    Ok(plain.as_string::<i32>().clone())
}

/// One row of what was taken. A column that was not taken, or is of another type, is empty.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    batch: &'a RecordBatch,
    at: usize,
}

impl<'a> Row<'a> {
    /// The rows of a batch.
    pub fn all(batch: &'a RecordBatch) -> impl Iterator<Item = Row<'a>> {
        (0..batch.num_rows()).map(move |at| Row { batch, at })
    }

    fn value(&self, column: &str, kind: &DataType) -> Option<ArrayRef> {
        let column = self.batch.column_by_name(column)?;
        (!column.is_null(self.at)).then(|| cast(&column.slice(self.at, 1), kind).ok())?
    }

    /// A text; empty where there is none.
    pub fn text(&self, column: &str) -> String {
        let value = self.value(column, &DataType::Utf8);
        value.map_or_else(String::new, |it| it.as_string::<i32>().value(0).to_string())
    }

    pub fn integer(&self, column: &str) -> Option<i64> {
        Some(self.value(column, &DataType::Int64)?.as_primitive::<Int64Type>().value(0))
    }

    pub fn share(&self, column: &str) -> Option<f32> {
        Some(self.value(column, &DataType::Float32)?.as_primitive::<Float32Type>().value(0))
    }

    pub fn date(&self, column: &str) -> Option<NaiveDate> {
        let days = self.value(column, &DataType::Date32)?;
        NaiveDate::from_epoch_days(days.as_primitive::<Date32Type>().value(0))
    }

    /// The rows of a list.
    pub fn list(&self, column: &str) -> Option<RecordBatch> {
        let lists = self.batch.column_by_name(column)?.as_list_opt::<i32>()?;
        if lists.is_null(self.at) {
            return None;
        }
        Some(RecordBatch::from(lists.value(self.at).as_struct_opt()?))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::Int32Array;
    use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};

    use super::*;

    /// Ten rows in groups of three: names that rise, with one missing, and their numbers.
    fn table(folder: &Path) -> TableFile {
        let names = ["a", "b", "b", "b", "c", "", "d", "d", "e", "f"];
        let names: StringArray =
            names.iter().map(|it| Some(*it).filter(|it| !it.is_empty())).collect();
        let numbers = Int32Array::from_iter_values(0..10);
        let columns: [(&str, ArrayRef); 2] =
            [("name", Arc::new(names)), ("number", Arc::new(numbers))];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let file = File::create(folder.join("t.parquet")).unwrap();
        let groups = WriterProperties::builder().set_max_row_group_row_count(Some(3)).build();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(groups)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        TableFile::open(folder, "t").unwrap()
    }

    #[test]
    fn rows_are_found_in_every_group() {
        let folder = tempfile::tempdir().unwrap();
        let table = table(folder.path());
        assert_eq!(table.find_exactly("name", "b").unwrap(), [1, 2, 3]);
        assert_eq!(table.find_exactly("name", "d").unwrap(), [6, 7]);
        assert!(table.find_exactly("name", "").unwrap().is_empty());
        assert!(table.find_exactly("name", "bb").unwrap().is_empty());
        assert_eq!(table.find("name", |it| it > "c").unwrap(), [6, 7, 8, 9]);
        assert_eq!(table.find_number("number", 5).unwrap(), [5]);
    }

    #[test]
    fn what_is_taken_are_the_rows_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let table = table(folder.path());
        for rows in [&[][..], &[0], &[9], &[2, 3], &[0, 4, 5, 9], &[6, 7, 8]] {
            let batch = table.take(rows, &["number", "name"]).unwrap();
            let numbers: Vec<usize> =
                Row::all(&batch).map(|it| it.integer("number").unwrap() as usize).collect();
            assert_eq!(numbers, rows);
        }
        let batch = table.take(&[5, 6], &["name"]).unwrap();
        let names: Vec<String> = Row::all(&batch).map(|it| it.text("name")).collect();
        assert_eq!(names, ["", "d"]);
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let table = table(folder.path());
        for error in [
            table.find("nothing", |_| true).unwrap_err(),
            table.find_exactly("nothing", "").unwrap_err(),
            table.take(&[0], &["nothing"]).unwrap_err(),
            table.columns(&["name", "nothing"]).unwrap_err(),
        ] {
            assert!(error.to_string().contains("there is no column nothing"), "{error}");
        }
    }
}
