//! A process killed at any moment leaves the run before in place, and the next night is right.

use std::{
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};

use crate::support::{Town, files};

/// Whether a published run is whole: every file that the manifest names has the hash it states.
fn assert_whole(run: &std::path::Path) {
    let manifest = fs::read(run.join("manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("valid JSON");
    let outputs = manifest["outputs"].as_array().expect("outputs");
    assert!(outputs.len() > 5);
    for output in outputs {
        let path = run.join(output["path"].as_str().expect("a path"));
        let digest = Sha256::digest(fs::read(&path).expect("a published file"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(output["sha256"].as_str(), Some(hex.as_str()), "{}", path.display());
    }
}

#[test]
fn twenty_killed_runs_leave_whole_runs_only() {
    let town = Town::small();
    let began = Instant::now();
    let first = town.publish();
    let whole_run = began.elapsed();
    for point in 0..20u32 {
        let mut job = town.job(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Spread over the run, a little past its end, off the beat of its stages.
        let share = f64::from((point * 13) % 20) / 19.0;
        std::thread::sleep(Duration::from_secs_f64(whole_run.as_secs_f64() * (0.02 + share)));
        let _ = job.kill();
        job.wait().unwrap();
        assert_whole(&town.latest());
    }
    assert_whole(&first);
    let last = town.publish();
    assert_whole(&last);
    let left = fs::read_dir(town.out().join("lengshi")).unwrap();
    let left: Vec<String> =
        left.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(!left.iter().any(|it| it.starts_with(".staging")), "leftovers: {left:?}");
    assert!(files(&last).len() > 5);
}
