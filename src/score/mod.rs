//! How right a run is: its findings and links against the truth of a synthetic county.
//!
//! The run names source rows; the truth says whose they are. Nothing else connects the two, so a
//! run cannot be right for a wrong reason.

pub mod command;
pub mod links;
pub mod list;
pub mod run;
pub mod show;
pub mod strays;
pub mod tally;
pub mod truth;

pub use command::{ScoreArgs, run};
pub use links::LinkScore;
pub use run::RunOutput;
pub use tally::{CodeScore, Count};
pub use truth::Truth;

/// A run's score.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Score {
    pub codes: Vec<CodeScore>,
    pub links: LinkScore,
    pub must_not: Vec<Violation>,
    /// Evidence rows that the truth does not know: total rows, or a file it never wrote.
    pub unknown_rows: usize,
}

/// A finding that the truth forbids.
#[derive(Clone, Debug, serde::Serialize, PartialEq, Eq)]
pub struct Violation {
    pub code: String,
    pub why: String,
    /// Whether telling it takes linkage of damaged rows.
    pub takes_linkage: bool,
    pub times: usize,
}

/// Scores a run.
pub fn score(run: &RunOutput, truth: &Truth) -> Score {
    let judged = tally::judge(run, truth);
    Score {
        codes: tally::codes(&judged, truth),
        links: links::links(run, truth),
        must_not: tally::violations(&judged, truth),
        unknown_rows: judged.iter().map(|it| it.unknown_rows).sum(),
    }
}

impl Score {
    /// The score of one code.
    pub fn code(&self, code: &str) -> Option<&CodeScore> {
        self.codes.iter().find(|it| it.code == code)
    }
}

#[cfg(test)]
mod tests;
