//! `bulou synth`: the command line's side.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::output::{Options, Summary, generate};
use super::rates::Rates;
use super::rules::Rules;
use crate::error::Result;

/// Make a synthetic county with ground truth.
#[derive(clap::Args, Clone, Debug)]
pub struct SynthArgs {
    /// Code of a county, city, township or village in the rules folder's divisions.csv, or several
    /// separated by commas
    #[arg(long, value_delimiter = ',', required = true)]
    pub county: Vec<u64>,
    /// About how many registered people.
    #[arg(long)]
    pub people: usize,
    /// The same seed and options give the same bytes.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The pipeline folder to write.
    #[arg(long)]
    pub out: PathBuf,
    /// The pipeline folder with divisions.csv and the policy.
    #[arg(long)]
    pub rules: PathBuf,
    /// The day on which the departments hand in their files.
    #[arg(long)]
    pub as_of: NaiveDate,
    /// Factor on the rates of dirty rows; 0 is a county of clean files.
    #[arg(long, default_value_t = 1.0)]
    pub dirt: f64,
    /// Seed of the files' wording and arrangement; 0 is the usual one.
    #[arg(long, default_value_t = 0)]
    pub layout: u64,
    /// Category lists come whole every month, a file a month, instead of once with dates.
    #[arg(long)]
    pub monthly_lists: bool,
}

/// Makes the county; the rules are those of the policy in the folder.
pub fn run(args: &SynthArgs, rules: Rules) -> Result<Summary> {
    generate(&Options {
        areas: args.county.clone(),
        people: args.people,
        seed: args.seed,
        out: args.out.clone(),
        rules_folder: args.rules.clone(),
        rules,
        rates: Rates::default(),
        as_of: args.as_of,
        dirt: args.dirt,
        layout: args.layout,
        monthly_lists: args.monthly_lists,
    })
}
