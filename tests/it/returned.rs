//! Workbooks that townships hand back, as a spreadsheet program and clerks leave them: every answer
//! arrives at its finding, and none at another's.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use bulou::{
    clean::text::fold,
    publish::{Row, TableFile},
};
use chrono::{Days, NaiveDate};

use crate::{
    clerk::{DOORS, List, Said, assert_arrived, workbook},
    office::{drive, office},
    support::{Town, said, sheet},
};

/// The night whose list goes out, and the night that reads what came back.
pub const OUT: &str = "2023-12-18";
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

/// A clerk at the spreadsheet program: what is done, and what it means.
struct Sitting<'a> {
    desk: &'a Desk,
    script: Vec<String>,
    filled: BTreeMap<String, Said>,
}

impl Sitting<'_> {
    fn act(&mut self, words: &[&str]) {
        self.script.push(words.join("\t"));
    }

    /// Fills in four doors of five.
    fn fill_in(&mut self, doors: &[&String], choices: &[String]) {
        for (nth, finding) in doors.iter().enumerate().filter(|it| it.0 % 5 != 4) {
            let said = filling(choices, nth);
            self.act(&["text", finding, "核查结果", &said.text]);
            let on = said.on.unwrap();
            // A date that the program knows, a month and day that it takes for a number, a text.
            let (how, typed) = match nth % 3 {
                0 => ("type", on.to_string()),
                1 => ("type", on.format("%m.%d").to_string()),
                _ => ("text", on.format("%-m月%-d日").to_string()),
            };
            self.act(&[how, finding, "核查日期", &typed]);
            self.act(&["text", finding, "佐证材料", &said.proof]);
            self.act(&["text", finding, "备注", &said.remark]);
            self.filled.insert(finding.to_string(), said);
        }
    }

    /// Merges neighbours of one village, an answer that holds for three doors, and one that is
    /// written across all four cells, which proves nothing.
    fn merge(&mut self, doors: &[&String]) {
        self.act(&["merge", "村（社区）", doors[3], "4"]);
        self.act(&["merge", "户主", doors[5], "2"]);
        for header in ["核查结果", "核查日期", "佐证材料"] {
            self.act(&["merge", header, doors[10], "3"]);
        }
        self.act(&["merge", "备注", doors[16], "2"]);
        self.act(&["text", doors[24], "核查结果", "D1 死亡"]);
        self.act(&["across", "核查结果", "备注", doors[24]]);
        let said = Said { text: "D1 死亡".to_string(), ..Said::default() };
        self.filled.insert(doors[24].clone(), said);
    }

    /// Writes somebody in at the end, under the whole number.
    fn write_in(&mut self, finding: &str, [code, proof, remark]: [&str; 3]) {
        let list = &self.desk.list;
        let name = list.text(list.row_of(finding), "姓名");
        let number = &self.desk.numbers[finding];
        self.script.push(format!(
            "append\t姓名={name}\t证件号码={number}\t核查结果={code}\t佐证材料={proof}\t\
             核查日期=2023.12.19\t备注={remark}"
        ));
        let [text, proof, remark] = [code, proof, remark].map(str::to_string);
        let said = Said { text, proof, remark, on: Some(day("2023-12-19")) };
        self.filled.insert(finding.to_string(), said);
    }
}

#[test]
fn a_list_that_a_spreadsheet_program_has_worked_on_comes_back_whole() {
    let Some(office) = office() else { return };
    let desk = Desk::new();
    let listed = desk.list.findings();
    let by_hand = desk.with_number("E01");
    let [one, other, ..] = &by_hand[..] else { panic!("nobody: {by_hand:?}") };
    let doors: Vec<&String> = listed.iter().filter(|it| *it != one && *it != other).collect();
    let (gone, doors) = (&doors[..2], &doors[2..]);
    let book = workbook(&desk.town.latest(), TOWNSHIP);
    let mut clerk = Sitting { desk: &desk, script: Vec::new(), filled: BTreeMap::new() };
    clerk.act(&["open", book.to_str().unwrap()]);
    clerk.act(&["sheet", DOORS]);
    clerk.act(&["sort", "姓名", "up"]);
    clerk.fill_in(doors, &choices(&book));
    for finding in [gone[0], gone[1], one, other] {
        clerk.act(&["delete", finding]);
    }
    clerk.merge(doors);
    clerk.act(&["hide", "户号"]);
    clerk.act(&["widen", "当前情况"]);
    clerk.write_in(one, ["R1", "告知书", ""]);
    clerk.write_in(other, ["E1", "截图", "在深圳"]);
    clerk.act(&["filter", "性别", "男"]);
    let folder = tempfile::tempdir().unwrap();
    let saved = ["xlsx", "xls"].map(|it| (it, folder.path().join(format!("冷市镇.{it}"))));
    for (format, path) in &saved {
        clerk.act(&["save", format, path.to_str().unwrap()]);
    }
    clerk.act(&["close"]);

    let told = drive(&office, &clerk.script.join("\n"));
    let mut filled = clerk.filled;
    for words in told.iter().filter(|it| it[0] == "merged") {
        spread(&mut filled, &words[1], &words[2..]);
    }
    for said in filled.values_mut() {
        said.text = fold(&said.text).into_owned();
        // An answer without a day is as old as its list.
        said.on.get_or_insert(OUT.parse().unwrap());
    }
    for (_, path) in &saved {
        let tray = desk.tray(path.file_name().unwrap().to_str().unwrap());
        fs::copy(path, tray).unwrap();
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
