//! A person's file as it is told: what `--json` prints, and what the text is made of.
//!
//! Codes are those of the published tables. A text that is not known is empty; a day, a number or
//! an amount that is not known is null.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

/// The run that is asked.
#[derive(Clone, Debug, Default, Serialize, serde::Deserialize)]
pub struct RunFacts {
    pub pipeline: String,
    pub title: String,
    pub as_of: NaiveDate,
    pub insurance_year: u16,
    pub bulou_version: String,
}

/// Everything that a run has published about one person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Dossier {
    pub run: RunFacts,
    pub person: Who,
    /// What it comes to, in sentences.
    pub answer: Vec<Sentence>,
    pub cover: Cover,
    pub findings: Vec<Finding>,
    /// The rows that are this person's, by source kind.
    pub rows: Vec<SourceRow>,
    /// Rows of others that are probably this person's.
    pub questions: Vec<SourceRow>,
}

/// Who it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Who {
    pub person: String,
    pub name: String,
    /// The number; as found where it is not whole.
    pub id_number: String,
    pub id_state: String,
    pub sex: String,
    pub birth: Option<NaiveDate>,
    pub village: String,
    pub township_name: String,
    pub village_name: String,
    pub household: String,
    pub verdict: String,
}

/// One of several who answer to what was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Candidate {
    #[serde(flatten)]
    pub who: Who,
    /// Whether only a source row says so, and the person's own line says otherwise.
    pub is_by_row: bool,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sentence {
    pub zh: String,
    pub en: String,
}

/// The person's row of the ledger; codes, clauses, money in fen.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cover {
    pub verdict: String,
    pub scope: String,
    pub scope_clause: String,
    pub group: String,
    pub last_year: String,
    pub category: String,
    pub step: String,
    pub subsidy_fen: Option<i64>,
    pub subsidy_clause: String,
    pub due_fen: Option<i64>,
    pub due_clause: String,
    pub paid_fen: i64,
    pub subsidised_fen: i64,
    pub paid_on: Option<NaiveDate>,
    pub benefit_from: Option<NaiveDate>,
    pub deadline: Option<NaiveDate>,
}

/// A finding about the person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Finding {
    pub code: String,
    pub finding: String,
    /// The rule's name in either language.
    pub rule: Sentence,
    pub detail: String,
    pub priority: String,
    pub owner: String,
    pub state: String,
    pub first_seen: Option<NaiveDate>,
    pub deadline: Option<NaiveDate>,
    pub amount_expected_fen: Option<i64>,
    pub amount_actual_fen: Option<i64>,
    pub probability: f32,
    /// The rows that prove it, with whose they are: not all need be this person's.
    pub evidence: Vec<Partner>,
}

/// Where a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    pub source: String,
    pub file: String,
    pub sheet: String,
    pub row: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!("[{}]", self.sheet) };
        write!(to, "{}{sheet}:{}", self.file, self.row)
    }
}

/// A row of a source: what it says, and by what it is whose.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceRow {
    /// Whose row it is.
    pub person: String,
    #[serde(flatten)]
    pub place: Place,
    pub kind: String,
    pub id_state: String,
    pub id_number: String,
    pub name: String,
    pub sex: String,
    pub birth: Option<NaiveDate>,
    /// Code and name of the village or, where that is all, of the township.
    pub division: String,
    pub division_name: String,
    pub household: String,
    pub on: Option<NaiveDate>,
    pub year: Option<i64>,
    pub amount_fen: Option<i64>,
    pub state: String,
    /// What the row says otherwise than the person's own line; told before ids are masked.
    pub differs: Vec<&'static str>,
    pub method: String,
    pub probability: f32,
    pub comparison: Option<Comparison>,
}

/// How a row was compared, field by field.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comparison {
    /// The other person whose row it probably is; nobody where the row was joined.
    pub probable_person: Option<Who>,
    pub probability: Option<f32>,
    pub rival_probability: Option<f32>,
    pub with: Vec<Partner>,
    pub fields: Vec<Weight>,
}

/// A row that is pointed at: compared with another, or the proof of a finding.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Partner {
    #[serde(flatten)]
    pub place: Place,
    pub person: String,
    pub name: String,
    pub id_number: String,
    pub birth: Option<NaiveDate>,
}

/// One field's weight: binary logarithm of how much likelier this is for one person than for two.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Weight {
    pub field: String,
    pub level: String,
    pub bits: f32,
}
