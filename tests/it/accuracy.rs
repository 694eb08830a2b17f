//! Accuracy against planted truth, with floors that only rise.
//!
//! The figures describe synthetic counties, not the field. `exact` counts what can be decided
//! without linking damaged ids; `all` counts everything.

use std::path::Path;

use bulou::score::{self, Count, Score, Truth, links::Pairs};

use crate::support::{Town, bulou, repository, said};

/// The least precision and the least recall.
type Floor = (f64, f64);

/// What a county must reach when everything counts.
struct Floors {
    links: Floor,
    /// Pairs with a row whose id or name is damaged. What is lost is mostly what is asked and not
    /// decided: masked numbers, and two rows of the roster.
    hard_links: Floor,
    /// Who should be insured and is not: the list that goes to the doors.
    unenrolled: Floor,
    /// Findings that need both precision and recall.
    balanced: &'static [&'static str],
    /// Findings that accuse somebody and so must be right.
    precise: &'static [&'static str],
}

const BALANCED: &[&str] = &[
    "D01", "D02", "D03", "D04", "D05", "D06", "S01", "S02", "S03", "S04", "S05", "S06", "S07",
    "S08",
];

/// From so many planted findings on a share means something; below, single ones are counted.
const MANY: usize = 10;

fn score_of(run: &Path, truth: &Path) -> Score {
    let truth = Truth::read(truth).expect("the truth");
    let output = score::RunOutput::read(run, &truth).expect("the run");
    score::score(&output, &truth)
}

/// Precision and recall of each code that the truth plants, counting what exact identity can
/// decide, against the floors.
fn assert_exact(score: &Score, whose: &str) {
    for code in score.codes.iter().filter(|it| it.exact.planted > 0) {
        let floor = match code.code.as_str() {
            "E01" => (0.99, 0.99),
            // 不详 in the column of villages, or a wrong name beside a right code, is no finding.
            "Q05" => (0.95, 0.60),
            _ => (0.95, 0.90),
        };
        let measured = (code.exact.precision(), code.exact.recall());
        assert_above(measured, floor, &format!("{whose}: {}, exact", code.code));
    }
    let broken: Vec<_> = score.must_not.iter().filter(|it| !it.takes_linkage).collect();
    assert!(broken.is_empty(), "{whose}: must not be found: {broken:?}");
}

/// Links and findings, whatever it takes to decide them, against the floors.
fn assert_all(score: &Score, floors: &Floors, whose: &str) {
    let shares = |it: &Pairs| (it.precision(), it.recall());
    assert_above(shares(&score.links.all), floors.links, &format!("{whose}: links"));
    assert_above(shares(&score.links.hard), floors.hard_links, &format!("{whose}: hard links"));
    let count = |code: &str| score.code(code).map(|it| it.all).unwrap_or_default();
    let e01 = count("E01");
    assert_above((e01.precision(), e01.recall()), floors.unenrolled, &format!("{whose}: E01"));
    for code in floors.balanced {
        let it = count(code);
        let is_right =
            if it.planted < MANY { wrong(&it) <= 1 && missed(&it) <= 1 } else { it.f1() >= 0.95 };
        assert!(is_right, "{whose}: {code} {it:?}");
    }
    for code in floors.precise {
        let it = count(code);
        let is_right = if it.planted < MANY { wrong(&it) <= 1 } else { it.precision() >= 0.95 };
        assert!(is_right, "{whose}: {code} {it:?}");
    }
}

fn wrong(count: &Count) -> usize {
    count.found - count.right
}

fn missed(count: &Count) -> usize {
    count.planted - count.met
}

fn assert_above(measured: Floor, floor: Floor, of: &str) {
    assert!(
        measured.0 >= floor.0 && measured.1 >= floor.1,
        "{of}: precision {:.5} recall {:.5}, floors {floor:?}",
        measured.0,
        measured.1
    );
}

/// The score of a town of 6000 made for the test.
fn score_of_made_town(as_of: &str, options: &[&str]) -> Score {
    let folder = tempfile::TempDir::new().unwrap();
    let county = folder.path().join("made");
    let arg = |path: &Path| path.to_str().unwrap().to_string();
    let (rules, made) = (arg(&repository().join("pipelines/lengshi")), arg(&county));
    let mut args = vec!["synth", "--county", "430923109", "--people", "6000", "--as-of", as_of];
    args.extend(["--rules", &rules, "--out", &made]);
    args.extend(options);
    let synth = bulou(&args).output().unwrap();
    assert!(synth.status.success(), "{}", said(&synth));
    let out = folder.path().join("runs");
    let run = bulou(&["run", &made, "--as-of", as_of, "--out", &arg(&out)]).output().unwrap();
    assert!(run.status.success(), "{}", said(&run));
    score_of(&out.join("made/latest"), &county.join("truth"))
}

#[test]
fn the_samples_are_judged_as_the_truth_says() {
    let (town, _) = Town::published();
    let run = town.latest();
    let score = score_of(&run, &repository().join("data-samples/lengshi/truth"));
    assert_exact(&score, "samples");
    let floors = Floors {
        links: (0.9999, 0.9985),
        hard_links: (0.999, 0.95),
        unenrolled: (0.995, 0.995),
        balanced: BALANCED,
        precise: &["E02", "E03", "P03", "S02"],
    };
    assert_all(&score, &floors, "samples");
}

#[test]
fn a_town_of_another_seed_and_layout_is_judged_as_well() {
    let options = ["--seed", "90210", "--layout", "17", "--dirt", "1"];
    let score = score_of_made_town("2023-12-12", &options);
    assert_exact(&score, "seed 90210, layout 17");
    let floors = Floors {
        links: (0.9999, 0.998),
        hard_links: (0.999, 0.935),
        unenrolled: (0.997, 0.995),
        balanced: BALANCED,
        precise: &["E02", "E03", "P03", "S02"],
    };
    assert_all(&score, &floors, "seed 90210, layout 17");
}

#[test]
fn three_times_the_dirt_costs_questions_and_no_strangers() {
    let options = ["--seed", "31337", "--layout", "29", "--dirt", "3"];
    let score = score_of_made_town("2023-12-15", &options);
    assert_exact(&score, "three times the dirt");
    let floors = Floors {
        links: (0.9998, 0.997),
        hard_links: (0.998, 0.945),
        unenrolled: (0.995, 0.99),
        balanced: BALANCED,
        precise: &["E03", "P03"],
    };
    assert_all(&score, &floors, "three times the dirt");
}

#[test]
fn lists_that_come_whole_every_month_are_as_good_as_lists_with_days() {
    let options = ["--seed", "7", "--layout", "3", "--monthly-lists"];
    let score = score_of_made_town("2023-12-20", &options);
    assert_exact(&score, "monthly lists");
    for code in ["S01", "S02", "S03", "S06"] {
        let all = score.code(code).map(|it| it.all).unwrap_or_default();
        assert!(all.planted > 3, "{code} {all:?}");
        assert!(wrong(&all) == 0 && missed(&all) == 0, "monthly lists: {code} {all:?}");
    }
}
