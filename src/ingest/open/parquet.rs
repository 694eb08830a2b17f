//! Parquet → one sheet. The column names are row 1, the first record is row 2.

use std::{fs::File, path::Path};

use arrow::{
    array::{Array, AsArray},
    datatypes::{DataType, Float32Type, Float64Type},
    record_batch::RecordBatch,
    util::display::{ArrayFormatter, FormatOptions},
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{Opened, Refusal, Sheet};
use crate::{clean::CellKind, ingest::grid::Grid};

/// Reads all columns of a file, whatever their types, as text.
pub fn open(path: &Path) -> Result<Opened, Refusal> {
    let damaged = |error: &dyn std::fmt::Display| Refusal::damaged(&error.to_string());
    let file = File::open(path).map_err(|error| damaged(&error))?;
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| damaged(&error))?;
    let mut grid = Grid::default();
    grid.start_row(1);
    for field in builder.schema().fields() {
        grid.push_text(field.name());
    }
    let mut row = 1;
    for batch in builder.build().map_err(|error| damaged(&error))? {
        add(&batch.map_err(|error| damaged(&error))?, &mut grid, &mut row)
            .map_err(|error| damaged(&error))?;
    }
    Ok(Opened { format: "parquet".into(), sheets: vec![Sheet { grid, ..Sheet::default() }] })
}

fn add(
    batch: &RecordBatch,
    grid: &mut Grid,
    row: &mut u32,
) -> Result<(), arrow::error::ArrowError> {
    let options = FormatOptions::new()
        .with_date_format(Some("%Y-%m-%d"))
        .with_datetime_format(Some("%Y-%m-%d %H:%M:%S"))
        .with_timestamp_format(Some("%Y-%m-%d %H:%M:%S"));
    let columns = batch
        .columns()
        .iter()
        .map(|column| Ok((column, ArrayFormatter::try_new(column.as_ref(), &options)?)))
        .collect::<Result<Vec<_>, arrow::error::ArrowError>>()?;
    for at in 0..batch.num_rows() {
        *row += 1;
        grid.start_row(*row);
        for (column, formatter) in &columns {
            match column.data_type() {
                _ if column.is_null(at) => grid.push_range(0, 0),
                DataType::Utf8 => grid.push_text(column.as_string::<i32>().value(at)),
                // A float shows whole numbers without an exponent and is marked as what it is: a
                // certificate stored as one has lost its tail, one stored as an integer has not.
                DataType::Float64 => {
                    let number = column.as_primitive::<Float64Type>().value(at);
                    grid.push_cell(&number.to_string(), CellKind::Number);
                }
                DataType::Float32 => {
                    let number = column.as_primitive::<Float32Type>().value(at);
                    grid.push_cell(&number.to_string(), CellKind::Number);
                }
                _ => grid.push_text(&formatter.value(at).to_string()),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};
    use parquet::arrow::ArrowWriter;

    use super::*;

    #[test]
    fn any_column_type_is_read_as_text() {
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("name", Arc::new(StringArray::from(vec![Some("张三"), None]))),
            ("certno", Arc::new(Int64Array::from(vec![430_923_198_001_011_234, 2]))),
            ("paid", Arc::new(Float64Array::from(vec![380.0, 1e18]))),
            ("paid_on", Arc::new(Date32Array::from(vec![19_723, 0]))),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let file = File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();

        let opened = open(&path).ok().unwrap();
        let grid = &opened.sheets[0].grid;
        let row = |at| grid.cells(at).map(|it| it.text).collect::<Vec<_>>().join("|");
        assert_eq!(row(0), "name|certno|paid|paid_on");
        assert_eq!(row(1), "张三|430923198001011234|380|2024-01-01");
        assert_eq!(row(2), "|2|1000000000000000000|1970-01-01");
        std::fs::write(&path, b"PAR1 and nothing else").unwrap();
        assert!(open(&path).is_err());
    }
}
