//! Every parameter that holds in a year or on a day, as the files have it: for people to read
//! and compare.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use toml::{Spanned, Table, Value};

use crate::{
    config::{RuleFolders, TomlFile},
    error::Result,
};

/// The policy files, in the order in which people ask: who, how much, when, who pays.
const FILES: [&str; 8] =
    ["scope", "fee", "window", "benefit", "exceptions", "subsidy", "flexible", "target"];

/// One value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The file without its ending: `fee`.
    pub subject: &'static str,
    /// The row: its table, and what tells it from others of the table (`subsidy dibao`).
    pub row: String,
    pub key: String,
    /// As in the file; money in yuan.
    pub value: String,
    pub reference: String,
    /// The file that won, and the row's line in it.
    pub place: String,
}

/// The parameters of a coverage year, and those dated by day that hold on the day.
pub fn list(folders: &RuleFolders, year: u16, day: NaiveDate) -> Result<Vec<Parameter>> {
    let mut parameters = Vec::new();
    for subject in FILES {
        let Some(path) = folders.file(&format!("policy/{subject}.toml")) else { continue };
        let file = TomlFile::open(&path)?;
        let tables: BTreeMap<String, Vec<Spanned<Table>>> = file.parse()?;
        for (name, rows) in &tables {
            let newest = newest(rows, day);
            for row in rows {
                let held = match row.get_ref().get("coverage_year") {
                    Some(value) => value.as_integer() == Some(i64::from(year)),
                    None => from_of(row) == newest && ends_after(row, day),
                };
                if held {
                    add(&mut parameters, subject, name, row, &file);
                }
            }
        }
    }
    Ok(parameters)
}

/// The coverage year that a day is about: the one whose fee is being taken, else the one that
/// runs.
pub fn year_on(folders: &RuleFolders, day: NaiveDate) -> Result<u16> {
    let running = u16::try_from(day.year()).unwrap_or(0);
    let Some(path) = folders.file("policy/window.toml") else { return Ok(running) };
    let tables: BTreeMap<String, Vec<Spanned<Table>>> = TomlFile::open(&path)?.parse()?;
    let rows = tables.get("window").map_or(&[][..], Vec::as_slice);
    let open = rows.iter().filter(|row| {
        let date = |key| date_of(row.get_ref().get(key));
        date("opens").is_some_and(|it| it <= day) && date("closes").is_some_and(|it| day <= it)
    });
    let year = |row: &Spanned<Table>| row.get_ref().get("coverage_year")?.as_integer();
    let taken = open.filter_map(year).max().and_then(|it| u16::try_from(it).ok());
    Ok(taken.unwrap_or(running))
}

/// The start of the row that holds on a day, among rows dated by day.
fn newest(rows: &[Spanned<Table>], day: NaiveDate) -> Option<NaiveDate> {
    rows.iter().filter_map(from_of).filter(|from| *from <= day).max()
}

fn from_of(row: &Spanned<Table>) -> Option<NaiveDate> {
    date_of(row.get_ref().get("from"))
}

fn ends_after(row: &Spanned<Table>, day: NaiveDate) -> bool {
    from_of(row).is_some() && date_of(row.get_ref().get("until")).is_none_or(|until| day <= until)
}

fn date_of(value: Option<&Value>) -> Option<NaiveDate> {
    value?.as_str()?.parse().ok()
}

fn add(
    parameters: &mut Vec<Parameter>,
    subject: &'static str,
    table: &str,
    row: &Spanned<Table>,
    file: &TomlFile,
) {
    let line = file.line(row.span());
    let row = row.get_ref();
    let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    // What tells two rows of one table and year apart.
    let told_by = ["category", "event", "who", "group", "opens"].map(text);
    let limit = row.get("within_days").or(row.get("within_months")).map(Value::to_string);
    let mut name = vec![table.to_string()];
    name.extend(told_by.into_iter().chain(limit).filter(|it| !it.is_empty()));
    for (key, value) in row {
        if matches!(
            key.as_str(),
            "coverage_year" | "reference" | "category" | "event" | "who" | "group"
        ) {
            continue;
        }
        parameters.push(Parameter {
            subject,
            row: name.join(" "),
            key: key.clone(),
            value: shown(key, value),
            reference: text("reference"),
            place: format!("{}:{line}", file.path.display()),
        });
    }
}

/// Money as yuan, lists and formulas on one line.
fn shown(key: &str, value: &Value) -> String {
    match value {
        Value::Integer(fen) if key.ends_with("_fen") => crate::clean::money::yuan(*fen),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|it| shown("", it)).collect();
            items.join(", ")
        }
        Value::Table(table) => {
            let items: Vec<String> =
                table.iter().map(|(key, it)| format!("{key} {}", shown(key, it))).collect();
            items.join(", ")
        }
        other => other.to_string(),
    }
}
