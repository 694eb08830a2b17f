//! Many nights: their figures are kept, several counties run in one, old runs go.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::{Duration, Instant},
};

use bulou::history::{self, Kind};

use crate::support::{AS_OF, Town, bulou, copy, said};

/// The night before the samples' day.
const YESTERDAY: &str = "2023-12-19";

fn runs(home: &Path) -> Vec<String> {
    let names = fs::read_dir(home).unwrap().map(|it| it.unwrap().file_name());
    let names = names.map(|it| it.to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|it| it.starts_with("20")).collect();
    names.sort();
    names
}

fn manifest(run: &Path) -> serde_json::Value {
    json(&run.join("manifest.json"))
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn call(args: &[&str]) -> Output {
    bulou(args).output().unwrap()
}

/// A night of the town and of the counties named, which are what the test makes of them.
fn night(town: &Town, keys: &str, counties: &[&str]) -> PathBuf {
    let path = town.out().with_file_name("night.toml");
    let county = |it: &&str| format!("[[county]]\npipeline = \"pipelines/{it}\"\n");
    let counties: String = counties.iter().map(county).collect();
    fs::write(&path, format!("[night]\nout = \"runs\"\n{keys}\n{counties}")).unwrap();
    path
}

fn run_night(path: &Path) -> Output {
    call(&["night", path.to_str().unwrap(), "--as-of", AS_OF])
}

#[test]
fn the_history_says_what_the_manifests_say_and_no_manifest_tells_of_it() {
    let town = Town::small();
    let home = town.out().join("lengshi");
    let runs = [town.publish(), town.publish()];
    assert!(home.join(format!("history/{AS_OF}.parquet")).is_file());
    let nights = history::read(&home).unwrap();
    let [night] = &nights[..] else { panic!("one night, run twice: {nights:?}") };
    assert_eq!(night.run.to_string(), "2023-12-20.2");
    let manifest = manifest(&runs[1]);
    assert_eq!(manifest["bulou_version"], night.version);
    assert_eq!(manifest["persons"]["total"], night.persons());
    for (verdict, count) in manifest["persons"]["by_verdict"].as_object().unwrap() {
        assert_eq!(night.value(Kind::Verdict, verdict), count.as_i64(), "{verdict}");
    }
    let by_code = manifest["findings"]["by_code"].as_object().unwrap();
    assert!(by_code.len() > 30);
    for (code, count) in by_code {
        assert_eq!(night.value(Kind::Finding, code), count.as_i64(), "{code}");
    }
    for it in manifest["controls"].as_array().unwrap() {
        let (name, scope) = (it["control"].as_str().unwrap(), it["scope"].as_str().unwrap());
        for (suffix, key) in [(".expected", "expected"), (".actual", "actual")] {
            let name = format!("{name}{suffix}");
            let mut rows = night.of(Kind::Control, &name).filter(|row| row.scope == scope);
            assert!(rows.any(|row| it[key] == row.value), "{name} {scope}");
        }
    }
    assert_eq!(manifest["controls_breached"], night.breached());
    let timings = json(&runs[1].join("timings.json"));
    let stages = ["ingest", "identify", "judge", "find", "report", "publish"];
    let timed = timings.as_array().unwrap().iter();
    assert_eq!(timed.clone().map(|it| &it["stage"]).collect::<Vec<_>>(), stages);
    for it in timed {
        let (stage, seconds) = (it["stage"].as_str().unwrap(), it["seconds"].as_f64().unwrap());
        let milliseconds = night.value(Kind::Timing, stage).unwrap();
        assert_eq!((seconds * 1000.0).round() as i64, milliseconds, "{stage}");
    }
    assert!(night.value(Kind::Timing, "publish") > Some(0), "the outputs are timed");
    assert!(!manifest.to_string().contains("history"));
    assert!(!runs[1].join(".history.parquet").exists());
}

#[test]
fn history_prints_a_table_and_one_figure_by_place() {
    let town = Town::small();
    let home = town.out().join("lengshi");
    assert_eq!(call(&["history", home.to_str().unwrap()]).status.code(), Some(1), "no night yet");
    town.publish();
    let table = said(&call(&["history", home.to_str().unwrap()]));
    assert!(table.starts_with("as of"), "{table}");
    assert!(table.lines().nth(1).unwrap().starts_with(AS_OF), "{table}");
    assert!(table.contains("progress: covered insured liable paid"), "{table}");
    let series = said(&call(&["history", home.to_str().unwrap(), "--of", "paid"]));
    assert!(series.lines().any(|it| it.starts_with("430923109") && it.contains(AS_OF)), "{series}");
    let later = call(&["history", home.to_str().unwrap(), "--from", "2023-12-21"]);
    assert!(!said(&later).contains(AS_OF), "{}", said(&later));
    let unknown = call(&["history", home.to_str().unwrap(), "--of", "X99"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(said(&unknown).contains("known are"), "{}", said(&unknown));
}

#[test]
fn a_broken_county_fails_alone_and_each_hook_hears_of_its_own() {
    let town = Town::small();
    let pipelines = town.pipeline().parent().unwrap().to_path_buf();
    for name in ["broken", "held"] {
        copy(&town.pipeline(), &pipelines.join(name));
        let path = pipelines.join(name).join("pipeline.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace("name = \"lengshi\"", &format!("name = \"{name}\""))).unwrap();
    }
    fs::remove_file(pipelines.join("broken/person.key")).unwrap();
    let heard = town.out().with_file_name("heard");
    let hook = |word: &str| {
        let script = format!(
            "echo {word} $BULOU_PIPELINE $BULOU_STATUS $BULOU_RUN >> '{}'; exit 5",
            heard.display()
        );
        format!("[\"sh\", \"-c\", \"{script}\"]")
    };
    let keys = format!("on_success = {}\non_failure = {}", hook("good"), hook("bad"));
    let path = night(&town, &keys, &["broken", "lengshi", "held"]);
    fs::create_dir_all(town.out().join("held")).unwrap();
    let lock = fs::File::create(town.out().join("held/.lock")).unwrap();
    lock.lock().unwrap();
    let output = run_night(&path);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let run = town.latest();
    let expected =
        format!("bad broken failed\ngood lengshi done {}\nbad held locked\n", run.display());
    assert_eq!(fs::read_to_string(&heard).unwrap(), expected);
    assert_eq!(text.matches("hook: sh: exit status: 5").count(), 3, "{text}");
    assert!(text.contains(&format!("lengshi {AS_OF} done")), "{text}");
    drop(lock);
}

#[test]
fn what_is_held_or_locked_is_the_nights_exit_status() {
    let town = Town::small();
    town.edit("pipeline.toml", |it| format!("{it}\n[publication]\nhold_on_breach = true\n"));
    let path = night(&town, "log = \"json\"", &["lengshi"]);
    let lengshi = town.out().join("lengshi");
    fs::create_dir_all(&lengshi).unwrap();
    let lock = fs::File::create(lengshi.join(".lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(run_night(&path).status.code(), Some(4));
    drop(lock);
    // A feed that lacks a payment of its own total breaches a control.
    let feed = town.sample("居民医保缴费明细_202310.csv");
    let rows = fs::read(&feed).unwrap();
    let ends: Vec<usize> = (0..rows.len()).filter(|it| rows[*it] == b'\n').collect();
    fs::write(&feed, [&rows[..=ends[0]], &rows[ends[1] + 1..]].concat()).unwrap();
    assert_eq!(run_night(&path).status.code(), Some(3));
    assert!(runs(&lengshi).is_empty() && history::read(&lengshi).unwrap().is_empty());
}

#[test]
fn a_missed_night_is_made_good_once_and_what_is_old_goes() {
    let town = Town::small();
    let home = town.out().join("lengshi");
    let path = night(&town, "catch_up = true\nkeep_runs_days = 2", &["lengshi"]);
    let at = |day: &str| {
        let output = call(&["night", path.to_str().unwrap(), "--as-of", day]);
        assert!(output.status.success(), "{}", said(&output));
    };
    at("2023-12-16");
    assert_eq!(runs(&home), ["2023-12-16"], "the first night has missed nothing");
    at(AS_OF);
    assert_eq!(runs(&home), [YESTERDAY, AS_OF], "yesterday, and no other; the 16th is old");
    assert!(town.latest().ends_with(AS_OF));
    at("2023-12-21");
    assert_eq!(runs(&home), [YESTERDAY, AS_OF, "2023-12-21"]);
    let days: Vec<String> =
        history::read(&home).unwrap().iter().map(|it| it.run.to_string()).collect();
    assert_eq!(days, ["2023-12-16", YESTERDAY, AS_OF, "2023-12-21"], "history stays");
}

#[test]
fn purge_says_what_goes_before_it_goes() {
    let town = Town::small();
    let home = town.out().join("lengshi");
    town.publish();
    town.publish();
    let purge = |more: &[&str]| {
        let mut args = vec!["purge", home.to_str().unwrap(), "--older-than", "30"];
        args.extend(["--as-of", "2024-03-01"]);
        args.extend(more);
        call(&args)
    };
    let rehearsed = said(&purge(&["--dry-run"]));
    assert!(rehearsed.contains(&format!("lengshi/{AS_OF}\n1 runs would go")), "{rehearsed}");
    assert_eq!(runs(&home).len(), 2);
    assert!(purge(&["--keep", "2"]).status.success());
    assert_eq!(runs(&home).len(), 2);
    assert!(said(&purge(&[])).contains("1 runs removed"));
    assert_eq!(runs(&home), ["2023-12-20.2"]);
    assert!(town.latest().join("persons.parquet").is_file());
    assert_eq!(history::runs(&home).unwrap().len(), 2);
}

#[test]
fn the_audit_log_says_who_did_what_on_which_files_and_names_nobody() {
    let town = Town::small();
    let run = town.publish();
    fs::write(town.sample("户籍人口_冷市镇.csv"), "").unwrap();
    let failed = town.run().status.code().unwrap();
    let home = town.out().join("lengshi");
    // An older run, so that there is something to purge.
    let old = home.join("2023-12-01");
    fs::create_dir(&old).unwrap();
    fs::write(old.join("manifest.json"), "{\"as_of\": \"2023-12-01\"}").unwrap();
    call(&["purge", home.to_str().unwrap(), "--older-than", "0", "--as-of", "2024-03-01"]);
    let text = fs::read_to_string(town.out().join("audit.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let events = lines.iter().map(|it| format!("{} {} {}", it["act"], it["event"], it["status"]));
    let ended = format!("\"run\" \"ended\" {failed}");
    let expected = [
        "\"run\" \"began\" null",
        "\"run\" \"ended\" 0",
        "\"run\" \"began\" null",
        &ended,
        "\"purge\" \"began\" null",
        "\"purge\" \"ended\" 0",
    ];
    assert_eq!(events.collect::<Vec<_>>(), expected);
    assert!(lines[5]["removed"][0].as_str().unwrap().ends_with("lengshi/2023-12-01"));
    assert!(!lines[0]["user"].as_str().unwrap().is_empty() && lines[0]["as_of"] == AS_OF);
    let manifest = manifest(&run);
    assert_eq!(lines[1]["persons"], manifest["persons"]["total"]);
    let inputs = lines[1]["inputs"].as_array().unwrap();
    for it in manifest["inputs"].as_array().unwrap() {
        let is_it = |input: &&serde_json::Value| input["file"] == it["file"];
        assert_eq!(inputs.iter().find(is_it).unwrap()["sha256"], it["sha256"]);
    }
    let digits = text.split(|it: char| !it.is_ascii_hexdigit()).filter(|it| it.len() != 64);
    assert!(digits.map(str::len).max().unwrap() < 15, "no number of a person: {text}");
    assert_eq!(mode(&town.out().join("audit.jsonl")), 0o600);
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_lock_of_a_killed_run_blocks_nobody() {
    let town = Town::small();
    let lock = town.out().join("lengshi/.lock");
    let mut job = town.job(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let is_held = || fs::File::open(&lock).is_ok_and(|it| it.try_lock().is_err());
    let began = Instant::now();
    while !is_held() {
        assert!(began.elapsed() < Duration::from_secs(60), "the job takes no lock");
        std::thread::sleep(Duration::from_millis(2));
    }
    job.kill().unwrap();
    job.wait().unwrap();
    assert!(lock.is_file(), "the file is left, the lock is not");
    town.publish();
}
