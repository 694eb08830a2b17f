//! Those of a run whom a list can mean: by their numbers, by their rows' numbers, by their names.

use std::path::Path;

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    matching::is_sought_by_name,
    village::{Village, Villages},
};
use crate::{
    clean::{id_number::IdState, place},
    error::Result,
    findings::RULES,
    ingest::{PeopleList, Stated},
    publish::{Row, TableFile, texts},
};

/// What the lookup reads of `persons.parquet`.
pub(super) const PERSON: &[&str] = &[
    "person",
    "id_number",
    "name",
    "sex",
    "birth",
    "village",
    "township_name",
    "village_name",
    "verdict",
    "group",
    "step",
    "scheme",
    "insured_at",
    "enrolled_on",
    "benefit_from",
    "paid_on",
    "paid_fen",
    "subsidised_fen",
];

/// A person of the run; codes as published, texts empty where nothing is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub person: String,
    pub id_number: String,
    pub name: String,
    pub sex: String,
    pub birth: Option<NaiveDate>,
    pub village: String,
    pub township_name: String,
    pub village_name: String,
    pub verdict: String,
    pub group: String,
    pub step: String,
    pub scheme: String,
    pub insured_at: String,
    pub enrolled_on: Option<NaiveDate>,
    pub benefit_from: Option<NaiveDate>,
    pub paid_on: Option<NaiveDate>,
    pub paid_fen: i64,
    pub subsidised_fen: i64,
}

/// A source row under a number that the list has: whose it is, and the name it gives.
#[derive(Clone, Debug)]
pub(super) struct Bearer {
    pub person: usize,
    pub name: String,
}

/// Whoever can be meant by a row of the list, and how they are found.
#[derive(Default)]
pub(super) struct People {
    /// In the order of `persons.parquet`.
    pub known: Vec<Known>,
    pub villages: Villages,
    owners: FxHashMap<String, Vec<usize>>,
    bearers: FxHashMap<String, Vec<Bearer>>,
    named: FxHashMap<String, Vec<usize>>,
    /// Codes of open findings in the order of the catalogue, by person key.
    findings: FxHashMap<String, Vec<String>>,
}

/// The number that a row is sought by: a whole one, or another certificate as it is kept.
pub(super) fn number_of(stated: &Stated) -> Option<String> {
    match (stated.id.number, stated.id.state) {
        (Some(number), _) => Some(number.to_string()),
        (None, IdState::OtherCertificate) => stated.id.as_found.clone(),
        _ => None,
    }
}

impl People {
    /// Reads of a run whoever the list can mean, and nobody else.
    pub(super) fn of(run: &Path, list: &PeopleList) -> Result<People> {
        let open = |table| TableFile::open(run, table);
        let (persons, links, findings) = (open("persons")?, open("links")?, open("findings")?);
        let stated = || list.sheets.iter().flat_map(|it| it.people());
        let numbers: FxHashSet<String> = stated().filter_map(number_of).collect();
        let by_name = stated().filter(|it| is_sought_by_name(it));
        let names: FxHashSet<&str> = by_name.map(|it| it.name.as_str()).collect();

        let rows = links.find("id_number", |it| numbers.contains(it))?;
        let borne = links.take(&rows, &["person", "id_number", "name"])?;
        let keys: FxHashSet<String> = Row::all(&borne).map(|it| it.text("person")).collect();

        let mut rows = persons.find("id_number", |it| numbers.contains(it))?;
        rows.extend(persons.find("name", |it| names.contains(it))?);
        rows.extend(persons.find("person", |it| keys.contains(it))?);
        rows.sort_unstable();
        rows.dedup();
        let batch = persons.take(&rows, PERSON)?;
        let known = Row::all(&batch).map(known).collect();
        let borne = Row::all(&borne).map(|it| {
            let (key, number, name) = (it.text("person"), it.text("id_number"), it.text("name"));
            (key, number, name)
        });
        let mut people = People::indexed(known, villages(&persons)?, borne);
        people.read_findings(&findings)?;
        Ok(people)
    }

