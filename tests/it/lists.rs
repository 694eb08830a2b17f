//! Category lists that come whole every month, from files to what is published.

use std::{fs, path::Path};

use bulou::{
    clean::id_number::IdNumber,
    publish::{Row, TableFile},
};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

use crate::support::{bulou, copy_pipelines, said, sheet};

const NAMES: [&str; 6] = ["张秀英", "李建国", "王晓明", "赵玉兰", "孙志强", "周桂花"];

/// A pipeline whose only sources are a roster, a list of 低保 by month, and payments.
struct Village {
    folder: TempDir,
}

fn number(person: usize) -> String {
    let birth = format!("19{}-03-05", 60 + person).parse().unwrap();
    IdNumber::from_parts(430_923, birth, 101 + person as u16).unwrap().to_string()
}

/// A file of rows: a number and a name, and what comes behind them.
fn rows(header: &str, people: &[usize], more: &str) -> String {
    let row = |it: &usize| format!("{},{},{more}\n", number(*it), NAMES[*it]);
    format!("{header}\n{}", people.iter().map(row).collect::<String>())
}

impl Village {
    fn new(lists: &[(&str, &[usize])], more: &str) -> Village {
        let folder = TempDir::new().unwrap();
        copy_pipelines(folder.path());
        let village = Village { folder };
        let data = village.pipeline().join("data");
        fs::create_dir_all(&data).unwrap();
        fs::write(village.pipeline().join("person.key"), "0123456789abcdef0123456789abcdef")
            .unwrap();
        let toml = format!(
            "name = 'v'\ntitle = '村'\narea = '430923109'\ninsurance_year = 2024\n\
             rules = '../lengshi'\nperson_key = 'person.key'\n\
             [[source]]\nname = '户籍'\nkind = 'household'\nsupplier = '公安局'\npath = 'data/户籍.csv'\n\
             [[source]]\nname = '低保'\nkind = 'category'\nsupplier = '民政局'\npath = 'data/低保*.csv'\n\
             category = '低保对象'\nfull_list = 'monthly'\n{more}\n\
             [[source]]\nname = '参保'\nkind = 'enrolment'\nsupplier = '医保局'\npath = 'data/参保.csv'\n\
             scheme = '390'\nyear = 2024\n\
             [[source]]\nname = '缴费'\nkind = 'payment'\nsupplier = '税务局'\npath = 'data/缴费.csv'\n\
             scheme = '390'\nyear = 2024\n"
        );
        fs::write(village.pipeline().join("pipeline.toml"), toml).unwrap();
        let everybody: Vec<usize> = (0..NAMES.len()).collect();
        let write = |name: &str, text: String| fs::write(data.join(name), text).unwrap();
        write("户籍.csv", rows("公民身份号码,姓名,户籍状态", &everybody, "正常"));
        write("参保.csv", rows("证件号码,姓名,参保状态", &everybody, "正常参保"));
        let paid =
            rows("证件号码,姓名,实缴金额,资助金额,缴费日期", &everybody, "190,190,2023-10-08");
        write("缴费.csv", paid);
        for (file, people) in lists {
            write(file, rows("身份证号,姓名,备注", people, ""));
        }
        village
    }

    fn pipeline(&self) -> std::path::PathBuf {
        self.folder.path().join("pipelines/village")
    }

    /// Runs the job and returns the published folder.
    fn run(&self) -> std::path::PathBuf {
        let out = self.folder.path().join("runs");
        let (pipeline, out) = (self.pipeline(), out.to_str().unwrap().to_string());
        let args = ["run", pipeline.to_str().unwrap(), "--as-of", "2023-12-20", "--out", &out];
        let output = bulou(&args).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        Path::new(&out).join("v/latest").canonicalize().unwrap()
    }
}

/// Some columns of a published table, a line a row; only rows that hold `wanted`.
fn table(run: &Path, name: &str, columns: &[&str], wanted: &str) -> Vec<String> {
    let mut all = Vec::new();
    for batch in TableFile::open(run, name).unwrap().batches().unwrap() {
        let show = |row: Row<'_>| {
            let cells = columns.iter().map(|it| row.text(it));
            cells.collect::<Vec<_>>().join(" ")
        };
        all.extend(Row::all(&batch).map(show).filter(|it| it.contains(wanted)));
    }
    all.sort();
    all
}

