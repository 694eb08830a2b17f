//! The list that each recipient has in hand.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;

use super::{List, Sent, lists::lists};
use crate::{
    error::Result,
    history::{BatchNumber, RunName},
};

/// Each recipient's last list by a run of a day before `as_of`: the one it was sent, those recalled left
/// out; for whom none was ever sent, the one of the run `earlier`.
pub fn last_lists(
    home: &Path,
    sent: &Sent,
    earlier: Option<RunName>,
    as_of: NaiveDate,
) -> Result<BTreeMap<String, List>> {
    let made = earlier.map_or(Ok(Vec::new()), |run| lists(home, run))?;
    let by_recipient = |it: List| (it.batch.recipient.clone(), it);
    let mut last: BTreeMap<String, List> = made.into_iter().map(by_recipient).collect();
    let mut by_run: BTreeMap<RunName, Vec<&BatchNumber>> = BTreeMap::new();
    for batch in sent.last_of_all(as_of).into_values() {
        by_run.entry(batch.run).or_default().push(batch);
    }
    for (run, batches) in by_run {
        let of_run = lists(home, run)?.into_iter();
        last.extend(of_run.filter(|it| batches.contains(&&it.batch)).map(by_recipient));
    }
    Ok(last)
}
