//! `target.toml` and `targets.csv`: what the year is measured by.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use toml::Spanned;

use super::{
    counted::{Counted, Insurance},
    rule_file::{Reading, year_rows},
};
use crate::{
    config::Divisions,
    diagnostic::Message,
    error::{Error, Result},
    policy::Cited,
    tables::DivisionId,
};

crate::labelled! {
    /// Where a place's target comes from.
    pub enum TargetFrom {
        Table = "table", "任务表";
        Liable = "liable", "应缴人数";
    }
}

/// The targets of a coverage year.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub coverage_year: u16,
    /// Whether places are measured by the figures of `targets.csv`, or by `overall_percent` of
    /// those whose fee is due here.
    pub measured_by: TargetFrom,
    /// Whom completion counts; the insured where the file does not say.
    pub counted: Option<Counted>,
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

/// Whom a row of `targets.csv` is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetPlace {
    Division(DivisionId),
    /// A reporting region of `divisions.csv`.
    Region(String),
}

/// One place's figures, as its document prints them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// Residents as counted by the document.
    pub residents: Option<u64>,
    /// How many are to be insured.
    pub target: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetsRow {
    #[serde(default)]
    code: String,
    #[serde(default)]
    region: String,
    /// For people only.
    #[serde(rename = "name")]
    _name: String,
    #[serde(default)]
    insurance: Option<Insurance>,
    #[serde(default)]
    set_by: String,
    residents: Option<u64>,
    target: Option<u64>,
    reference: String,
}

/// Targets of the run: in per cent, and by place where a table gives them.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Nothing where no folder states any.
    pub rates: Option<Cited<Target>>,
    goals: BTreeMap<(TargetPlace, Insurance, String), Cited<Goal>>,
    /// Places in the order of the table.
    order: Vec<TargetPlace>,
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
        let mut targets = Targets { rates, ..Targets::default() };
        if let Some(path) = reading.folders.file("targets.csv") {
            targets.read(reading, divisions, path)?;
        }
        Ok(targets)
    }

    fn read(
        &mut self,
        reading: &mut Reading<'_>,
        divisions: &Divisions,
        path: PathBuf,
    ) -> Result<()> {
        let mut reader = csv::Reader::from_path(&path)
            .map_err(|error| refuse(&path, 1, error.to_string(), error.to_string()))?;
        for (at, row) in reader.deserialize::<TargetsRow>().enumerate() {
            let line = at + 2;
            let row =
                row.map_err(|error| refuse(&path, line, error.to_string(), error.to_string()))?;
            let place =
                place(divisions, &row).map_err(|what| refuse(&path, line, what.zh, what.en))?;
            if row.reference.trim().is_empty() {
                let (zh, en) = ("没有依据".to_string(), "there is no reference".to_string());
                return Err(refuse(&path, line, zh, en));
            }
            let clause = reading.clauses.add(&row.reference, &path.display().to_string());
            let value = Goal { residents: row.residents, target: row.target };
            if !self.order.contains(&place) {
                self.order.push(place.clone());
            }
            let key = (place, row.insurance.unwrap_or(Insurance::Resident), row.set_by);
            if self.goals.insert(key, Cited { value, clause }).is_some() {
                let (zh, en) = ("区划和险种重复", "the place and insurance are there twice");
                return Err(refuse(&path, line, zh.to_string(), en.to_string()));
            }
        }
        Ok(())
    }

    /// What the table says of a place; `set_by` is empty for the area's own targets.
    pub fn of(
        &self,
        place: &TargetPlace,
        insurance: Insurance,
        set_by: &str,
    ) -> Option<&Cited<Goal>> {
        self.goals.get(&(place.clone(), insurance, set_by.to_string()))
    }

    /// Whom completion counts.
    pub fn counted(&self) -> Counted {
        self.rates.as_ref().and_then(|it| it.value.counted).unwrap_or(Counted::Insured)
    }

    /// Who set targets: the area itself, which is the empty name, then others.
    pub fn setters(&self) -> Vec<String> {
        let mut setters: Vec<String> = self.goals.keys().map(|it| it.2.clone()).collect();
        setters.push(String::new());
        setters.sort();
        setters.dedup();
        setters
    }

    /// The places of the table in its order.
    pub fn places(&self) -> &[TargetPlace] {
        &self.order
    }
}

/// The division or region that a row names.
fn place(divisions: &Divisions, row: &TargetsRow) -> std::result::Result<TargetPlace, Message> {
    let region = &row.region;
    match (row.code.is_empty(), region.is_empty()) {
        (false, true) => {
            let code = &row.code;
            divisions.by_code(code).map(TargetPlace::Division).ok_or_else(|| {
                Message::new(format!("区划表里没有 {code}"), format!("no division {code}"))
            })
        }
        (true, false) if divisions.iter().any(|(id, _)| divisions.region(id) == region) => {
            Ok(TargetPlace::Region(region.clone()))
        }
        (true, false) => Err(Message::new(
            format!("区划表里没有区域 {region}"),
            format!("no region {region} in the divisions"),
        )),
        _ => Err(Message::new("code 和 region 写且只写一个", "give either a code or a region")),
    }
}

fn refuse(path: &Path, line: usize, zh: String, en: String) -> Error {
    Error::Config {
        file: path.to_path_buf(),
        what: Message::new(format!("第 {line} 行：{zh}"), format!("line {line}: {en}")),
        shown: String::new(),
        help: Message::new(
            "表头为 code 或 region，及 name,residents,target,reference；可有 insurance、set_by",
            "the header is code or region, then name,residents,target,reference; insurance and set_by may be there",
        ),
    }
}
