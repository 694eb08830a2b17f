//! Tables of progress, public notices and lists of households, out of a whole night.

use std::{collections::BTreeSet, fs, path::Path};

use calamine::{Data, Reader, open_workbook_auto};

use crate::support::{Town, bulou, copy, files, repository, said, sheet};

fn sheet_names(workbook: &Path) -> Vec<String> {
    open_workbook_auto(workbook).unwrap().sheet_names()
}

/// Where a head stands: row and column.
fn head(rows: &[Vec<String>], text: &str) -> (usize, usize) {
    let find =
        |(at, row): (usize, &Vec<String>)| Some((at, row.iter().position(|cell| cell == text)?));
    rows.iter().enumerate().find_map(find).unwrap_or_else(|| panic!("no column {text}"))
}

/// What stands under a head.
fn column(rows: &[Vec<String>], text: &str) -> Vec<String> {
    let (row, at) = head(rows, text);
    rows[row + 1..].iter().map(|it| it[at].clone()).collect()
}

fn count(text: &str) -> f64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

#[test]
fn the_table_of_villages_adds_up_to_its_total_in_the_order_of_the_document() {
    let (town, _) = Town::published();
    let rows = sheet(&town.latest().join("progress.xlsx"), "村级任务表");
    let villages = column(&rows, "村（社区）");
    assert_eq!(villages.len(), 19);
    assert_eq!((villages[0].as_str(), villages[18].as_str()), ("南华村", "合计"));
    for text in ["任务数", "缴款人数", "缴款金额（元）"] {
        let figures: Vec<f64> = column(&rows, text).iter().map(|it| count(it)).collect();
        let (total, each) = figures.split_last().unwrap();
        assert!(*total > 0.0, "{text}");
        assert!((each.iter().sum::<f64>() - total).abs() < 0.001, "{text}");
    }
}

#[test]
fn rates_are_numbers_that_agree_with_the_figures_beside_them() {
    let (town, _) = Town::published();
    let workbook = town.latest().join("progress.xlsx");
    let rows = sheet(&workbook, "排名");
    let (paid, targets) = (column(&rows, "缴款人数"), column(&rows, "任务数"));
    let (row, at) = head(&rows, "完成率");
    let cells = open_workbook_auto(&workbook).unwrap().worksheet_range("排名").unwrap();
    let rate = |nth: usize| match cells.get((row + 1 + nth, at)) {
        Some(Data::Float(rate)) => *rate,
        other => panic!("{other:?} is no number"),
    };
    // The second row of heads stands before the figures.
    for nth in 1..paid.len() {
        let exact = count(&paid[nth]) / count(&targets[nth]);
        assert!((rate(nth) - exact).abs() <= 0.000_05, "row {nth}");
        let hundredths = rate(nth) * 10_000.0;
        assert!((hundredths - hundredths.round()).abs() < 1e-6, "two decimals, no more");
    }
}

/// Names and numbers of everybody on the lists for the doors and of households.
fn people(town: &Town) -> BTreeSet<String> {
    let mut people = BTreeSet::new();
    for workbook in files(&town.latest().join("townships")) {
        for (name, heads) in [
            ("入户名单", &["姓名", "户主", "证件号码", "户号"][..]),
            ("整户参保", &["户主", "户号"]),
        ] {
            let rows = sheet(&workbook, name);
            people.extend(heads.iter().flat_map(|it| column(&rows, it)));
        }
    }
    people.into_iter().filter(|it| it.chars().count() > 1).collect()
}

#[test]
fn no_name_and_no_number_of_anybody_is_on_a_notice() {
    let (town, _) = Town::published();
    let people = people(&town);
    assert!(people.len() > 1000, "{}", people.len());
    let mut pages = 0;
    for workbook in files(&town.latest().join("notices")) {
        for name in sheet_names(&workbook) {
            pages += 1;
            for cell in sheet(&workbook, &name).iter().flatten().filter(|it| !it.is_empty()) {
                assert!(!people.contains(cell), "{name}: {cell}");
                // Sentences and places hold names of two characters by chance, of three by none.
                let known = people.iter().find(|it| it.chars().count() > 2 && cell.contains(*it));
                assert_eq!(known, None, "{name}: {cell}");
            }
        }
    }
    assert_eq!(pages, 18);
}

#[test]
fn a_township_is_given_its_own_households_only() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["pipelines", "data-samples/shanwei"] {
        copy(&repository().join(part), &folder.path().join(part));
    }
    let pipeline = folder.path().join("pipelines/shanwei");
    let incentive = pipeline.join("policy/incentive.toml");
    let rule = "\n[[whole_household]]\ncoverage_year = 2024\ninsured_by = [\"resident\"]\n\
                reward = \"奖励\"\nreference = \"测试 一\"\n";
    let text = fs::read_to_string(&incentive).unwrap();
    fs::write(&incentive, text + rule).unwrap();
    let out = folder.path().join("runs");
    let args = ["run", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = bulou(&args).args(["--as-of", "2024-04-20", "--no-progress"]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));

    let divisions = fs::read_to_string(pipeline.join("divisions.csv")).unwrap();
    let mut n_townships = 0;
    for workbook in files(&out.join("shanwei/latest").canonicalize().unwrap().join("townships")) {
        let code: String =
            workbook.file_name().unwrap().to_str().unwrap().chars().take(9).collect();
        let own: BTreeSet<&str> = divisions
            .lines()
            .filter(|it| it.starts_with(&code))
            .flat_map(|it| it.split([',', '|']))
            .collect();
        let rows = sheet(&workbook, "整户参保");
        assert!(
            rows[1][0].contains("激励：奖励") && rows[1][0].contains("测试 一"),
            "{:?}",
            rows[1]
        );
        let villages: Vec<String> = ["整户参保", "只差一两人"]
            .iter()
            .flat_map(|it| column(&sheet(&workbook, it), "村（社区）"))
            .collect();
        let is_own = |it: &String| {
            it == "暂无" || it == "（村不明）" || own.iter().any(|own| own.starts_with(it.as_str()))
        };
        let strange: Vec<&String> =
            villages.iter().filter(|it| !it.is_empty() && !is_own(it)).collect();
        assert!(strange.is_empty(), "{code}: {strange:?}");
        n_townships += usize::from(villages.len() > 50);
    }
    assert_eq!(n_townships, 2, "the samples have two townships");
}
