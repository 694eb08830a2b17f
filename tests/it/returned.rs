//! Workbooks that townships hand back, as a spreadsheet program and clerks leave them: every answer
//! arrives at its finding, and none at another's.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use bulou::{
    clean::text::fold,
    publish::{Row, TableFile},
};
use chrono::{Days, NaiveDate};

use crate::{
    clerk::{List, Said, assert_arrived, workbook},
    office::{drive, office},
    support::{Town, said, sheet},
};

/// The night whose list goes out, and the night that reads what came back.
const OUT: &str = "2023-12-18";
pub const BACK: &str = "2023-12-21";
const TOWNSHIP: &str = "冷市镇";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A small town whose first night is published and which reads returned lists.
pub struct Desk {
    pub town: Town,
    pub list: List,
    /// Finding → the person's whole number, where it has one.
    pub numbers: BTreeMap<String, String>,
}

impl Desk {
    pub fn new() -> Desk {
        let town = Town::small();
        town.edit("pipeline.toml", |text| {
            format!(
                "{text}\n\n[[source]]\nname = \"returned\"\nkind = \"feedback\"\n\
                 supplier = \"乡镇\"\npath = \"returned/*\"\n"
            )
        });
        let run = night(&town, OUT);
        let persons = TableFile::open(&run, "persons").unwrap().batches().unwrap();
        let number = |it: Row<'_>| (it.text("person"), it.text("id_number"));
        let numbers: BTreeMap<String, String> =
            persons.iter().flat_map(Row::all).map(number).filter(|it| it.1.len() == 18).collect();
        let findings = TableFile::open(&run, "findings").unwrap().batches().unwrap();
        let of = |it: Row<'_>| Some((it.text("finding"), numbers.get(&it.text("person"))?.clone()));
        let numbers = findings.iter().flat_map(Row::all).filter_map(of).collect();
        let list = List::of(&run, TOWNSHIP);
        assert!(list.rows.len() > 30, "{} doors", list.rows.len());
        Desk { town, list, numbers }
    }

    /// Where a file is handed in. What was handed in before is taken out.
    pub fn tray(&self, file: &str) -> PathBuf {
        let folder = self.town.pipeline().join("returned");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        folder.join(file)
    }

    /// The rows of people under their whole number, which a hand may copy from the identity card.
    pub fn with_number(&self, code: &str) -> Vec<String> {
        let findings = TableFile::open(&self.town.latest(), "findings").unwrap().batches().unwrap();
        let is_code = findings.iter().flat_map(Row::all).filter(|it| it.text("code") == code);
        let ids: Vec<String> = is_code.map(|it| it.text("finding")).collect();
        let mut listed = self.list.findings();
        listed.retain(|it| ids.contains(it) && self.numbers.contains_key(it));
        listed
    }
}

