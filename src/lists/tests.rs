//! Small worlds: a line is one file of one month, its words are rows.
//!
//! `A低保` is a row of the person A, whose number is whole; `?A低保` one of the same name without a
//! number; `~A低保` one of the same name whose number lacks a digit, always in the same way. `A低保<2023-09-15` and `A低保>2023-10-01` state a day of their own. `!rejected`,
//! `!unreadable` and `!no-id` say what is wrong with the file. `2023-09'` is another file of that
//! month, `2023-09=` the same file again, `undated` one without a month.

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use super::*;
use crate::{
    clean::id_number::{IdKind, IdNumber, IdState},
    config::Pipeline,
    identity::{self, Setting},
    ingest::{Account, Field},
    tables::{Origin, Part, PartId, SourceKind, Subject, Tables},
};

static LENGSHI: LazyLock<(Pipeline, Policy)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/lengshi");
    let pipeline = Pipeline::open(&folder).expect("the pipeline of the samples loads");
    let policy = Policy::load(&pipeline).expect("the policy of the samples loads");
    (pipeline, policy)
});

const SURNAMES: &str = "张李王赵孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施孔曹严";
const GIVEN: [&str; 4] = ["秀英", "建国", "晓明", "玉兰"];

fn name(letter: char) -> String {
    let at = letter as usize - 'A' as usize;
    format!("{}{}", SURNAMES.chars().nth(at).unwrap(), GIVEN[at % 4])
}

fn number(letter: char) -> Option<IdNumber> {
    let at = letter as u16 - u16::from(b'A');
    let birth = NaiveDate::from_ymd_opt(1960 + i32::from(at), 3, 5)?;
    IdNumber::from_parts(430_923, birth, 101 + at)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day is yyyy-mm-dd")
}

/// What a world's lists become.
struct Kept {
    ingested: Ingested,
    identities: Identities,
    lists: Lists,
}

fn source(more: &str) -> Source {
    let text = format!(
        "name='民政'\nkind='category'\nsupplier='民政局'\npath='*'\nfull_list='monthly'\n{more}"
    );
    toml::from_str(&text).expect("a source")
}

fn keep_world(more: &str, world: &str) -> Kept {
    let (mut tables, mut accounts) = (Tables::default(), Vec::new());
    for line in world.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (file, rows) = line.split_once(' ').unwrap_or((line, ""));
        let part = PartId(tables.origins.parts.len() as u16);
        let month = file.get(..7).and_then(|it| format!("{it}-01").parse().ok());
        let (source_name, sheet) = ("民政".to_string(), String::new());
        let place = Part { source: 0, source_name, file: file.to_string(), sheet, month };
        tables.origins.parts.push(place);
        let marks: Vec<&str> =
            rows.split_whitespace().filter_map(|it| it.strip_prefix('!')).collect();
        let people = rows.split_whitespace().filter(|it| !it.starts_with('!'));
        for (at, word) in people.enumerate() {
            push(&mut tables, part, at as u32 + 2, word);
        }
        let accepted = tables.origins.rows.iter().filter(|it| it.part == part).count() as u64;
        accounts.push(account(part, file.trim_end_matches('='), accepted, &marks));
    }
    let identities = identity::identify(&tables, &Setting::plain(b"test"));
    let (rejects, diagnostics) = (Vec::new(), Vec::new());
    let mut ingested = Ingested { tables, rejects, diagnostics, accounts };
    let policy = &LENGSHI.1;
    let labels = ingested.tables.categories.iter().map(|it| it.label);
    let labels = policy.categories.index(&ingested.tables.texts, labels);
    let lists = keep(&[source(more)], policy, &labels, &mut ingested, &identities);
    Kept { ingested, identities, lists }
}

fn push(tables: &mut Tables, part: PartId, row: u32, word: &str) {
    let is_whole = !word.starts_with(['?', '~']);
    let mut letters = word.trim_start_matches(['?', '~']).chars();
    let letter = letters.next().expect("a person");
    let mut rest = letters.as_str();
    let mut days = [None, None];
    for (at, mark) in ['<', '>'].into_iter().enumerate().rev() {
        if let Some((label, text)) = rest.split_once(mark) {
            (rest, days[at]) = (label, Some(day(text)));
        }
    }
    let mut subject = Subject::unknown(RecordId(tables.origins.len() as u32));
    subject.id = number(letter).filter(|_| is_whole);
    if is_whole {
        (subject.id_kind, subject.id_state) = (IdKind::Citizen, IdState::Valid);
    }
    if word.starts_with('~') {
        (subject.id_kind, subject.id_state) = (IdKind::Citizen, IdState::WrongLength);
        subject.id_text = tables.texts.intern("43092319550305005");
    }
    subject.name = tables.texts.intern(&name(letter));
    let label = tables.texts.intern(rest);
    let [from, to] = days;
    tables.origins.rows.push(Origin { part, row });
    tables.categories.push(CategoryRow { subject, label, household: TextId::NONE, from, to });
}

