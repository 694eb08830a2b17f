//! `bulou policy`: the parameters in force with their clauses; what described people owe; two
//! dates or localities side by side.

mod assess;
mod compare;
mod listing;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::{
    config::RuleFolders,
    diagnostic::Lang,
    error::Result,
    policy::{Parameter, Policy, list, year_on},
};

#[derive(clap::Args)]
pub struct Args {
    /// The pipeline folder, or a folder of rules that others extend
    pipeline: PathBuf,
    /// The day the parameters are to hold on; today if absent
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
    /// What the people described in a file owe, who pays it, and from when cover runs, each with
    /// its clause; where the file says what is expected, whether that is so
    #[arg(long, value_name = "FILE", conflicts_with = "compare")]
    assess: Option<PathBuf>,
    /// Another day, or another pipeline's folder, to set beside this one
    #[arg(long, value_name = "DATE|FOLDER")]
    compare: Option<String>,
}

pub(super) fn execute(args: &Args, lang: Lang) -> Result<u8> {
    let rules = RuleFolders::open(&args.pipeline)?;
    if let Some(file) = &args.assess {
        return assess::print(&rules, file, lang);
    }
    let day = args.on.unwrap_or_else(super::today);
    let here = Edition::of(&args.pipeline, rules, day)?;
    match &args.compare {
        None => listing::print(&here, lang),
        Some(other) => compare::print(&here, &other_edition(args, other, day)?, lang),
    }
    Ok(0)
}

/// What holds in a locality on a day.
struct Edition {
    /// The folder's name.
    name: String,
    day: NaiveDate,
    policy: Policy,
    parameters: Vec<Parameter>,
}

impl Edition {
    fn of(folder: &Path, rules: RuleFolders, day: NaiveDate) -> Result<Edition> {
        let year = year_on(&rules, day)?;
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let name = whole.file_name().map(|it| it.to_string_lossy().into_owned());
        Ok(Edition {
            name: name.unwrap_or_default(),
            day,
            policy: Policy::of_year(&rules, year)?,
            parameters: list(&rules, year, day)?,
        })
    }
}

fn other_edition(args: &Args, other: &str, day: NaiveDate) -> Result<Edition> {
    match other.parse::<NaiveDate>() {
        Ok(day) => Edition::of(&args.pipeline, RuleFolders::open(&args.pipeline)?, day),
        Err(_) => {
            let folder = Path::new(other);
            Edition::of(folder, RuleFolders::open(folder)?, day)
        }
    }
}
