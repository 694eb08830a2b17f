//! Tables over all persons: what departments settle and work by (subsidies against payments, whom
//! the tax bureau has to mark, who is on a list today, who paid after the main window), and how far
//! every place is.
//!
//! Everything here is a pure function of people, files and standings.

pub mod household;
pub mod incentive;
pub mod layout;
pub mod listed;
pub mod mid_year;
pub mod progress;
pub mod ranking;
pub mod settlement;
pub mod share;
pub mod subsidy_list;
pub mod summary;

use crate::{
    findings::Finding,
    identity::{Identities, Person, PersonFile, PersonFiles, PersonId},
    ledger::{Context, Standing},
};
use household::Household;
use incentive::Awards;
use listed::Listed;
use mid_year::MidYear;
use progress::Progress;
use settlement::Settlement;
use subsidy_list::{Before, SubsidyList, Tolerance};
use summary::Summary;

/// Everything that departments are given beside findings.
#[derive(Debug, Default)]
pub struct Reports {
    pub settlement: Settlement,
    pub subsidy_list: SubsidyList,
    /// Who is on a list today, by person.
    pub listed: Vec<Listed>,
    /// What was paid or enrolled after the main window and has to be reviewed.
    pub mid_year: Vec<MidYear>,
    pub progress: Progress,
    pub awards: Awards,
    pub households: Vec<Household>,
    pub summary: Summary,
}

/// All persons of a run, each with file and standing.
#[derive(Clone, Copy)]
pub struct Everybody<'a> {
    pub people: &'a [Person],
    pub files: &'a PersonFiles,
    pub standings: &'a [Standing],
}

/// One of them.
#[derive(Clone, Copy)]
pub struct One<'a> {
    pub id: PersonId,
    pub person: &'a Person,
    pub file: PersonFile<'a>,
    pub standing: &'a Standing,
}

impl<'a> Everybody<'a> {
    fn one(&self, id: PersonId) -> One<'a> {
        let at = id.0 as usize;
        let (person, standing) = (&self.people[at], &self.standings[at]);
        One { id, person, file: self.files.of(id), standing }
    }

    /// The ids of all, in order.
    fn ids(&self) -> std::ops::Range<u32> {
        0..self.people.len() as u32
    }
}

/// Makes every report. `before` is the subsidy list that was published last, and
/// `tolerance` by how much a list may shrink before nobody is taken off it.
pub fn make(
    cx: &Context<'_>,
    identities: &Identities,
    (files, standings, findings): (&PersonFiles, &[Standing], &[Finding]),
    before: Option<Before>,
    tolerance: Tolerance,
) -> Reports {
    let all = Everybody { people: &identities.people, files, standings };
    let marks = subsidy_list::marks(cx, &all);
    let progress = progress::progress(cx, &all, findings);
    let households = household::households(cx, &all);
    Reports {
        settlement: settlement::settle(cx, &all),
        subsidy_list: subsidy_list::compare(
            cx,
            &all,
            &identities.aliases,
            (marks, before),
            tolerance,
        ),
        listed: listed::listed(cx, &all),
        mid_year: mid_year::select(cx, &all, cx.policy.windows.review_mid_year.is_some()),
        awards: incentive::awards(cx, &progress),
        summary: summary::summary(cx, &progress),
        progress,
        households,
    }
}
