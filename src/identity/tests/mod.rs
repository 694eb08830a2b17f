//! Small worlds in which it is known who is who: a line a row, and the persons they must form.
//!
//! A line is a kind of source, a certificate, a name and `key=value` pairs. A certificate is a
//! day of birth and a sequence (`19800305/101`), from which a valid number is made, with what
//! became of it on paper behind a colon: `:slip`, `:swap`, `:tail`, `:exponent`, `:masked`,
//! `:short`, `:month`, `:region`; or any other text as it stands, or `-`.

mod alias;
mod exact;
mod follow;
mod linked;
mod never;
mod order;

use chrono::NaiveDate;

use super::{Geography, Identities, PersonId, Setting, identify};
use crate::{
    clean::{
        Cell,
        id_number::{self, IdNumber},
        sex::Sex,
    },
    tables::*,
};

/// Villages 1 to 4 lie in township 0, villages 6 to 9 in township 5.
fn setting() -> Setting<'static> {
    let townships = (0..10).map(|it| Some(DivisionId(it / 5 * 5))).collect();
    Setting { geography: Geography::new(townships), ..Setting::plain(b"a key") }
}

/// The number that a day and a sequence make.
fn number(text: &str) -> IdNumber {
    let (day, sequence) = text.split_once('/').expect("a day and a sequence");
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").expect("a day");
    IdNumber::from_parts(430_923, day, sequence.parse().expect("a sequence")).expect("a number")
}

/// What stands on paper for a certificate of a test world.
fn on_paper(text: &str) -> String {
    let (text, fate) = text.split_once(':').unwrap_or((text, ""));
    if !text.contains('/') || text.len() > 12 {
        return text.replace('-', "");
    }
    let mut whole: Vec<u8> = number(text).to_string().into_bytes();
    match fate {
        "" => {}
        "slip" => whole[15] = b'0' + (whole[15] - b'0' + 3) % 10,
        "swap" => whole.swap(8, 9),
        "tail" => whole[15..].fill(b'0'),
        "masked" => whole[6..14].fill(b'*'),
        "short" => drop(whole.remove(9)),
        "month" => whole[10..12].copy_from_slice(b"17"),
        "region" => {
            let packed = number(text).packed() % 1_000_000_000_000_000 + 98_000_000_000_000_000;
            let number = IdNumber::from_packed(packed).expect("a number");
            whole = number.to_string().into_bytes();
        }
        "exponent" => return "4.31E+17".to_string(),
        other => panic!("nothing is known of {other}"),
    }
    String::from_utf8(whole).expect("digits")
}

/// The tables of a world; row numbers are lines.
fn tables(lines: &[String]) -> Tables {
    let mut tables = Tables::default();
    for kind in SourceKind::ALL {
        for (at, line) in lines.iter().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words[0] == kind.code() {
                push(&mut tables, *kind, &words, at as u32 + 1);
            }
        }
    }
    assert_eq!(tables.len(), lines.len(), "a line names no source kind that these tests know");
    tables
}

fn push(tables: &mut Tables, kind: SourceKind, words: &[&str], row: u32) {
    let value = |key: &str| words.iter().find_map(|it| it.strip_prefix(key)?.strip_prefix('='));
    let mut subject = Subject::unknown(RecordId(tables.origins.len() as u32));
    let paper = on_paper(words[1]);
    let read = id_number::read(Cell::text(&paper));
    (subject.id, subject.id_kind, subject.id_state) = (read.number, read.kind, read.state);
    subject.id_text = tables.texts.intern(read.as_found.as_deref().unwrap_or_default());
    subject.name = tables.texts.intern(&words[2].replace('-', ""));
    subject.sex = value("sex").and_then(Sex::from_code);
    subject.birth = value("birth").map(|it| it.parse().expect("a day"));
    subject.place = value("place").map(|it| DivisionId(it.parse().expect("a place")));
    let part = kind.code().to_string();
    let parts = &mut tables.origins.parts;
    let at = parts.iter().position(|it| it.source_name == part).unwrap_or_else(|| {
        let source = parts.len() as u16;
        let (file, sheet) = (String::new(), String::new());
        parts.push(Part { source, source_name: part, file, sheet, month: None });
        parts.len() - 1
    });
    tables.origins.rows.push(Origin { part: PartId(at as u16), row });
    push_row(tables, kind, subject, &value);
}

