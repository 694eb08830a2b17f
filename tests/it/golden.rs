//! What the samples give, as a person would read it: a change here is a change of results.

use std::fmt::Write;

use crate::support::{Town, files, sheet};

/// Counts by verdict, rule and table, from the manifest.
#[test]
fn the_samples_give_these_counts() {
    let (town, _) = Town::published();
    let run = town.latest();
    let manifest = std::fs::read(run.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let mut shown = String::new();
    for (table, kinds) in [("persons", "by_verdict"), ("findings", "by_code")] {
        let counts = &manifest[table];
        assert!(counts["total"].is_u64(), "{table} are not counted");
        let _ = writeln!(shown, "{table} {}", counts["total"]);
        for (kind, count) in counts[kinds].as_object().expect("counts") {
            let _ = writeln!(shown, "{kind} {count}");
        }
    }
    for input in manifest["inputs"].as_array().unwrap() {
        let text = |key: &str| input[key].as_str().unwrap_or("").to_string();
        let (file, sheet) = (text("file"), text("sheet"));
        let file = file.rsplit('/').next().unwrap();
        let rows =
            ["rows_read", "accepted", "rejected", "no_data"].map(|key| input[key].to_string());
        let _ = writeln!(shown, "{file}[{sheet}] {}", rows.join(" "));
    }
    insta::assert_snapshot!(shown);
}

/// The first households of the list that goes to the doors.
#[test]
fn the_list_for_the_doors_reads_so() {
    let (town, _) = Town::published();
    let run = town.latest();
    let workbook = files(&run.join("townships"))
        .into_iter()
        .find(|it| it.to_string_lossy().contains("430923109"))
        .unwrap();
    let mut shown = String::new();
    for name in ["汇总", "入户名单"] {
        let _ = writeln!(shown, "== {name}");
        for row in sheet(&workbook, name).into_iter().take(36) {
            let _ = writeln!(shown, "{}", row.join(" | ").trim_end_matches([' ', '|']));
        }
    }
    insta::assert_snapshot!(shown);
}

/// What the finance bureau settles by, and the first of those whom the tax bureau marks.
#[test]
fn the_settlement_and_the_lists_of_departments_read_so() {
    let (town, _) = Town::published();
    let folder = town.latest().join("departments");
    let mut shown = String::new();
    for (workbook, name, rows) in [
        ("finance.xlsx", "资助清算表", 60),
        ("finance.xlsx", "分乡镇清算", 20),
        ("tax.xlsx", "资助标识名单", 14),
        ("rural-revitalisation.xlsx", "名单内未参保人员", 12),
        ("civil-affairs.xlsx", "身份存疑人员", 20),
    ] {
        let _ = writeln!(shown, "== {workbook} {name}");
        for row in sheet(&folder.join(workbook), name).into_iter().take(rows) {
            let line = row.join(" | ").replace('\n', "");
            let _ = writeln!(shown, "{}", line.trim_end_matches([' ', '|']));
        }
    }
    insta::assert_snapshot!(shown);
}
