//! Dated parameters, each with the clause that set it, and the decisions made from them.
//!
//! Nothing here knows an amount or a date: they stand in the pipeline's `policy/*.toml`, one
//! subject a file. The nearest folder's file wins whole, and which one won is recorded.
//! `parameter` reads and checks the files, `decide` answers from them, one decision a file.

mod assess;
pub mod case_file;
pub mod chain;
mod circumstances;
mod clause;
mod decide;
mod decision;
mod flexible_life;
mod parameter;

pub use assess::{Assessment, assess_ahead, assess_payment, assess_payments};
pub use circumstances::{Circumstances, Employment, Exit, Identity, Period, Study};
pub use clause::{Cited, Clause, ClauseId, Clauses};
pub use decide::{
    arrears::{Break, arrears},
    belonging::belonging,
    contribution::{contribution, supplement},
    cover::{Cover, cover},
    first_enrolment::{FirstDays, first_enrolment},
    liable::{Liability, liable},
    review::review,
    subsidy::{Entitled, reimbursement, subsidy},
    switch::{Switched, switch},
    terms::{Terms, terms_ahead, terms_on},
};
pub use decision::{Decision, Reason};
pub use flexible_life::{FlexibleLife, PreviousCover};
pub use parameter::{
    benefit::{Benefit, BenefitYear, StudentKind, StudentYear, Waiting, WaitsFrom},
    category::{Categories, Category, CategoryId, LabelIndex},
    counted::{Counted, Insurance},
    exception::{Event, Exception, Exceptions, Proof},
    fee::Fee,
    flexible::{Flexible, Paid},
    incentive::{
        Each, FirstBy, Grade, Incentive, Incentives, InsuredBy, Points, Rewarded, WholeHousehold,
    },
    listing::{Parameter, list, year_on},
    scope::{Scope, ScopeGroup, StudentsInsured, age_on},
    start::{CountsFrom, Start, Wait},
    subsidy::{AddedInside, Choose, Subsidies, Subsidy},
    target::{Goal, Target, TargetFrom, TargetPlace, Targets},
    timeline::Timeline,
    window::{Late, Price, Window, Windows},
    words::{key_words, value_words},
};

use crate::{
    config::{Divisions, Pipeline, RuleFolders},
    error::Result,
};
use parameter::rule_file::Reading;

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
    pub benefit: Benefit,
    pub subsidies: Subsidies,
    pub exceptions: Exceptions,
    pub flexible: Flexible,
    pub targets: Targets,
    pub incentives: Incentives,
}

impl Policy {
    /// The same rules with a monthly wage that somebody supposes.
    #[must_use]
    pub fn with_wage(mut self, monthly_fen: i64) -> Policy {
        let value = parameter::flexible::Wage::supposed(monthly_fen);
        self.flexible.wage = Timeline::always(Cited { value, clause: ClauseId::NONE });
        self
    }

    /// Loads every policy file of a pipeline, strictly.
    pub fn load(pipeline: &Pipeline) -> Result<Policy> {
        Policy::read(&pipeline.rules, &pipeline.divisions, pipeline.insurance_year)
    }

    /// Loads the rules of some folders for a coverage year, strictly.
    pub fn of_year(folders: &RuleFolders, year: u16) -> Result<Policy> {
        let path = folders.file("divisions.csv");
        let divisions = path.map(|it| Divisions::open(&it)).transpose()?.unwrap_or_default();
        Policy::read(folders, &divisions, year)
    }

    fn read(folders: &RuleFolders, divisions: &Divisions, year: u16) -> Result<Policy> {
        let mut clauses = Clauses::default();
        let reading = &mut Reading { folders, year, clauses: &mut clauses };
        let categories = Categories::load(&reading.open("categories.toml")?)?;
        let scope = Scope::load(reading)?;
        let fee = Fee::load(reading)?;
        let windows = Windows::load(reading)?;
        let benefit = Benefit::load(reading)?;
        let fee_fen = fee.individual.value.amount_fen;
        let subsidies = Subsidies::load(reading, fee_fen, &categories)?;
        let exceptions = Exceptions::load(reading, windows.first().value.opens)?;
        let flexible = Flexible::load(reading)?;
        let targets = Targets::load(reading, divisions)?;
        let incentives = Incentives::load(reading)?;
        Ok(Policy {
            year,
            clauses,
            categories,
            scope,
            fee,
            windows,
            benefit,
            subsidies,
            exceptions,
            flexible,
            targets,
            incentives,
        })
    }
}
