//! Returned lists as clerks leave them: rearranged, cut, pasted together, written in a hurry.

use std::{collections::BTreeMap, fs, path::Path};

use bulou::{
    clean::text::fold,
    publish::{Row, TableFile},
};
use chrono::NaiveDate;
use encoding_rs::GB18030;

use crate::{
    clerk::{DOORS, List, Said, Typed, answers, assert_arrived, save},
    returned::{BACK, Desk, OUT, night},
    support::said,
};

/// The answers that clerks fill in, in turn.
const FILLED: [(&str, &str); 4] =
    [("R1 拒绝参保", "告知书"), ("D1 死亡", "死亡证明"), ("L1 失联", ""), ("E1", "")];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Fills in every third door, and says what is to arrive.
fn fill(list: &mut List) -> BTreeMap<String, Said> {
    let mut filled = BTreeMap::new();
    for row in (0..list.rows.len()).step_by(3) {
        let (text, proof) = FILLED[row / 3 % FILLED.len()];
        list.set(row, "核查结果", text);
        list.set(row, "佐证材料", proof);
        list.set(row, "核查日期", Typed::day(day("2023-12-19")));
        list.set(row, "备注", format!("第{row}户").as_str());
        let (text, proof, remark) = (text.to_string(), proof.to_string(), format!("第{row}户"));
        let on = Some(day("2023-12-19"));
        filled.insert(list.text(row, "编号"), Said { text, proof, remark, on });
    }
    filled
}

/// Hands in one sheet and runs the night that reads it.
fn hand_in(desk: &Desk, sheet: &str, rows: &[Vec<Typed>]) -> std::path::PathBuf {
    save(&desk.tray("冷市镇.xlsx"), sheet, rows);
    night(&desk.town, BACK)
}

/// The state of every case, with why and the code of its answer.
fn states(run: &Path) -> BTreeMap<String, String> {
    let batches = TableFile::open(run, "cases").unwrap().batches().unwrap();
    let shown = |it: Row<'_>| {
        let parts = ["state", "why", "closed_by", "answer"].map(|column| it.text(column));
        (it.text("finding"), parts.join(" "))
    };
    batches.iter().flat_map(Row::all).map(shown).collect()
}

#[test]
fn a_list_may_be_rearranged() {
    let desk = Desk::new();
    let mut list = desk.list.clone();
    let filled = fill(&mut list);
    let header: Vec<Typed> = list.headers.iter().map(|it| it.as_str().into()).collect();

    let mut rows = list.sheet();
    let middle = rows.len() / 2;
    rows.insert(middle, header.clone());
    rows.insert(middle, vec!["第2页".into()]);
    rows.insert(0, vec!["安化县冷市镇人民政府（2023年12月19日上报）".into()]);
    rows.push(list.blank_row(&[("村（社区）", "合计"), ("备注", "45人")]));
    rows.push(vec!["填表人：王小莉　审核人：".into()]);
    assert_arrived(&hand_in(&desk, "Sheet1 (2)", &rows), &filled);

    // Columns from right to left, one of the clerk's own among them.
    let mut turned = list.clone();
    turned.headers.insert(3, "联系电话".to_string());
    turned.rows.iter_mut().for_each(|it| it.insert(3, "13800000000".into()));
    turned.headers.reverse();
    turned.rows.iter_mut().for_each(|it| it.reverse());
    assert_arrived(&hand_in(&desk, DOORS, &turned.sheet()), &filled);

    // The answer's columns and the id, and nothing else; no title.
    let kept = ["姓名", "核查结果", "核查日期", "佐证材料", "备注", "编号"];
    let mut cut = list.clone();
    cut.titles.clear();
    for header in &list.headers {
        if !kept.contains(&header.as_str()) {
            cut.drop_column(header);
        }
    }
    assert_arrived(&hand_in(&desk, DOORS, &cut.sheet()), &filled);

    // One village only.
    let mut part = list.clone();
    let village = part.text(0, "村（社区）");
    let is_its = |it: &usize| list.text(*it, "村（社区）") == village;
    part.rows = (0..list.rows.len()).filter(is_its).map(|it| list.rows[it].clone()).collect();
    let mut its = filled.clone();
    its.retain(|it, _| part.findings().contains(it));
    assert!(!its.is_empty() && its.len() < filled.len());
    assert_arrived(&hand_in(&desk, &village, &part.sheet()), &its);
}

