//! `report.html`: offline, without anybody's name or number, and saying what the tables say.

use std::{collections::BTreeSet, fs};

use bulou::publish::TableFile;

use crate::support::{Town, files, said};

/// Below which a page of 600 villages has to stay; the samples have eighteen.
const MOST_BYTES: usize = 3_000_000;

/// The page of the samples, and the page without the library and the styles it inlines.
fn page(town: &Town) -> (String, String) {
    let page = fs::read_to_string(town.latest().join("report.html")).unwrap();
    let library = include_str!("../../assets/echarts/echarts.min.js");
    assert!(page.contains(library), "the library is inlined as it is");
    let own = page.replace(library, "");
    (page, own)
}

/// A column of a table of the newest run.
fn column(town: &Town, table: &str, column: &str) -> Vec<String> {
    let batches = TableFile::open(&town.latest(), table).unwrap().columns(&[column]).unwrap();
    let mut values = Vec::new();
    for batch in batches {
        let texts = bulou::publish::texts(batch.column_by_name(column).unwrap()).unwrap();
        values.extend(texts.iter().map(|it| it.unwrap_or_default().to_string()));
    }
    values
}

#[test]
fn the_page_is_one_file_that_loads_nothing_and_runs_nothing_of_others() {
    let (town, _) = Town::published();
    let (page, own) = page(&town);
    assert!(page.len() < MOST_BYTES, "{} bytes", page.len());
    for word in ["http://", "https://", "//cdn", "@import", "url(", " src=", "fetch(", "XMLHttp"] {
        assert!(!own.contains(word), "the page says {word}");
    }
    assert!(own.contains("default-src 'none'"), "nothing may be loaded by mistake either");
    let opened = page.matches("<script").count();
    assert_eq!(opened, page.matches("</script>").count(), "a text ends a script early");
}

#[test]
fn nobody_is_on_the_page() {
    let (town, _) = Town::published();
    let (_, own) = page(&town);
    let mut digits = 0;
    for it in own.chars() {
        digits = if it.is_ascii_digit() { digits + 1 } else { 0 };
        assert!(digits < 14, "there is a number as long as a person's");
    }
    // Words of Chinese between anything else: a name would stand alone in its cell.
    let is_chinese = |it: char| ('\u{4e00}'..='\u{9fff}').contains(&it) || it == '·';
    let words: BTreeSet<&str> = own.split(|it| !is_chinese(it)).collect();
    let names: BTreeSet<String> = column(&town, "persons", "name").into_iter().collect();
    assert!(names.len() > 1000);
    for name in names.iter().filter(|it| it.chars().count() > 1) {
        assert!(!words.contains(name.as_str()), "{name} is on the page");
    }
    let keys: BTreeSet<String> = column(&town, "persons", "person").into_iter().collect();
    assert!(!keys.iter().any(|it| own.contains(it.as_str())), "a person's key is on the page");
}

#[test]
fn the_page_counts_what_the_tables_count() {
    let (town, _) = Town::published();
    let (_, own) = page(&town);
    let figure = |row: &str, name: &str| {
        let row = &own[own.find(row).unwrap_or_else(|| panic!("no {row}"))..];
        let cell = &row[row.find(&format!("data-figure=\"{name}\">")).unwrap()..];
        let text = cell.split(['>', '<']).nth(1).unwrap();
        text.replace(',', "").parse::<usize>().unwrap()
    };
    let codes = column(&town, "findings", "code");
    for code in codes.iter().collect::<BTreeSet<_>>() {
        let n = codes.iter().filter(|it| *it == code).count();
        assert_eq!(figure(&format!("data-code=\"{code}\""), "count"), n, "{code}");
    }
    assert_eq!(figure("id=\"headline\"", "findings"), codes.len());
    let verdicts = column(&town, "persons", "verdict");
    let missing = verdicts.iter().filter(|it| *it == "unenrolled").count();
    assert!(missing > 0);
    assert_eq!(figure("id=\"headline\"", "unenrolled"), missing);
    assert_eq!(figure("data-level=\"total\"", "unenrolled"), missing);
}

/// The nights that the page compares, as it has them.
fn nights(page: &str) -> Vec<&str> {
    page.split("data-night=\"").skip(1).map(|it| &it[..10]).collect()
}

#[test]
fn the_page_speaks_english_where_it_is_asked_to_and_tells_what_has_changed() {
    let town = Town::small();
    let night = |day: &str, lang: &str| {
        let output = town.job_on(day, &["--lang", lang]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        page(&town).1
    };
    let first = night("2023-12-18", "en");
    assert!(first.contains("<html lang=\"en\"") && first.contains("There is no earlier night"));
    assert!(first.contains("the first night of the coverage year") && nights(&first).is_empty());
    let again = night("2023-12-18", "en");
    assert!(again.contains("There is no earlier night"), "the same day is no earlier one");
    assert!(nights(&again).is_empty(), "nor a second night");
    let next = night("2023-12-20", "zh");
    assert!(next.contains("<html lang=\"zh-CN\"") && next.contains("与 2023-12-18 的结果相比"));
    assert_eq!(nights(&next), ["2023-12-20", "2023-12-18"]);
    assert_eq!(next.matches("data-chart=\"nights\"").count(), 4);
    let purged = town.out().join("lengshi");
    for run in ["2023-12-18", "2023-12-18.2"] {
        fs::remove_dir_all(purged.join(run)).unwrap();
    }
    let third = night("2023-12-21", "zh");
    assert_eq!(nights(&third), ["2023-12-21", "2023-12-20", "2023-12-18"], "history stays");
    assert_eq!(files(&town.latest()).iter().filter(|it| it.ends_with("report.html")).count(), 1);
}
