//! Lists that count no more: of one recipient, or of a whole run.

use std::{collections::BTreeSet, path::Path};

use super::{
    COUNTY, Sent, lists,
    log::{self, Event, Recall},
};
use crate::{
    diagnostic::Message,
    error::{Error, Result},
    history::{BatchNumber, RunName},
};

/// What is recalled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recalled {
    One(BatchNumber),
    /// Every list of a run.
    Run(RunName),
}

impl Recalled {
    /// Reads a list's number or a run's name.
    pub fn parse(text: &str) -> Option<Recalled> {
        let run = || RunName::parse(text.trim()).map(Recalled::Run);
        BatchNumber::parse(text).map(Recalled::One).or_else(run)
    }

    fn run(&self) -> RunName {
        match self {
            Recalled::One(batch) => batch.run,
            Recalled::Run(run) => *run,
        }
    }
}

/// Recalls lists, and answers with those that were not recalled before. Nothing of them is sent from now
/// on, and they count no more when they come back. `at` is this moment.
pub fn recall(home: &Path, what: &Recalled, at: &str, because: &str) -> Result<Vec<BatchNumber>> {
    let sent = Sent::read(home)?;
    let run = what.run();
    // Those of the run, and what went to somebody who has no list in it: the county.
    let made = lists::recipients(home, run)?.unwrap_or_default();
    let made = made.into_iter().map(|recipient| BatchNumber { run, recipient });
    let logged =
        sent.receipts().map(|it| &it.batch).chain(sent.failures().iter().map(|it| &it.batch));
    let logged = logged.filter(|it| it.run == run).cloned();
    let mut batches: BTreeSet<BatchNumber> = made.chain(logged).collect();
    if !batches.is_empty() {
        batches.insert(BatchNumber { run, recipient: COUNTY.to_string() });
    }
    if let Recalled::One(batch) = what {
        batches.retain(|it| it == batch);
    }
    if batches.is_empty() {
        return Err(nothing(home, what));
    }
    batches.retain(|it| sent.recall(it).is_none());
    for batch in &batches {
        let (at, because) = (at.to_string(), because.to_string());
        let recipient = batch.recipient.clone();
        log::add(home, &Event::Recalled(Recall { batch: batch.clone(), recipient, at, because }))?;
    }
    Ok(batches.into_iter().collect())
}

fn nothing(home: &Path, what: &Recalled) -> Error {
    let home = home.display();
    let what = match what {
        Recalled::One(batch) => batch.to_string(),
        Recalled::Run(run) => run.to_string(),
    };
    Error::NotFound(Message::new(
        format!("{home} 里没有批次 {what}；bulou status {home} 列出已下发的批次"),
        format!("{home} has no list of {what}; bulou status {home} names those that were sent"),
    ))
}
