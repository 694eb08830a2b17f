//! Tests of the generator as a whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::output::{Options, Summary, generate};
use super::people::number::check_of;
use super::rates::{Alike, Dirt, Rates};
use super::rules::Rules;

mod aside;
mod city;
mod switching;

/// A rules folder with one town of three villages.
fn rules_folder(root: &Path) -> PathBuf {
    let folder = root.join("rules");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "code,level,name,parent\n430923,county,益阳市安化县,4309\n\
        430923109,township,冷市镇,430923\n430923109001,village,曲江社区,430923109\n\
        430923109204,village,南华村委会,430923109\n430923109205,village,文昌村委会,430923109\n";
    std::fs::write(folder.join("divisions.csv"), text).unwrap();
    folder
}

fn options(root: &Path, name: &str) -> Options {
    Options {
        areas: vec![430923109],
        people: 1500,
        seed: 11,
        out: root.join(name),
        rules_folder: rules_folder(root),
        rules: Rules::example(),
        rates: Rates::default(),
        as_of: NaiveDate::from_ymd_opt(2023, 12, 20).unwrap(),
        dirt: 1.0,
        layout: 0,
        monthly_lists: false,
    }
}

fn made(options: &Options, threads: usize) -> Summary {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| generate(options)).unwrap()
}

/// Every file below a folder with its bytes, `pipeline.toml` aside: it has the folder's name.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if !path.ends_with("pipeline.toml") {
                all.insert(
                    path.strip_prefix(folder).unwrap().to_path_buf(),
                    std::fs::read(&path).unwrap(),
                );
            }
        }
    }
    all
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    reader.records().map(|it| it.unwrap().iter().map(str::to_string).collect()).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_whatever_the_threads() {
    let root = tempfile::tempdir().unwrap();
    for layout in [0, 5] {
        let monthly_lists = layout == 5;
        let one = Options { layout, monthly_lists, ..options(root.path(), "one") };
        let two = Options { layout, out: root.path().join("two"), ..one.clone() };
        assert_eq!(made(&one, 1), made(&two, 3));
        let (one, two) = (bytes(&one.out), bytes(&two.out));
        assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
        for (path, content) in &one {
            assert!(content == &two[path], "{} differs", path.display());
        }
    }
}

#[test]
fn another_seed_is_another_county() {
    let root = tempfile::tempdir().unwrap();
    let one = options(root.path(), "one");
    let two = Options { seed: 12, out: root.path().join("two"), ..one.clone() };
    made(&one, 2);
    made(&two, 2);
    let people = |it: &Options| table(&it.out.join("truth/people.csv"));
    assert_ne!(people(&one)[..50], people(&two)[..50]);
}

/// A text file's rows as the truth counts them: a line is a row, the header is row 1.
fn lines(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).unwrap();
    let text = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).unwrap(),
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE.decode(&bytes).0.into_owned(),
        _ => match std::str::from_utf8(&bytes) {
            Ok(text) => text.to_string(),
            Err(_) => encoding_rs::GB18030.decode(&bytes).0.into_owned(),
        },
    };
    text.lines().map(str::to_string).collect()
}

#[test]
fn every_row_of_every_file_is_in_the_truth_and_clean_ones_carry_their_person() {
    let root = tempfile::tempdir().unwrap();
    for layout in [0, 3, 8] {
        let options = Options {
            layout,
            out: root.path().join(format!("l{layout}")),
            ..options(root.path(), "")
        };
        made(&options, 2);
        let numbers: BTreeMap<String, String> = table(&options.out.join("truth/people.csv"))
            .into_iter()
            .map(|it| (it[0].clone(), it[1].clone()))
            .collect();
        let mut by_file: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for row in table(&options.out.join("truth/rows.csv")) {
            by_file.entry(row[0].clone()).or_default().push(row);
        }
        for (file, rows) in by_file.iter().filter(|it| !it.0.ends_with("xlsx")) {
            let lines = lines(&options.out.join(file));
            // A title stands above some headers; the truth's first row is below both.
            let first: usize = rows[0][2].parse().unwrap();
            assert!(first == 2 || (first == 3 && !lines[0].contains('身')), "{file}");
            let data = lines[first - 1..].iter().filter(|it| !it.contains("合计")).count();
            assert_eq!(data, rows.len(), "{file}");
            let roster = rows.iter().filter(|it| it[4].is_empty() && file.contains("户籍人口"));
            for row in roster {
                let line = &lines[row[2].parse::<usize>().unwrap() - 1];
                let number = &numbers[&row[3]];
                let known = line.contains(number.as_str()) || line.contains(&number[..6]);
                assert!(known, "{file}:{} is not {}", row[2], row[3]);
            }
        }
    }
}