fn push_row<'a>(
    tables: &mut Tables,
    kind: SourceKind,
    subject: Subject,
    value: &dyn Fn(&str) -> Option<&'a str>,
) {
    let text = |texts: &mut Texts, key: &str| texts.intern(value(key).unwrap_or_default());
    let texts = &mut tables.texts;
    match kind {
        SourceKind::Household => tables.residents.push(Resident {
            subject,
            household: text(texts, "household"),
            relation: Relation::Unknown,
            former_name: text(texts, "former"),
            address: TextId::NONE,
            status: RegistrationStatus::Registered,
            status_on: None,
            registered_on: None,
        }),
        SourceKind::Birth => tables.births.push(Birth {
            subject,
            certificate: text(texts, "certificate"),
            mother_id: value("mother").map(number),
            mother_id_text: TextId::NONE,
            mother_name: TextId::NONE,
        }),
        SourceKind::Death => tables.deaths.push(Death { subject, died_on: None }),
        SourceKind::Student => tables.students.push(Student {
            subject,
            school: TextId::NONE,
            school_number: TextId::NONE,
            enrolled_on: None,
            left_on: None,
        }),
        SourceKind::Enrolment => tables.enrolments.push(Enrolment {
            subject,
            person_number: TextId::NONE,
            scheme: value("scheme").and_then(Scheme::from_code).unwrap_or(Scheme::Resident),
            status: EnrolmentStatus::Active,
            status_text: TextId::NONE,
            person_type: 0,
            year: 2024,
            enrolled_on: None,
            paused_on: None,
            insured_at: 0,
            unit: TextId::NONE,
        }),
        SourceKind::Payment => tables.payments.push(Payment {
            subject,
            voucher: TextId::NONE,
            refers_to: TextId::NONE,
            kind: PaymentKind::Paid,
            scheme: Scheme::Resident,
            year: value("year").map_or(2024, |it| it.parse().expect("a year")),
            due_fen: None,
            paid_fen: 0,
            subsidised_fen: 0,
            category_label: TextId::NONE,
            paid_on: None,
            channel: TextId::NONE,
            paid_at: 0,
        }),
        SourceKind::Collection => tables.collections.push(Collection {
            subject,
            amount_fen: 0,
            collected_on: None,
            receipt: TextId::NONE,
        }),
        _ => panic!("these tests do not write {}", kind.code()),
    }
}

fn lines(world: &str) -> Vec<String> {
    world.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_string).collect()
}

/// The persons as lines, `1 2 | 3`, and the questions, `3?1`.
fn show(tables: &Tables, identities: &Identities) -> String {
    let line = |record: usize| tables.origins.rows[record].row;
    let mut persons: Vec<Vec<u32>> = (0..identities.people.len() as u32)
        .map(|person| {
            let records =
                (0..tables.len()).filter(|it| identities.links[*it].person == PersonId(person));
            let mut lines: Vec<u32> = records.map(line).collect();
            lines.sort_unstable();
            lines
        })
        .collect();
    persons.sort();
    let persons: Vec<String> = persons
        .iter()
        .map(|it| it.iter().map(u32::to_string).collect::<Vec<_>>().join(" "))
        .collect();
    let questions = identities.matches.iter().filter(|it| !it.is_joined).map(|it| {
        let ends = [it.record, it.with].map(|it| line(it.0 as usize));
        format!("{}?{}", ends[0], ends[1])
    });
    let mut questions: Vec<String> = questions.collect();
    questions.sort();
    [&[persons.join(" | ")][..], &questions].concat().join(" ")
}

/// Checks who is who in a world: persons, then questions.
#[track_caller]
fn check(world: &str, expected: &str) {
    let tables = tables(&lines(world));
    let identities = identify(&tables, &setting());
    assert_eq!(
        show(&tables, &identities),
        expected,
        "{world}\n{}",
        explained(&tables, &identities)
    );
}

/// What was compared, for whoever has to mend a test.
fn explained(tables: &Tables, identities: &Identities) -> String {
    let line = |record: RecordId| tables.origins.rows[record.0 as usize].row;
    let mut said = String::new();
    for it in &identities.matches {
        let fields: Vec<String> = it
            .compared()
            .map(|(field, score)| format!("{} {:+.1}", field.level(score.level).0, score.bits))
            .collect();
        let ends = (line(it.record), line(it.with));
        said += &format!(
            "{ends:?} {:.4} rival {:.4}: {}\n",
            it.probability,
            it.rival,
            fields.join(", ")
        );
    }
    said
}
