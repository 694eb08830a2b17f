//! The same content in another form gives the same findings.

use std::{fs, path::Path, sync::Arc};

use arrow::{
    array::{ArrayRef, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema},
};
use parquet::arrow::ArrowWriter;

use crate::support::{Town, repository, said};

/// The line of the summary that counts findings.
fn findings(text: &str) -> &str {
    let line = text.lines().find(|line| line.starts_with("findings:"));
    line.unwrap_or_else(|| panic!("no findings in\n{text}"))
}

fn check(change: impl Fn(&Town)) {
    let (town, before) = Town::published();
    let persons = |town: &Town| fs::read(town.latest().join("persons.parquet")).unwrap();
    let persons_before = persons(&town);
    change(&town);
    let output = town.run();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(findings(&said(&output)), findings(&before));
    assert!(persons(&town) == persons_before, "persons.parquet is another");
}

fn decoded(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let (text, _, had_errors) = encoding_rs::GB18030.decode(&bytes);
    match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_string(),
        Err(_) => {
            assert!(!had_errors);
            text.into_owned()
        }
    }
}

const ROSTER: &str = "户籍人口_冷市镇.csv";

#[test]
fn a_roster_in_utf_16_with_tabs_is_the_same_roster() {
    check(|town| {
        let path = town.sample(ROSTER);
        let text = decoded(&path).replace(',', "\t");
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        fs::write(path, bytes).unwrap();
    });
}

#[test]
fn a_roster_in_utf_8_with_a_mark_and_crlf_is_the_same_roster() {
    check(|town| {
        let path = town.sample(ROSTER);
        let text = decoded(&path).replace("\r\n", "\n").replace('\n', "\r\n");
        fs::write(path, format!("\u{feff}{text}")).unwrap();
    });
}

#[test]
fn a_title_a_unit_line_and_signatures_change_nothing() {
    check(|town| {
        let path = town.sample(ROSTER);
        let text = decoded(&path);
        let width = text.lines().next().unwrap().matches(',').count();
        let blank = ",".repeat(width);
        let framed = format!(
            "冷市镇户籍人口明细表{blank}\n填报单位：冷市派出所{blank}\n{}\n{blank}\n制表人：张三,审核人：李四{}\n",
            text.trim_end(),
            ",".repeat(width - 1),
        );
        fs::write(path, framed).unwrap();
    });
}

#[test]
fn a_roster_in_parquet_is_the_same_roster() {
    check(|town| {
        let path = town.sample(ROSTER);
        let text = decoded(&path);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headers = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(|it| it.unwrap()).collect();
        let fields: Vec<Field> =
            headers.iter().map(|name| Field::new(name, DataType::Utf8, true)).collect();
        let column = |at: usize| -> ArrayRef {
            Arc::new(rows.iter().map(|row| row.get(at)).collect::<StringArray>())
        };
        let schema = Arc::new(Schema::new(fields));
        let columns = (0..headers.len()).map(column).collect();
        let batch = RecordBatch::try_new(schema.clone(), columns).unwrap();
        fs::remove_file(&path).unwrap();
        let file = fs::File::create(path.with_file_name("户籍人口_冷市镇.parquet")).unwrap();
        let mut writer = ArrowWriter::try_new(file, schema, None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        town.edit("pipeline.toml", |text| {
            text.replace("户籍人口_冷市镇*.csv", "户籍人口_*.parquet")
        });
    });
}

#[test]
fn a_list_saved_as_xls_is_the_same_list() {
    check(|town| {
        let path = town.sample("居住证持有人.xlsx");
        let old = repository().join("tests/it/fixtures/permits.xls");
        fs::copy(old, path.with_extension("xls")).unwrap();
        fs::remove_file(path).unwrap();
        town.edit("pipeline.toml", |text| text.replace("居住证持有人*.xlsx", "居住证持有人*.xls"));
    });
}
