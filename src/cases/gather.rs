//! What a night knows of cases: what is found, and what has been answered.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::{Case, Found, Given};
use crate::{
    clean::name::{NameAgreement, agreement},
    config::Level,
    findings::{Finding, RunView, finding_id},
    identity::PersonId,
    ledger::Context,
    tables::{Answer, RecordId, SourceKind, Tables},
};

/// The codes of findings that a row without a finding's id may be an answer to, the first first:
/// a village wrote somebody down by hand.
const ASKED: [&str; 4] = ["E01", "E02", "E05", "E06"];

/// Tonight's findings as cases, in the order of the findings.
pub fn found(cx: &Context<'_>, run: &RunView<'_>, findings: &[Finding]) -> Vec<Found> {
    let facts = facts_of(run, findings);
    findings
        .par_iter()
        .map(|it| {
            let person = it.person.map(|id| &run.people[id.0 as usize]);
            let place = person.and_then(|it| it.place);
            let code = |id| cx.divisions.get(id).code.clone();
            let village = place.filter(|id| cx.divisions.get(*id).level == Level::Village);
            let amounts = [it.expected_fen, it.actual_fen];
            Found {
                finding: finding_id(it.rule.code, person.map(|it| it.key), &it.case),
                code: it.rule.code.to_string(),
                person: person.map_or(String::new(), |it| it.key.to_string()),
                township: place
                    .and_then(|it| cx.divisions.township(it))
                    .map_or(String::new(), code),
                village: village.map_or(String::new(), code),
                evidence: together(it.evidence.iter().map(|row| says(run.tables, *row)), &amounts),
                facts: it.person.map_or(0, |it| facts[&it]),
            }
        })
        .collect()
}

/// What is known of everybody who has a finding.
fn facts_of(run: &RunView<'_>, findings: &[Finding]) -> FxHashMap<PersonId, u64> {
    let mut people: Vec<PersonId> = findings.iter().filter_map(|it| it.person).collect();
    people.sort_unstable();
    people.dedup();
    people.into_par_iter().map(|it| (it, facts(run, it))).collect()
}

/// A hash of everything that is known of a person, answers left out.
pub fn facts(run: &RunView<'_>, person: PersonId) -> u64 {
    let rows = run.files.of(person).subjects().into_iter().map(|it| it.record);
    let is_fact = |it: &RecordId| run.tables.kind_of(*it) != SourceKind::Feedback;
    together(rows.filter(is_fact).map(|it| says(run.tables, it)), &[])
}

/// Hashes of rows in any order, and amounts.
fn together(rows: impl Iterator<Item = u64>, amounts: &[Option<i64>]) -> u64 {
    let mut rows: Vec<u64> = rows.collect();
    rows.sort_unstable();
    let mut hash = Sha256::new();
    rows.iter().for_each(|it| hash.update(it.to_le_bytes()));
    for amount in amounts {
        hash.update(amount.map_or([0xff; 8], i64::to_le_bytes));
    }
    first(hash)
}

/// A hash of what a row says, wherever it stands.
fn says(tables: &Tables, record: RecordId) -> u64 {
    let (kind, facts) = (tables.at(record).0, tables.facts(record));
    let subject = tables.subject(record);
    let text = |id| tables.texts.get(id);
    let day = |it: Option<chrono::NaiveDate>| it.map_or(String::new(), |it| it.to_string());
    let said = [
        kind.code(),
        &subject.id.map_or(0, |it| it.packed()).to_string(),
        text(subject.id_text),
        text(subject.name),
        &day(subject.birth),
        &day(facts.on),
        &facts.year.to_string(),
        &facts.amount_fen.map_or(String::new(), |it| it.to_string()),
        facts.state,
        text(facts.household),
    ]
    .join("\u{1f}");
    let mut hash = Sha256::new();
    hash.update(said);
    first(hash)
}

fn first(hash: Sha256) -> u64 {
    let bytes: [u8; 8] = hash.finalize()[..8].try_into().expect("bug: a hash of 32 bytes");
    u64::from_le_bytes(bytes)
}

/// The answers that have come back, each to a finding: to the one it names, if the row's name is
/// not another person's, else to what is open of the person whom the row describes: tonight, and in
/// the book as it was, since a row by hand that says enough takes the person off tonight's findings.
pub fn given<'a>(
    cx: &Context<'_>,
    run: &RunView<'_>,
    (found, findings): (&'a [Found], &[Finding]),
    before: &'a [Case],
) -> Vec<Given> {
    let names: FxHashMap<&str, &str> = found
        .iter()
        .zip(findings)
        .map(|(it, finding)| {
            let name = finding.person.map(|id| cx.text(run.people[id.0 as usize].name));
            (it.finding.as_str(), name.unwrap_or(""))
        })
        .collect();
    let tonight = asked(found.iter());
    let is_gone = |it: &&Case| it.is_open() && !names.contains_key(it.found.finding.as_str());
    let gone = asked(before.iter().filter(is_gone).map(|it| &it.found));
    let is_others = |row: &Answer| {
        let (known, name) = (names.get(cx.text(row.finding)), cx.text(row.subject.name));
        known.is_some_and(|known| {
            let is_named = !known.is_empty() && !name.is_empty();
            is_named && agreement(known, name) == NameAgreement::Unrelated
        })
    };
    let names_one = |row: &Answer| row.finding.is_some() && !is_others(row);
    // A door where nobody has been yet comes back as blank as it went out.
    let is_filled =
        |it: &&Answer| [it.answer, it.evidence, it.remark].into_iter().any(|it| it.is_some());
    let named = run.tables.answers.iter().filter(|it| names_one(it)).filter(is_filled);
    let mut given: Vec<Given> =
        named.map(|it| of_row(cx, it, cx.text(it.finding).to_string())).collect();
    for person in (0..run.people.len() as u32).map(PersonId) {
        for row in run.files.of(person).answers.iter().filter(|it| !names_one(it)).filter(is_filled)
        {
            let key = run.people[person.0 as usize].key.to_string();
            let asked = [tonight.get(key.as_str()), gone.get(key.as_str())];
            given.extend(asked.into_iter().flatten().map(|it| of_row(cx, row, it.to_string())));
        }
    }
    given.sort();
    given.dedup();
    given
}

/// What a row by hand answers, by person: of several the first of `ASKED`.
fn asked<'a>(found: impl Iterator<Item = &'a Found>) -> FxHashMap<&'a str, &'a str> {
    let rank = |it: &Found| ASKED.iter().position(|code| it.code == *code);
    let mut ranked: Vec<(usize, &Found)> = found.filter_map(|it| Some((rank(it)?, it))).collect();
    ranked.sort_by_key(|it| std::cmp::Reverse((it.0, &it.1.finding)));
    ranked.into_iter().map(|(_, it)| (it.person.as_str(), it.finding.as_str())).collect()
}

fn of_row(cx: &Context<'_>, row: &Answer, finding: String) -> Given {
    let text = |id| cx.text(id).to_string();
    Given {
        finding,
        on: row.answered_on,
        text: text(row.answer),
        proof: text(row.evidence),
        remark: text(row.remark),
        from: cx.origins.of(row.subject.record).0.file.clone(),
    }
}
