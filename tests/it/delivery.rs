//! Lists on their way: each once, to its own recipient, and what comes back.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Output,
    time::{Duration, Instant},
};

use bulou::{
    delivery::{self, Sent, Standing},
    history::{BatchNumber, RunName},
    publish::{Row, TableFile},
};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    city,
    support::{Town, bulou, files, said, sheet},
};

/// A Monday, and the days after it.
const MONDAY: &str = "2023-12-18";
const TUESDAY: &str = "2023-12-19";
const WEDNESDAY: &str = "2023-12-20";
const THURSDAY: &str = "2023-12-21";
const LENGSHI: &str = "430923109";

/// A small town and a share beside it.
struct Post {
    town: Town,
    share: TempDir,
}

impl Post {
    /// The section says `OUTBOX` where it means a folder of the share.
    fn new(section: &str) -> Post {
        let post = Post { town: Town::small(), share: TempDir::new().unwrap() };
        let section = section.replace("OUTBOX", post.outbox().to_str().unwrap());
        post.town.edit("pipeline.toml", |it| format!("{it}\n[delivery]\n{section}\n"));
        post
    }

    fn outbox(&self) -> PathBuf {
        self.share.path().join("outbox")
    }

    fn home(&self) -> PathBuf {
        self.town.out().join("lengshi")
    }

