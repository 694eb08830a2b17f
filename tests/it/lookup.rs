//! `bulou lookup`: who on a list is insured, asked of the samples' run.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Output,
};

use bulou::publish::{Row, TableFile};

use crate::support::{Town, bulou, said, sheet};

const MATCH: usize = 0;
const BASIS: usize = 1;
const VERDICT: usize = 2;
const VILLAGE: usize = 12;
const FINDINGS: usize = 13;
/// How many columns are added.
const ADDED: usize = 17;

fn ask(run: &Path, file: &Path, more: &[&str]) -> Output {
    let mut args = vec!["lookup", run.to_str().unwrap(), file.to_str().unwrap()];
    args.extend(more);
    bulou(&args).output().unwrap()
}

/// A list beside the samples, and where its answers go.
fn list(town: &Town, name: &str, content: &[u8]) -> (PathBuf, PathBuf) {
    let file = town.out().join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, content).unwrap();
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let out = file.with_file_name(format!("{stem}-核对结果.xlsx"));
    (file, out)
}

/// What was added to each row of a sheet below its head, by the row's number.
fn answers(workbook: &Path, name: &str) -> BTreeMap<usize, Vec<String>> {
    let rows = sheet(workbook, name);
    let head = rows.iter().position(|it| it.iter().any(|it| it == "匹配依据")).unwrap();
    let first = rows[head].iter().position(|it| it == "匹配依据").unwrap() - 1;
    assert_eq!(rows[head].len(), first + ADDED);
    let people = rows.iter().enumerate().skip(head + 1).filter(|it| !it.1[first].is_empty());
    people.map(|(at, row)| (at + 1, row[first..].to_vec())).collect()
}

/// Some columns of a table, joined, by another column.
fn table(run: &Path, name: &str, key: &[&str], columns: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let join =
        |row: &Row<'_>, of: &[&str]| of.iter().map(|it| row.text(it)).collect::<Vec<_>>().join("|");
    for batch in TableFile::open(run, name).unwrap().columns(&[key, columns].concat()).unwrap() {
        for row in Row::all(&batch) {
            all.entry(join(&row, key)).or_default().push(join(&row, columns));
        }
    }
    all
}

