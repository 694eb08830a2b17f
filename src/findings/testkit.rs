//! Rules, and tables over all persons, are tested on small worlds written as text; this is the
//! only caller of a rule in tests.
//!
//! A line is one source row: its kind, an id, a name, and `key=value` pairs of the kind's own
//! columns. Ids are single letters that stand for valid generated numbers, or `-` for none. The
//! villages are those of `pipelines/lengshi`, and so is the policy unless a test names another.

use std::{path::Path, sync::LazyLock};

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::{Find, Finding, Rule, RunView};
use crate::{
    clean::{
        Cell,
        id_number::{IdKind, IdNumber, IdState},
        money::read_fen,
        sex::Sex,
    },
    config::{Level, Pipeline, Resolved, RuleFolders},
    diagnostic::Lang,
    identity::{self, PersonFiles},
    ingest::{Account, StatedTotal, Unit},
    ledger::{self, Context},
    policy::Policy,
    tables::*,
};

static RULES_OF_LENGSHI: LazyLock<(Pipeline, Policy)> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/lengshi");
    let pipeline = Pipeline::open(&folder).expect("the pipeline of the samples loads");
    let policy = Policy::load(&pipeline).expect("the policy of the samples loads");
    (pipeline, policy)
});

/// The day most tests look at the world from: inside the window, eleven days before it closes.
pub const INSIDE: &str = "2023-12-20";
/// A day after the window.
pub const AFTER: &str = "2024-03-01";

/// Runs one rule on a world and compares what it finds, a line a finding:
/// `letters rows [case] [expected/actual in yuan]`.
pub fn check(rule: &'static Rule, as_of: &str, world: &str, expected: &str) {
    check_by(&RULES_OF_LENGSHI.1, rule, as_of, world, expected);
}

/// The same under the rules of another folder of `pipelines/`.
pub fn check_in(locality: &str, rule: &'static Rule, as_of: &str, world: &str, expected: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines").join(locality);
    let year = RULES_OF_LENGSHI.1.year;
    let policy = RuleFolders::open(&folder).and_then(|it| Policy::of_year(&it, year));
    check_by(&policy.expect("the policy loads"), rule, as_of, world, expected);
}

fn check_by(policy: &Policy, rule: &'static Rule, as_of: &str, world: &str, expected: &str) {
    let mut found = on_world_by(policy, as_of, world, |cx, run| {
        let mut findings = Vec::new();
        match rule.find {
            Find::Person(find) => (0..run.people.len() as u32)
                .for_each(|it| find(cx, &run.case(identity::PersonId(it)), &mut findings)),
            Find::Run(find) => find(cx, run, &mut findings),
        }
        findings.iter().map(|it| show(run, it).trim().to_string()).collect::<Vec<_>>()
    });
    found.sort();
    let mut expected: Vec<&str> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    expected.sort();
    assert_eq!(found, expected, "\n{} on {as_of} of{world}", rule.code);
}

/// Looks at a world; tests of tables over all persons begin here too.
pub fn on_world<T>(
    as_of: &str,
    world: &str,
    look: impl FnOnce(&Context<'_>, &RunView<'_>) -> T,
) -> T {
    on_world_by(&RULES_OF_LENGSHI.1, as_of, world, look)
}

fn on_world_by<T>(
    policy: &Policy,
    as_of: &str,
    world: &str,
    look: impl FnOnce(&Context<'_>, &RunView<'_>) -> T,
) -> T {
    let pipeline = &RULES_OF_LENGSHI.0;
    let (tables, accounts) = build(pipeline, world);
    let identities = identity::identify(&tables, &identity::Setting::plain(b"test"));
    let files = PersonFiles::new(&tables, &identities.links, identities.people.len());
    let labels = ledger::label_index(policy, &tables);
    let cx = Context {
        policy,
        divisions: &pipeline.divisions,
        texts: &tables.texts,
        origins: &tables.origins,
        labels: &labels,
        area: pipeline.area,
        as_of: day(as_of),
        has_last_year: ledger::has_year(&tables, 2023),
        named_parts: ledger::named_parts(&tables),
        lang: Lang::Zh,
    };
    let standings = ledger::keep(&cx, &identities.people, &files);
    let run = RunView {
        tables: &tables,
        accounts: &accounts,
        people: &identities.people,
        files: &files,
        standings: &standings,
        claims: &identities.claims,
    };
    look(&cx, &run)
}

