//! What is published, read back by other people's programs.

mod batch_tests;
mod department_tests;
mod history_tests;
mod progress_tests;

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use calamine::{Data, Reader, Xlsx};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::TempDir;

use super::{
    Lock, dataset,
    fixture::{FORMULA, World},
    publish,
};
use crate::{ledger::Verdict, tables::ANSWERS};

fn published(world: &World) -> (TempDir, PathBuf) {
    let out = tempfile::tempdir().unwrap();
    let cx = world.context();
    let folder = publish(&world.night(&cx), out.path()).unwrap().folder;
    (out, folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

type Rows = Vec<Vec<Data>>;

fn sheet(workbook: &Path, name: &str) -> Rows {
    let mut workbook: Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let range = workbook.worksheet_range(name).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn sheet_names(workbook: &Path) -> Vec<String> {
    let workbook: Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    workbook.sheet_names()
}

fn column(rows: &Rows, head: &str) -> (usize, usize) {
    let cells = rows
        .iter()
        .enumerate()
        .flat_map(|(row, cells)| cells.iter().enumerate().map(move |(at, cell)| (row, at, cell)));
    let mut heads = cells.filter(|(_, _, cell)| **cell == *head);
    let (row, at, _) = heads.next().unwrap_or_else(|| panic!("no column {head}"));
    (row, at)
}

fn texts(rows: &Rows, head: &str) -> Vec<String> {
    let (row, at) = column(rows, head);
    rows[row + 1..].iter().map(|cells| cells[at].to_string()).collect()
}

/// A file inside a workbook.
fn inside(workbook: &Path, wanted: &str) -> String {
    let script =
        "import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())";
    let output =
        Command::new("python3").args(["-c", script]).arg(workbook).arg(wanted).output().unwrap();
    assert!(output.status.success(), "{wanted}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_run_has_every_output_and_the_manifest_lists_them() {
    let world = World::new(60, 3);
    let n_people = world.identities.people.len() as u64;
    let (_out, folder) = published(&world);
    let names: Vec<String> = files(&folder)
        .iter()
        .map(|it| it.strip_prefix(&folder).unwrap().to_str().unwrap().to_string())
        .collect();
    let expected = [
        "batches.parquet",
        "cases.parquet",
        "changes.parquet",
        "controls.parquet",
        "departments/civil-affairs.xlsx",
        "departments/finance.xlsx",
        "departments/tax.xlsx",
        "diagnostics.parquet",
        "findings.parquet",
        "households.parquet",
        "links.parquet",
        "list_changes.parquet",
        "manifest.json",
        "notices/430923109-冷市镇.xlsx",
        "persons.parquet",
        "progress.parquet",
        "progress.xlsx",
        "rejects.parquet",
        "report.html",
        "returned.parquet",
        "schema.json",
        "schema.md",
        "settlement.parquet",
        "subsidy_list.parquet",
        "timings.json",
        "townships/430923109-冷市镇.xlsx",
    ];
    assert_eq!(names, expected);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap();
    for output in outputs {
        let content = fs::read(folder.join(output["path"].as_str().unwrap())).unwrap();
        assert_eq!(output["bytes"], content.len());
        assert_eq!(output["sha256"], super::folder::sha256(&content));
    }
    assert_eq!(outputs.len() + 2, names.len(), "all but the manifest and the timings");
    let by_verdict = manifest["persons"]["by_verdict"].as_object().unwrap();
    assert_eq!(by_verdict.values().map(|it| it.as_u64().unwrap()).sum::<u64>(), n_people);
    let paths = manifest["configuration"].as_array().unwrap().iter().map(|it| &it["path"]);
    let paths: Vec<&str> = paths.map(|it| it.as_str().unwrap()).collect();
    assert!(paths.contains(&"../national/policy/categories.toml"), "{paths:?}");
    assert!(!paths.iter().any(|it| it.contains("key")), "{paths:?}");
    let text = manifest.to_string();
    assert!(!text.contains("秀英") && !text.contains(FORMULA), "a name is in the manifest");
}

#[test]
fn the_same_night_gives_the_same_bytes_with_one_thread_and_with_many() {
    let world = World::new(300, 3);
    let bytes = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (_out, folder) = pool.install(|| published(&world));
        let read = |path: &PathBuf| {
            (path.strip_prefix(&folder).unwrap().to_path_buf(), fs::read(path).unwrap())
        };
        files(&folder).iter().map(read).collect::<BTreeMap<_, _>>()
    };
    let (one, four) = (bytes(1), bytes(4));
    for (path, content) in &one {
        assert!(four[path] == *content, "{} differs", path.display());
    }
    assert_eq!(one.len(), four.len());
}

#[test]
fn files_are_their_owners_only_whatever_the_umask() {
    const INNER: &str = "BULOU_TEST_UMASK_OUT";
    if let Some(out) = std::env::var_os(INNER) {
        let world = World::new(12, 3);
        let cx = world.context();
        let _lock = Lock::take(Path::new(&out), "lengshi").unwrap();
        publish(&world.night(&cx), Path::new(&out)).unwrap();
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let name = "publish::tests::files_are_their_owners_only_whatever_the_umask";
    for umask in ["000", "777"] {
        let test = std::env::current_exe().unwrap();
        let script = format!("umask {umask}; exec \"$0\" --exact {name}");
        let home = out.path().join(umask);
        let mut shell = Command::new("sh");
        let ran = shell.args(["-c", &script]).arg(test).env(INNER, &home).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
        let mode = |it: &Path| fs::metadata(it).unwrap().permissions().mode() & 0o7777;
        let folder = home.join("lengshi/2023-12-20");
        for folder in [&home, &home.join("lengshi"), &folder, &folder.join("townships")] {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
        assert_eq!(mode(&home.join("lengshi/.lock")), 0o600);
        for file in files(&folder) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }
}

#[test]
fn the_list_for_the_doors_has_each_person_once_and_text_stays_text() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let workbook = folder.join("townships/430923109-冷市镇.xlsx");
    let rows = sheet(&workbook, "入户名单");
    let wanted = world
        .standings
        .iter()
        .filter(|it| matches!(it.verdict, Verdict::Unenrolled | Verdict::RegisteredUnpaid));
    let ids = texts(&rows, "编号");
    assert_eq!(ids.len(), wanted.count(), "one row a person");
    assert!(ids.iter().all(|it| it.len() == 17 && it.starts_with('F')), "{ids:?}");
    assert!(ids.iter().all(|id| ids.iter().filter(|it| *it == id).count() == 1));
    for id in texts(&rows, "证件号码") {
        assert!(id.is_empty() || id[6..14] == *"********", "{id} is not masked");
    }
    let situations = texts(&rows, "当前情况");
    let merged = situations.iter().filter(|it| it.starts_with("应保未保") && it.contains("代收"));
    assert!(merged.count() > 0, "{situations:?}");
    let doors = inside(&workbook, "xl/worksheets/sheet2.xml");
    let answers: Vec<String> = ANSWERS.iter().map(|it| it.shown()).collect();
    assert!(doors.contains(&format!("\"{}\"", answers.join(","))), "the drop-down list is missing");
    assert!(doors.contains("paperSize=\"9\"") && doors.contains("orientation=\"landscape\""));
    assert!(doors.contains("<rowBreaks"), "each village begins a page");
    assert!(!doors.contains("<f>") && !doors.contains("<hyperlink"));
    let strings = inside(&workbook, "xl/sharedStrings.xml");
    let shows_name = world.findings.iter().any(|it| {
        let person = it.person.map(|it| &world.identities.people[it.0 as usize]);
        person.is_some_and(|it| world.context().text(it.name) == FORMULA)
    });
    assert_eq!(strings.contains(">=1+1<"), shows_name);
}

#[test]
fn a_name_that_looks_like_a_formula_is_text() {
    let world = World::new(60, 5);
    let (_out, folder) = published(&world);
    let workbook = folder.join("townships/430923109-冷市镇.xlsx");
    let rows = sheet(&workbook, "入户名单");
    let (row, at) = column(&rows, "姓名");
    let cells: Vec<&Data> = rows[row + 1..].iter().map(|cells| &cells[at]).collect();
    assert!(cells.contains(&&Data::String(FORMULA.into())), "{cells:?}");
}

#[test]
fn the_summary_adds_up_and_other_errands_have_their_proof() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    let workbook = folder.join("townships/430923109-冷市镇.xlsx");
    let rows = sheet(&workbook, "汇总");
    let sums: Vec<f64> =
        texts(&rows, "入户合计人数").iter().map(|it| it.parse().unwrap()).collect();
    let (total, villages) = sums.split_last().unwrap();
    assert_eq!(villages.iter().sum::<f64>(), *total);
    assert_eq!(*total as usize, texts(&sheet(&workbook, "入户名单"), "编号").len());
    assert!(villages.len() >= 18, "every village has its row");
    let others = sheet(&workbook, "其他核实");
    let codes = texts(&others, "代码");
    assert!(!codes.is_empty() && codes.iter().all(|it| it == "P05"), "{codes:?}");
    let proof = texts(&others, "依据（来源：文件:行）");
    assert!(proof.iter().all(|it| it.starts_with("户籍：户籍.csv:")), "{proof:?}");
    assert_eq!(texts(&sheet(&workbook, "填写说明"), "代码").len(), ANSWERS.len());
}

#[test]
fn a_township_with_nothing_open_gets_its_workbook_saying_so() {
    let mut world = World::new(12, 3);
    world.findings.clear();
    let (_out, folder) = published(&world);
    let workbook = folder.join("townships/430923109-冷市镇.xlsx");
    let rows = sheet(&workbook, "入户名单");
    assert!(rows.iter().flatten().any(|it| it.to_string().contains("暂无需要入户核查")));
    let mut lists = Vec::new();
    for it in files(&folder.join("departments")) {
        lists.extend(sheet_names(&it));
    }
    assert!(!lists.is_empty() && !lists.contains(&"汇总".to_string()), "{lists:?}");
}

#[test]
fn people_without_a_township_have_a_workbook_of_their_own() {
    let mut world = World::new(12, 3);
    let person = world.findings.iter().find(|it| it.rule.code == "E01").unwrap().person.unwrap();
    world.identities.people[person.0 as usize].place = None;
    let (_out, folder) = published(&world);
    let rows = sheet(&folder.join("townships/000000000-乡镇不明.xlsx"), "入户名单");
    assert_eq!(texts(&rows, "编号").len(), 1);
}

#[test]
fn departments_get_their_findings_masked_unless_configured() {
    let mut world = World::new(60, 3);
    let check = |world: &World, is_masked: bool| {
        let (_out, folder) = published(world);
        let workbook = folder.join("departments/tax.xlsx");
        let rows = sheet(&workbook, "S01");
        let ids = texts(&rows, "证件号码");
        assert!(!ids.is_empty());
        assert!(ids.iter().all(|it| it.contains('*') == is_masked), "{ids:?}");
        let summary = sheet(&workbook, "汇总");
        assert_eq!(texts(&summary, "代码"), ["P04", "S01", "合计"]);
        let counts = texts(&summary, "条数");
        assert_eq!(counts[1].parse::<usize>().unwrap(), ids.len());
        assert_eq!(texts(&sheet(&workbook, "P04"), "姓名"), [""], "a finding about a file");
    };
    check(&world, true);
    world.pipeline.privacy.mask_ids = false;
    check(&world, false);
}

#[test]
fn parquet_has_the_documented_columns_and_their_descriptions() {
    let world = World::new(60, 3);
    let (_out, folder) = published(&world);
    for about in dataset::tables() {
        let path = folder.join(format!("{}.parquet", about.table));
        let file = fs::File::open(&path).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        let fields = reader.schema().fields().clone();
        let names: Vec<&str> = fields.iter().map(|it| it.name().as_str()).collect();
        let documented: Vec<&str> = about.columns.iter().map(|it| it.name).collect();
        assert_eq!(names, documented, "{}", about.table);
        for (field, column) in fields.iter().zip(&about.columns) {
            assert_eq!(field.metadata().get("description").unwrap(), column.zh);
        }
        let file = reader.metadata().file_metadata();
        assert_eq!(file.created_by(), Some("bulou"));
        let entries = file.key_value_metadata().unwrap();
        assert!(entries.iter().any(|it| it.key == format!("description.{}", names[0])));
        let rows: usize = reader.build().unwrap().map(|it| it.unwrap().num_rows()).sum();
        let expected = match about.table {
            "persons" => world.identities.people.len(),
            "links" => world.identities.links.len(),
            "findings" => world.findings.len(),
            "controls" => world.controls.len(),
            "changes" | "returned" => 0,
            "list_changes" => world.lists.changes.len(),
            "progress" => progress_tests::rows(&world),
            // Two departments have lists, but nothing to correct.
            "batches" => world.findings.len() + 2,
            "cases" => world.findings.len(),
            "settlement" => {
                let it = &world.reports.settlement;
                1 + it.by_category.len() + it.by_township.len() + it.feed.len()
            }
            "households" => world.reports.households.len(),
            "subsidy_list" => world.reports.subsidy_list.rows.len(),
            _ => 1,
        };
        assert_eq!(rows, expected, "{}", about.table);
    }
}

#[test]
fn findings_have_the_columns_that_others_build_on_in_their_order() {
    let tables = dataset::tables();
    let findings = tables.iter().find(|it| it.table == "findings").unwrap();
    let names: Vec<&str> = findings.columns.iter().map(|it| it.name).collect();
    let expected = "code finding person name id_number township village household group priority \
         owner amount_expected_fen amount_actual_fen deadline state first_seen evidence \
         probability detail";
    assert_eq!(names.join(" "), expected);
}

#[test]
fn controls_hold_and_say_whose_fault_a_breach_is() {
    let mut world = World::new(60, 3);
    let breached: Vec<_> = world.controls.iter().filter(|it| !it.passed).collect();
    assert_eq!(breached.len(), 1, "{breached:?}");
    assert!(!breached[0].is_ours(), "the feed's own total");
    world.ingested.accounts[0].rows_read += 1;
    world.findings.retain(|it| it.rule.code != "E01");
    let controls = world.check();
    let ours: Vec<&str> =
        controls.iter().filter(|it| !it.passed && it.is_ours()).map(|it| it.name.code()).collect();
    assert_eq!(ours, ["rows-accounted", "unenrolled-listed"]);
}

/// Hangs on a variable because it takes a minute: prints what a million people cost, and keeps
/// the run in that folder.
#[test]
fn a_million_people_are_published_in_seconds() {
    let Some(out) = std::env::var_os("BULOU_SCALE_OUT") else { return };
    let n_people = std::env::var("BULOU_SCALE_PEOPLE").map_or(1_000_000, |it| it.parse().unwrap());
    let world = World::new(n_people, if n_people < 1000 { 3 } else { 25 });
    let cx = world.context();
    let night = world.night(&cx);
    let view = super::View::first(&night);
    for (nth, output) in super::OUTPUTS.iter().enumerate() {
        let staging = super::Staging::begin(Path::new(&out), "one", cx.as_of).unwrap();
        let start = std::time::Instant::now();
        output(&view, &staging).unwrap();
        println!("output {nth}: {:.2} s", start.elapsed().as_secs_f64());
    }
    let start = std::time::Instant::now();
    let folder = publish(&night, Path::new(&out)).unwrap().folder;
    let (people, links) = (world.identities.people.len(), world.identities.links.len());
    println!("all: {:.2} s, {people} people, {links} links", start.elapsed().as_secs_f64());
    println!("{}", folder.display());
}
