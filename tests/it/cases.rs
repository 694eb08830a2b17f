//! The life of cases over several nights of one small town.

use std::{collections::BTreeMap, fs, path::Path};

use bulou::publish::{Row, TableFile};

use crate::support::{Town, said, sheet};

/// A returned list that a clerk typed: finding, name, answer, proof, day.
fn answer(town: &Town, lines: &[[&str; 5]]) {
    let folder = town.pipeline().join("returned");
    fs::create_dir_all(&folder).unwrap();
    let mut text = "编号,姓名,核查结果,佐证材料,核查日期\n".to_string();
    lines.iter().for_each(|it| text.push_str(&format!("{}\n", it.join(","))));
    fs::write(folder.join("冷市镇.csv"), text).unwrap();
}

/// A town that reads returned lists.
fn town() -> Town {
    let town = Town::small();
    town.edit("pipeline.toml", |text| {
        format!(
            "{text}\n\n[[source]]\nname = \"returned\"\nkind = \"feedback\"\nsupplier = \"乡镇\"\n\
             path = \"returned/*.csv\"\n"
        )
    });
    town
}

/// Runs a night and returns its folder.
fn night(town: &Town, as_of: &str) -> std::path::PathBuf {
    let (pipeline, out) = (town.pipeline(), town.out());
    let args = ["run", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = crate::support::bulou(&args).args(["--as-of", as_of]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    town.latest()
}

/// `state[/why][ by closer]` and the nights of every case of a run.
fn cases(run: &Path) -> BTreeMap<String, String> {
    let batches = TableFile::open(run, "cases").unwrap().batches().unwrap();
    let show = |row: Row<'_>| {
        let part = |before: &str, text: String| match text.is_empty() {
            true => text,
            false => format!("{before}{text}"),
        };
        let (why, by) = (part("/", row.text("why")), part(" by ", row.text("closed_by")));
        (row.text("finding"), format!("{}{why}{by}", row.text("state")))
    };
    batches.iter().flat_map(Row::all).map(show).collect()
}

/// The ids on the list for the doors.
fn doors(run: &Path) -> Vec<String> {
    let workbook = run.join("townships/430923109-冷市镇.xlsx");
    let rows = sheet(&workbook, "入户名单");
    rows.iter().filter_map(|it| it.last().filter(|it| it.starts_with('F')).cloned()).collect()
}

/// People who should be insured and are not: finding and name.
fn unenrolled(run: &Path) -> Vec<(String, String)> {
    let batches = TableFile::open(run, "findings").unwrap().batches().unwrap();
    let rows = batches.iter().flat_map(Row::all).filter(|it| it.text("code") == "E01");
    rows.map(|it| (it.text("finding"), it.text("name"))).collect()
}

#[test]
fn an_answer_with_proof_takes_a_case_off_the_list_and_keeps_it_off() {
    let town = town();
    let first = night(&town, "2023-12-18");
    assert!(cases(&first).values().all(|it| it.starts_with("new") || it.starts_with("answered")));
    let found = unenrolled(&first);
    let [(refused, name), (proven, other), ..] = &found[..] else { panic!("too few: {found:?}") };
    assert!(doors(&first).contains(proven));

    answer(
        &town,
        &[
            [refused, name, "R1 拒绝参保", "签字的告知书", "2023-12-18"],
            [proven, other, "K1", "镇经办人张榜核实", "2023-12-18"],
        ],
    );
    let second = night(&town, "2023-12-19");
    let states = cases(&second);
    assert_eq!(states[refused], "answered");
    assert_eq!(states[proven], "closed by answer");
    assert!(doors(&second).contains(refused) && !doors(&second).contains(proven));
    assert!(unenrolled(&second).iter().any(|it| it.0 == *proven), "the register says what it says");
    assert_eq!(changes(&second)[refused], "changed answer");
    assert_eq!(changes(&second)[proven], "gone answer");
    let since = since(&second);
    assert!(since.contains(&format!("情况变化 {name} 乡镇反馈")), "{since:?}");
    assert!(since.contains(&format!("已销号 {other} 乡镇反馈：K1")), "{since:?}");

    // The list is filed away; what it said stays.
    fs::remove_dir_all(town.pipeline().join("returned")).unwrap();
    let third = night(&town, "2023-12-20");
    assert_eq!(cases(&third)[proven], "closed by answer");
    assert!(!doors(&third).contains(proven));
    assert_eq!(cases(&third).len(), cases(&second).len(), "no case is lost");
}

/// `change reason` of every case that is other than the night before.
fn changes(run: &Path) -> BTreeMap<String, String> {
    let batches = TableFile::open(run, "changes").unwrap().batches().unwrap();
    let show = |row: Row<'_>| {
        (row.text("finding"), format!("{} {}", row.text("change"), row.text("reason")))
    };
    batches.iter().flat_map(Row::all).map(show).collect()
}

/// `change name reason` of the township's sheet of changes.
fn since(run: &Path) -> Vec<String> {
    let rows = sheet(&run.join("townships/430923109-冷市镇.xlsx"), "较上次清单");
    rows.iter().skip(3).map(|it| format!("{} {} {}", it[1], it[4], it[5])).collect()
}

