//! `fee.toml`: what a person and the state pay for a coverage year.

use serde::Deserialize;
use toml::Spanned;

use super::{Cited, Clauses, rule_file};
use crate::{config::Pipeline, error::Result};

/// An amount for a coverage year, set by the notice of an earlier one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub coverage_year: u16,
    /// The year of the notice that set it: usually the year before.
    pub notice_year: u16,
    pub amount_fen: i64,
    reference: String,
}

impl rule_file::YearRow for Amount {
    fn coverage_year(&self) -> u16 {
        self.coverage_year
    }
    fn reference(&self) -> &str {
        &self.reference
    }
}

/// The fees of the run's coverage year.
#[derive(Clone, Debug)]
pub struct Fee {
    /// What a person pays.
    pub individual: Cited<Amount>,
    /// What the state adds, and a person pays too who owes the full price.
    pub fiscal: Cited<Amount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeeToml {
    individual: Vec<Spanned<Amount>>,
    fiscal: Vec<Spanned<Amount>>,
}

impl Fee {
    pub(super) fn load(pipeline: &Pipeline, clauses: &mut Clauses) -> Result<Fee> {
        let file = rule_file::open(pipeline, "fee.toml")?;
        let toml: FeeToml = file.parse()?;
        let year = pipeline.insurance_year;
        Ok(Fee {
            individual: rule_file::one_of_year(
                &file,
                "individual",
                toml.individual,
                year,
                clauses,
            )?,
            fiscal: rule_file::one_of_year(&file, "fiscal", toml.fiscal, year, clauses)?,
        })
    }

    /// A price in fen; nothing where the fee is refused.
    pub fn price(&self, price: super::Price) -> Option<i64> {
        let individual = self.individual.value.amount_fen;
        match price {
            super::Price::Individual => Some(individual),
            super::Price::Full => Some(individual + self.fiscal.value.amount_fen),
            super::Price::Refused => None,
        }
    }
}