#[test]
fn workbook_rows_are_counted_as_a_person_counts_them() {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let root = tempfile::tempdir().unwrap();
    for layout in [0, 3] {
        let options = Options {
            layout,
            dirt: 0.0,
            out: root.path().join(format!("x{layout}")),
            ..options(root.path(), "")
        };
        made(&options, 2);
        let numbers: BTreeMap<String, String> = table(&options.out.join("truth/people.csv"))
            .into_iter()
            .map(|it| (it[0].clone(), it[1].clone()))
            .collect();
        let mut checked = 0;
        let mut book: Option<(String, Xlsx<std::io::BufReader<std::fs::File>>)> = None;
        let mut sheets: BTreeMap<(String, String), calamine::Range<Data>> = BTreeMap::new();
        for row in
            table(&options.out.join("truth/rows.csv")).iter().filter(|it| it[0].ends_with("xlsx"))
        {
            if book.as_ref().is_none_or(|it| it.0 != row[0]) {
                book = Some((row[0].clone(), open_workbook(options.out.join(&row[0])).unwrap()));
            }
            let key = (row[0].clone(), row[1].clone());
            let sheet = sheets
                .entry(key)
                .or_insert_with(|| book.as_mut().unwrap().1.worksheet_range(&row[1]).unwrap());
            let number = &numbers[&row[3]];
            let at = row[2].parse::<u32>().unwrap() - 1;
            let width = sheet.end().unwrap().1;
            let has = |it: u32| matches!(sheet.get_value((at, it)), Some(Data::String(text)) if text.contains(number.as_str()));
            if number.len() == 18
                && !row[0].contains("出生")
                && !row[0].contains("户籍人口")
                && !row[0].contains("参保信息")
            {
                assert!((0..=width).any(has), "{}[{}]:{}", row[0], row[1], row[2]);
                checked += 1;
            }
        }
        assert!(checked > 300, "{checked}");
    }
}

#[test]
fn clean_files_have_valid_unique_numbers_and_no_dirt() {
    let root = tempfile::tempdir().unwrap();
    let rates = Rates { shared_number: 0.0, slipped_number: 0.0, ..Rates::default() };
    let options = Options { dirt: 0.0, rates, ..options(root.path(), "clean") };
    made(&options, 2);
    let people = table(&options.out.join("truth/people.csv"));
    let mut numbers: Vec<&String> =
        people.iter().map(|it| &it[1]).filter(|it| it.len() == 18).collect();
    assert!(numbers.iter().all(|it| it.ends_with(check_of(&it[..17]))));
    let n = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), n);
    let stories = ["", "other-number", "other-number-contradicts"];
    let rows = table(&options.out.join("truth/rows.csv"));
    assert!(rows.iter().all(|it| stories.contains(&it[4].as_str())));
    let codes = table(&options.out.join("truth/findings.csv"));
    assert!(codes.iter().all(|it| !it[0].starts_with('Q') || it[3] == "other-number-contradicts"));
}