#[test]
fn a_list_may_be_saved_as_text() {
    let desk = Desk::new();
    let mut list = desk.list.clone();
    let filled = fill(&mut list);
    let cell = |it: &Typed| match it {
        Typed::Text(text) => text.clone(),
        Typed::Number(number) => number.to_string(),
        Typed::AsDay(_) => "2023/12/19".to_string(),
    };
    let lines = |separator: &str| {
        let rows = list.sheet();
        let line = |it: &Vec<Typed>| it.iter().map(cell).collect::<Vec<_>>().join(separator);
        rows.iter().map(line).collect::<Vec<_>>().join("\r\n")
    };
    let text = lines(",");
    assert!(!text.contains('"'));
    fs::write(desk.tray("冷市镇.csv"), GB18030.encode(&text).0).unwrap();
    assert_arrived(&night(&desk.town, BACK), &filled);

    let wide = lines("\t").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    fs::write(desk.tray("冷市镇.txt"), [b"\xff\xfe".to_vec(), wide].concat()).unwrap();
    assert_arrived(&night(&desk.town, BACK), &filled);
}

#[test]
fn without_ids_a_whole_number_finds_the_open_case_and_a_masked_one_finds_nobody() {
    let desk = Desk::new();
    let mut list = desk.list.clone();
    let mut filled = fill(&mut list);
    let numbered = desk.with_number("E01");
    for row in 0..list.rows.len() {
        let id = list.text(row, "编号");
        if row % 2 == 0 && numbered.contains(&id) {
            list.set(row, "证件号码", desk.numbers[&id].as_str());
        } else {
            filled.remove(&id);
        }
    }
    assert!(filled.len() > 4, "{filled:?}");
    list.drop_column("编号");
    let before = persons(&desk.town.latest());
    assert_arrived(&hand_in(&desk, DOORS, &list.sheet()), &filled);
    assert_eq!(persons(&desk.town.latest()), before, "a masked number is no new person");
}

/// How many people a run knows.
fn persons(run: &Path) -> usize {
    TableFile::open(run, "persons").unwrap().batches().unwrap().iter().map(|it| it.num_rows()).sum()
}

#[test]
fn an_answer_is_read_however_it_is_written() {
    let desk = Desk::new();
    let written = [
        ("e1", "E1"),
        ("ｅ１", "E1"),
        ("E1 异地居民参保", "E1"),
        ("E1异地居民参保", "E1"),
        ("E1、异地居民参保", "E1"),
        ("异地居民参保", "E1"),
        ("Ｄ１　死亡", "D1"),
        ("死亡", "D1"),
        (" r1 ", "R1"),
        ("r1拒绝参保", "R1"),
        ("本人在深圳打工，已在当地参保", ""),
        ("12", ""),
    ];
    let mut list = desk.list.clone();
    for (row, (text, _)) in written.iter().enumerate() {
        list.set(row, "核查结果", *text);
        list.set(row, "佐证材料", "照片");
    }
    let run = hand_in(&desk, DOORS, &list.sheet());
    let (states, arrived) = (states(&run), answers(&run));
    for (row, (text, code)) in written.iter().enumerate() {
        let id = list.text(row, "编号");
        let expected = match *code {
            "" => "answered unreadable  ".to_string(),
            "R1" => "answered   R1".to_string(),
            code => format!("closed  answer {code}"),
        };
        assert_eq!(states[&id], expected, "{text}");
        assert_eq!(arrived[&id].1.text, fold(text).trim(), "as it was written");
    }
}

#[test]
fn a_day_is_read_however_it_is_written() {
    let desk = Desk::new();
    let written: Vec<(Typed, Option<&str>)> = vec![
        ("12.15".into(), Some("2023-12-15")),
        ("2023.12.15".into(), Some("2023-12-15")),
        ("12月15日".into(), Some("2023-12-15")),
        ("１２月１５日".into(), Some("2023-12-15")),
        ("12/15".into(), Some("2023-12-15")),
        ("45275".into(), Some("2023-12-15")),
        (Typed::Number(45275.0), Some("2023-12-15")),
        (Typed::Number(12.15), Some("2023-12-15")),
        (Typed::AsDay(12.15), Some("2023-12-15")),
        (Typed::day(day("2023-12-15")), Some("2023-12-15")),
        (Typed::Number(20231215.0), Some("2023-12-15")),
        ("2023年12月15日".into(), Some("2023-12-15")),
        ("23.12.15".into(), Some("2023-12-15")),
        // No day: the answer is as old as its list.
        ("昨天".into(), Some(OUT)),
        ("".into(), Some(OUT)),
    ];
    let mut list = desk.list.clone();
    let mut filled = BTreeMap::new();
    for (row, (typed, on)) in written.iter().enumerate() {
        list.set(row, "核查结果", "R1");
        list.set(row, "核查日期", typed.clone());
        let said = Said { text: "R1".to_string(), on: on.map(day), ..Said::default() };
        filled.insert(list.text(row, "编号"), said);
    }
    assert_arrived(&hand_in(&desk, DOORS, &list.sheet()), &filled);

    // Without the title nothing tells the year.
    let mut bare = list.clone();
    bare.titles.clear();
    for (row, (typed, _)) in written.iter().enumerate() {
        let has_no_year = match typed {
            Typed::Text(text) => ["12.15", "12月15日", "１２月１５日", "12/15"].contains(&&**text),
            Typed::Number(number) | Typed::AsDay(number) => *number == 12.15,
        };
        if has_no_year {
            filled.get_mut(&list.text(row, "编号")).unwrap().on = Some(day(OUT));
        }
    }
    assert_arrived(&hand_in(&desk, DOORS, &bare.sheet()), &filled);
}

