//! Every locality's folder runs on the samples of an invented town of its own.

use std::fs;

use bulou::score::{self, Truth};

use crate::support::{bulou, repository, said};

/// The localities beside Lengshi, whose samples every other test uses, and a day of their year:
/// when late payments count, when a window is open again, when a wait runs, in the window.
const LOCALITIES: &[(&str, &str)] = &[
    ("dingtao", "2024-02-10"),
    ("shanwei", "2024-04-20"),
    ("zhoukou", "2024-09-15"),
    ("xihua", "2023-11-17"),
    ("taikang", "2023-11-17"),
];

/// Controls that a department can breach; all others are ours.
const OF_DEPARTMENTS: &[&str] = &["stated-total", "list-complete", "subsidy-list-whole"];

/// The findings about money, which follow from the locality's own rules.
const BY_POLICY: &[&str] =
    &["E01", "D03", "D04", "P02", "P05", "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08"];

#[test]
fn every_locality_runs_on_its_own_samples_and_finds_what_is_planted() {
    for (name, as_of) in LOCALITIES {
        let out = tempfile::tempdir().unwrap();
        let folder = repository().join("pipelines").join(name);
        let (folder, to) = (folder.to_str().unwrap(), out.path().to_str().unwrap());
        let args = ["run", folder, "--as-of", as_of, "--out", to, "--no-progress"];
        let output = bulou(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{name}: {}", said(&output));
        let run = out.path().join(name).join("latest");

        let manifest = fs::read_to_string(run.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        for control in manifest["controls"].as_array().unwrap() {
            let is_theirs = OF_DEPARTMENTS.contains(&control["control"].as_str().unwrap());
            assert!(is_theirs || control["passed"] == true, "{name}: {control}");
        }

        let truth = Truth::read(&repository().join("data-samples").join(name).join("truth"));
        let truth = truth.unwrap();
        let score = score::score(&score::RunOutput::read(&run, &truth).unwrap(), &truth);
        let broken: Vec<_> = score.must_not.iter().filter(|it| !it.takes_linkage).collect();
        assert!(broken.is_empty(), "{name}: must not be found: {broken:?}");
        for code in score.codes.iter().filter(|it| BY_POLICY.contains(&it.code.as_str())) {
            let it = code.exact;
            let all = (it.planted, it.found, it.right);
            assert!(
                it.planted == it.right && it.found == it.right,
                "{name}: {} {all:?}",
                code.code
            );
        }
    }
}