    fn call(&self, command: &str, more: &[&str]) -> Output {
        let (pipeline, out) = (self.town.pipeline(), self.town.out());
        let paths = [command, pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
        bulou(&[&paths, more].concat()).output().unwrap()
    }

    /// A night without its delivery.
    fn run(&self, as_of: &str) {
        let output = self.call("run", &["--as-of", as_of]);
        assert!(output.status.success(), "{}", said(&output));
    }

    /// Delivers; the exit status.
    fn deliver(&self, as_of: &str) -> i32 {
        let output = self.call("deliver", &["--as-of", as_of]);
        let code = output.status.code().unwrap();
        assert!([0, 5].contains(&code), "{}", said(&output));
        code
    }

    fn night(&self, as_of: &str) -> i32 {
        self.run(as_of);
        self.deliver(as_of)
    }

    fn recall(&self, batch: &str) -> Output {
        let home = self.home();
        let args = ["recall", home.to_str().unwrap(), batch, "--because", "口径有误"];
        bulou(&args).output().unwrap()
    }

    fn status(&self, as_of: &str) -> Value {
        let home = self.home();
        let args = ["status", home.to_str().unwrap(), "--as-of", as_of, "--json"];
        let output = bulou(&args).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What the status says of a recipient.
    fn of(&self, recipient: &str, as_of: &str) -> Value {
        let status = self.status(as_of);
        let all = status["recipients"].as_array().unwrap();
        all.iter().find(|it| it["code"] == recipient).cloned().unwrap_or(Value::Null)
    }

    /// The names in a folder of the outbox.
    fn names(&self, folder: &str) -> Vec<String> {
        let all = files(&self.outbox().join(folder));
        all.iter().map(|it| it.file_name().unwrap().to_str().unwrap().to_string()).collect()
    }

    /// The lines of the log of one event.
    fn log(&self, event: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.home().join("delivery/log.jsonl")).unwrap_or_default();
        let all = text.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
        all.filter(|it| it["event"] == event).collect()
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_list_goes_out_once_and_only_of_the_days_that_are_named() {
    let post = Post::new("weekdays = [\"mon\", \"thu\"]\noutbox = \"OUTBOX\"");
    fs::create_dir(post.outbox()).unwrap();
    let folder = "430923109-冷市镇";
    for day in [MONDAY, TUESDAY, WEDNESDAY] {
        assert_eq!(post.night(day), 0);
        assert_eq!(post.deliver(day), 0);
        let expected =
            ["430923109-冷市镇-2023-12-18.xlsx", "430923109-冷市镇-公示-2023-12-18.xlsx"];
        assert_eq!(post.names(folder), expected, "{day}");
    }
    let sent = post.log("sent");
    let batches: BTreeSet<&str> = sent.iter().map(|it| it["batch"].as_str().unwrap()).collect();
    assert_eq!((batches.len(), post.log("failed").len()), (sent.len(), 0), "each once");
    assert!(batches.iter().all(|it| it.starts_with(MONDAY)) && batches.len() > 3, "{batches:?}");
    // What is new since a recipient's last list is new since Monday's, which it has in hand.
    let last = {
        let (home, day) = (post.home(), THURSDAY.parse().unwrap());
        let sent = Sent::read(&home).unwrap();
        delivery::last_lists(&home, &sent, RunName::parse(WEDNESDAY), day)
    };
    assert_eq!(last.unwrap()[LENGSHI].batch.to_string(), "2023-12-18-430923109");
    assert_eq!(post.night(THURSDAY), 0);
    assert_eq!(post.names(folder).len(), 4);
    let published = post.home().join(THURSDAY).join("townships/430923109-冷市镇.xlsx");
    let delivered = post.outbox().join(folder).join("430923109-冷市镇-2023-12-21.xlsx");
    assert_eq!(fs::read(published).unwrap(), fs::read(delivered).unwrap());
    let last = &post.of(LENGSHI, THURSDAY)["sent"];
    assert_eq!(
        (&last["batch"], &last["due"]),
        (&"2023-12-21-430923109".into(), &"2023-12-25".into())
    );
}

#[test]
fn a_share_that_is_not_mounted_is_told_and_tried_again_and_not_made() {
    let post = Post::new("weekdays = [\"mon\", \"thu\"]\noutbox = \"OUTBOX\"");
    assert_eq!((post.night(MONDAY), post.night(TUESDAY)), (5, 5));
    assert!(!post.outbox().exists(), "a share is nobody's to make");
    let told = &post.of(LENGSHI, TUESDAY)["undelivered"];
    assert_eq!((&told["reason"], &told["tries"]), (&"outbox-missing".into(), &2.into()));
    assert_eq!(told["batch"], "2023-12-18-430923109");
    assert_eq!(told["since"], post.log("failed")[0]["at"]);
    fs::create_dir(post.outbox()).unwrap();
    assert_eq!((post.deliver(WEDNESDAY), post.deliver(WEDNESDAY)), (0, 0));
    assert_eq!(post.names("430923109-冷市镇").len(), 2);
    let last = post.of(LENGSHI, WEDNESDAY);
    assert_eq!((&last["undelivered"], &last["sent"]["due"]), (&Value::Null, &"2023-12-27".into()));
}

#[test]
fn a_list_that_is_overtaken_is_not_sent_any_more() {
    let post = Post::new("outbox = \"OUTBOX\"");
    assert_eq!(post.night(MONDAY), 5);
    post.run(TUESDAY);
    fs::create_dir(post.outbox()).unwrap();
    assert_eq!(post.deliver(TUESDAY), 0);
    assert!(files(&post.outbox()).iter().all(|it| it.to_str().unwrap().contains(TUESDAY)));
    assert_eq!(post.of(LENGSHI, TUESDAY)["undelivered"], Value::Null);
}

#[test]
fn a_program_is_told_what_to_send_and_what_fails_or_hangs_is_tried_again() {
    let script = r#"
case $(cat "$0.mode") in
  fail) exit 3;;
  hang) sleep 60;;
esac
echo "$BULOU_BATCH|$BULOU_RECIPIENT|$BULOU_RECIPIENT_NAME" >> "$0.called"
echo "$BULOU_FILES" | while read -r it; do test -f "$it" && basename "$it"; done >> "$0.files"
"#;
    let post = Post::new(
        "command = [\"sh\", \"OUTBOX\"]\ntimeout_seconds = 1\n\
         [[delivery.recipient]]\ncode = \"medical-insurance\"\ndeliver = false",
    );
    fs::write(post.outbox(), script).unwrap();
    let set = |mode: &str| fs::write(post.share.path().join("outbox.mode"), mode).unwrap();
    let reason = |day: &str| post.of(LENGSHI, day)["undelivered"]["reason"].clone();
    set("fail");
    assert_eq!((post.night(MONDAY), reason(MONDAY)), (5, "command-failed".into()));
    assert!(post.log("failed")[0]["detail"].as_str().unwrap().contains("status: 3"));
    set("hang");
    let began = Instant::now();
    assert_eq!((post.deliver(MONDAY), reason(MONDAY)), (5, "command-timed-out".into()));
    let n_recipients = post.log("failed").len() as u64 / 2;
    assert!(began.elapsed() < Duration::from_secs(2 * n_recipients + 2), "{:?}", began.elapsed());
    set("work");
    assert_eq!((post.deliver(MONDAY), post.deliver(MONDAY)), (0, 0));
    let called = fs::read_to_string(post.share.path().join("outbox.called")).unwrap();
    assert_eq!(called.lines().next(), Some("2023-12-18-430923109|430923109|冷市镇"));
    assert_eq!(called.lines().count() as u64, n_recipients, "once a recipient: {called}");
    assert!(!called.contains("medical-insurance"), "{called}");
    let names = fs::read_to_string(post.share.path().join("outbox.files")).unwrap();
    assert!(names.starts_with("430923109-冷市镇.xlsx\n430923109-冷市镇.xlsx\n"), "{names}");
}

#[test]
fn what_was_killed_before_its_receipt_is_the_same_file_again_and_no_second() {
    let post = Post::new("outbox = \"OUTBOX\"");
    fs::create_dir(post.outbox()).unwrap();
    post.night(MONDAY);
    let (delivered, sent) = (files(&post.outbox()), post.log("sent"));
    let log = post.home().join("delivery/log.jsonl");
    let text = fs::read_to_string(&log).unwrap();
    // The last receipt is lost, and the one before is half a line.
    let lines: Vec<&str> = text.lines().collect();
    let (torn, whole) = (lines[lines.len() - 2], &lines[..lines.len() - 2]);
    fs::write(&log, format!("{}\n{}", whole.join("\n"), &torn[..torn.len() / 2])).unwrap();
    assert_eq!(post.deliver(MONDAY), 0);
    assert_eq!(files(&post.outbox()), delivered);
    let text = fs::read_to_string(&log).unwrap();
    assert_eq!(text.lines().count(), sent.len() + 1, "the half line stays what it is");
    let readable = |it: &&str| serde_json::from_str::<Value>(it).is_ok();
    assert_eq!(text.lines().filter(readable).count(), sent.len());
    let known = Sent::read(&post.home()).unwrap();
    assert_eq!(known.receipts().count(), sent.len());
}

#[test]
fn what_is_there_under_the_name_is_never_written_over() {
    let post = Post::new("outbox = \"OUTBOX\"");
    let place = post.outbox().join("430923109-冷市镇/430923109-冷市镇-2023-12-18.xlsx");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(&place, "somebody's own").unwrap();
    assert_eq!(post.night(MONDAY), 5);
    assert_eq!(fs::read(&place).unwrap(), b"somebody's own");
    assert_eq!(post.of(LENGSHI, MONDAY)["undelivered"]["reason"], "differs");
    // A list that was changed since it was published is not what was found out.
    fs::remove_file(&place).unwrap();
    let list = post.home().join(MONDAY).join("townships/430923109-冷市镇.xlsx");
    let mut bytes = fs::read(&list).unwrap();
    bytes.push(0);
    fs::write(&list, bytes).unwrap();
    assert_eq!(post.deliver(MONDAY), 5);
    assert_eq!(post.of(LENGSHI, MONDAY)["undelivered"]["reason"], "changed");
    assert!(!place.exists());
}

#[test]
fn what_is_recalled_is_not_sent_and_void_and_the_next_list_goes_out() {
    let post = Post::new("outbox = \"OUTBOX\"");
    fs::create_dir(post.outbox()).unwrap();
    post.run(MONDAY);
    let output = post.recall("2023-12-18-430923109");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(post.deliver(MONDAY), 0);
    assert!(!post.outbox().join("430923109-冷市镇").exists());
    let others = post.log("sent").len();
    assert!(others > 2, "the others are sent");
    assert_eq!(post.night(TUESDAY), 0);
    let output = post.recall(TUESDAY);
    assert!(said(&output).contains("2023-12-19-430923109"), "a whole run: {}", said(&output));
    assert!(said(&post.recall(TUESDAY)).contains("recalled before"));
    let told = post.of(LENGSHI, WEDNESDAY);
    assert_eq!((&told["sent"], &told["recalled"]["because"]), (&Value::Null, &"口径有误".into()));
    let standing = |batch: &str| {
        let sent = Sent::read(&post.home()).unwrap();
        let as_of = WEDNESDAY.parse().unwrap();
        sent.standing(&BatchNumber::parse(batch).unwrap(), as_of).unwrap().standing
    };
    assert_eq!(standing("2023-12-19-430923109"), Standing::Recalled);
    assert_eq!(standing("2023-12-18-civil-affairs"), Standing::Current);
    for unknown in ["2023-12-17-430923109", "2023-12-18-430923110", "2023-12-17"] {
        assert_eq!(post.recall(unknown).status.code(), Some(1), "{unknown}");
    }
    assert_eq!(post.recall("冷市镇").status.code(), Some(2));
    let audit = fs::read_to_string(post.town.out().join("audit.jsonl")).unwrap();
    let acts =
        ["run", "recall", "deliver"].map(|it| audit.matches(&format!("\"act\":\"{it}\"")).count());
    assert_eq!(acts, [4, 12, 4], "two lines an act; what is no batch is none");
}

#[test]
fn a_recipient_has_its_own_outbox_and_the_county_gets_its_own_files() {
    let post = Post::new(
        "outbox = \"OUTBOX\"\n[[delivery.recipient]]\ncode = \"civil-affairs\"\n\
         outbox = \"OUTBOX/own\"\n[[delivery.recipient]]\ncode = \"county\"",
    );
    fs::create_dir_all(post.outbox().join("own")).unwrap();
    assert_eq!(post.night(MONDAY), 0);
    assert_eq!(post.names("own"), ["civil-affairs-民政局-2023-12-18.xlsx"]);
    assert!(!post.outbox().join("civil-affairs-民政局").exists());
    assert_eq!(post.names("county-县级"), ["progress-2023-12-18.xlsx", "report-2023-12-18.html"]);
}

#[test]
fn the_umask_decides_nothing() {
    let post = Post::new("outbox = \"OUTBOX\"");
    fs::create_dir(post.outbox()).unwrap();
    fs::set_permissions(post.outbox(), fs::Permissions::from_mode(0o755)).unwrap();
    post.run(MONDAY);
    let (pipeline, out) = (post.town.pipeline(), post.town.out());
    let output = std::process::Command::new("sh")
        .args(["-c", "umask 000; exec \"$0\" deliver \"$1\" --out \"$2\""])
        .arg(env!("CARGO_BIN_EXE_bulou"))
        .args([&pipeline, &out])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let state = post.home().join("delivery");
    assert_eq!(mode(&state), 0o700);
    for file in files(&state) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    for file in files(&post.outbox()) {
        assert_eq!(mode(&file), 0o640, "as the outbox lets them, but not all the world");
        assert_eq!(mode(file.parent().unwrap()), 0o750);
    }
}

#[test]
fn no_township_gets_another_townships_people() {
    let folder = TempDir::new().unwrap();
    let run = city::night(folder.path());
    let outbox = folder.path().join("outbox");
    fs::create_dir(&outbox).unwrap();
    let file = folder.path().join("towns/pipeline.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n[delivery]\noutbox = \"{}\"\n", outbox.display())).unwrap();
    let (pipeline, out) = (folder.path().join("towns"), folder.path().join("runs"));
    let args = ["deliver", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = bulou(&args).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let batches = TableFile::open(&run, "findings").unwrap().batches().unwrap();
    let of_finding: std::collections::BTreeMap<String, String> = batches
        .iter()
        .flat_map(Row::all)
        .map(|it| (it.text("finding"), it.text("township")))
        .collect();
    let mut n_rows = 0;
    for list in files(&outbox) {
        let folder = list.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let code = folder.split('-').next().unwrap();
        let name = list.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with(folder), "{name} in {folder}");
        if !code.starts_with("44") || name.contains("公示") {
            continue;
        }
        for row in ["入户名单", "其他核实"].iter().flat_map(|it| sheet(&list, it)) {
            let Some(finding) = row.last().filter(|it| it.starts_with('F')) else { continue };
            assert_eq!(of_finding[finding], code, "{finding} in {folder}");
            n_rows += 1;
        }
    }
    assert!(n_rows > 100, "{n_rows}");
    assert!(!outbox.join("000000000-乡镇不明").exists(), "nobody's list goes to nobody");
}