#[test]
fn nothing_is_both_planted_and_forbidden_and_every_e01_is_unenrolled() {
    let root = tempfile::tempdir().unwrap();
    let options = Options { people: 4000, ..options(root.path(), "county") };
    made(&options, 2);
    let truth = options.out.join("truth");
    let planted: std::collections::BTreeSet<(String, String)> = table(&truth.join("findings.csv"))
        .into_iter()
        .map(|it| (it[0].clone(), it[1].clone()))
        .collect();
    let keys = |name: &str| -> Vec<(String, String)> {
        table(&truth.join(name)).into_iter().map(|it| (it[0].clone(), it[1].clone())).collect()
    };
    let forbidden = keys("must_not.csv");
    assert!(forbidden.iter().all(|it| !planted.contains(it)));
    let allowed = keys("allowed.csv");
    assert!(allowed.iter().all(|it| !planted.contains(it) && !forbidden.contains(it)));
    for it in table(&truth.join("people.csv")) {
        let planted = planted.contains(&("E01".to_string(), it[0].clone()));
        let can_be_told = !it[7].contains("namesake_gone");
        assert_eq!(planted, it[6] == "unenrolled" && can_be_told, "{it:?}");
    }
}

#[test]
fn a_rate_of_one_is_told_and_a_rate_of_none_is_not() {
    let root = tempfile::tempdir().unwrap();
    let never = Rates { registered_unpaid: 0.0, ..Rates::default() };
    let often = Rates { registered_unpaid: 0.5, ..Rates::default() };
    let told = |rates: Rates, name: &str| {
        let options = Options { rates, ..options(root.path(), name) };
        made(&options, 2);
        let people = table(&options.out.join("truth/people.csv"));
        people.iter().filter(|it| it[7].contains("registered_unpaid")).count()
    };
    assert_eq!(told(never, "never"), 0);
    assert!(told(often, "often") > 300);
}

/// The people of whom a story is told, as `people.csv` has them.
fn told(options: &Options, story: &str) -> Vec<Vec<String>> {
    let people = table(&options.out.join("truth/people.csv"));
    people.into_iter().filter(|it| it[7].split(' ').any(|it| it == story)).collect()
}

#[test]
fn of_two_people_alike_one_is_insured_and_the_other_is_not() {
    let root = tempfile::tempdir().unwrap();
    let rates = Rates {
        twins: 0.2,
        alike: Alike { twins: 1.0, father: 0.2, next_door: 0.02, gone: 0.5, two_villages: 0.0 },
        ..Rates::default()
    };
    let options = Options { rates, dirt: 0.0, ..options(root.path(), "alike") };
    made(&options, 2);
    for story in ["twins_alike", "father_alike", "namesakes_next_door"] {
        let people = told(&options, story);
        let insured = people.iter().filter(|it| it[6] == "resident").count();
        assert!(insured > 3, "{story}: {insured}");
        assert_eq!(people.len(), 2 * insured, "{story}");
        assert!(people.iter().all(|it| matches!(it[6].as_str(), "resident" | "unenrolled")));
    }
    for pair in [told(&options, "namesakes_next_door"), told(&options, "namesake_gone")] {
        for it in &pair {
            let same = |other: &&Vec<String>| (&other[2], &other[4]) == (&it[2], &it[4]);
            let same: Vec<_> = pair.iter().filter(same).collect();
            assert_eq!(same.len(), 2, "{it:?}");
            assert_ne!(same[0][1], same[1][1], "one number for two");
        }
    }
}