#[test]
fn an_empty_list_answers_nothing_and_stops_no_night() {
    let desk = Desk::new();
    desk.tray("");
    let before = states(&night(&desk.town, BACK));
    let mut none = desk.list.clone();
    none.rows.clear();
    for rows in [desk.list.sheet(), none.sheet(), vec![vec!["入户核查名单".into()]], vec![]] {
        let run = hand_in(&desk, DOORS, &rows);
        assert_eq!(states(&run), before, "{} rows", rows.len());
        assert!(answers(&run).is_empty());
    }
}

#[test]
fn a_proven_row_by_hand_closes_its_case_and_the_list_may_be_filed_away() {
    let desk = Desk::new();
    let findings = &desk.with_number("E01")[..3];
    let mut list = desk.list.clone();
    let by_hand = |(finding, answer): (&String, &&str)| {
        let name = desk.list.text(desk.list.row_of(finding), "姓名");
        desk.list.blank_row(&[
            ("姓名", name.as_str()),
            ("证件号码", &desk.numbers[finding]),
            ("核查结果", answer),
            ("佐证材料", "截图或证明"),
            ("核查日期", "2023.12.19"),
        ])
    };
    // Proof of cover is believed, of death is not; both take the person off tonight's findings.
    let answers = ["E1 异地居民参保", "D1 死亡", "K1"];
    list.rows = findings.iter().zip(&answers).map(by_hand).collect();
    let closed = |run: &Path| {
        let states = states(run);
        findings.iter().map(|it| states[it].clone()).collect::<Vec<_>>()
    };
    let expected = ["closed  answer E1", "closed  answer D1", "closed  answer K1"];
    assert_eq!(closed(&hand_in(&desk, DOORS, &list.sheet())), expected);
    let is_listed = |it: &String| List::of(&desk.town.latest(), "冷市镇").findings().contains(it);
    assert!(!findings.iter().any(is_listed));
    desk.tray("");
    assert_eq!(closed(&night(&desk.town, "2023-12-22")), expected);
    assert!(!findings.iter().any(is_listed));
}

#[test]
fn two_places_that_say_the_same_are_one_answer_and_two_that_differ_are_none() {
    let desk = Desk::new();
    let ids = desk.list.findings();
    let mut first = desk.list.clone();
    for row in 0..3 {
        first.set(row, "核查结果", "D1 死亡");
        first.set(row, "佐证材料", "死亡证明");
        first.set(row, "核查日期", "2023-12-19");
    }
    let mut second = first.clone();
    second.set(1, "核查结果", "E1");
    second.set(2, "核查结果", "R1");
    second.set(2, "核查日期", "2023-12-20");
    save(&desk.tray("冷市镇.xlsx"), DOORS, &first.sheet());
    save(&desk.town.pipeline().join("returned/冷市镇2.xlsx"), DOORS, &second.sheet());
    let states = states(&night(&desk.town, BACK));
    assert_eq!(states[&ids[0]], "closed  answer D1");
    assert!(states[&ids[1]].starts_with("answered contradicted"), "{}", states[&ids[1]]);
    assert_eq!(states[&ids[2]], "answered   R1", "the newer counts");
}

#[test]
fn a_list_that_is_no_list_is_told_and_the_others_are_read() {
    let desk = Desk::new();
    let mut list = desk.list.clone();
    let filled = fill(&mut list);
    save(&desk.tray("冷市镇.xlsx"), DOORS, &list.sheet());
    fs::write(desk.town.pipeline().join("returned/~$冷市镇.xlsx"), "half a file").unwrap();
    fs::write(desk.town.pipeline().join("returned/坏.xls"), b"\xd0\xcf\x11\xe0 broken").unwrap();
    let output = desk.town.job(&[]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert_arrived(&desk.town.latest(), &filled);
}
