//! A small published run with compared rows, and what is told of its people.

use std::{path::Path, sync::Arc};

use arrow::{
    array::{
        ArrayRef, Date32Array, Float32Array, Int32Array, Int64Array, ListArray, RecordBatch,
        StringArray, StructArray,
    },
    buffer::OffsetBuffer,
    datatypes::{DataType, Field},
};
use chrono::NaiveDate;
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

use super::{
    Found, Sought, explain,
    links::LINK,
    read::{COVER, FINDING, WHO},
};
use crate::{diagnostic::Lang, error::Error};

const LI: &str = "P0000000000000001";
const ER: &str = "P0000000000000002";
const OTHER_LI: &str = "P0000000000000003";
/// The standard's own sample, and the same with a slip in it.
const WHOLE: &str = "11010519491231002X";
const SLIPPED: &str = "110105194912310021";

/// What stands in a cell: a text, a number, or a list.
#[derive(Clone, Copy)]
enum Cell {
    Text(&'static str),
    Number(f64),
    Places(&'static [(&'static str, i32)]),
    Scores(&'static [(&'static str, &'static str, f32)]),
}

type Cells = &'static [(&'static str, Cell)];

use Cell::{Number, Places, Scores, Text};

const PERSONS: &[Cells] = &[
    &[
        ("person", Text(LI)),
        ("id_number", Text(WHOLE)),
        ("id_state", Text("valid")),
        ("name", Text("王小莉")),
        ("sex", Text("2")),
        ("birth", Text("1949-12-31")),
        ("village", Text("430923109201")),
        ("township_name", Text("冷市镇")),
        ("village_name", Text("大桥村")),
        ("verdict", Text("resident")),
        ("paid_on", Text("2023-11-20")),
        ("paid_fen", Number(100.0)),
        ("benefit_from", Text("2024-01-01")),
        ("step", Text("none")),
    ],
    &[
        ("person", Text(ER)),
        ("id_state", Text("missing")),
        ("name", Text("王二")),
        ("verdict", Text("review")),
    ],
    &[
        ("person", Text(OTHER_LI)),
        ("id_state", Text("missing")),
        ("name", Text("王小莉")),
        ("verdict", Text("unenrolled")),
    ],
];

const LINKS: &[Cells] = &[
    &[
        ("person", Text(LI)),
        ("file", Text("户籍.csv")),
        ("row", Number(5.0)),
        ("kind", Text("household")),
        ("id_state", Text("valid")),
        ("id_number", Text(WHOLE)),
        ("name", Text("王小莉")),
        ("place", Text("430923109201")),
        ("method", Text("id-and-name")),
        ("probability", Number(1.0)),
    ],
    &[
        ("person", Text(LI)),
        ("file", Text("缴费.csv")),
        ("row", Number(9.0)),
        ("kind", Text("payment")),
        ("id_state", Text("wrong-check")),
        ("id_number", Text(SLIPPED)),
        ("name", Text("王小丽")),
        ("state", Text("paid")),
        ("amount_fen", Number(100.0)),
        ("method", Text("compared")),
        ("probability", Number(0.987)),
        ("match_probability", Number(0.987)),
        ("rival_probability", Number(0.002)),
        ("compared_with", Places(&[("户籍.csv", 5)])),
        (
            "comparisons",
            Scores(&[
                ("id", "one-slip", 12.0),
                ("name", "same-sound", 4.0),
                ("sex", "different", -3.0),
            ]),
        ),
    ],
    &[
        ("person", Text(ER)),
        ("file", Text("登记.csv")),
        ("row", Number(7.0)),
        ("kind", Text("enrolment")),
        ("id_state", Text("missing")),
        ("name", Text("王二")),
        ("method", Text("alone")),
        ("probability", Number(1.0)),
        ("probable_person", Text(LI)),
        ("match_probability", Number(0.6)),
        ("compared_with", Places(&[("户籍.csv", 5)])),
        ("comparisons", Scores(&[("name", "one-character", 1.0)])),
    ],
];

const FINDINGS: &[Cells] = &[&[
    ("code", Text("Q01")),
    ("person", Text(LI)),
    ("detail", Text("证件号码无效：校验码不符")),
    ("owner", Text("tax")),
    ("priority", Text("low")),
    ("state", Text("new")),
    ("probability", Number(1.0)),
    ("evidence", Places(&[("缴费.csv", 9), ("登记.csv", 7)])),
]];

