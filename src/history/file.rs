//! One run's figures as Parquet, and back.

use std::{collections::BTreeMap, fs::File, path::Path, sync::Arc};

use arrow::{
    array::{Array, AsArray, Date32Array, Int64Array, RecordBatch, StringArray},
    datatypes::{DataType, Field, Int64Type, Schema},
};
use parquet::{
    arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder},
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
};

use super::{Kind, Night, Row, RunName};
use crate::error::{Error, Result};

const YEAR: &str = "insurance_year";

/// The columns with their meaning. Files of all versions are read as one table, so a column is
/// never renamed or retyped.
const COLUMNS: [(&str, DataType, &str); 8] = [
    ("as_of", DataType::Date32, "比对日期"),
    ("run", DataType::Utf8, "结果文件夹名"),
    (YEAR, DataType::Int64, "参保年度"),
    ("version", DataType::Utf8, "发布时的程序版本"),
    (
        "kind",
        DataType::Utf8,
        "类别：verdict 参保结论，finding 问题，closed 当日销号，control 校验，timing 用时，progress 进度",
    ),
    (
        "name",
        DataType::Utf8,
        "名称：结论、问题编号（.状态）、销号方式、校验项（.expected、.actual）、阶段、指标",
    ),
    ("scope", DataType::Utf8, "范围：区划代码，或校验的文件；空为全部"),
    ("value", DataType::Int64, "数值：人数、条数、行数、分或毫秒；校验为 1 通过、0 不符"),
];

/// The file of one run. Rows are sorted, so the order in which they were counted is nothing.
pub fn encode(night: &Night) -> Result<Vec<u8>> {
    try_encode(night).map_err(|error| Error::Write {
        path: format!("history/{}.parquet", night.run).into(),
        reason: error.to_string(),
    })
}

fn try_encode(night: &Night) -> std::result::Result<Vec<u8>, ParquetError> {
    let described = |(name, kind, zh): (&str, DataType, &str)| {
        let about: BTreeMap<_, _> = [("description".to_string(), zh.to_string())].into();
        Field::new(name, kind, name == YEAR).with_metadata(about)
    };
    let schema = Arc::new(Schema::new(COLUMNS.map(described).to_vec()));
    let mut rows: Vec<&Row> = night.rows.iter().collect();
    rows.sort();
    let texts = |of: &dyn Fn(&Row) -> String| {
        let column: StringArray = rows.iter().map(|it| Some(of(it))).collect();
        Arc::new(column)
    };
    let day = night.run.as_of.to_epoch_days();
    let batch = RecordBatch::try_new(
        schema.clone(),
        vec![
            Arc::new(Date32Array::from(vec![day; rows.len()])),
            texts(&|_| night.run.to_string()),
            Arc::new(Int64Array::from(vec![night.insurance_year.map(i64::from); rows.len()])),
            texts(&|_| night.version.clone()),
            texts(&|it| it.kind.code().to_string()),
            texts(&|it| it.name.clone()),
            texts(&|it| it.scope.clone()),
            Arc::new(rows.iter().map(|it| it.value).collect::<Int64Array>()),
        ],
    )?;
    let properties = WriterProperties::builder()
        .set_created_by("bulou".to_string())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?));
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties.build()))?;
    writer.write(&batch)?;
    writer.into_inner()
}

/// The figures in a run's file. A kind that this version does not know is passed over: a newer one
/// wrote it.
pub(super) fn read(path: &Path, run: RunName) -> Result<Night> {
    let file = File::open(path).map_err(Error::io("read the history", path))?;
    let failed = |reason: String| Error::Read { path: path.to_path_buf(), reason };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|it| it.build());
    let mut night = Night { run, insurance_year: None, version: String::new(), rows: Vec::new() };
    for batch in reader.map_err(|it| failed(it.to_string()))? {
        take(&batch.map_err(|it| failed(it.to_string()))?, &mut night).map_err(failed)?;
    }
    night.rows.sort();
    Ok(night)
}

fn take(batch: &RecordBatch, night: &mut Night) -> std::result::Result<(), String> {
    let missing = |name: &str| format!("there is no column {name} as history has it");
    let texts = |name: &str| {
        let column = batch.column_by_name(name).and_then(|it| it.as_string_opt::<i32>());
        column.ok_or_else(|| missing(name))
    };
    let (versions, kinds) = (texts("version")?, texts("kind")?);
    let (names, scopes) = (texts("name")?, texts("scope")?);
    let values = batch.column_by_name("value").and_then(|it| it.as_primitive_opt::<Int64Type>());
    let values = values.ok_or_else(|| missing("value"))?;
    // The first files were written without it.
    let years = batch.column_by_name(YEAR).and_then(|it| it.as_primitive_opt::<Int64Type>());
    let year = years.filter(|it| !it.is_empty() && it.is_valid(0)).map(|it| it.value(0));
    night.insurance_year = year.and_then(|it| u16::try_from(it).ok());
    for at in 0..values.len() {
        night.version = versions.value(at).to_string();
        let Some(kind) = Kind::from_code(kinds.value(at)) else { continue };
        night.rows.push(Row::new(kind, names.value(at), scopes.value(at), values.value(at)));
    }
    Ok(())
}
