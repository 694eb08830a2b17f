//! A hand-made truth and hand-made batches.

use std::sync::Arc;

use arrow::array::{ArrayRef, ListArray, RecordBatch, StringArray, StructArray, UInt32Array};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field};

use super::run::{Files, RunOutput};
use super::truth::Truth;
use super::{Score, list, score, strays, tally};

/// Three people: A has two rows, B one in a workbook, C one.
fn truth() -> Truth {
    let mut truth = Truth::default();
    truth.add_row("data/公安局/户籍.csv", "", 2, "A", "");
    truth.add_row("data/公安局/户籍.csv", "", 3, "C", "");
    truth.add_row("data/民政局/低保.xlsx", "一村", 4, "A", "one-digit-wrong");
    truth.add_row("data/民政局/低保.xlsx", "一村", 5, "B", "");
    truth.add_finding("E01", "A", "exact", "");
    truth.add_finding("E01", "B", "linkage", "");
    truth.add_finding("P04", "", "exact", "data/公安局/户籍.csv");
    truth.add_must_not("E01", "C", "insured");
    truth
}

type Row<'a> = (&'a str, &'a str, u32);

fn columns(rows: &[Row<'_>]) -> [ArrayRef; 3] {
    let files: StringArray = rows.iter().map(|it| Some(it.0)).collect();
    let sheets: StringArray = rows.iter().map(|it| Some(it.1)).collect();
    let numbers: UInt32Array = rows.iter().map(|it| it.2).collect();
    [Arc::new(files), Arc::new(sheets), Arc::new(numbers)]
}

fn findings(of: &[(&str, &[Row<'_>])]) -> RecordBatch {
    let codes: StringArray = of.iter().map(|it| Some(it.0)).collect();
    let rows: Vec<Row<'_>> = of.iter().flat_map(|it| it.1.iter().copied()).collect();
    let [files, sheets, numbers] = columns(&rows);
    let field = |name: &str, kind| Arc::new(Field::new(name, kind, true));
    let structs = StructArray::from(vec![
        (field("file", DataType::Utf8), files),
        (field("sheet", DataType::Utf8), sheets),
        (field("row", DataType::UInt32), numbers),
    ]);
    let offsets = OffsetBuffer::from_lengths(of.iter().map(|it| it.1.len()));
    let item = field("item", arrow::array::Array::data_type(&structs).clone());
    let evidence = ListArray::new(item, offsets, Arc::new(structs), None);
    RecordBatch::try_from_iter([
        ("code", Arc::new(codes) as ArrayRef),
        ("evidence", Arc::new(evidence) as ArrayRef),
    ])
    .unwrap()
}

fn links(of: &[(&str, Row<'_>)]) -> RecordBatch {
    let persons: StringArray = of.iter().map(|it| Some(it.0)).collect();
    let rows: Vec<Row<'_>> = of.iter().map(|it| it.1).collect();
    let [files, sheets, numbers] = columns(&rows);
    let columns = [
        ("person", Arc::new(persons) as ArrayRef),
        ("file", files),
        ("sheet", sheets),
        ("row", numbers),
    ];
    RecordBatch::try_from_iter(columns).unwrap()
}

const ROSTER: &str = "/somewhere/county/data/公安局/户籍.csv";
const LIST: &str = "民政局/低保.xlsx";

fn scored(found: &[(&str, &[Row<'_>])], linked: &[(&str, Row<'_>)]) -> Score {
    let truth = truth();
    score(&output(&truth, found, linked), &truth)
}

fn output(truth: &Truth, found: &[(&str, &[Row<'_>])], linked: &[(&str, Row<'_>)]) -> RunOutput {
    let mut run = RunOutput::default();
    let mut files = Files::new(truth);
    run.add_findings(&findings(found), &mut files).unwrap();
    run.add_links(&links(linked), &mut files).unwrap();
    run
}

#[test]
fn a_finding_is_right_by_the_person_of_any_evidence_row() {
    let score = scored(&[("E01", &[(ROSTER, "户籍", 3), (LIST, "一村", 4)])], &[]);
    let e01 = score.code("E01").unwrap();
    assert_eq!((e01.all.planted, e01.all.found, e01.all.right, e01.all.met), (2, 1, 1, 1));
    assert_eq!((e01.exact.planted, e01.exact.met), (1, 1));
    assert_eq!((e01.all.precision(), e01.all.recall()), (1.0, 0.5));
}

#[test]
fn a_right_finding_that_takes_linkage_counts_in_one_way_only() {
    let score = scored(&[("E01", &[(LIST, "一村", 5)])], &[]);
    let e01 = score.code("E01").unwrap();
    assert_eq!((e01.all.found, e01.all.right), (1, 1));
    assert_eq!((e01.exact.found, e01.exact.right, e01.exact.met), (0, 0, 0));
}

#[test]
fn what_must_not_be_found_is_counted_with_its_reason() {
    let score = scored(&[("E01", &[(ROSTER, "", 3)])], &[]);
    assert_eq!(score.code("E01").unwrap().all.right, 0);
    let broken = &score.must_not[0];
    assert_eq!((broken.code.as_str(), broken.why.as_str(), broken.times), ("E01", "insured", 1));
}

#[test]
fn an_allowed_finding_counts_neither_way() {
    let mut truth = truth();
    truth.add_allowed("D01", "C");
    truth.add_allowed("E01", "C");
    let found: &[(&str, &[Row<'_>])] = &[("D01", &[(ROSTER, "", 3)]), ("E01", &[(ROSTER, "", 3)])];
    let scored = score(&output(&truth, found, &[]), &truth);
    assert_eq!(scored.code("D01").unwrap().all.found, 0);
    // What is forbidden stays so.
    assert_eq!((scored.code("E01").unwrap().all.found, scored.must_not.len()), (1, 1));
}

#[test]
fn a_wrong_total_is_met_by_its_file() {
    let score = scored(&[("P04", &[(ROSTER, "", 99)])], &[]);
    assert_eq!(score.code("P04").unwrap().all.met, 1);
    assert_eq!(score.unknown_rows, 1);
}

#[test]
fn links_are_scored_by_pairs() {
    let (a, c) = ((ROSTER, "", 2), (ROSTER, "", 3));
    let (a2, b) = ((LIST, "一村", 4), (LIST, "一村", 5));
    let score = scored(&[], &[("p1", a), ("p1", a2), ("p1", c), ("p2", b)]).links;
    let all = score.all;
    assert_eq!((score.rows, all.true_pairs, all.linked_pairs, all.right_pairs), (4, 1, 3, 1));
    assert_eq!(score.recall(), 1.0);
}

#[test]
fn hard_pairs_are_those_with_a_row_whose_id_or_name_is_hidden() {
    let (a, c) = ((ROSTER, "", 2), (ROSTER, "", 3));
    let (a2, b) = ((LIST, "一村", 4), (LIST, "一村", 5));
    let score = scored(&[], &[("p1", a), ("p1", a2), ("p1", c), ("p2", b)]).links;
    let hard = score.hard;
    assert_eq!((score.hard_rows, hard.true_pairs), (1, 1));
    assert_eq!((hard.linked_pairs, hard.right_pairs), (2, 1));
}

#[test]
fn a_stray_row_is_listed_with_whom_it_was_given_to() {
    let truth = truth();
    let (a, c) = ((ROSTER, "", 2), (ROSTER, "", 3));
    let (a2, b) = ((LIST, "一村", 4), (LIST, "一村", 5));
    let run = output(&truth, &[], &[("p1", a), ("p2", c), ("p2", a2), ("p3", b)]);
    let listed = strays::strays(&run, &truth, 5);
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0].person.as_str(), listed[0].missed), ("A", false));
    assert_eq!(listed[0].note, "given to p2, who is C");
    assert_eq!((listed[1].note.as_str(), listed[1].missed), ("given to p2, is p1", true));
    assert_eq!(listed[1].rows[0], "data/民政局/低保.xlsx[一村]:4 (one-digit-wrong)");
}

#[test]
fn misses_and_false_findings_are_listed_by_row_and_dirt() {
    let truth = truth();
    let run = output(&truth, &[("E01", &[(ROSTER, "", 3)])], &[]);
    let judged = tally::judge(&run, &truth);
    let listed = list::wrongs(&run, &judged, &truth, Some("E01"), 10);
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0].rows[1], "data/民政局/低保.xlsx[一村]:4 (one-digit-wrong)");
    assert!(!listed[2].missed && listed[2].note == "insured");
}

#[test]
fn a_published_run_and_a_written_truth_are_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let text = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    text("rows.csv", "file,sheet,row,person,corruption\ndata/公安局/户籍.csv,,2,A,\n");
    text("findings.csv", "code,person,decidable,note\nE01,A,exact,in scope\n");
    text("must_not.csv", "code,person,why\n");
    text("people.csv", "person,id_number,name,sex,birth,village,verdict,stories,decidable\n");
    let parquet = |name: &str, batch: RecordBatch| {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        let mut writer = parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    };
    parquet("findings.parquet", findings(&[("E01", &[(ROSTER, "", 2)])]));
    parquet("links.parquet", links(&[("p1", (ROSTER, "", 2))]));
    let truth = Truth::read(folder.path()).unwrap();
    let run = RunOutput::read(folder.path(), &truth).unwrap();
    let score = score(&run, &truth);
    assert_eq!(score.code("E01").unwrap().all.f1(), 1.0);
    assert_eq!(score.links.rows, 1);
    let args = super::ScoreArgs {
        run: folder.path().to_path_buf(),
        truth: folder.path().to_path_buf(),
        list: Some("ALL".to_string()),
        worst: 3,
        json: true,
    };
    assert!(super::run(&args).unwrap().contains("\"planted\": 1"));
}
