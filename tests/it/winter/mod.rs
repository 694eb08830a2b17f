//! A simulated winter: thirty nights of two townships whose whole truth is known, with the lists that
//! come back. After every night each case is what an independent model of its life expects, and
//! what must hold of all cases holds.

mod clerks;
mod model;
mod world;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use bulou::publish::{Row, TableFile};
use chrono::NaiveDate;
use tempfile::TempDir;

use self::{
    clerks::{About, Errand, MESSES, Mess, Returned, work},
    model::{Case, Given},
    world::{Dice, TOWNSHIPS, World, date, pipeline},
};
use crate::{
    clerk::{List, workbook},
    support::{bulou, copy_pipelines, said, sheet},
};

/// A row of cases.parquet.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    code: String,
    person: String,
    township: String,
    state: String,
    why: String,
    first_seen: NaiveDate,
    last_seen: NaiveDate,
    nights: i64,
    reopened: i64,
    closed_by: String,
    closed_on: Option<NaiveDate>,
    answer: String,
    answered_on: Option<NaiveDate>,
    until: Option<NaiveDate>,
    evidence: Option<i64>,
}

impl Line {
    fn is_open(&self) -> bool {
        self.state != "closed"
    }

    fn shown(&self) -> String {
        let on = self.closed_on.map_or(String::new(), |it| it.to_string());
        // Of two that contradict each other neither is the answer, also when the data overtake them.
        let is_settled = self.why != "contradicted" && self.closed_by != "data";
        let answer = if is_settled { &self.answer } else { "?" };
        format!(
            "{} [{}] since {} {} nights, reopened {}, closed {} {on}, answer {answer}",
            self.state, self.why, self.first_seen, self.nights, self.reopened, self.closed_by
        )
    }
}

fn rows<T>(run: &Path, table: &str, read: impl Fn(Row<'_>) -> T) -> Vec<T> {
    let batches = TableFile::open(run, table).unwrap().batches().unwrap();
    batches.iter().flat_map(Row::all).map(read).collect()
}

fn book(run: &Path) -> BTreeMap<String, Line> {
    let line = |it: Row<'_>| Line {
        code: it.text("code"),
        person: it.text("person"),
        township: it.text("township"),
        state: it.text("state"),
        why: it.text("why"),
        first_seen: it.date("first_seen").unwrap(),
        last_seen: it.date("last_seen").unwrap(),
        nights: it.integer("nights").unwrap(),
        reopened: it.integer("reopened").unwrap(),
        closed_by: it.text("closed_by"),
        closed_on: it.date("closed_on"),
        answer: it.text("answer"),
        answered_on: it.date("answered_on"),
        until: it.date("answer_until"),
        evidence: it.integer("evidence"),
    };
    rows(run, "cases", |it| (it.text("finding"), line(it))).into_iter().collect()
}

/// A winter that is going on.
struct Winter {
    folder: TempDir,
    world: World,
    dice: Dice,
    tray: Vec<Returned>,
    /// What the model expects of each person's number and code.
    cases: BTreeMap<(String, String), Case>,
    /// Person key → number.
    numbers: BTreeMap<String, String>,
    before: BTreeMap<String, Line>,
    /// How many answers of each kind of mess have been handed in.
    answered: BTreeMap<String, usize>,
    /// On how many nights a case stood so, or moved.
    happened: BTreeMap<String, usize>,
}

impl Winter {
    fn new(seed: u64, size: u32, nights: u32) -> Winter {
        let folder = TempDir::new().unwrap();
        copy_pipelines(folder.path());
        pipeline(&folder.path().join("pipelines/winter"));
        Winter {
            folder,
            world: World::new(seed, size, nights),
            dice: Dice(seed ^ 0xff),
            tray: Vec::new(),
            cases: BTreeMap::new(),
            numbers: BTreeMap::new(),
            before: BTreeMap::new(),
            answered: BTreeMap::new(),
            happened: BTreeMap::new(),
        }
    }

