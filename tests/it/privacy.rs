//! Personal data: masked, readable by its owner only, never in a log, never a formula.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use calamine::{Reader, open_workbook_auto};

use crate::support::{AS_OF, Town, files, said, sheet};

#[test]
fn files_are_0600_and_folders_0700_under_any_umask() {
    let town = Town::small();
    let job = format!(
        "umask 000; exec '{}' run '{}' --out '{}' --as-of {AS_OF}",
        env!("CARGO_BIN_EXE_bulou"),
        town.pipeline().display(),
        town.out().display(),
    );
    let output = Command::new("sh").args(["-c", &job]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let run = town.latest();
    for file in files(&run) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
        assert_eq!(mode(file.parent().unwrap()), 0o700, "{}", file.display());
    }
    assert_eq!(mode(&run), 0o700);
    assert_eq!(mode(run.parent().unwrap()), 0o700);
}

#[test]
fn what_looks_like_a_formula_is_text_in_every_workbook() {
    let town = Town::small();
    // Household number, name and address as somebody with a grudge would type them.
    let row =
        "=1+1,户主,=1+1张三,,男,汉,19800101,,+cmd|' /C calc'!A0,冷市派出所,冷市镇,南华村,正常,,\n";
    let (row, _, _) = encoding_rs::GB18030.encode(row);
    let path = town.sample("户籍人口_冷市镇.csv");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend_from_slice(&row);
    fs::write(&path, bytes).unwrap();
    let run = town.publish();
    let mut seen = 0;
    for file in files(&run).iter().filter(|it| it.extension().is_some_and(|it| it == "xlsx")) {
        let mut workbook = open_workbook_auto(file).unwrap();
        for name in workbook.sheet_names() {
            let formulas = workbook.worksheet_formula(&name).unwrap();
            assert!(formulas.used_cells().all(|it| it.2.is_empty()), "{} {name}", file.display());
            let cells = workbook.worksheet_range(&name).unwrap();
            seen += cells.used_cells().filter(|it| it.2.to_string().contains("=1+1")).count();
        }
    }
    assert!(seen > 0, "the household =1+1 is on no list");
}

#[test]
fn workbooks_show_masked_ids_and_logs_none() {
    let town = Town::new();
    let output = town.run();
    let log = said(&output);
    let run = town.latest();
    let whole_id = |text: &str| {
        let mut digits = 0;
        text.chars().any(|it| {
            digits = if it.is_ascii_digit() { digits + 1 } else { 0 };
            digits >= 17
        })
    };
    assert!(!whole_id(&log), "an id is in the log:\n{log}");
    let mut rows = 0;
    for file in files(&run.join("townships")) {
        for row in sheet(&file, "入户名单") {
            rows += 1;
            assert!(!row.iter().any(|cell| whole_id(cell)), "an unmasked id on {}", file.display());
        }
    }
    assert!(rows > 100, "the list for the doors has {rows} rows");
    let mut listed = 0;
    for file in files(&run.join("departments")) {
        for name in ["资助标识名单", "名单内未参保人员", "身份存疑人员"] {
            if !open_workbook_auto(&file).unwrap().sheet_names().contains(&name.to_string()) {
                continue;
            }
            for row in sheet(&file, name) {
                listed += 1;
                assert!(!row.iter().any(|cell| whole_id(cell)), "{} {name}", file.display());
            }
        }
    }
    assert!(listed > 400, "the departments' lists have {listed} rows");
}