#[test]
fn nobody_can_tell_a_namesake_who_has_gone_so_that_e01_is_allowed_and_not_planted() {
    let root = tempfile::tempdir().unwrap();
    let alike = Alike { gone: 0.5, ..Alike::default() };
    let rates = Rates { alike, ..Rates::default() };
    let options = Options { rates, ..options(root.path(), "gone") };
    made(&options, 2);
    let allowed = table(&options.out.join("truth/allowed.csv"));
    let here = told(&options, "namesake_gone").into_iter().filter(|it| it[6] == "unenrolled");
    let mut seen = 0;
    for it in here {
        for code in ["E01", "E05"] {
            assert!(allowed.iter().any(|row| row[0] == code && row[1] == it[0]), "{code} {it:?}");
        }
        seen += 1;
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn three_times_the_dirt_is_three_times_the_dirty_rows() {
    let root = tempfile::tempdir().unwrap();
    let dirty = |dirt: f64, name: &str| {
        let options = Options { dirt, people: 4000, ..options(root.path(), name) };
        made(&options, 2);
        let rows = table(&options.out.join("truth/rows.csv"));
        let stories = ["", "other-number", "other-number-contradicts", "number-slipped"];
        let dirty = rows.iter().filter(|it| !stories.contains(&it[4].as_str())).count();
        let twice = rows.iter().filter(|it| it[4].contains('+')).count();
        (dirty as f64, twice)
    };
    let ((once, few), (thrice, more)) = (dirty(1.0, "once"), dirty(3.0, "thrice"));
    assert!((2.6..3.4).contains(&(thrice / once)), "{once} {thrice}");
    assert!(few > 0 && more > 3 * few, "{few} {more}");
}

#[test]
fn a_childs_row_under_its_parents_id_is_one_id_on_two_people() {
    let root = tempfile::tempdir().unwrap();
    let options = Options { dirt: 3.0, people: 4000, ..options(root.path(), "parents") };
    made(&options, 2);
    let planted = table(&options.out.join("truth/findings.csv"));
    let rows = table(&options.out.join("truth/rows.csv"));
    let mut seen = 0;
    for row in rows.iter().filter(|it| it[4].split('+').any(|it| it == "parents-id")) {
        let is_d02 = |it: &&Vec<String>| it[0] == "D02" && it[1] == row[3] && it[2] == "linkage";
        assert_eq!(planted.iter().filter(is_d02).count(), 1, "{row:?}");
        seen += 1;
    }
    assert!(seen > 0);
}

/// The rows of each file below a folder of lists, in the order of months.
fn rows_by_file(options: &Options, list: &str) -> Vec<usize> {
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for row in table(&options.out.join("truth/rows.csv")) {
        if row[0].contains(list) {
            *rows.entry(row[0].replace("年7月", "年07月")).or_default() += 1;
        }
    }
    rows.into_values().collect()
}

#[test]
fn monthly_lists_change_the_files_and_not_the_truth() {
    let root = tempfile::tempdir().unwrap();
    let dated = Options { dirt: 0.0, people: 4000, ..options(root.path(), "dated") };
    let monthly =
        Options { monthly_lists: true, out: root.path().join("monthly"), ..dated.clone() };
    made(&dated, 2);
    made(&monthly, 2);
    let truth = |it: &Options, name: &str| table(&it.out.join("truth").join(name));
    assert_eq!(truth(&dated, "people.csv"), truth(&monthly, "people.csv"));
    assert_eq!(truth(&dated, "findings.csv"), truth(&monthly, "findings.csv"));
    let (once, months) = (rows_by_file(&dated, "监测对象"), rows_by_file(&monthly, "监测对象"));
    assert_eq!((once.len(), months.len()), (1, 6));
    assert!(months.iter().all(|it| *it < once[0] && *it * 2 > once[0]), "{once:?} {months:?}");
    let config = std::fs::read_to_string(monthly.out.join("pipeline.toml")).unwrap();
    assert!(config.contains("full_list = \"monthly\""), "{config}");
    assert!(
        !std::fs::read_to_string(dated.out.join("pipeline.toml")).unwrap().contains("full_list")
    );
}

#[test]
fn a_broken_list_is_cut_off_in_one_month_and_whole_in_the_next() {
    let root = tempfile::tempdir().unwrap();
    let dirt = Dirt { broken_list: 1.0, ..Dirt::default() };
    let rates = Rates { dirt, ..Rates::default() };
    let monthly =
        Options { rates, people: 4000, monthly_lists: true, ..options(root.path(), "broken") };
    made(&monthly, 2);
    for list in ["监测对象", "城乡低保对象花名册"] {
        let months = rows_by_file(&monthly, list);
        let is_cut = |at: &usize| months[*at] * 10 < months[at + 1] * 7;
        let cut: Vec<usize> = (0..months.len() - 1).filter(is_cut).collect();
        assert_eq!(cut.len(), 1, "{list} {months:?}");
        assert!(cut[0] > 0, "the first is whole: {list} {months:?}");
    }
}
