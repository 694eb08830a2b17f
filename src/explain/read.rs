//! From the run's tables to one person's file.

use std::{fs, path::Path};

use super::{
    answer,
    dossier::{Cover, Dossier, Finding, Partner, Place, RunFacts, Sentence, SourceRow, Who},
    links::{partner, places, source_rows},
};
use crate::{
    error::{Error, Result},
    findings::RULES,
    publish::{Row, TableFile, masked},
    tables::SourceKind,
};

/// A published run, opened.
pub(super) struct Run {
    pub facts: RunFacts,
    pub persons: TableFile,
    pub links: TableFile,
    pub findings: TableFile,
    has_whole_ids: bool,
}

pub(super) const WHO: &[&str] = &[
    "person",
    "id_number",
    "id_state",
    "name",
    "sex",
    "birth",
    "village",
    "township_name",
    "village_name",
    "household",
    "verdict",
];
pub(super) const COVER: &[&str] = &[
    "verdict",
    "scope",
    "scope_clause",
    "group",
    "last_year",
    "category",
    "step",
    "subsidy_fen",
    "subsidy_clause",
    "due_fen",
    "due_clause",
    "paid_fen",
    "subsidised_fen",
    "paid_on",
    "benefit_from",
    "deadline",
];
pub(super) const FINDING: &[&str] = &[
    "code",
    "finding",
    "priority",
    "owner",
    "amount_expected_fen",
    "amount_actual_fen",
    "deadline",
    "state",
    "first_seen",
    "evidence",
    "probability",
    "detail",
];
/// The person keys of some rows.
pub(super) fn keys(table: &TableFile, rows: &[usize]) -> Result<Vec<String>> {
    let batch = table.take(rows, &["person"])?;
    Ok(Row::all(&batch).map(|it| it.text("person")).collect())
}

impl RunFacts {
    /// What a run's manifest says of it.
    pub fn read(folder: &Path) -> Result<RunFacts> {
        let path = folder.join("manifest.json");
        let manifest = fs::read(&path).map_err(Error::io("reading", &path))?;
        serde_json::from_slice(&manifest)
            .map_err(|error| Error::Read { path, reason: error.to_string() })
    }
}

impl Run {
    /// Opens a run's folder, or a link to it.
    pub(super) fn open(folder: &Path, has_whole_ids: bool) -> Result<Run> {
        let facts = RunFacts::read(folder)?;
        let open = |table| TableFile::open(folder, table);
        let (persons, links, findings) = (open("persons")?, open("links")?, open("findings")?);
        Ok(Run { facts, persons, links, findings, has_whole_ids })
    }

    /// Who stands in these rows of `persons.parquet`. A number that is not whole is not there.
    pub(super) fn people(&self, rows: &[usize]) -> Result<Vec<Who>> {
        let batch = self.persons.take(rows, WHO)?;
        let mut people: Vec<Who> = Row::all(&batch).map(who).collect();
        for person in &mut people {
            person.id_number = self.shown(&person.id_number);
        }
        Ok(people)
    }

    pub(super) fn person(&self, key: &str) -> Result<Option<Who>> {
        let rows = self.persons.find_exactly("person", key)?;
        Ok(self.people(&rows)?.into_iter().next())
    }

    /// A certificate number as far as it may be shown.
    pub(super) fn shown(&self, number: &str) -> String {
        if self.has_whole_ids { number.to_string() } else { masked(number) }
    }

    /// The name of a division: of its village, or of its township where that is all.
    pub(super) fn division(&self, code: &str) -> Result<String> {
        let (column, names): (_, &[&str]) = match code.len() {
            12 => ("village", &["township_name", "village_name"]),
            _ => ("township", &["township_name"]),
        };
        let rows = self.persons.find_exactly(column, code)?;
        let Some(first) = rows.first() else { return Ok(code.to_string()) };
        let batch = self.persons.take(&[*first], names)?;
        Ok(Row::all(&batch).flat_map(|it| names.iter().map(move |name| it.text(name))).collect())
    }
}

fn who(row: Row<'_>) -> Who {
    Who {
        person: row.text("person"),
        name: row.text("name"),
        id_number: row.text("id_number"),
        id_state: row.text("id_state"),
        sex: row.text("sex"),
        birth: row.date("birth"),
        village: row.text("village"),
        township_name: row.text("township_name"),
        village_name: row.text("village_name"),
        household: row.text("household"),
        verdict: row.text("verdict"),
    }
}