/// Writes what came back: batch, finding, name, answer.
fn answer(post: &Post, lines: &[[&str; 4]]) {
    let folder = post.town.pipeline().join("returned");
    fs::create_dir_all(&folder).unwrap();
    let mut text = "批次,编号,姓名,核查结果,佐证材料,核查日期\n".to_string();
    for [batch, finding, name, code] in lines {
        text += &format!("{batch},{finding},{name},{code},签字材料,2023-12-18\n");
    }
    fs::write(folder.join("冷市镇.csv"), text).unwrap();
    let source = "[[source]]\nname = \"returned\"\nkind = \"feedback\"\nsupplier = \"乡镇\"\n\
                  path = \"returned/*.csv\"\n";
    let pipeline = post.town.pipeline().join("pipeline.toml");
    if !fs::read_to_string(pipeline).unwrap().contains(source) {
        post.town.edit("pipeline.toml", |it| format!("{it}\n{source}"));
    }
}

/// People who should be insured and are not: finding and name.
fn unenrolled(run: &Path) -> Vec<(String, String)> {
    let batches = TableFile::open(run, "findings").unwrap().batches().unwrap();
    let rows = batches.iter().flat_map(Row::all).filter(|it| it.text("code") == "E01");
    rows.map(|it| (it.text("finding"), it.text("name"))).collect()
}