fn show(run: &RunView<'_>, finding: &Finding) -> String {
    assert!(!finding.detail.is_empty(), "{} says nothing", finding.rule.code);
    let mut shown = match finding.person {
        Some(person) => run.tables.texts.get(run.people[person.0 as usize].name).to_string(),
        None => "-".to_string(),
    };
    for record in &finding.evidence {
        shown.push_str(&format!(" {}", run.tables.origins.of(*record).1));
    }
    if let Some(origin) = finding.other_row {
        shown.push_str(&format!(" {}", origin.row));
    }
    if !finding.case.is_empty() {
        shown.push_str(&format!(" [{}]", finding.case));
    }
    if finding.expected_fen.is_some() || finding.actual_fen.is_some() {
        let yuan = |fen: Option<i64>| fen.map_or("?".into(), |it| format!("{}", it as f64 / 100.0));
        shown.push_str(&format!(" {}/{}", yuan(finding.expected_fen), yuan(finding.actual_fen)));
    }
    shown
}

/// The valid number that a letter stands for: even letters women, odd ones men, born 1980 on.
fn id_of(letter: &str) -> Option<IdNumber> {
    let at = letter.bytes().next().filter(u8::is_ascii_uppercase)? - b'A';
    let birth = NaiveDate::from_ymd_opt(1980 + i32::from(at), 3, 5)?;
    IdNumber::from_parts(430923, birth, 101 + u16::from(at))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date in a test world is yyyy-mm-dd")
}

/// One line of a world, taken apart.
struct Line<'a> {
    kind: SourceKind,
    subject: Subject,
    values: FxHashMap<&'a str, &'a str>,
}

impl<'a> Line<'a> {
    fn text(&self, texts: &mut Texts, key: &str) -> TextId {
        texts.intern(self.values.get(key).unwrap_or(&""))
    }
    fn day(&self, key: &str) -> Option<NaiveDate> {
        self.values.get(key).map(|it| day(it))
    }
    fn fen(&self, key: &str) -> Option<i64> {
        self.values.get(key).map(|it| read_fen(Cell::text(it)).expect("an amount"))
    }
    fn number(&self, key: &str) -> u32 {
        self.values.get(key).map_or(0, |it| it.parse().expect("a number"))
    }
    fn code<T>(&self, key: &str, from: fn(&str) -> Option<T>, otherwise: T) -> T {
        self.values.get(key).map_or(otherwise, |it| from(it).expect("a known code"))
    }
}

fn build(pipeline: &Pipeline, world: &str) -> (Tables, Vec<Account>) {
    let mut tables = Tables::default();
    let rows: Vec<&str> = world.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    for kind in SourceKind::ALL {
        for (at, row) in rows.iter().enumerate() {
            let mut words = row.split_whitespace();
            if words.next() != Some(kind.code()) {
                continue;
            }
            let line = line(pipeline, &mut tables, *kind, words, at as u32 + 1);
            push(&mut tables, &line);
        }
    }
    let accounts = totals(&tables, &rows);
    let n_totals: usize = accounts.iter().map(|it| it.totals.len()).sum();
    assert_eq!(tables.len() + n_totals, rows.len(), "a line names no source kind");
    (tables, accounts)
}

