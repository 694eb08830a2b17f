//! Dated parameters, each with the clause that set it, and the decisions made from them.
//!
//! Nothing here knows an amount or a date: they stand in the pipeline's `policy/*.toml`, one
//! subject a file. The nearest folder's file wins whole, and which one won is recorded.

mod category;
mod clause;
mod exception;
mod fee;
mod rule_file;
mod scope;
mod subsidy;
mod target;
mod window;

pub use category::{Categories, Category, CategoryId, LabelIndex};
pub use clause::{Cited, Clause, ClauseId, Clauses};
pub use exception::{CoverFrom, Event, Exception, Exceptions};
pub use fee::Fee;
pub use scope::{Scope, ScopeGroup, age_on};
pub use subsidy::Subsidies;
pub use target::{DivisionTarget, Target, Targets};
pub use window::{Late, Price, Window, Windows};

use crate::{config::Pipeline, error::Result};

/// The rules of one locality for one coverage year.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The coverage (insurance) year.
    pub year: u16,
    pub clauses: Clauses,
    pub categories: Categories,
    pub scope: Scope,
    pub fee: Fee,
    pub windows: Windows,
    pub subsidies: Subsidies,
    pub exceptions: Exceptions,
    pub targets: Targets,
}

impl Policy {
    /// Loads every policy file of a pipeline, strictly.
    pub fn load(pipeline: &Pipeline) -> Result<Policy> {
        let mut clauses = Clauses::default();
        let categories = Categories::load(&rule_file::open(pipeline, "categories.toml")?)?;
        let scope = Scope::load(pipeline, &mut clauses)?;
        let fee = Fee::load(pipeline, &mut clauses)?;
        let windows = Windows::load(pipeline, &mut clauses)?;
        let fee_fen = fee.individual.value.amount_fen;
        let subsidies = Subsidies::load(pipeline, fee_fen, &categories, &mut clauses)?;
        let exceptions = Exceptions::load(pipeline, &mut clauses)?;
        let targets = Targets::load(pipeline, &mut clauses)?;
        Ok(Policy {
            year: pipeline.insurance_year,
            clauses,
            categories,
            scope,
            fee,
            windows,
            subsidies,
            exceptions,
            targets,
        })
    }
}