/// The whole file of the person in one row of `persons.parquet`.
pub(super) fn dossier(run: &Run, row: usize) -> Result<Dossier> {
    let batch = run.persons.take(&[row], &[WHO, COVER].concat())?;
    let line = Row::all(&batch).next().ok_or_else(|| run.persons.failed("the row is gone"))?;
    let mut person = who(line);
    let own = run.links.find_exactly("person", &person.person)?;
    let asked = run.links.find_exactly("probable_person", &person.person)?;
    let mut rows = source_rows(run, &own)?;
    let mut questions = source_rows(run, &asked)?;
    rows.sort_by_key(|it| SourceKind::from_code(&it.kind));
    if person.id_number.is_empty() {
        let bearer = rows.iter().find(|it| it.id_state == person.id_state);
        person.id_number = bearer.map_or_else(String::new, |it| it.id_number.clone());
    }
    for row in rows.iter_mut().chain(&mut questions) {
        row.differs = differences(row, &person);
        row.id_number = run.shown(&row.id_number);
    }
    person.id_number = run.shown(&person.id_number);
    let mut dossier = Dossier {
        run: run.facts.clone(),
        findings: findings(run, &person, &rows)?,
        person,
        answer: Vec::new(),
        cover: cover(line),
        rows,
        questions,
    };
    dossier.answer = answer::sentences(&dossier);
    Ok(dossier)
}

fn cover(row: Row<'_>) -> Cover {
    Cover {
        verdict: row.text("verdict"),
        scope: row.text("scope"),
        scope_clause: row.text("scope_clause"),
        group: row.text("group"),
        last_year: row.text("last_year"),
        category: row.text("category"),
        step: row.text("step"),
        subsidy_fen: row.integer("subsidy_fen"),
        subsidy_clause: row.text("subsidy_clause"),
        due_fen: row.integer("due_fen"),
        due_clause: row.text("due_clause"),
        paid_fen: row.integer("paid_fen").unwrap_or(0),
        subsidised_fen: row.integer("subsidised_fen").unwrap_or(0),
        paid_on: row.date("paid_on"),
        benefit_from: row.date("benefit_from"),
        deadline: row.date("deadline"),
    }
}

/// What a row says otherwise than the person's line. What it does not say is no difference.
fn differences(row: &SourceRow, person: &Who) -> Vec<&'static str> {
    let is_other = |a: &str, b: &str| !a.is_empty() && a != b;
    let differs = [
        ("name", is_other(&row.name, &person.name)),
        ("id_number", is_other(&row.id_number, &person.id_number)),
        ("sex", is_other(&row.sex, &person.sex)),
        ("birth", row.birth.is_some() && row.birth != person.birth),
        ("division", row.division.len() == 12 && is_other(&row.division, &person.village)),
        ("household", is_other(&row.household, &person.household)),
    ];
    differs.into_iter().filter(|it| it.1).map(|it| it.0).collect()
}

/// Findings in the order of the catalogue: those that bring somebody to the door come first.
fn findings(run: &Run, person: &Who, own: &[SourceRow]) -> Result<Vec<Finding>> {
    let rows = run.findings.find_exactly("person", &person.person)?;
    let batch = run.findings.take(&rows, FINDING)?;
    let mut findings =
        Row::all(&batch).map(|row| finding(run, row, own)).collect::<Result<Vec<Finding>>>()?;
    findings.sort_by_key(|finding| RULES.iter().position(|it| it.code == finding.code));
    Ok(findings)
}

fn finding(run: &Run, row: Row<'_>, own: &[SourceRow]) -> Result<Finding> {
    let code = row.text("code");
    let rule = RULES.iter().find(|it| it.code == code);
    let rule = rule.map_or_else(Sentence::default, |it| Sentence {
        zh: it.zh.to_string(),
        en: it.name.replace('_', " "),
    });
    let evidence = places(row, "evidence").into_iter().map(|it| witness(run, it, own));
    Ok(Finding {
        code,
        finding: row.text("finding"),
        rule,
        detail: row.text("detail"),
        priority: row.text("priority"),
        owner: row.text("owner"),
        state: row.text("state"),
        first_seen: row.date("first_seen"),
        deadline: row.date("deadline"),
        amount_expected_fen: row.integer("amount_expected_fen"),
        amount_actual_fen: row.integer("amount_actual_fen"),
        probability: row.share("probability").unwrap_or(1.0),
        evidence: evidence.collect::<Result<_>>()?,
    })
}

/// A row of the proof: mostly the person's own, else looked up.
fn witness(run: &Run, at: Place, own: &[SourceRow]) -> Result<Partner> {
    match own.iter().find(|it| it.place == at) {
        None => partner(run, at),
        Some(row) => Ok(Partner {
            place: at,
            person: row.person.clone(),
            name: row.name.clone(),
            id_number: row.id_number.clone(),
            birth: row.birth,
        }),
    }
}
