//! A table as Parquet: the same bytes whatever the number of threads.
//!
//! Row groups have a fixed number of rows. Every column of every row group is encoded by itself,
//! in parallel, and put into the file in order.

use std::{path::PathBuf, sync::Arc};

use arrow::datatypes::Schema;
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, compute_leaves},
    },
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::{metadata::KeyValue, properties::WriterProperties},
    schema::types::ColumnPath,
};
use rayon::prelude::*;

use super::column::{Column, Table};
use crate::error::{Error, Result};

/// Rows in a row group.
const ROW_GROUP: usize = 1 << 17;

/// The whole file.
pub(super) fn encode<S: Sync>(table: &Table<S>, source: &S) -> Result<Vec<u8>> {
    let rows = (table.rows)(source);
    try_encode(table, source, &rows).map_err(|error| Error::Write {
        path: PathBuf::from(format!("{}.parquet", table.name)),
        reason: error.to_string(),
    })
}

fn try_encode<S: Sync>(
    table: &Table<S>,
    source: &S,
    rows: &[u32],
) -> std::result::Result<Vec<u8>, ParquetError> {
    let fields: Vec<_> = table.columns.iter().map(Column::field).collect();
    let schema = Arc::new(Schema::new(fields));
    let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties(table)?))?;
    let (mut file, factory) = writer.into_serialized_writer()?;
    let groups: Vec<Vec<ArrowColumnChunk>> = rows
        .par_chunks(ROW_GROUP)
        .enumerate()
        .map(|(group, rows)| {
            let writers = share_out(table, factory.create_column_writers(group)?);
            let chunks = table
                .columns
                .par_iter()
                .zip(writers)
                .map(|(column, writers)| encode_column(column, source, rows, writers));
            let chunks: Vec<Vec<ArrowColumnChunk>> =
                chunks.collect::<std::result::Result<_, ParquetError>>()?;
            Ok(chunks.into_iter().flatten().collect())
        })
        .collect::<std::result::Result<_, ParquetError>>()?;
    for chunks in groups {
        let mut group = file.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close()?;
    }
    file.into_inner()
}

fn properties<S>(table: &Table<S>) -> std::result::Result<WriterProperties, ParquetError> {
    let entry = |key: &str, value: &str| KeyValue::new(key.to_string(), value.to_string());
    let mut about = vec![
        entry("bulou.table", table.name),
        entry("description", table.zh),
        entry("description_en", table.en),
    ];
    for column in &table.columns {
        about.push(entry(&format!("description.{}", column.name), column.zh));
    }
    let distinct = table.columns.iter().filter(|it| it.is_distinct);
    let properties = WriterProperties::builder()
        .set_created_by("bulou".to_string())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_key_value_metadata(Some(about));
    let properties = distinct.fold(properties, |properties, column| {
        properties.set_column_dictionary_enabled(ColumnPath::from(column.name), false)
    });
    Ok(properties.build())
}

/// The column writers of each column: a nested column has several.
fn share_out<S>(table: &Table<S>, writers: Vec<ArrowColumnWriter>) -> Vec<Vec<ArrowColumnWriter>> {
    let mut writers = writers.into_iter();
    let share = |column: &Column<S>| writers.by_ref().take(column.values.n_leaves()).collect();
    table.columns.iter().map(share).collect()
}

fn encode_column<S>(
    column: &Column<S>,
    source: &S,
    rows: &[u32],
    writers: Vec<ArrowColumnWriter>,
) -> std::result::Result<Vec<ArrowColumnChunk>, ParquetError> {
    let array = column.values.array(source, rows);
    let leaves = compute_leaves(&column.field(), &array)?;
    assert_eq!(leaves.len(), writers.len(), "bug: the leaves of column {}", column.name);
    let write = |(mut writer, leaf): (ArrowColumnWriter, _)| {
        writer.write(&leaf)?;
        writer.close()
    };
    writers.into_iter().zip(leaves).map(write).collect()
}