    /// Persons, and source rows under the numbers of the list: key, number and name of each.
    pub(super) fn indexed(
        known: Vec<Known>,
        villages: Villages,
        borne: impl Iterator<Item = (String, String, String)>,
    ) -> People {
        let mut people = People { known, villages, ..People::default() };
        let mut by_key: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, it) in people.known.iter().enumerate() {
            by_key.insert(&it.person, at);
            for (map, text) in [(&mut people.owners, &it.id_number), (&mut people.named, &it.name)]
            {
                if !text.is_empty() {
                    map.entry(text.clone()).or_default().push(at);
                }
            }
        }
        for (key, number, name) in borne {
            // A row may be nobody's.
            let Some(person) = by_key.get(key.as_str()) else { continue };
            people.bearers.entry(number).or_default().push(Bearer { person: *person, name });
        }
        people
    }

    fn read_findings(&mut self, table: &TableFile) -> Result<()> {
        let keys: FxHashSet<&str> = self.known.iter().map(|it| it.person.as_str()).collect();
        let rows = table.find("person", |it| keys.contains(it))?;
        let batch = table.take(&rows, &["person", "code", "state"])?;
        let open = Row::all(&batch).filter(|it| it.text("state") != "closed");
        for row in open {
            self.findings.entry(row.text("person")).or_default().push(row.text("code"));
        }
        let place = |code: &String| RULES.iter().position(|it| it.code == code);
        for person in &self.known {
            if let Some(codes) = self.findings.get_mut(&person.person) {
                codes.sort_by_key(|it| (place(it), it.clone()));
                codes.dedup();
            }
        }
        Ok(())
    }

    /// Those whose own number this is.
    pub(super) fn owners(&self, number: &str) -> &[usize] {
        self.owners.get(number).map_or(&[], Vec::as_slice)
    }

    /// Those of whom a source row has this number.
    pub(super) fn bearers(&self, number: &str) -> &[Bearer] {
        self.bearers.get(number).map_or(&[], Vec::as_slice)
    }

    /// Those of this name.
    pub(super) fn named(&self, name: &str) -> &[usize] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// Codes of what is open about a person.
    pub(super) fn findings(&self, person: usize) -> &[String] {
        self.findings.get(&self.known[person].person).map_or(&[], Vec::as_slice)
    }
}

fn known(row: Row<'_>) -> Known {
    Known {
        person: row.text("person"),
        id_number: row.text("id_number"),
        name: row.text("name"),
        sex: row.text("sex"),
        birth: row.date("birth"),
        village: row.text("village"),
        township_name: row.text("township_name"),
        village_name: row.text("village_name"),
        verdict: row.text("verdict"),
        group: row.text("group"),
        step: row.text("step"),
        scheme: row.text("scheme"),
        insured_at: row.text("insured_at"),
        enrolled_on: row.date("enrolled_on"),
        benefit_from: row.date("benefit_from"),
        paid_on: row.date("paid_on"),
        paid_fen: row.integer("paid_fen").unwrap_or(0),
        subsidised_fen: row.integer("subsidised_fen").unwrap_or(0),
    }
}

/// Every village in which somebody of the run lives. Persons are sorted by village.
fn villages(persons: &TableFile) -> Result<Villages> {
    let columns = ["village", "village_name", "township_name"];
    let mut all: Vec<Village> = Vec::new();
    for batch in persons.columns(&columns)? {
        let column = |name| {
            let column = batch.column_by_name(name).expect("bug: a column that was asked for");
            texts(column).map_err(|it| persons.failed(it))
        };
        let (codes, names, townships) =
            (column("village")?, column("village_name")?, column("township_name")?);
        for (at, code) in codes.iter().enumerate() {
            let Some(code) = code else { continue };
            if all.last().is_some_and(|it| it.code == code) {
                continue;
            }
            let name = names.value(at).to_string();
            let township = place::key(townships.value(at));
            all.push(Village { code: code.into(), key: place::key(&name), name, township });
        }
    }
    Ok(Villages::of(all))
}
