//! Accuracy against planted truth, with floors that only rise.
//!
//! The figures describe synthetic counties, not the field. `exact` counts what can be decided
//! without linking damaged ids.

use std::path::Path;

use bulou::score::{self, Score, Truth};

use crate::support::{Town, bulou, repository, said};

fn score_of(run: &Path, truth: &Path) -> Score {
    let truth = Truth::read(truth).expect("the truth");
    let output = score::RunOutput::read(run, &truth).expect("the run");
    score::score(&output, &truth)
}

/// Precision and recall of each code that the truth plants, counting what exact identity can
/// decide, against the floors.
fn assert_floors(score: &Score, whose: &str) {
    for code in score.codes.iter().filter(|it| it.exact.planted > 0) {
        let (precision, recall) = (code.exact.precision(), code.exact.recall());
        let (least_precision, least_recall) = match code.code.as_str() {
            "E01" => (0.97, 0.97),
            // 不详 in the column of villages, or a wrong name beside a right code, is no finding.
            "Q05" => (0.95, 0.50),
            _ => (0.95, 0.90),
        };
        assert!(
            precision >= least_precision && recall >= least_recall,
            "{whose}: {} precision {precision:.3} recall {recall:.3}",
            code.code
        );
    }
    let broken: Vec<_> = score.must_not.iter().filter(|it| !it.takes_linkage).collect();
    assert!(broken.is_empty(), "{whose}: must not be found: {broken:?}");
}

#[test]
fn the_samples_are_judged_as_the_truth_says() {
    let town = Town::new();
    let run = town.publish();
    let score = score_of(&run, &repository().join("data-samples/lengshi/truth"));
    assert_floors(&score, "samples");
    assert!(score.links.precision() >= 0.999, "link precision {}", score.links.precision());
}

#[test]
fn a_town_of_another_seed_and_layout_is_judged_as_well() {
    let town = Town::new();
    let folder = tempfile::TempDir::new().unwrap();
    let county = folder.path().join("other");
    let arg = |path: &Path| path.to_str().unwrap().to_string();
    let synth = bulou(&[
        "synth",
        "--county",
        "430923109",
        "--people",
        "6000",
        "--seed",
        "90210",
        "--layout",
        "17",
        "--as-of",
        "2023-12-12",
        "--rules",
        &arg(&town.pipeline()),
        "--out",
        &arg(&county),
    ])
    .output()
    .unwrap();
    assert!(synth.status.success(), "{}", said(&synth));
    let out = folder.path().join("runs");
    let run = bulou(&["run", &arg(&county), "--as-of", "2023-12-12", "--out", &arg(&out)])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", said(&run));
    let score = score_of(&out.join("other/latest"), &county.join("truth"));
    assert_floors(&score, "seed 90210, layout 17");
}