/// The codes of what is found about a person, by name.
fn codes(run: &Path, name: &str) -> Vec<String> {
    let batches = TableFile::open(run, "findings").unwrap().batches().unwrap();
    let rows = batches.iter().flat_map(Row::all).filter(|it| it.text("name") == name);
    rows.map(|it| it.text("code")).filter(|it| it.starts_with('E')).collect()
}

#[test]
fn an_answer_without_proof_leaves_the_case_open_and_one_that_has_run_out_opens_it_again() {
    let town = town();
    let first = night(&town, "2023-12-18");
    let (finding, name) = unenrolled(&first).into_iter().next().unwrap();
    let answered = |proof: &str, day: &str| {
        answer(&town, &[[&finding, &name, "E1 异地居民参保", proof, day]]);
    };
    answered("", "2023-12-18");
    let second = night(&town, "2023-12-19");
    assert_eq!(cases(&second)[&finding], "answered/no-proof");
    assert_eq!(codes(&second, &name), ["E01"]);
    answered("深圳居民参保至2023-12-20", "2023-12-19");
    let third = night(&town, "2023-12-20");
    assert_eq!(cases(&third)[&finding], "closed by answer");
    assert_eq!(codes(&third, &name), ["E01"], "the register says what it says");
    let fourth = night(&town, "2023-12-21");
    assert_eq!(cases(&fourth)[&finding], "reopened/expired");
    let back = format!("重新列入 {name} 日期推移：反馈已过有效期");
    assert!(since(&fourth).contains(&back), "{:?}", since(&fourth));
}

#[test]
fn what_contradicts_itself_and_what_fits_nobody_is_the_bureaus_to_look_into() {
    let town = town();
    let first = night(&town, "2023-12-18");
    let found = unenrolled(&first);
    let [(one, name), (other, _), (paid, payer), ..] = &found[..] else { panic!("too few") };
    let days = ["2023-12-18"; 4];
    answer(
        &town,
        &[
            [one, name, "D1", "死亡证明", days[0]],
            [one, name, "R1", "告知书", days[1]],
            [other, "欧阳锋", "R1", "告知书", days[2]],
            [paid, payer, "X2 已缴费未到账", "微信截图", days[3]],
        ],
    );
    let second = night(&town, "2023-12-19");
    assert_eq!(cases(&second)[one], "answered/contradicted");
    assert!(doors(&second).contains(one), "the door is open until the bureau decides");
    let bureau = second.join("departments/medical-insurance.xlsx");
    let to_do = sheet(&bureau, "乡镇反馈待办");
    let row = to_do.iter().find(|it| it[4] == *name).expect("the contradiction");
    assert!(row[7].contains("D1，死亡证明") && row[7].contains("R1，告知书"), "{row:?}");
    let rejected = sheet(&bureau, "交回名单未采用");
    assert!(rejected.iter().any(|it| it[6] == *other && it[5] == "欧阳锋"), "{rejected:?}");
    let tax = sheet(&second.join("departments/tax.xlsx"), "乡镇反馈待办");
    assert!(tax.iter().any(|it| it[4] == *payer), "{tax:?}");
}

#[test]
fn diff_says_what_came_and_went_and_adds_up() {
    let town = town();
    let first = night(&town, "2023-12-18");
    let (proven, name) = unenrolled(&first).into_iter().next().unwrap();
    answer(&town, &[[&proven, &name, "K1", "镇经办人", "2023-12-18"]]);
    let second = night(&town, "2023-12-19");
    let diff = |more: &[&str]| {
        let args = [&["diff", second.to_str().unwrap()], more].concat();
        let output = crate::support::bulou(&args).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    let told: serde_json::Value = serde_json::from_str(&diff(&["--json", "--of", "E01"])).unwrap();
    assert!(told["before"].as_str().unwrap().ends_with("2023-12-18"), "{told}");
    for (code, it) in told["by_code"].as_object().unwrap() {
        let count = |key: &str| it[key].as_i64().unwrap();
        let after = count("open_before") + count("new") + count("back") - count("gone");
        assert_eq!(after, count("open_after"), "{code}");
    }
    assert_eq!(told["by_code"]["E01"]["gone"], 1);
    let lines = told["changes"].as_array().unwrap();
    let line = lines.iter().find(|it| it["finding"] == proven.as_str()).expect("the closed case");
    assert_eq!((&line["change"], &line["reason"]), (&"gone".into(), &"answer".into()));
    assert!(diff(&[]).contains("E01"));
    assert!(!diff(&["--of", "all"]).contains(&name), "no names on a terminal");
    let alone = crate::support::bulou(&["diff", first.to_str().unwrap()]).output().unwrap();
    assert_eq!(alone.status.code(), Some(1), "{}", said(&alone));
}

#[test]
fn a_night_that_is_run_again_counts_no_night_twice() {
    let town = town();
    night(&town, "2023-12-18");
    let nights = |run: &Path| -> i64 {
        let batches = TableFile::open(run, "cases").unwrap().batches().unwrap();
        batches.iter().flat_map(Row::all).map(|it| it.integer("nights").unwrap()).sum()
    };
    let once = nights(&night(&town, "2023-12-19"));
    let again = nights(&night(&town, "2023-12-19"));
    assert_eq!(once, again);
}
