//! Some columns of a published table, read row by row as text.

use std::{fs::File, path::Path};

use arrow::{
    array::{Array, AsArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::DataType,
};
use parquet::arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};

use crate::error::{Error, Result};

/// Shows `take` every row of a file: the cells of these columns, empty where there is nothing.
pub fn each(
    path: &Path,
    columns: &[&str],
    mut take: impl FnMut(&[&str]) -> std::result::Result<(), String>,
) -> Result<()> {
    let file = File::open(path).map_err(Error::io("read a table", path))?;
    let failed = |reason: String| Error::Read { path: path.to_path_buf(), reason };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|it| {
        let mask = ProjectionMask::columns(it.parquet_schema(), columns.iter().copied());
        it.with_projection(mask).build()
    });
    for rows in reader.map_err(|it| failed(it.to_string()))? {
        let rows = rows.map_err(|it| failed(it.to_string()))?;
        let texts = columns.iter().map(|it| text(&rows, it));
        let texts = texts.collect::<std::result::Result<Vec<_>, _>>().map_err(failed)?;
        for at in 0..rows.num_rows() {
            let cell = |it: &StringArray| it.is_valid(at);
            let cells: Vec<&str> =
                texts.iter().map(|it| if cell(it) { it.value(at) } else { "" }).collect();
            take(&cells).map_err(failed)?;
        }
    }
    Ok(())
}

fn text(rows: &RecordBatch, name: &str) -> std::result::Result<StringArray, String> {
    let column = rows.column_by_name(name).ok_or_else(|| format!("there is no column {name}"))?;
    let plain = cast(column, &DataType::Utf8).map_err(|it| it.to_string())?;
    Ok(plain.as_string::<i32>().clone())
}
