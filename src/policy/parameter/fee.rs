//! `fee.toml`: what a person and the state pay for a coverage year.

use serde::Deserialize;
use toml::Spanned;

use super::{
    rule_file::{Reading, year_rows},
    window::Price,
};
use crate::{error::Result, policy::Cited};

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

year_rows!(Amount);

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
    pub(in crate::policy) fn load(reading: &mut Reading<'_>) -> Result<Fee> {
        let file = reading.open("fee.toml")?;
        let toml: FeeToml = file.parse()?;
        Ok(Fee {
            individual: reading.one_of_year(&file, "individual", toml.individual)?,
            fiscal: reading.one_of_year(&file, "fiscal", toml.fiscal)?,
        })
    }

    /// A price in fen; nothing where the fee is refused.
    pub fn price(&self, price: Price) -> Option<i64> {
        let individual = self.individual.value.amount_fen;
        match price {
            Price::Individual => Some(individual),
            Price::Full => Some(individual + self.fiscal.value.amount_fen),
            Price::Refused => None,
        }
    }
}
