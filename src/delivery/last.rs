//! The list that each recipient has in hand on a night.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::NaiveDate;

use super::{List, Sent, lists};
use crate::{
    error::Result,
    history::{BatchNumber, RunName},
};

/// By recipient: the last list that was sent before `as_of` and not recalled. Where none ever was,
/// lists go out by hand, and it is that of the run `earlier`.
pub fn last_lists(
    home: &Path,
    sent: &Sent,
    as_of: NaiveDate,
    earlier: Option<RunName>,
) -> Result<BTreeMap<String, List>> {
    let by_recipient =
        |lists: Vec<List>| lists.into_iter().map(|it| (it.batch.recipient.clone(), it)).collect();
    if sent.receipts().next().is_none() {
        return Ok(by_recipient(earlier.map_or(Ok(Vec::new()), |run| lists(home, run))?));
    }
    let recipients: BTreeSet<&str> = sent.receipts().map(|it| it.recipient.as_str()).collect();
    let batches: BTreeSet<&BatchNumber> =
        recipients.into_iter().filter_map(|it| sent.last_before(it, as_of)).collect();
    let runs: BTreeSet<RunName> = batches.iter().map(|it| it.run).collect();
    let mut last = Vec::new();
    for run in runs {
        let of_run = lists(home, run)?.into_iter();
        last.extend(of_run.filter(|it| batches.contains(&it.batch)));
    }
    Ok(by_recipient(last))
}