#[test]
fn a_list_that_comes_back_after_the_next_went_out_or_was_recalled_is_told_as_such() {
    let post = Post::new("outbox = \"OUTBOX\"");
    fs::create_dir(post.outbox()).unwrap();
    post.night(MONDAY);
    let e01 = unenrolled(&post.town.latest());
    let [(one, one_name), (two, two_name), (three, three_name), ..] = &e01[..] else {
        panic!("too few: {e01:?}")
    };
    let monday = format!("{MONDAY}-{LENGSHI}");
    let in_time = [monday.as_str(), one, one_name, "R1"];
    let late = |as_of: &str| {
        let status = post.status(as_of);
        let shown = |it: &Value| {
            let [batch, standing] = ["batch", "standing"].map(|key| it[key].as_str().unwrap());
            format!("{batch} {standing} {} = {} + {}", it["rows"], it["taken"], it["not_taken"])
        };
        status["late"].as_array().unwrap().iter().map(shown).collect::<Vec<_>>()
    };
    answer(&post, &[in_time]);
    post.run(TUESDAY);
    assert_eq!(post.of(LENGSHI, TUESDAY)["sent"]["returned"], 1, "under the number of that list");
    assert_eq!(post.deliver(TUESDAY), 0);
    assert!(late(TUESDAY).is_empty(), "it was there before Tuesday's list was made");
    assert_eq!(post.of(LENGSHI, TUESDAY)["sent"]["returned"], 0, "nothing of Tuesday's list");
    let of_nobody = ["2023-12-01-430923109", three, three_name, "R1"];
    answer(&post, &[in_time, [&monday, two, two_name, "R1"], of_nobody]);
    post.night(WEDNESDAY);
    let unknown = "2023-12-01-430923109 unknown 1 = 1 + 0";
    let superseded = "2023-12-18-430923109 superseded 1 = 1 + 0";
    assert_eq!(late(WEDNESDAY), [unknown, superseded]);
    assert!(post.recall(&monday).status.success());
    assert_eq!(late(WEDNESDAY), [unknown, "2023-12-18-430923109 recalled 2 = 2 + 0"]);
    let text = bulou(&["status", post.home().to_str().unwrap(), "--lang", "zh"]).output().unwrap();
    assert!(said(&text).contains("2023-12-18-430923109 已作废："), "{}", said(&text));
}