fn account(part: PartId, sha256: &str, accepted: u64, marks: &[&str]) -> Account {
    let has = |mark: &str| marks.contains(&mark);
    let mut columns = vec![("姓名".to_string(), Some(Field::Name))];
    columns.extend((!has("no-id")).then(|| ("身份证号".to_string(), Some(Field::IdNumber))));
    let rejected = u64::from(has("rejected"));
    Account {
        part,
        kind: SourceKind::Category,
        supplier: "民政局".into(),
        encoding: "UTF-8".into(),
        sha256: sha256.into(),
        bytes: 1,
        header_rows: vec![1],
        is_usable: !has("unreadable"),
        columns,
        rows_read: accepted + rejected + 1,
        accepted,
        rejected,
        no_data: 1,
        sum_fen: 0,
        first_on: None,
        last_on: None,
        totals: Vec::new(),
    }
}

impl Kept {
    fn letter(&self, person: PersonId) -> String {
        let person = &self.identities.people[person.0 as usize];
        let letter = ('A'..='Z').find(|it| number(*it) == person.id);
        letter.map_or_else(|| "?".to_string(), |it| it.to_string())
    }

    /// The stays of each person: `A 低保 from..to`.
    fn stays(&self) -> String {
        let tables = &self.ingested.tables;
        let show = |row: &CategoryRow| {
            let person = self.identities.links[row.subject.record.0 as usize].person;
            let text = |it: Option<NaiveDate>| it.map_or(String::new(), |it| it.to_string());
            let label = tables.texts.get(row.label);
            format!("{} {label} {}..{}", self.letter(person), text(row.from), text(row.to))
        };
        let shown: BTreeSet<String> = tables.categories.iter().map(show).collect();
        shown.into_iter().collect::<Vec<_>>().join("\n")
    }

    /// What changed: `month A kind category [previous] [reason]`.
    fn changes(&self) -> String {
        let texts = &self.ingested.tables.texts;
        let show = |it: &Change| {
            let name = |category| self.lists.name(category, &LENGSHI.1, texts);
            let month = it.month.to_string();
            let mut shown = format!(
                "{} {} {} {}",
                &month[..7],
                self.letter(it.person),
                it.kind.code(),
                name(it.category)
            );
            it.previous.iter().for_each(|it| shown.push_str(&format!(" {}", name(*it))));
            it.reason.iter().for_each(|it| shown.push_str(&format!(" {}", it.code())));
            shown
        };
        let mut shown: Vec<String> = self.lists.changes.iter().map(show).collect();
        shown.sort();
        shown.join("\n")
    }

    /// What is wrong with the lists: `month rows/least flaws`.
    fn flaws(&self) -> String {
        let flawed = self.lists.lists.iter().filter(|it| !it.flaws.is_empty());
        let show = |it: &List| {
            let flaws: Vec<&str> = it.flaws.iter().map(|it| it.code()).collect();
            format!("{} {}/{} {}", &it.month.to_string()[..7], it.rows, it.least, flaws.join(" "))
        };
        flawed.map(show).collect::<Vec<_>>().join("\n")
    }
}

fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(world: &str, stays: &str, changes: &str) -> Kept {
    let kept = keep_world("", world);
    assert_eq!(kept.stays(), lines(stays), "stays of{world}");
    assert_eq!(kept.changes(), lines(changes), "changes of{world}");
    kept
}

#[test]
fn a_person_is_on_the_list_from_the_first_month_to_the_first_without() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 B低保 C低保 D低保 F低保
        2023-10 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-09-01
        F 低保 2023-09-01..
        ",
        "
        2023-09 E removed 低保对象
        2023-09 F added 低保对象
        ",
    );
}

#[test]
fn who_comes_back_has_a_second_stay() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 B低保 C低保 D低保
        2023-10 A低保 B低保 C低保 D低保 E低保
        2023-11 A低保 B低保 C低保 D低保 E特困
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-09-01
        E 低保 2023-10-01..2023-11-01
        E 特困 ..
        ",
        "
        2023-09 E removed 低保对象
        2023-10 E changed 低保对象 低保对象
        2023-11 E changed 特困人员 低保对象
        ",
    );
}

#[test]
fn a_month_without_a_file_is_bridged() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-11 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-11-01
        F 低保 2023-11-01..
        ",
        "
        2023-11 E removed 低保对象
        2023-11 F added 低保对象
        ",
    );
}

