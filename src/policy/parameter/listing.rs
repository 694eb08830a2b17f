//! Every parameter that holds in a year or on a day, as the files have it: for people to read
//! and compare.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use toml::{Spanned, Table, Value};

use super::words::key_order;
use crate::{
    clean::money::yuan,
    config::{RuleFolders, TomlFile},
    error::Result,
};

/// The policy files, in the order in which people ask: who, how much, when, who pays.
const FILES: &[&str] = &[
    "scope",
    "fee",
    "window",
    "benefit",
    "exceptions",
    "subsidy",
    "flexible",
    "target",
    "incentive",
];

/// The keys that say which row it is, not what it says.
const NAMES: &[&str] = &["category", "event", "who", "name", "grade"];

/// One value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The file without its ending: `fee`.
    pub subject: &'static str,
    /// The table of the row: `subsidy`.
    pub table: String,
    /// What the row is about, if the table has several: `dibao`.
    pub of: String,
    /// Counts rows of that name from 1.
    pub nth: usize,
    pub key: String,
    /// As in the file; money in yuan.
    pub value: String,
    pub reference: String,
    /// The file that won, and the row's line in it.
    pub place: String,
}

impl Parameter {
    /// What it is, whatever its value: the same in another year or locality.
    pub fn name(&self) -> (&str, &str, &str, usize, &str) {
        (self.subject, &self.table, &self.of, self.nth, &self.key)
    }
}

/// The rows of a policy file, by table.
type Tables = BTreeMap<String, Vec<Spanned<Table>>>;

/// The parameters of a coverage year, and those dated by day that hold on the day.
pub fn list(folders: &RuleFolders, year: u16, day: NaiveDate) -> Result<Vec<Parameter>> {
    let mut parameters = Vec::new();
    for &subject in FILES {
        let Some(path) = folders.file(&format!("policy/{subject}.toml")) else { continue };
        let file = TomlFile::open(&path)?;
        let mut of_file = Vec::new();
        for (table, rows) in &file.parse::<Tables>()? {
            let newest = rows.iter().filter_map(from_of).filter(|from| *from <= day).max();
            let holds = |row: &&Spanned<Table>| match row.get_ref().get("coverage_year") {
                Some(value) => value.as_integer() == Some(i64::from(year)),
                None => newest.is_some() && from_of(row) == newest && !has_ended(row, day),
            };
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            for row in rows.iter().filter(holds) {
                let of = NAMES.iter().filter_map(|it| row.get_ref().get(*it)?.as_str());
                let of = of.collect::<Vec<_>>().join(" ");
                let nth = seen.entry(of.clone()).and_modify(|it| *it += 1).or_insert(1);
                let first = Parameter {
                    subject,
                    table: table.clone(),
                    of,
                    nth: *nth,
                    key: String::new(),
                    value: String::new(),
                    reference: text(row.get_ref().get("reference")),
                    place: format!("{}:{}", path.display(), file.line(row.span())),
                };
                of_file.push((row.span().start, values(row.get_ref(), &first)));
            }
        }
        of_file.sort_by_key(|it| it.0);
        parameters.extend(of_file.into_iter().flat_map(|it| it.1));
    }
    Ok(parameters)
}

/// The coverage year that a day is about: the one whose fee is being taken, else the one that
/// runs.
pub fn year_on(folders: &RuleFolders, day: NaiveDate) -> Result<u16> {
    let running = u16::try_from(day.year()).unwrap_or(0);
    let tables: Tables = TomlFile::open(&folders.need("policy/window.toml")?)?.parse()?;
    let is_open = |row: &&Spanned<Table>| {
        let date = |key| date_of(row.get_ref().get(key));
        date("opens").is_some_and(|it| it <= day) && date("closes").is_some_and(|it| day <= it)
    };
    let year = |row: &Spanned<Table>| row.get_ref().get("coverage_year")?.as_integer();
    let taken = tables.get("window").into_iter().flatten().filter(is_open).filter_map(year).max();
    Ok(taken.and_then(|it| u16::try_from(it).ok()).unwrap_or(running))
}

fn from_of(row: &Spanned<Table>) -> Option<NaiveDate> {
    date_of(row.get_ref().get("from"))
}

fn has_ended(row: &Spanned<Table>, day: NaiveDate) -> bool {
    date_of(row.get_ref().get("until")).is_some_and(|until| until < day)
}

fn date_of(value: Option<&Value>) -> Option<NaiveDate> {
    value?.as_str()?.parse().ok()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_string()
}

/// The values of a row in the order in which people read them, each as a parameter like the
/// first.
fn values(row: &Table, first: &Parameter) -> Vec<Parameter> {
    let is_value =
        |key: &str| !matches!(key, "coverage_year" | "reference") && !NAMES.contains(&key);
    let mut keys: Vec<&String> = row.keys().filter(|it| is_value(it)).collect();
    keys.sort_by_key(|it| key_order(it));
    let values = keys.into_iter().map(|key| {
        let (key, value) = (key.clone(), shown(key, &row[key]));
        Parameter { key, value, ..first.clone() }
    });
    values.collect()
}

/// Money as yuan, lists and formulas on one line.
fn shown(key: &str, value: &Value) -> String {
    match value {
        Value::Integer(fen) if key.ends_with("_fen") => yuan(*fen),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(|it| shown("", it)).collect::<Vec<_>>().join(", "),
        Value::Table(table) => {
            let pairs = table.iter().map(|(key, it)| format!("{key} {}", shown(key, it)));
            pairs.collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