#[test]
fn the_lines_of_a_list_are_answered_closed_or_open_and_add_up() {
    let post = Post::new("weekdays = [\"mon\"]\ndays_to_answer = 3\noutbox = \"OUTBOX\"");
    fs::create_dir(post.outbox()).unwrap();
    post.night(MONDAY);
    let list = post.outbox().join("430923109-冷市镇/430923109-冷市镇-2023-12-18.xlsx");
    let n_rows = |name: &str| {
        let rows = sheet(&list, name);
        rows.iter().filter(|it| it.last().is_some_and(|it| it.starts_with('F'))).count()
    };
    let n_lines = n_rows("入户名单") + n_rows("其他核实");
    let e01 = unenrolled(&post.town.latest());
    let [one, two, ..] = &e01[..] else { panic!("too few: {e01:?}") };
    // One refuses, which stays; the other's answer closes.
    let batch = format!("{MONDAY}-{LENGSHI}");
    answer(&post, &[[&batch, &one.0, &one.1, "R1"], [&batch, &two.0, &two.1, "K1"]]);
    post.night(TUESDAY);
    let columns = manifest_columns(&post.town.latest());
    assert!(columns.contains(&("批次".into(), "batch".into())), "{columns:?}");
    let sent = |as_of: &str| post.of(LENGSHI, as_of)["sent"].clone();
    let counts = |it: &Value| {
        ["lines", "answered", "closed", "open", "overdue"].map(|key| it[key].as_u64().unwrap())
    };
    let n_lines = n_lines as u64;
    assert_eq!(counts(&sent(TUESDAY)), [n_lines, 2, 0, n_lines - 2, 0]);
    assert_eq!(
        (&sent(TUESDAY)["due"], &sent(TUESDAY)["overdue_days"]),
        (&THURSDAY.into(), &0.into())
    );
    assert_eq!(counts(&sent(THURSDAY))[4], 0, "the last day is in time");
    let late = sent("2023-12-24");
    assert_eq!((counts(&late)[4], &late["overdue_days"]), (n_lines - 2, &3.into()));
    let status = post.status("2023-12-24");
    let total = |key: &str| {
        let all = status["recipients"].as_array().unwrap().iter();
        all.filter_map(|it| it["sent"][key].as_u64()).sum::<u64>()
    };
    for key in ["lines", "answered", "closed", "open", "overdue"] {
        assert_eq!(status["total"][key], total(key), "{key}");
    }
    assert_eq!(total("lines"), total("answered") + total("closed") + total("open"));
    // What was open on Monday's list is due since then, also where a newer list has it.
    let monday = "2023-12-25";
    post.night(monday);
    let newer = sent("2023-12-26");
    assert_eq!(
        (&newer["batch"], &newer["due"]),
        (&"2023-12-25-430923109".into(), &THURSDAY.into())
    );
    assert!(counts(&newer)[4] > 0 && newer["overdue_days"] == 5, "{newer}");
    let text = bulou(&["status", post.home().to_str().unwrap(), "--as-of", "2023-12-26"]);
    let text = said(&{ text }.args(["--lang", "zh"]).output().unwrap());
    assert!(text.contains("430923109 冷市镇") && text.contains("逾期天数"), "{text}");
}