#[test]
fn a_broken_list_in_the_middle_removes_nobody_and_adds() {
    let kept = check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 F低保
        2023-10 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-10-01
        F 低保 2023-09-01..
        ",
        "
        2023-09 B withheld 低保对象 fewer-rows
        2023-09 C withheld 低保对象 fewer-rows
        2023-09 D withheld 低保对象 fewer-rows
        2023-09 E withheld 低保对象 fewer-rows
        2023-09 F added 低保对象
        2023-10 E removed 低保对象
        ",
    );
    assert_eq!(kept.flaws(), "2023-09 2/4 fewer-rows");
    let codes: Vec<&str> = kept.ingested.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["D133"]);
}

#[test]
fn a_broken_list_at_the_end_removes_nobody() {
    let kept = check(
        "
        2023-08 A低保 B低保 C低保
        2023-09 A低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        ",
        "
        2023-09 B withheld 低保对象 fewer-rows
        2023-09 C withheld 低保对象 fewer-rows
        ",
    );
    assert_eq!(kept.flaws(), "2023-09 1/2 fewer-rows");
}

#[test]
fn who_is_missing_on_a_broken_first_list_is_not_new_on_the_second() {
    let kept = check(
        "
        2023-08 A低保 B低保
        2023-09 A低保 B低保 C低保 D低保 E低保
        2023-10 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-10-01
        F 低保 2023-10-01..
        ",
        "
        2023-10 E removed 低保对象
        2023-10 F added 低保对象
        ",
    );
    assert_eq!(kept.flaws(), "2023-08 2/4 fewer-rows");
}

#[test]
fn a_fall_just_within_what_is_tolerated_removes() {
    let world = "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 B低保 C低保
        ";
    let flaws = |more| keep_world(more, world).flaws();
    assert_eq!(flaws(""), "2023-09 3/4 fewer-rows");
    assert_eq!(flaws("tolerated_change_percent = 39"), "");
    assert_eq!(flaws("tolerated_change_percent = 40"), "");
    assert_eq!(flaws("tolerated_change_percent = 200"), "");
    assert_eq!(flaws("tolerated_change_percent = 0"), "2023-09 3/5 fewer-rows");
    let kept = keep_world("tolerated_change_percent = 40", world);
    assert_eq!(kept.changes(), "2023-09 D removed 低保对象\n2023-09 E removed 低保对象");
}

#[test]
fn what_is_wrong_with_a_list_keeps_it_from_removing() {
    let world = |file: &str| {
        format!(
            "
            2023-08 A低保 B低保 C低保 D低保 E低保
            {file}
            2023-10 A低保 B低保 C低保 D低保 E低保
            "
        )
    };
    for (file, flaws) in [
        ("2023-09 A低保 B低保 C低保 D低保", ""),
        ("2023-09 A低保 B低保 C低保 D低保 !rejected", "2023-09 4/4 rows-rejected"),
        ("2023-09 A低保 B低保 C低保 D低保 !unreadable", "2023-09 4/4 unreadable column-missing"),
        ("2023-09 A低保 B低保 C低保 D低保 !no-id", "2023-09 4/4 column-missing"),
        ("2023-09 A低保 B低保\n2023-09' C低保 D低保", "2023-09 4/4 two-files"),
        ("2023-09 A低保 B低保 C低保 D低保\n2023-09= A低保 B低保 C低保 D低保", ""),
        ("2023-09 A低保 B低保\n2023-09= A低保 B低保", "2023-09 2/4 fewer-rows"),
    ] {
        let kept = keep_world("", &world(file));
        assert_eq!(kept.flaws(), flaws, "{file}");
        let is_removed = kept.changes().contains("E removed");
        assert_eq!(is_removed, flaws.is_empty(), "{file}\n{}", kept.changes());
    }
}

#[test]
fn the_only_list_says_nothing_of_before_and_after() {
    let kept = check("2023-08 A低保 B低保", "A 低保 ..\nB 低保 ..", "");
    assert_eq!(kept.flaws(), "2023-08 2/0 only-list");
    assert!(kept.lists.lists[0].is_whole() && kept.ingested.diagnostics.is_empty());
}

#[test]
fn a_list_without_a_month_adds_and_is_compared_with_nothing() {
    check(
        "
        2023-08 A低保 B低保
        2023-09 A低保 B低保
        undated C低保 A低保<2020-01-01
        ",
        "
        A 低保 ..
        A 低保 2020-01-01..
        B 低保 ..
        C 低保 ..
        ",
        "",
    );
}

#[test]
fn two_categories_of_one_source_are_followed_apart() {
    check(
        "
        2023-08 A低保 B低保 C特困 D特困 E低保 E特困 F低保
        2023-09 A特困 B低保 C特困 D特困 E低保 F低保 F特困
        ",
        "
        A 低保 ..2023-09-01
        A 特困 2023-09-01..
        B 低保 ..
        C 特困 ..
        D 特困 ..
        E 低保 ..
        E 特困 ..2023-09-01
        F 低保 ..
        F 特困 2023-09-01..
        ",
        "
        2023-09 A changed 特困人员 低保对象
        2023-09 E removed 特困人员
        2023-09 F added 特困人员
        ",
    );
}