#[test]
fn who_is_gone_from_a_whole_list_is_not_entitled_and_a_broken_list_takes_nobody_off() {
    let village = Village::new(
        &[
            ("低保2023年8月.csv", &[0, 1, 2, 3, 4]),
            ("低保2023年9月.csv", &[0, 1, 2, 3]),
            ("低保2023年10月.csv", &[0]),
            ("低保2023年11月.csv", &[0, 1, 2, 5]),
        ],
        "",
    );
    let run = village.run();
    // All paid half in October: the fifth was off the list, the sixth not yet on it.
    let wrong = table(&run, "findings", &["code", "name"], "");
    assert_eq!(wrong, ["S02 周桂花", "S02 孙志强"]);
    let columns = ["month", "change", "name", "category", "reason", "from", "to"];
    assert_eq!(
        table(&run, "list_changes", &columns, ""),
        [
            "2023-09-01 removed 孙志强 dibao   2023-09-01",
            "2023-10-01 withheld 李建国 dibao fewer-rows  ",
            "2023-10-01 withheld 王晓明 dibao fewer-rows  ",
            "2023-10-01 withheld 赵玉兰 dibao fewer-rows  2023-11-01",
            "2023-11-01 added 周桂花 dibao  2023-11-01 ",
            "2023-11-01 removed 赵玉兰 dibao   2023-11-01",
        ]
    );
    let broken = table(&run, "controls", &["control", "scope"], "少得过多");
    assert_eq!(broken, ["list-complete data/低保2023年10月.csv（人数比前一份完整名单少得过多）"]);
    let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"controls_breached\": 1"), "{manifest}");

    let workbook = run.join("departments/civil-affairs.xlsx");
    let rows = sheet(&workbook, "名单变动");
    assert!(rows[1][0].contains("低保（2023年11月）：新增1人，取消1人"), "{:?}", rows[1]);
    let shown: Vec<String> =
        rows[3..].iter().map(|row| [4, 6, 7].map(|it| row[it].clone()).join(" ")).collect();
    assert_eq!(shown, ["周桂花 新增 低保对象", "赵玉兰 取消 低保对象"]);
    assert_eq!(rows[3][5], format!("{}********{}", &number(5)[..6], &number(5)[14..]));
}

#[test]
fn a_list_without_a_month_and_two_lists_of_one_are_said_before_a_run() {
    let village = Village::new(
        &[
            ("低保2023年8月.csv", &[0, 1, 2]),
            ("低保202308.csv", &[3]),
            ("低保2023-08.csv", &[0, 1, 2]),
            ("低保.csv", &[4]),
        ],
        "",
    );
    let check = bulou(&["check", village.pipeline().to_str().unwrap()]).output().unwrap();
    let text = said(&check);
    assert!(text.contains("warning[D131]") && text.contains("--> data/低保.csv"), "{text}");
    assert_eq!(text.matches("warning[D132]").count(), 1, "{text}");
    assert!(
        text.contains("--> data/低保2023年8月.csv") || text.contains("--> data/低保202308.csv")
    );
    // Everybody on any of them counts.
    let wrong = table(&village.run(), "findings", &["code", "name"], "S02");
    assert_eq!(wrong, ["S02 周桂花"]);
}

#[test]
fn a_workbook_may_have_a_sheet_a_month() {
    let village = Village::new(&[], "");
    let mut workbook = Workbook::new();
    for (sheet, people) in [("8月", 0..5), ("9月", 0..4), ("10月", 0..1)] {
        let sheet = workbook.add_worksheet().set_name(sheet).unwrap();
        sheet.write_row(0, 0, ["身份证号", "姓名"]).unwrap();
        for (at, person) in people.enumerate() {
            sheet.write_row(at as u32 + 1, 0, [&number(person), NAMES[person]]).unwrap();
        }
    }
    workbook.save(village.pipeline().join("data/低保2023年.xlsx")).unwrap();
    let toml = village.pipeline().join("pipeline.toml");
    let text = fs::read_to_string(&toml).unwrap();
    fs::write(&toml, text.replace("data/低保*.csv", "data/低保*.xlsx")).unwrap();
    let run = village.run();
    assert_eq!(
        table(&run, "list_changes", &["month", "change", "name"], "removed"),
        ["2023-09-01 removed 孙志强"]
    );
    let lists = table(&run, "controls", &["control", "scope"], "list-complete");
    assert_eq!(
        lists,
        [
            "list-complete data/低保2023年.xlsx[10月]（人数比前一份完整名单少得过多）",
            "list-complete data/低保2023年.xlsx[8月]",
            "list-complete data/低保2023年.xlsx[9月]",
        ]
    );
}

#[test]
fn a_monthly_list_is_a_list_of_a_category() {
    let village = Village::new(&[("低保2023年8月.csv", &[0])], "");
    let file = village.pipeline().join("pipeline.toml");
    let text = fs::read_to_string(&file).unwrap();
    let wrong = text.replace("kind = 'category'", "kind = 'exempt'");
    fs::write(&file, wrong).unwrap();
    let check = bulou(&["check", village.pipeline().to_str().unwrap()]).output().unwrap();
    assert_eq!(check.status.code(), Some(2), "{}", said(&check));
    assert!(said(&check).contains("full_list"), "{}", said(&check));
}
