//! `bulou explain`: why somebody is on a list, asked of the samples' run.

use std::{fs, path::Path, process::Output};

use serde_json::Value;

use crate::support::{Town, bulou, said};

/// The program asked about somebody.
fn ask(run: &Path, more: &[&str]) -> Output {
    let mut args = vec!["explain", run.to_str().unwrap()];
    args.extend(more);
    bulou(&args).output().unwrap()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The people of the run of whom a column of a table holds such a text.
fn column(run: &Path, table: &str, name: &str) -> Vec<String> {
    let table = bulou::publish::TableFile::open(run, table).unwrap();
    let mut all = Vec::new();
    for batch in table.batches().unwrap() {
        all.extend(bulou::publish::Row::all(&batch).map(|it| it.text(name)));
    }
    all
}

#[test]
fn a_person_on_the_list_is_explained_in_either_language() {
    let (town, _) = Town::published();
    let run = town.latest();
    let codes = column(&run, "findings", "code");
    let at = codes.iter().position(|it| it == "E01").unwrap();
    let key = &column(&run, "findings", "person")[at];
    let name = &column(&run, "findings", "name")[at];
    let latest = run.parent().unwrap().join("latest");

    let zh = said(&ask(&latest, &["--person", key, "--lang", "zh"]));
    for expected in [name.as_str(), "结论  应保未保", "2024年度没有参保", "E01", "依据", "来源记录"]
    {
        assert!(zh.contains(expected), "{expected}\n{zh}");
    }
    let en = said(&ask(&latest, &["--person", key]));
    for expected in [name.as_str(), "Verdict  unenrolled", "Not insured for 2024", "Source rows"] {
        assert!(en.contains(expected), "{expected}\n{en}");
    }

    let file = json(&ask(&run, &["--person", key, "--json"]));
    assert_eq!(file["person"]["person"], key.as_str());
    assert_eq!(file["cover"]["verdict"], "unenrolled");
    assert_eq!(file["run"]["as_of"], crate::support::AS_OF);
    let evidence = &file["findings"][0]["evidence"][0];
    let rows = file["rows"].as_array().unwrap();
    assert!(rows.iter().any(|it| it["file"] == evidence["file"] && it["row"] == evidence["row"]));
}

#[test]
fn a_number_is_masked_unless_asked_and_finds_its_person_however_it_is_typed() {
    let (town, _) = Town::published();
    let run = town.latest();
    let whole = column(&run, "persons", "id_number");
    let whole = whole.iter().find(|it| it.len() == 18).unwrap();
    let spaced = format!("{} {} {}", &whole[..6], &whole[6..14], &whole[14..]);
    for spelling in [whole, &spaced, &whole.to_lowercase()] {
        let output = ask(&run, &["--id", spelling, "--json"]);
        assert!(!said(&output).contains(whole), "{}", said(&output));
        let shown = json(&ask(&run, &["--id", spelling, "--json", "--whole-ids"]));
        assert_eq!(shown["person"]["id_number"], whole.as_str());
    }
    let masked = format!("{}********{}", &whole[..6], &whole[14..]);
    let output = ask(&run, &["--id", &masked, "--whole-ids"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains(whole), "{}", said(&output));
}

#[test]
fn everybody_of_a_name_is_listed() {
    let (town, _) = Town::published();
    let run = town.latest();
    let mut names = column(&run, "persons", "name");
    names.retain(|it| !it.is_empty());
    names.sort();
    let name = names.windows(2).find(|it| it[0] == it[1]).map(|it| it[0].clone()).unwrap();
    let list = json(&ask(&run, &["--name", &name, "--json"]));
    let list = list.as_array().unwrap();
    assert!(list.len() >= 2, "{list:?}");
    let text = said(&ask(&run, &["--name", &name, "--lang", "zh"]));
    assert!(text.contains("请用 --person"), "{text}");
    for person in list {
        let key = person["person"].as_str().unwrap();
        assert!(text.contains(key), "{text}");
        let one = json(&ask(&run, &["--person", key, "--json"]));
        assert_eq!(one["person"]["person"], key);
    }
}

#[test]
fn nobody_found_is_a_failure_and_no_question_is_wrong_usage() {
    let (town, _) = Town::published();
    let run = town.latest();
    let output = ask(&run, &["--name", "查无此人", "--lang", "zh", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(output.stdout.is_empty());
    assert!(said(&output).contains("没有姓名为“查无此人”的人"), "{}", said(&output));
    for args in [&[][..], &["--name", "王", "--id", "1"]] {
        assert_eq!(ask(&run, args).status.code(), Some(2));
    }
    let output = ask(town.pipeline().as_path(), &["--person", "P1"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("manifest.json"), "{}", said(&output));
}

#[test]
fn who_reads_a_persons_file_is_logged_and_never_whose() {
    let (town, _) = Town::published();
    let run = town.latest();
    let (key, number) =
        (&column(&run, "persons", "person")[0], column(&run, "persons", "id_number"));
    let at = number.iter().position(|it| it.len() == 18).unwrap();
    let (number, name) = (&number[at], &column(&run, "persons", "name")[at]);
    let latest = run.parent().unwrap().join("latest");
    ask(&latest, &["--person", key]);
    ask(&run, &["--id", number, "--whole-ids"]);
    ask(&run, &["--name", "查无此人"]);
    let list = town.out().join(format!("{name}.csv"));
    fs::write(&list, format!("姓名,身份证号\n{name},{number}\n查无此人,\n")).unwrap();
    let args = ["lookup", run.to_str().unwrap(), list.to_str().unwrap()];
    assert!(bulou(&args).output().unwrap().status.success());
    let text = fs::read_to_string(town.out().join("audit.jsonl")).unwrap();
    for word in [key.as_str(), number, "查无此人", name] {
        assert!(!text.contains(word), "{word}\n{text}");
    }
    let lines: Vec<Value> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let line = |it: &Value| {
        let keys = ["act", "event", "by", "whole_ids", "asked", "found", "status"];
        keys.map(|key| it[key].to_string().replace("null", "").replace('"', "")).join(" ")
    };
    let expected = [
        "explain began person false 1  ",
        "explain ended person false 1 1 0",
        "explain began id true 1  ",
        "explain ended id true 1 1 0",
        "explain began name false 1  ",
        "explain ended name false 1 0 1",
        "lookup began     ",
        "lookup ended   2 1 0",
    ];
    assert_eq!(lines.iter().map(line).collect::<Vec<_>>(), expected);
    assert!(lines.iter().all(|it| Path::new(it["run"].as_str().unwrap()) == run), "{text}");
    assert!(!lines[0]["user"].as_str().unwrap().is_empty());
}
