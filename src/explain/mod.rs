//! Why is she on my list? One person's file (一人一档) out of a published run.
//!
//! Nothing is judged again: what is told stands in the run's folder, so that the answer is the
//! one the lists were made from, whatever has become of the sources since.

mod answer;
mod dossier;
mod links;
mod match_text;
mod read;
mod row_text;
mod show;
mod who;
mod words;

use std::path::Path;

use serde::Serialize;

pub use dossier::{Candidate, Dossier, RunFacts};
pub use who::Sought;

use crate::{
    diagnostic::Lang,
    error::{Error, Result},
};

/// What a question found.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Found {
    One(Box<Dossier>),
    /// Several people answer to it, by village, household and key.
    Several(Vec<Candidate>),
}

/// Asks a published run about somebody; certificate numbers are masked unless whole ones are
/// wanted.
pub fn explain(run: &Path, sought: &Sought, has_whole_ids: bool) -> Result<Found> {
    let run = read::Run::open(run, has_whole_ids)?;
    let people = who::find(&run, sought)?;
    match people.as_slice() {
        [] => Err(Error::NotFound(sought.nobody(&run.facts))),
        [(one, _)] => Ok(Found::One(Box::new(read::dossier(&run, *one)?))),
        several => Ok(Found::Several(who::candidates(&run, several)?)),
    }
}

impl Found {
    /// How many people it is about.
    pub fn count(&self) -> usize {
        match self {
            Found::One(_) => 1,
            Found::Several(people) => people.len(),
        }
    }

    /// As a clerk reads it.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Found::One(dossier) => show::dossier(dossier, lang),
            Found::Several(people) => show::several(people, lang),
        }
    }

    /// As a program reads it: an object, or an array where there are several people.
    pub fn json(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("bug: a file that is no JSON");
        format!("{json}\n")
    }
}

#[cfg(test)]
mod tests;
