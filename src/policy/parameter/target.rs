//! `target.toml` and `targets.csv`: what the year is measured by.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::rule_file::{Reading, year_rows};
use crate::{
    config::Divisions,
    diagnostic::Message,
    error::{Error, Result},
    policy::Cited,
    tables::DivisionId,
};

/// The targets of a coverage year.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub coverage_year: u16,
    pub overall_percent: u32,
    pub must_be_covered_percent: u32,
    /// How many payers' data must be right; nothing where the document does not say.
    pub identity_accuracy_percent: Option<u32>,
    reference: String,
}

year_rows!(Target);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetToml {
    target: Vec<Spanned<Target>>,
}

/// One division's figures, as its document prints them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DivisionTarget {
    /// Residents as counted by the document.
    pub residents: u64,
    /// How many are to be insured.
    pub target: u64,
}

#[derive(Deserialize)]
struct TargetsRow {
    code: String,
    residents: u64,
    target: u64,
    reference: String,
}

/// Targets of the run: in per cent, and by division where a table gives them.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Nothing where no folder states any.
    pub rates: Option<Cited<Target>>,
    pub by_division: BTreeMap<DivisionId, Cited<DivisionTarget>>,
}

impl Targets {
    pub(in crate::policy) fn load(
        reading: &mut Reading<'_>,
        divisions: &Divisions,
    ) -> Result<Targets> {
        let rates = match reading.find("target.toml")? {
            None => None,
            Some(file) => {
                let toml: TargetToml = file.parse()?;
                Some(reading.one_of_year(&file, "target", toml.target)?)
            }
        };
        Ok(Targets { rates, by_division: load_table(reading, divisions)? })
    }
}

fn load_table(
    reading: &mut Reading<'_>,
    divisions: &Divisions,
) -> Result<BTreeMap<DivisionId, Cited<DivisionTarget>>> {
    let mut table = BTreeMap::new();
    let Some(path) = reading.folders.file("targets.csv") else { return Ok(table) };
    let refuse = |line: usize, zh: String, en: String| Error::Config {
        file: path.clone(),
        what: Message::new(format!("第 {line} 行：{zh}"), format!("line {line}: {en}")),
        shown: String::new(),
        help: Message::new(
            "表头应为 code,name,residents,target,reference",
            "the header is code,name,residents,target,reference",
        ),
    };
    let mut reader = csv::Reader::from_path(&path)
        .map_err(|error| refuse(1, error.to_string(), error.to_string()))?;
    for (at, row) in reader.deserialize::<TargetsRow>().enumerate() {
        let line = at + 2;
        let row = row.map_err(|error| refuse(line, error.to_string(), error.to_string()))?;
        let division = divisions.by_code(&row.code).ok_or_else(|| {
            let code = &row.code;
            refuse(line, format!("区划表里没有 {code}"), format!("no division {code}"))
        })?;
        if row.reference.trim().is_empty() {
            return Err(refuse(line, "没有依据".into(), "there is no reference".into()));
        }
        let clause = reading.clauses.add(&row.reference, &path.display().to_string());
        let value = DivisionTarget { residents: row.residents, target: row.target };
        if table.insert(division, Cited { value, clause }).is_some() {
            return Err(refuse(line, "区划重复".into(), "the division is there twice".into()));
        }
    }
    Ok(table)
}
