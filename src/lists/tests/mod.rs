//! Small worlds: a line is one file of one month, its words are rows.
//!
//! `A低保` is a row of the person A, whose number is whole; `?A低保` one of the same name without a
//! number; `~A低保` one of the same name whose number lacks a digit, always in the same way. `A低保<2023-09-15` and `A低保>2023-10-01` state a day of their own. `!rejected`,
//! `!unreadable` and `!no-id` say what is wrong with the file. `2023-09'` is another file of that
//! month, `2023-09=` the same file again, `undated` one without a month.

mod broken;
mod stays;

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