    /// Runs a night on that night's files.
    fn night(&self, night: u32) -> PathBuf {
        let home = self.folder.path().join("pipelines/winter");
        self.world.write(&home, night);
        self.tray.iter().for_each(|it| it.place(&home.join("returned"), night));
        let out = self.folder.path().join("runs");
        let args = ["run", home.to_str().unwrap(), "--out", out.to_str().unwrap()];
        let as_of = date(night).to_string();
        let output = bulou(&args).args(["--as-of", &as_of]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        out.join("winter/latest").canonicalize().unwrap()
    }

    /// Turns the model's page: what is found of whom, and which answers lie there.
    fn turn(&mut self, night: u32) {
        let today = date(night);
        let read: Vec<&(About, Given)> = self
            .tray
            .iter()
            .filter(|it| it.nights.contains(&night))
            .flat_map(|it| &it.says)
            .collect();
        for person in &self.world.people {
            let found = person.finding(night);
            for code in ["E01", "E02", "E03"] {
                let key = (person.number.clone(), code.to_string());
                let before = self.cases.remove(&key);
                let evidence = found.as_ref().filter(|it| it.0 == code).map(|it| it.1.as_str());
                let by_hand = About::Person(person.number.clone());
                // A row by hand answers what is open of the person, which the township is asked.
                let hears = |about: &About| match about {
                    About::Person(_) => *about == by_hand && code != "E03",
                    About::Finding(finding) => {
                        let case = self.before.get(finding).expect("a finding that was sent out");
                        case.code == code && self.numbers[&case.person] == person.number
                    }
                };
                let given: Vec<Given> =
                    read.iter().filter(|it| hears(&it.0)).map(|it| it.1.clone()).collect();
                let case = Case::turn(before, evidence, &given, today);
                self.cases.extend(case.map(|it| (key, it)));
            }
        }
    }

    /// Compares the published book with the model.
    fn compare(&self, night: u32, book: &BTreeMap<String, Line>) {
        let mut seen = BTreeSet::new();
        for (finding, line) in book.iter().filter(|it| ["E01", "E02", "E03"].contains(&&*it.1.code))
        {
            let key = (self.numbers[&line.person].clone(), line.code.clone());
            let expected = self.cases.get(&key).map(Case::shown);
            assert_eq!(Some(line.shown()), expected, "night {night}, {finding} of {key:?}");
            seen.insert(key);
        }
        let missed: Vec<_> = self.cases.keys().filter(|it| !seen.contains(it)).collect();
        assert!(missed.is_empty(), "night {night}: no case of {missed:?}");
    }

    /// The lists for the doors are the open cases of the townships' people, each in its township.
    fn compare_lists(&self, night: u32, run: &Path, book: &BTreeMap<String, Line>) {
        for township in TOWNSHIPS {
            let mut expected: Vec<String> = Vec::new();
            for person in self.world.people.iter().filter(|it| it.township(night) == township) {
                let Some((code @ ("E01" | "E02"), _)) = person.finding(night) else { continue };
                let key = (person.number.clone(), code.to_string());
                if self.cases[&key].is_open() {
                    expected.push(person.name.clone());
                }
            }
            let list = List::of(run, township);
            let mut listed: Vec<String> =
                (0..list.rows.len()).map(|it| list.text(it, "姓名")).collect();
            expected.sort();
            listed.sort();
            assert_eq!(listed, expected, "night {night}, {township}");
            let others = sheet(&workbook(run, township), "其他核实");
            let is_id = |it: &&String| it.starts_with('F') && it.len() == 17;
            let others = others.iter().flatten().filter(is_id).cloned();
            for finding in list.findings().into_iter().chain(others) {
                assert!(book[&finding].is_open(), "night {night}: {finding} is closed");
            }
        }
    }

    /// What holds of every case on every night, whatever the story.
    fn check(&self, night: u32, run: &Path, book: &BTreeMap<String, Line>) {
        let today = date(night);
        let tonight: BTreeSet<String> =
            rows(run, "findings", |it| it.text("finding")).into_iter().collect();
        assert!(tonight.iter().all(|it| book.contains_key(it)), "every finding has its case");
        for (finding, old) in &self.before {
            let new =
                book.get(finding).unwrap_or_else(|| panic!("night {night}: {finding} is lost"));
            let is_found = tonight.contains(finding);
            assert_eq!(new.first_seen, old.first_seen);
            assert_eq!(new.nights, old.nights + i64::from(is_found), "night {night}, {finding}");
            let back = new.reopened - old.reopened;
            let told = format!("night {night}, {finding}: {} -> {}", old.shown(), new.shown());
            assert!((0..=1).contains(&back) && (back == 0 || !old.is_open()), "{told}");
            let is_back = old.closed_by == "answer" && new.is_open();
            let has_changed = new.evidence != old.evidence;
            let has_expired = old.until.is_some_and(|it| it < today);
            let has_other_answer = (&new.answer, new.answered_on) != (&old.answer, old.answered_on);
            let is_contradicted = new.why == "contradicted";
            assert!(
                !is_back || has_changed || has_expired || has_other_answer || is_contradicted,
                "{told}"
            );
            let is_told = !new.why.is_empty() || new.state == "answered" || !new.is_open();
            assert!(back == 0 || is_told, "{told}");
        }
        for (finding, it) in book {
            assert_eq!(it.is_open(), it.closed_by.is_empty(), "{finding}");
            assert_eq!(it.last_seen == today, tonight.contains(finding), "{finding}");
            let is_first = !self.before.contains_key(finding);
            assert!(!is_first || it.nights == 1 && it.first_seen == today, "{finding}");
        }
    }

    /// Counts what happens to cases, so that a winter in which nothing happens is no test.
    fn count(&mut self, book: &BTreeMap<String, Line>) {
        for (finding, it) in book {
            let by = if it.closed_by.is_empty() {
                String::new()
            } else {
                format!("by {}", it.closed_by)
            };
            let word = [it.state.as_str(), &it.why, &by].into_iter().filter(|it| !it.is_empty());
            *self.happened.entry(word.collect::<Vec<_>>().join(" ")).or_default() += 1;
            if self.before.get(finding).is_some_and(|old| old.township != it.township) {
                *self.happened.entry("moved".to_string()).or_default() += 1;
            }
        }
    }

    /// Hands tonight's list to a clerk.
    fn hand_out(&mut self, night: u32, run: &Path, mess: Mess) {
        let township = TOWNSHIPS[self.dice.below(2) as usize];
        let mut list = List::of(run, township);
        if mess == Mess::Together {
            let other = TOWNSHIPS.iter().find(|it| **it != township).unwrap();
            list.rows.extend(List::of(run, other).rows);
        }
        let number = |finding: &str| self.numbers[&self.before[finding].person].clone();
        let files = work(&Errand { night, mess }, list, &number, &mut self.dice);
        for file in &files {
            *self.answered.entry(format!("{mess:?}")).or_default() += file.says.len();
        }
        self.tray.extend(files);
    }
}

/// What must have happened to some case in a whole winter: state, why, what closed it.
const MOVES: [&str; 13] = [
    "new",
    "open",
    "answered",
    "answered contradicted",
    "answered expired",
    "answered no-proof",
    "answered unreadable",
    "closed by answer",
    "closed by data",
    "reopened evidence-changed",
    "reopened expired",
    "reopened found-again",
    "moved",
];

fn live(seed: u64, size: u32, nights: u32) {
    let mut winter = Winter::new(seed, size, nights);
    for night in 0..nights {
        let run = winter.night(night);
        let numbers = rows(&run, "persons", |it| (it.text("person"), it.text("id_number")));
        winter.numbers.extend(numbers);
        winter.turn(night);
        let book = book(&run);
        winter.compare(night, &book);
        winter.compare_lists(night, &run, &book);
        winter.check(night, &run, &book);
        winter.count(&book);
        winter.before = book;
        winter.hand_out(night, &run, MESSES[night as usize % MESSES.len()]);
    }
    let happened = &winter.happened;
    let missing: Vec<&&str> = MOVES.iter().filter(|it| !happened.contains_key(**it)).collect();
    assert!(nights < 30 || missing.is_empty(), "{missing:?} have not happened: {happened:?}");
    let is_silent = |it: &Mess| winter.answered.get(&format!("{it:?}")).is_none_or(|it| *it == 0);
    let silent: Vec<&Mess> =
        MESSES.iter().take(nights as usize).filter(|it| is_silent(it)).collect();
    assert_eq!(
        silent,
        [&Mess::Empty].into_iter().take(usize::from(nights >= 15)).collect::<Vec<_>>()
    );
}

#[test]
fn thirty_nights_of_two_townships_are_as_the_story_has_them() {
    live(1, 112, 30);
}

#[test]
fn another_winter_of_other_people_is_too() {
    live(8, 112, 20);
}
