//! A process killed at any moment leaves the run before in place, and the next night is right.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use bulou::history::{self, RunName};
use sha2::{Digest, Sha256};

use crate::support::{AS_OF, Town, bulou, files, said, sheet};

/// How many runs are killed.
const POINTS: u64 = 100;

/// The night after those that are killed.
const NEXT: &str = "2023-12-21";

/// Whether a published run is whole: every file that the manifest names has the hash it states, and
/// nothing lies beside them but the manifest, the timings and figures on their way to the history.
fn assert_whole(run: &Path) {
    let manifest = fs::read(run.join("manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("valid JSON");
    let outputs = manifest["outputs"].as_array().expect("outputs");
    assert!(outputs.len() > 5);
    let mut named: BTreeSet<_> =
        ["manifest.json", "timings.json", ".history.parquet"].map(|it| run.join(it)).into();
    for output in outputs {
        let path = run.join(output["path"].as_str().expect("a path"));
        let digest = Sha256::digest(fs::read(&path).expect("a published file"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(output["sha256"].as_str(), Some(hex.as_str()), "{}", path.display());
        named.insert(path);
    }
    let strange: Vec<_> = files(run).into_iter().filter(|it| !named.contains(it)).collect();
    assert!(strange.is_empty(), "nobody wrote down {strange:?}");
}

fn names(home: &Path) -> Vec<String> {
    let names = fs::read_dir(home).unwrap().map(|it| it.unwrap().file_name());
    names.map(|it| it.to_string_lossy().into_owned()).collect()
}

/// The published runs of a folder, the oldest first.
fn runs(home: &Path) -> Vec<RunName> {
    let mut runs: Vec<RunName> = names(home).iter().filter_map(|it| RunName::parse(it)).collect();
    runs.sort();
    runs
}

/// Whether everything in a pipeline's folder fits together after a kill. Returns what `latest` says:
/// the newest run, or an older one where kills fell between move and link.
fn assert_consistent(home: &Path) -> RunName {
    let published = runs(home);
    let newest = published.last().expect("a run is left").to_string();
    let latest = home.join("latest").canonicalize().expect("latest resolves");
    let latest = RunName::parse(&latest.file_name().unwrap().to_string_lossy()).expect("a run");
    assert!(published.contains(&latest));
    assert_whole(&home.join(latest.to_string()));
    assert_whole(&home.join(newest));
    // Names are given in turn, and the figures of a run are in the history or still in its folder.
    for (nth, run) in published.iter().enumerate() {
        let expected = if nth == 0 { String::new() } else { format!(".{}", nth + 1) };
        assert_eq!(run.to_string(), format!("{}{expected}", run.as_of));
        let kept = home.join(format!("history/{run}.parquet")).is_file();
        let waits = home.join(run.to_string()).join(".history.parquet").is_file();
        assert!(kept != waits, "{run}: in the history {kept}, in its folder {waits}");
    }
    let kept = history::runs(home).unwrap();
    assert!(
        kept.iter().all(|it| published.contains(it)),
        "figures of a run that is none: {kept:?}"
    );
    latest
}

/// Numbers in `0..1` that follow from a seed.
struct Points(u64);

impl Points {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1u32 << 31)
    }
}

/// How long a run takes, and how long from the first sign of its staging folder to its end.
struct Pace {
    whole: Duration,
    publication: Duration,
}

impl Pace {
    fn of(town: &Town) -> Pace {
        let (began, mut job) = (Instant::now(), start(town));
        wait_for_staging(town, &mut job);
        let staged = began.elapsed();
        job.wait().unwrap();
        Pace { whole: began.elapsed(), publication: began.elapsed() - staged }
    }
}

fn start(town: &Town) -> Child {
    town.job(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until a run begins to write, or has ended.
fn wait_for_staging(town: &Town, job: &mut Child) {
    let home = town.out().join("lengshi");
    let id = format!(".staging-{}", job.id());
    while !home.join(&id).exists() && job.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(300));
    }
}

/// Waits until the staging folder has moved, or the run has ended.
fn wait_for_move(town: &Town, job: &mut Child) {
    let staging = town.out().join(format!("lengshi/.staging-{}", job.id()));
    while staging.exists() && job.try_wait().unwrap().is_none() {
        std::hint::spin_loop();
    }
}

/// Kills a run at a random moment: of all of it, of its publication, or right after its move.
fn kill_one(town: &Town, pace: &Pace, point: u64, points: &mut Points) {
    let mut job = start(town);
    let part = |whole: Duration, share: f64| Duration::from_secs_f64(whole.as_secs_f64() * share);
    let wait = match point % 5 {
        0 | 1 => part(pace.whole, points.next() * 1.05),
        2 | 3 => {
            wait_for_staging(town, &mut job);
            part(pace.publication, points.next() * 1.1)
        }
        _ => {
            wait_for_staging(town, &mut job);
            wait_for_move(town, &mut job);
            // The move, the history and the link are a few flushes one after the other.
            Duration::from_secs_f64(points.next() * points.next() * 0.006)
        }
    };
    std::thread::sleep(wait);
    let _ = job.kill();
    job.wait().unwrap();
}

/// Everything a night leaves in a folder of runs, but for its clock.
fn night(town: &Town, out: &Path, as_of: &str) -> Vec<(String, Vec<u8>)> {
    let pipeline = town.pipeline();
    let args = ["run", pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = bulou(&args).args(["--as-of", as_of]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let run = out.join("lengshi/latest").canonicalize().unwrap();
    assert!(run.ends_with(as_of), "{}", run.display());
    let name = |it: &Path| it.strip_prefix(&run).unwrap().to_string_lossy().into_owned();
    let all = files(&run).into_iter().map(|it| (name(&it), fs::read(&it).unwrap()));
    all.filter(|it| it.0 != "timings.json").collect()
}

#[test]
fn a_hundred_killed_runs_leave_whole_runs_only_and_the_next_night_is_right() {
    let town = Town::of(60);
    let home = town.out().join("lengshi");
    let first = town.publish();
    let pace = Pace::of(&town);
    let mut points = Points(20_231_220);
    let mut linked = assert_consistent(&home);
    let (mut published, mut cut_short, mut half_moved) = (0, 0, 0);
    for point in 0..POINTS {
        let before = runs(&home).len();
        kill_one(&town, &pace, point, &mut points);
        let now = assert_consistent(&home);
        assert!(linked <= now, "latest has gone back from {linked} to {now}");
        linked = now;
        published += runs(&home).len() - before;
        cut_short += usize::from(names(&home).iter().any(|it| it.starts_with(".staging-")));
        half_moved += usize::from(runs(&home).last() != Some(&linked));
    }
    let told = format!("{published} published, {cut_short} cut short, {half_moved} not linked");
    assert!(published >= 5 && cut_short >= 20, "the points miss the publication: {told}");
    assert_whole(&first);
    let last = night(&town, &town.out(), NEXT);
    assert_whole(&town.latest());
    let left: Vec<String> = names(&home).into_iter().filter(|it| it.starts_with('.')).collect();
    assert!(left.iter().all(|it| it == ".lock"), "leftovers: {left:?}");
    let kept = history::runs(&home).unwrap();
    assert_eq!(kept.len(), runs(&home).len(), "the history has no gap");
    history::read(&home).expect("every file of the history is whole");
    // The same two nights in a folder of runs where nobody was ever killed.
    let quiet = town.out().with_file_name("quiet");
    night(&town, &quiet, AS_OF);
    let expected = night(&town, &quiet, NEXT);
    let names = |it: &[(String, Vec<u8>)]| it.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
    assert_eq!(names(&last), names(&expected));
    let differing = last.iter().zip(&expected).filter(|(a, b)| a.1 != b.1);
    // The number of the list before is that of its run: the sheet of changes names it, and the
    // manifest has the sheet's hash.
    let names_it = |it: &str| it.starts_with("townships/") || it == "manifest.json";
    let differing: Vec<&String> = differing.map(|it| &it.0.0).filter(|it| !names_it(it)).collect();
    for name in ["入户名单", "其他核实"] {
        let read = |out: &Path| {
            let run = out.join("lengshi/latest").canonicalize().unwrap();
            sheet(&run.join("townships/430923109-冷市镇.xlsx"), name)
        };
        assert_eq!(read(&town.out()), read(&quiet), "{name}");
    }
    assert!(differing.is_empty(), "{differing:?} differ from a night that was never disturbed");
}