/// Of every row of a sample that was matched: it is the person to whom the run gave the row.
fn check_sample(town: &Town, ending: &str, sheet: &str, at_least: usize) {
    let run = town.latest();
    let file = town.sample(ending);
    let out = town.out().join("out.xlsx");
    let output = ask(&run, &file, &["--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let owners = table(&run, "links", &["file", "row"], &["person"]);
    let persons = table(&run, "persons", &["person"], &["verdict", "village_name"]);
    let findings = table(&run, "findings", &["person"], &["code"]);
    let path = owners.keys().find(|it| it.contains(ending)).unwrap();
    let path = path.rsplit_once('|').unwrap().0.to_string();
    let mut n_matched = 0;
    for (number, answer) in answers(&out, sheet) {
        if answer[MATCH] != "唯一" {
            assert!(answer[VERDICT..FINDINGS].iter().all(String::is_empty), "{answer:?}");
            continue;
        }
        n_matched += 1;
        let owner = &owners[&format!("{path}|{number}")][0];
        let (verdict, village) = persons[owner][0].split_once('|').unwrap();
        let verdict = bulou::ledger::Verdict::from_code(verdict).unwrap().zh();
        assert_eq!((answer[VERDICT].as_str(), answer[VILLAGE].as_str()), (verdict, village));
        let mut codes = findings.get(owner).cloned().unwrap_or_default();
        codes.sort();
        codes.dedup();
        let mut told: Vec<String> = answer[FINDINGS]
            .split('；')
            .filter(|it| !it.is_empty())
            .map(|it| it[..3].into())
            .collect();
        told.sort();
        assert_eq!(told, codes, "{path}:{number}");
    }
    assert!(n_matched >= at_least, "{n_matched} of {path}");
}

#[test]
fn a_row_is_its_person_or_nobody() {
    let (town, _) = Town::published();
    // GB18030 text with damaged numbers; a workbook with titles, two heads and merged cells.
    check_sample(&town, "2024年度居民参保信息.csv", "名单", 2900);
    check_sample(&town, "特困人员花名册.xlsx", "Sheet1", 26);
}

/// The first person of the run with such a verdict, a number and a name of Hanzi of his own:
/// number, name, birthday, village.
fn somebody(run: &Path, verdict: &str) -> [String; 4] {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let batches = TableFile::open(run, "persons").unwrap().batches().unwrap();
    let rows = || batches.iter().flat_map(Row::all);
    rows().for_each(|it| *names.entry(it.text("name")).or_default() += 1);
    let row = rows().find(|it| {
        let has_all = it.text("id_state") == "valid" && !it.text("village_name").is_empty();
        has_all && it.text("verdict") == verdict && names[&it.text("name")] == 1
    });
    let row = row.unwrap();
    let birth = row.date("birth").unwrap().to_string();
    [row.text("id_number"), row.text("name"), birth, row.text("village_name")]
}

#[test]
fn a_list_without_numbers_is_answered_by_birthday_or_village_and_never_by_name() {
    let (town, _) = Town::published();
    let run = town.latest();
    let [_, name, birth, village] = somebody(&run, "unenrolled");
    let text = format!(
        "走访名单,,,\n序号,姓名,出生日期,村\n1,{name},{birth},\n2,{name},,{village}\n3,{name},,\n\
         4,{name},1900-01-01,{village}\n,合计,,\n"
    );
    let (file, out) = list(&town, "走访.csv", text.as_bytes());
    // A pipeline's home stands for its latest run.
    let output = ask(run.parent().unwrap(), &file, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("4 rows: 2 matched (0 insured, 2 not"), "{}", said(&output));
    let answers = answers(&out, "名单");
    let told: Vec<&str> = answers.values().map(|it| it[MATCH].as_str()).collect();
    assert_eq!(told, ["唯一", "唯一", "信息不足", "查无此人"]);
    assert_eq!(answers[&3][BASIS], "姓名和出生日期");
    assert_eq!(answers[&4][BASIS], "姓名和村（社区）");
    assert_eq!(answers[&3][VERDICT], "应保未保");
    assert_eq!(sheet(&out, "名单")[0][0], "走访名单");
    assert_eq!(sheet(&out, "名单")[6][1], "合计");
}

#[test]
fn hostile_rows_are_texts_and_nothing_is_told_of_strangers() {
    let (town, _) = Town::published();
    let run = town.latest();
    let [id, name, ..] = somebody(&run, "resident");
    // The standard's own sample is nobody of the town; the other number is another's.
    let rows = [
        format!("{name},{id},=1+1"),
        format!("赵钱孙,{id},@SUM(A1)"),
        "赵钱孙,11010519491231002X,+1+cmd|' /C calc'!A0".to_string(),
        format!("=HYPERLINK(\"x\"),{id},"),
        format!("{name},{id},{}", "长".repeat(5000)),
    ];
    let text = format!("姓名,身份证号,备注\n{}\n", rows.join("\n"));
    let (gbk, _, _) = encoding_rs::GB18030.encode(&text);
    let (file, out) = list(&town, "核对.csv", &gbk);
    let output = ask(&run, &file, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!said(&output).contains(&id), "{}", said(&output));
    let told = answers(&out, "名单");
    let matches: Vec<&str> = told.values().map(|it| it[MATCH].as_str()).collect();
    assert_eq!(matches, ["唯一", "号码相符姓名不符", "查无此人", "号码相符姓名不符", "唯一"]);
    for row in [3, 4, 5] {
        assert!(told[&row][VERDICT..15].iter().all(String::is_empty), "{:?}", told[&row]);
    }
    let rows = sheet(&out, "名单");
    assert_eq!((rows[1][1].as_str(), rows[1][2].as_str()), (id.as_str(), "=1+1"));
    let book = fs::read(&out).unwrap();
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    ask(&run, &file, &[]);
    assert_eq!(fs::read(&out).unwrap(), book, "the same list gives the same bytes");

    let csv = town.out().join("核对.out.csv");
    let output = ask(&run, &file, &["--out", csv.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = fs::read_to_string(csv).unwrap();
    assert!(text.starts_with('\u{feff}'));
    for expected in [",'=1+1,唯一", ",'@SUM(A1),", ",'+1+cmd"] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn what_cannot_be_looked_up_is_said_and_nothing_is_written() {
    let (town, _) = Town::published();
    let run = town.latest();
    let (file, out) = list(&town, "村.csv", "村,人数\n南华村,12\n".as_bytes());
    let output = ask(&run, &file, &["--lang", "zh"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("没有找到证件号码或姓名列"), "{}", said(&output));
    assert!(!out.exists());
    let (file, _) = list(&town, "人.csv", "姓名,村\n王五,南华村\n".as_bytes());
    for out in [file.to_str().unwrap(), "answers.pdf"] {
        let output = ask(&run, &file, &["--out", out]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "姓名,村\n王五,南华村\n");
    assert_eq!(ask(&town.pipeline(), &file, &[]).status.code(), Some(1));
}