/// The lines `total <kind> stated=… counted=…`: a total row in the part of that kind.
fn totals(tables: &Tables, rows: &[&str]) -> Vec<Account> {
    let mut accounts = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(rest) = row.strip_prefix("total ") else { continue };
        let (kind, values) = rest.split_once(' ').expect("a kind and values");
        let values: FxHashMap<&str, &str> =
            values.split_whitespace().filter_map(|it| it.split_once('=')).collect();
        let fen = |key| read_fen(Cell::text(values[key])).expect("an amount");
        let part = tables.origins.parts.iter().position(|it| it.source_name == kind);
        let total = StatedTotal {
            row: at as u32 + 1,
            column: "实缴金额".into(),
            stated: fen("stated"),
            counted: fen("counted"),
            unit: Unit::Fen,
        };
        let part = PartId(part.unwrap_or(0) as u16);
        let kind = SourceKind::from_code(kind).expect("a kind");
        accounts.push(account(part, kind, total));
    }
    accounts
}

fn account(part: PartId, kind: SourceKind, total: StatedTotal) -> Account {
    Account {
        part,
        kind,
        supplier: String::new(),
        encoding: String::new(),
        sha256: String::new(),
        bytes: 0,
        header_rows: Vec::new(),
        is_usable: true,
        columns: Vec::new(),
        rows_read: 0,
        accepted: 0,
        rejected: 0,
        no_data: 0,
        sum_fen: 0,
        first_on: None,
        last_on: None,
        totals: vec![total],
    }
}

fn line<'a>(
    pipeline: &Pipeline,
    tables: &mut Tables,
    kind: SourceKind,
    mut words: impl Iterator<Item = &'a str>,
    row: u32,
) -> Line<'a> {
    let record = RecordId(tables.origins.len() as u32);
    let mut subject = Subject::unknown(record);
    let id = words.next().expect("an id");
    subject.id = id_of(id);
    if let Some(id) = subject.id {
        (subject.id_kind, subject.id_state) = (IdKind::Citizen, IdState::Valid);
        assert!(id.packed() > 0);
    }
    let name = words.next().filter(|it| *it != "-").unwrap_or("");
    subject.name = tables.texts.intern(name);
    let values: FxHashMap<&str, &str> = words.filter_map(|it| it.split_once('=')).collect();
    if let Some(village) = values.get("village") {
        match pipeline.divisions.by_name(Level::Village, village, Some(pipeline.area)) {
            Resolved::One(place) => subject.place = Some(place),
            _ => subject.place_text = tables.texts.intern(village),
        }
    }
    if let Some(village) = values.get("place-text") {
        subject.place_text = tables.texts.intern(village);
    }
    if let Some(state) = values.get("state") {
        subject.id_state = IdState::from_code(state).expect("an id state");
        subject.id_text = tables.texts.intern(values.get("as-found").unwrap_or(&"?"));
    }
    subject.name_text = tables.texts.intern(values.get("name-as-found").unwrap_or(&""));
    subject.sex = values.get("sex").and_then(|it| Sex::from_code(it));
    subject.birth = values.get("birth").map(|it| day(it));
    let source = values.get("source").map_or(kind.code(), |it| it);
    let parts = &mut tables.origins.parts;
    let part = parts.iter().position(|it| it.source_name == source).unwrap_or_else(|| {
        let (source_name, file) = (source.to_string(), source.to_string());
        let number = parts.len() as u16;
        parts.push(Part { source: number, source_name, file, sheet: String::new(), month: None });
        parts.len() - 1
    });
    tables.origins.rows.push(Origin { part: PartId(part as u16), row });
    Line { kind, subject, values }
}