/// Headers of every input and what they were taken for.
fn manifest_columns(run: &Path) -> Vec<(String, String)> {
    let manifest: Value =
        serde_json::from_slice(&fs::read(run.join("manifest.json")).unwrap()).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    let columns = inputs.iter().flat_map(|it| it["columns"].as_array().unwrap());
    let text = |it: &Value| it.as_str().unwrap_or_default().to_string();
    columns.map(|it| (text(&it["header"]), text(&it["field"]))).collect()
}

#[test]
fn what_stood_on_a_list_outlives_its_run_while_it_is_somebodys_last() {
    let post = Post::new("outbox = \"OUTBOX\"\nweekdays = [\"mon\"]");
    fs::create_dir(post.outbox()).unwrap();
    post.night(MONDAY);
    let before = post.of(LENGSHI, TUESDAY)["sent"].clone();
    post.run(TUESDAY);
    let purge = |as_of: &str| {
        let home = post.home();
        let args = ["purge", home.to_str().unwrap(), "--older-than", "0", "--all"];
        let output = bulou(&args).args(["--as-of", as_of]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    };
    purge("2024-03-01");
    assert!(!post.home().join(MONDAY).exists());
    assert_eq!(post.of(LENGSHI, TUESDAY)["sent"]["lines"], before["lines"]);
    post.night("2023-12-25");
    purge("2024-03-01");
    let kept = files(&post.home().join("delivery"));
    let kept: Vec<&str> = kept.iter().map(|it| it.file_name().unwrap().to_str().unwrap()).collect();
    assert!(kept.contains(&"2023-12-25.parquet"), "{kept:?}");
    assert_eq!(kept.contains(&"2023-12-18.parquet"), has_last_of(&post, MONDAY), "{kept:?}");
    assert_eq!(post.log("sent").len(), Sent::read(&post.home()).unwrap().receipts().count());
}

/// Whether somebody's last list is of a run.
fn has_last_of(post: &Post, run: &str) -> bool {
    let status = post.status("2023-12-26");
    let all = status["recipients"].as_array().unwrap().iter();
    all.filter_map(|it| it["sent"]["batch"].as_str()).any(|it| it.starts_with(run))
}

#[test]
fn a_night_delivers_after_its_run_also_where_that_is_held_and_says_what_did_not_arrive() {
    let post = Post::new("outbox = \"OUTBOX\"");
    let told = post.share.path().join("told");
    let path = post.town.out().with_file_name("night.toml");
    let hook = format!(
        "on_failure = [\"sh\", \"-c\", 'echo $BULOU_STATUS $BULOU_AS_OF >> \"{}\"']",
        told.display()
    );
    let county = "[[county]]\npipeline = \"pipelines/lengshi\"\n";
    fs::write(&path, format!("[night]\nout = \"runs\"\nlog = \"json\"\n{hook}\n{county}")).unwrap();
    let night = |as_of: &str| {
        let output = bulou(&["night", path.to_str().unwrap(), "--as-of", as_of]).output().unwrap();
        (output.status.code(), said(&output))
    };
    assert_eq!(night(MONDAY).0, Some(5));
    assert_eq!(fs::read_to_string(&told).unwrap(), "undelivered 2023-12-18\n");
    // Tuesday's run is held; Monday's lists go out all the same.
    fs::create_dir(post.outbox()).unwrap();
    let feed = post.town.sample("居民医保缴费明细_202310.csv");
    let rows = fs::read(&feed).unwrap();
    let ends: Vec<usize> = (0..rows.len()).filter(|it| rows[*it] == b'\n').collect();
    fs::write(&feed, [&rows[..=ends[0]], &rows[ends[1] + 1..]].concat()).unwrap();
    post.town.edit("pipeline.toml", |it| {
        it.replace("[delivery]", "[publication]\nhold_on_breach = true\n[delivery]")
    });
    let (code, text) = night(TUESDAY);
    assert_eq!(code, Some(3), "{text}");
    assert!(text.contains("\"event\":\"sent\",\"batch\":\"2023-12-18-430923109\""), "{text}");
    assert_eq!(fs::read_to_string(&told).unwrap(), "undelivered 2023-12-18\nheld 2023-12-19\n");
    assert_eq!(post.names("430923109-冷市镇").len(), 2);
}

#[test]
fn a_recipient_that_no_list_can_be_for_is_refused_with_its_line() {
    let post = Post::new("outbox = \"OUTBOX\"\n[[delivery.recipient]]\ncode = \"taxx\"");
    for command in ["check", "deliver"] {
        let path = post.town.pipeline();
        let output = bulou(&[command, path.to_str().unwrap()]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("code = \"taxx\""), "{}", said(&output));
    }
    let town = Town::small();
    let output = bulou(&["deliver", town.pipeline().to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "no [delivery]: {}", said(&output));
}