/// A run as it is published, as far as it is read.
fn published() -> TempDir {
    let folder = TempDir::new().unwrap();
    let manifest = r#"{"pipeline": "t", "title": "某县", "as_of": "2023-12-20",
        "insurance_year": 2024, "bulou_version": "0", "inputs": []}"#;
    std::fs::write(folder.path().join("manifest.json"), manifest).unwrap();
    write(folder.path(), "persons", &[WHO, COVER, &["township"]].concat(), PERSONS);
    write(folder.path(), "links", LINK, LINKS);
    write(folder.path(), "findings", &[FINDING, &["person"]].concat(), FINDINGS);
    folder
}

fn write(folder: &Path, table: &str, columns: &[&'static str], rows: &[Cells]) {
    let mut columns = columns.to_vec();
    columns.sort_unstable();
    columns.dedup();
    let arrays = columns.into_iter().map(|column| {
        let cell = |row: &Cells| row.iter().find(|it| it.0 == column).map(|it| it.1);
        (column, array(column, rows.iter().map(cell).collect()), true)
    });
    let batch = RecordBatch::try_from_iter_with_nullable(arrays).unwrap();
    let file = std::fs::File::create(folder.join(format!("{table}.parquet"))).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn text(cell: &Option<Cell>) -> Option<&'static str> {
    match cell {
        Some(Text(text)) => Some(text),
        _ => None,
    }
}

fn number(cell: &Option<Cell>) -> Option<f64> {
    match cell {
        Some(Number(number)) => Some(*number),
        _ => None,
    }
}

fn array(column: &str, cells: Vec<Option<Cell>>) -> ArrayRef {
    match column {
        "row" | "year" => {
            Arc::new(cells.iter().map(|it| number(it).map(|it| it as i32)).collect::<Int32Array>())
        }
        it if it.ends_with("_fen") => {
            Arc::new(cells.iter().map(|it| number(it).map(|it| it as i64)).collect::<Int64Array>())
        }
        it if it.ends_with("probability") => {
            let shares = cells.iter().map(|it| number(it).map(|it| it as f32));
            Arc::new(shares.collect::<Float32Array>())
        }
        "birth" | "on" | "paid_on" | "benefit_from" | "deadline" | "first_seen" => {
            let day = |it: &str| it.parse::<NaiveDate>().unwrap().to_epoch_days();
            Arc::new(cells.iter().map(|it| text(it).map(day)).collect::<Date32Array>())
        }
        "evidence" | "compared_with" => places(cells),
        "comparisons" => scores(cells),
        _ => Arc::new(cells.iter().map(text).collect::<StringArray>()),
    }
}

fn places(cells: Vec<Option<Cell>>) -> ArrayRef {
    let places: Vec<&[(&str, i32)]> = cells
        .iter()
        .map(|it| match it {
            Some(Places(places)) => *places,
            _ => &[],
        })
        .collect();
    let (files, rows): (Vec<_>, Vec<_>) = places.iter().copied().flatten().copied().unzip();
    let none: StringArray = files.iter().map(|_| None::<&str>).collect();
    list(
        places.iter().map(|it| it.len()),
        vec![
            ("source", Arc::new(none.clone())),
            ("file", Arc::new(StringArray::from(files))),
            ("sheet", Arc::new(none)),
            ("row", Arc::new(Int32Array::from(rows))),
        ],
    )
}

fn scores(cells: Vec<Option<Cell>>) -> ArrayRef {
    let scores: Vec<&[(&str, &str, f32)]> = cells
        .iter()
        .map(|it| match it {
            Some(Scores(scores)) => *scores,
            _ => &[],
        })
        .collect();
    let all = || scores.iter().copied().flatten();
    list(
        scores.iter().map(|it| it.len()),
        vec![
            ("field", Arc::new(all().map(|it| Some(it.0)).collect::<StringArray>())),
            ("level", Arc::new(all().map(|it| Some(it.1)).collect::<StringArray>())),
            ("bits", Arc::new(all().map(|it| Some(it.2)).collect::<Float32Array>())),
        ],
    )
}

fn list(lengths: impl Iterator<Item = usize>, columns: Vec<(&str, ArrayRef)>) -> ArrayRef {
    let rows = StructArray::try_from(columns).unwrap();
    let item = Field::new("item", DataType::Struct(rows.fields().clone()), true);
    let offsets = OffsetBuffer::from_lengths(lengths);
    Arc::new(ListArray::new(Arc::new(item), offsets, Arc::new(rows), None))
}

fn ask(sought: Sought, has_whole_ids: bool) -> Found {
    explain(published().path(), &sought, has_whole_ids).unwrap()
}

fn told(sought: Sought, lang: Lang) -> String {
    ask(sought, false).text(lang)
}

#[test]
fn a_compared_row_shows_its_weights_and_what_it_means() {
    let told = told(Sought::Id(WHOLE.to_string()), Lang::Zh);
    let expected = "\
王小莉  女  1949-12-31 生  110105********002X
冷市镇大桥村  人员键 P0000000000000001
某县，2024年度，数据截止2023-12-20

结论  居民参保
  2024年度已参加居民医保：2023-11-20缴费，个人1.00元，待遇自2024-01-01起。

问题  1 条
  Q01  证件号码无效
       证件号码无效：校验码不符
       税务局办理，轻重：低，新发现
       依据  缴费.csv:9
             登记.csv:7（现归另一份档案：王二 P0000000000000002）

来源记录  2 条
  户籍人口                冷市镇大桥村  户籍.csv:5  证件号码与姓名一致
  税务缴费  1.00元  缴费                缴费.csv:9  逐项比对（把握98.7%）
    ↳ 该行写的是：姓名 王小丽；证件号码 110105********0021（校验码不符）

凭逐项比对归并或存疑的记录  1 条
  该行  王小丽  110105********0021  缴费.csv:9
  对照  王小莉  110105********002X  户籍.csv:5
    证件号码  一处错误或相邻两位颠倒  +12.0     │████████████
    姓名      同音                     +4.0     │████
    性别      不同                     -3.0  ░░░│
    合计                              +13.0
  把握98.7%，次可能者0.2%。
  已归并：这一行算作此人的记录。

可能也是此人的记录  1 条
  该行  王二                        登记.csv:7
  对照  王小莉  110105********002X  户籍.csv:5
    姓名  一字之差   +1.0  │█
    合计             +1.0
  把握60.0%，没有其他可能者。
  待人工核实，没有归并：这一行可能是此人的，现归 P0000000000000002。
";
    assert_eq!(told, expected, "\n{told}");
}

#[test]
fn a_row_that_is_probably_anothers_names_the_other() {
    let told = told(Sought::Person(ER.to_string()), Lang::En);
    let expected = "A question for a human, not moved: it may be another's: 王小莉 \
                    110105********002X P0000000000000001.";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn somebody_is_found_by_what_a_row_says() {
    for sought in [Sought::Id(SLIPPED.to_string()), Sought::Name("王 小丽".to_string())] {
        let Found::One(file) = ask(sought.clone(), false) else { panic!("several: {sought:?}") };
        assert_eq!(file.person.person, LI, "{sought:?}");
    }
}

#[test]
fn namesakes_are_listed_to_choose_from() {
    let told = told(Sought::Name("王小莉".to_string()), Lang::Zh);
    assert!(told.starts_with("共 2 人，请用 --person"), "{told}");
    for key in [LI, OTHER_LI] {
        assert!(told.contains(key), "{told}");
    }
}

#[test]
fn programs_get_an_object_or_an_array() {
    let parse = |found: Found| serde_json::from_str::<serde_json::Value>(&found.json()).unwrap();
    let one = parse(ask(Sought::Person(LI.to_string()), true));
    assert_eq!(one["person"]["id_number"], WHOLE);
    assert_eq!(one["rows"][1]["id_number"], SLIPPED);
    assert_eq!(one["rows"][1]["comparison"]["fields"][2]["bits"], -3.0);
    assert_eq!(one["rows"][1]["comparison"]["with"][0]["row"], 5);
    assert_eq!(one["questions"][0]["person"], ER);
    assert_eq!(one["findings"][0]["evidence"][1]["person"], ER);
    let several = parse(ask(Sought::Name("王小莉".to_string()), false));
    assert_eq!(several.as_array().map(Vec::len), Some(2));
    assert_eq!(several[0]["id_number"], "110105********002X");
}

#[test]
fn masked_is_masked_everywhere() {
    let json = ask(Sought::Person(LI.to_string()), false).json();
    for number in [WHOLE, SLIPPED] {
        assert!(!json.contains(number), "{json}");
    }
}

#[test]
fn nobody_is_an_error_that_says_what_was_tried() {
    let run = published();
    for (sought, tried) in [
        (Sought::Id("E12345678".to_string()), "E12345678"),
        (Sought::Name("赵 四".to_string()), "赵四"),
        (Sought::Name("??".to_string()), "??"),
        (Sought::Person("p9".to_string()), "P9"),
    ] {
        let error = explain(run.path(), &sought, false).unwrap_err();
        assert!(matches!(error, Error::NotFound(_)), "{error:?}");
        assert_eq!(error.exit_code(), 1);
        for lang in [Lang::Zh, Lang::En] {
            assert!(error.show(lang).contains(tried), "{}", error.show(lang));
        }
    }
}

#[test]
fn a_folder_that_is_no_run_says_what_is_missing() {
    let folder = TempDir::new().unwrap();
    let error = explain(folder.path(), &Sought::Person(LI.to_string()), false).unwrap_err();
    assert!(error.show(Lang::Zh).contains("manifest.json"), "{}", error.show(Lang::Zh));
}