fn push(tables: &mut Tables, line: &Line<'_>) {
    let subject = line.subject;
    let texts = &mut tables.texts;
    match line.kind {
        SourceKind::Household => tables.residents.push(Resident {
            subject,
            household: line.text(texts, "household"),
            relation: line.code("relation", Relation::from_code, Relation::Unknown),
            former_name: line.text(texts, "former"),
            address: line.text(texts, "address"),
            status: line.code(
                "status",
                RegistrationStatus::from_code,
                RegistrationStatus::Registered,
            ),
            status_on: line.day("on"),
            registered_on: line.day("registered"),
        }),
        SourceKind::ResidencePermit => tables.permits.push(Permit {
            subject,
            permit_number: TextId::NONE,
            origin_place: TextId::NONE,
            valid_from: line.day("from"),
            valid_to: line.day("to"),
        }),
        SourceKind::Birth => tables.births.push(Birth {
            subject,
            certificate: line.text(texts, "certificate"),
            mother_id: line.values.get("mother").and_then(|it| id_of(it)),
            mother_id_text: TextId::NONE,
            mother_name: TextId::NONE,
        }),
        SourceKind::Death => tables.deaths.push(Death { subject, died_on: line.day("on") }),
        SourceKind::Category => tables.categories.push(CategoryRow {
            subject,
            label: line.text(texts, "label"),
            household: TextId::NONE,
            from: line.day("from"),
            to: line.day("to"),
        }),
        SourceKind::Student => tables.students.push(Student {
            subject,
            school: line.text(texts, "school"),
            school_number: TextId::NONE,
            enrolled_on: line.day("from"),
            left_on: line.day("to"),
        }),
        SourceKind::Elsewhere => tables.elsewhere.push(Elsewhere {
            subject,
            scheme: line.code("scheme", Scheme::from_code, Scheme::Unknown),
            status: line.code("status", EnrolmentStatus::from_code, EnrolmentStatus::Active),
            insured_at: line.text(texts, "at"),
            from: line.day("from"),
            to: line.day("to"),
        }),
        _ => push_rest(tables, line),
    }
}

fn push_rest(tables: &mut Tables, line: &Line<'_>) {
    let subject = line.subject;
    let texts = &mut tables.texts;
    match line.kind {
        SourceKind::Enrolment => tables.enrolments.push(Enrolment {
            subject,
            person_number: line.text(texts, "number"),
            scheme: line.code("scheme", Scheme::from_code, Scheme::Resident),
            status: line.code("status", EnrolmentStatus::from_code, EnrolmentStatus::Active),
            status_text: TextId::NONE,
            person_type: line.number("type") as u16,
            year: line.number("year") as u16,
            enrolled_on: line.day("on"),
            paused_on: line.day("paused"),
            insured_at: line.number("at"),
            unit: line.text(texts, "unit"),
        }),
        SourceKind::Payment => tables.payments.push(Payment {
            subject,
            voucher: line.text(texts, "voucher"),
            refers_to: line.text(texts, "refers"),
            kind: line.code("kind", PaymentKind::from_code, PaymentKind::Paid),
            scheme: line.code("scheme", Scheme::from_code, Scheme::Unknown),
            year: line.number("year") as u16,
            due_fen: line.fen("due"),
            paid_fen: line.fen("paid").unwrap_or(0),
            subsidised_fen: line.fen("subsidised").unwrap_or(0),
            category_label: line.text(texts, "label"),
            paid_on: line.day("on"),
            channel: TextId::NONE,
            paid_at: line.number("at"),
        }),
        SourceKind::Exempt => tables.exemptions.push(Exemption {
            subject,
            reason: line.code("reason", ExemptionReason::from_code, ExemptionReason::Army),
            detail: TextId::NONE,
            from: line.day("from"),
            to: line.day("to"),
        }),
        SourceKind::Feedback => tables.answers.push(Answer {
            subject,
            finding: line.text(texts, "finding"),
            batch: line.text(texts, "batch"),
            answer: line.text(texts, "answer"),
            evidence: line.text(texts, "evidence"),
            remark: TextId::NONE,
            answered_on: line.day("on"),
        }),
        _ => tables.collections.push(Collection {
            subject,
            amount_fen: line.fen("amount").unwrap_or(0),
            collected_on: line.day("on"),
            receipt: line.text(texts, "receipt"),
        }),
    }
}