#[test]
fn another_word_for_the_same_category_is_no_change() {
    check(
        "
        2023-08 A低保对象 B低保
        2023-09 A城乡低保 B低保
        ",
        "
        A 低保对象 ..
        A 城乡低保 ..
        B 低保 ..
        ",
        "",
    );
}

#[test]
fn a_category_that_is_gone_from_the_list_is_a_sheet_that_was_forgotten() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保 F低保 G低保 H低保 I特困
        2023-09 A低保 B低保 C低保 D低保 E低保 F低保 G低保 H低保
        2023-10 A低保 B低保 C低保 D低保 E低保 F低保 G低保 H低保 J特困
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..
        F 低保 ..
        G 低保 ..
        H 低保 ..
        I 特困 ..2023-10-01
        J 特困 2023-10-01..
        ",
        "
        2023-09 I withheld 特困人员 category-missing
        2023-10 I removed 特困人员
        2023-10 J added 特困人员
        ",
    );
}

#[test]
fn a_row_that_may_be_the_persons_keeps_the_person_on_the_list() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 ?F低保
        2023-09 ?A低保 B低保 C低保 D低保 F低保
        2023-10 A低保 B低保 C低保 E低保 F低保
        ",
        "
        ? 低保 ..
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..2023-10-01
        E 低保 2023-10-01..
        F 低保 ..
        ",
        "
        2023-09 A withheld 低保对象 maybe-listed
        2023-10 D removed 低保对象
        2023-10 E added 低保对象
        ",
    );
}

#[test]
fn a_namesake_who_was_always_beside_the_person_keeps_nobody() {
    let kept = keep_world(
        "",
        "
        2023-08 A低保 ~A低保 B低保 C低保 D低保 E低保
        2023-09 ~A低保 B低保 C低保 D低保 E低保
        ",
    );
    assert_eq!(kept.changes(), "2023-09 A removed 低保对象");
}

#[test]
fn a_move_to_another_category_counts_on_a_broken_list_too() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E特困
        2023-09 A特困 B低保
        2023-10 A特困 B低保 C低保 D低保 E特困
        ",
        "
        A 低保 ..2023-09-01
        A 特困 2023-09-01..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 特困 ..
        ",
        "
        2023-09 A changed 特困人员 低保对象
        2023-09 C withheld 低保对象 fewer-rows
        2023-09 D withheld 低保对象 fewer-rows
        2023-09 E withheld 特困人员 fewer-rows
        ",
    );
}

#[test]
fn a_rows_own_days_stay_and_stand_for_the_rows_beside_it() {
    check(
        "
        2023-08 A低保<2020-05-01 B低保 C低保 D低保 E低保 F低保
        2023-09 A低保 B低保<2021-06-01 C低保>2023-09-15 D低保>2023-08-20 E低保 F低保
        2023-10 A低保 B低保 E低保>2023-12-01 F低保>1900-01-01 G低保<2023-07-01
        ",
        "
        A 低保 2020-05-01..
        B 低保 2021-06-01..
        C 低保 ..2023-09-15
        D 低保 ..2023-08-20
        E 低保 ..2023-12-01
        F 低保 ..1900-01-01
        F 低保 ..2023-10-01
        G 低保 2023-07-01..
        ",
        "
        2023-09 D removed 低保对象
        2023-10 C removed 低保对象
        2023-10 F removed 低保对象
        2023-10 G added 低保对象
        ",
    );
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let months = [
        "2023-08 A低保 B低保 C低保 D低保 E低保 ?F低保",
        "2023-09 ?A低保 B低保 C特困 D低保 F低保 E低保",
        "2023-10 C特困 E低保 A低保 B低保 F低保 F特困",
    ];
    let turned = |line: &&str| {
        let mut words: Vec<&str> = line.split(' ').collect();
        words[1..].reverse();
        words.join(" ")
    };
    let kept = keep_world("", &months.join("\n"));
    let mirrored: Vec<String> = months.iter().rev().map(turned).collect();
    let mirrored = keep_world("", &mirrored.join("\n"));
    assert_eq!((kept.stays(), kept.changes()), (mirrored.stays(), mirrored.changes()));
    let order = |it: &Kept| {
        let key = |change: &Change| {
            let person = &it.identities.people[change.person.0 as usize];
            (change.month, person.key, change.kind, change.category)
        };
        it.lists.changes.iter().map(key).collect::<Vec<_>>()
    };
    assert_eq!(order(&kept), order(&mirrored));
    assert!(kept.lists.changes.len() > 3);
}