pub fn night(town: &Town, as_of: &str) -> PathBuf {
    let (pipeline, out) = (town.pipeline(), town.out());
    let args = ["run", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = crate::support::bulou(&args).args(["--as-of", as_of]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    town.latest()
}

/// The answers that the workbook offers, as its drop-down list shows them.
fn choices(workbook: &Path) -> Vec<String> {
    let rows = sheet(workbook, "填写说明");
    let is_code = |it: &&Vec<String>| it[0].len() == 2 && it[0].is_ascii();
    let choices = rows.iter().filter(is_code).map(|it| format!("{} {}", it[0], it[1]));
    choices.collect()
}

/// What a clerk fills in at the n-th door.
fn filling(choices: &[String], nth: usize) -> Said {
    Said {
        text: choices[nth % choices.len()].clone(),
        proof: if nth.is_multiple_of(3) { String::new() } else { format!("第{nth}号材料") },
        remark: if nth.is_multiple_of(4) { format!("备注{nth}") } else { String::new() },
        on: day("2023-12-11").checked_add_days(Days::new(nth as u64 % 9)),
    }
}

#[test]
fn a_list_that_a_spreadsheet_program_has_worked_on_comes_back_whole() {
    let Some(office) = office() else { return };
    let desk = Desk::new();
    let listed = desk.list.findings();
    let by_hand = desk.with_number("E01");
    let [first_by_hand, second_by_hand, ..] = &by_hand[..] else { panic!("nobody: {by_hand:?}") };
    let is_kept = |it: &&String| *it != first_by_hand && *it != second_by_hand;
    let doors: Vec<&String> = listed.iter().filter(is_kept).collect();
    let (gone, doors) = (&doors[..2], &doors[2..]);
    let mut filled: BTreeMap<String, Said> = BTreeMap::new();
    let book = workbook(&desk.town.latest(), TOWNSHIP);
    let choices = choices(&book);
    let mut script = vec![
        format!("open\t{}", book.display()),
        "sheet\t入户名单".into(),
        "sort\t姓名\tup".into(),
    ];
    for (nth, finding) in doors.iter().enumerate().filter(|it| it.0 % 5 != 4) {
        let said = filling(&choices, nth);
        script.push(format!("text\t{finding}\t核查结果\t{}", said.text));
        let on = said.on.unwrap();
        // As typed: a date that the program knows, a month and day that it takes for a number, a text.
        script.push(match nth % 3 {
            0 => format!("type\t{finding}\t核查日期\t{on}"),
            1 => format!("type\t{finding}\t核查日期\t{}", on.format("%m.%d")),
            _ => format!("text\t{finding}\t核查日期\t{}", on.format("%-m月%-d日")),
        });
        script.push(format!("text\t{finding}\t佐证材料\t{}", said.proof));
        script.push(format!("text\t{finding}\t备注\t{}", said.remark));
        filled.insert(finding.to_string(), said);
    }
    for finding in gone.iter().copied().chain([first_by_hand, second_by_hand]) {
        script.push(format!("delete\t{finding}"));
    }
    // Neighbours of one village, and an answer that holds for three doors.
    script.push(format!("merge\t村（社区）\t{}\t4", doors[3]));
    script.push(format!("merge\t户主\t{}\t2", doors[5]));
    for header in ["核查结果", "核查日期", "佐证材料"] {
        script.push(format!("merge\t{header}\t{}\t3", doors[10]));
    }
    script.push(format!("merge\t备注\t{}\t2", doors[16]));
    // An answer written across all four cells proves nothing.
    script.push(format!("text\t{}\t核查结果\tD1 死亡", doors[24]));
    script.push(format!("across\t核查结果\t备注\t{}", doors[24]));
    filled.insert(doors[24].clone(), Said { text: "D1 死亡".to_string(), ..Said::default() });
    script.extend(["hide\t户号".into(), "widen\t当前情况".into()]);
    let hands = [(first_by_hand, "R1", "告知书", ""), (second_by_hand, "E1", "截图", "在深圳")];
    for (finding, code, proof, remark) in hands {
        let name = desk.list.text(desk.list.row_of(finding), "姓名");
        let number = &desk.numbers[finding];
        script.push(format!(
            "append\t姓名={name}\t证件号码={number}\t核查结果={code}\t佐证材料={proof}\t\
             核查日期=2023.12.19\t备注={remark}"
        ));
        let (text, proof, remark) = (code.to_string(), proof.to_string(), remark.to_string());
        filled.insert(finding.clone(), Said { text, proof, remark, on: Some(day("2023-12-19")) });
    }
    script.push("filter\t性别\t男".into());
    let folder = tempfile::tempdir().unwrap();
    let saved = ["xlsx", "xls"].map(|it| folder.path().join(format!("冷市镇.{it}")));
    script.push(format!("save\txlsx\t{}", saved[0].display()));
    script.push(format!("save\txls\t{}", saved[1].display()));
    script.push("close".into());
    let began = Instant::now();
    let told = drive(&office, &script.join("\n"));
    eprintln!("soffice took {:.1} s", began.elapsed().as_secs_f64());
    for words in told.iter().filter(|it| it[0] == "merged") {
        spread(&mut filled, &words[1], &words[2..]);
    }
    for said in filled.values_mut() {
        said.text = fold(&said.text).into_owned();
    }
    for saved in &saved {
        let tray = desk.tray(saved.file_name().unwrap().to_str().unwrap());
        fs::copy(saved, tray).unwrap();
        assert_arrived(&night(&desk.town, BACK), &filled);
    }
}

/// A merged cell says the same at every door that it covers.
fn spread(filled: &mut BTreeMap<String, Said>, header: &str, findings: &[String]) {
    let first = filled.get(&findings[0]).cloned().unwrap_or_default();
    for finding in &findings[1..] {
        let mut said = filled.get(finding).cloned().unwrap_or_default();
        match header {
            "核查结果" => said.text.clone_from(&first.text),
            "核查日期" => said.on = first.on,
            "佐证材料" => said.proof.clone_from(&first.proof),
            "备注" => said.remark.clone_from(&first.remark),
            _ => return,
        }
        filled.insert(finding.clone(), said);
    }
    filled.retain(|_, it| *it != Said::default());
}
