//! What was sent, what came back, what is overdue, what is still on its way: one row a recipient.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    COUNTY, Failure, Late, List, Recall, Receipt, Sent, lists, parcel, returned::Returned, table,
};
use crate::{
    error::Result,
    history::{BatchNumber, RecipientKind, RunName},
};

/// Where a pipeline's lists are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    pub as_of: NaiveDate,
    /// The newest run, which says what came of the findings.
    pub run: String,
    pub recipients: Vec<Recipient>,
    pub total: Counts,
    /// Lists that came back and are not, or no more, the recipient's own newest.
    pub late: Vec<Late>,
}

/// One recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recipient {
    pub code: String,
    pub name: String,
    pub kind: RecipientKind,
    /// The newest list that was made for it.
    pub made: Option<BatchNumber>,
    /// The last list that was delivered and not recalled.
    pub sent: Option<LastSent>,
    /// The list that was delivered last, if it was recalled and no newer one has been delivered.
    pub recalled: Option<Recall>,
    /// The last list that was to be delivered and could not be.
    pub undelivered: Option<Undelivered>,
}

/// The last list of a recipient, and what came of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastSent {
    pub batch: BatchNumber,
    /// RFC 3339.
    pub at: String,
    pub to: String,
    #[serde(flatten)]
    pub counts: Counts,
    /// The earliest day by which an open row is to be answered: rows that stood on the list before
    /// are due since then. Without open rows the list's own.
    pub due: NaiveDate,
    /// Days since then, where rows are open; 0 in time.
    pub overdue_days: i64,
}

/// Rows of lists: lines = answered + closed + open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub lines: usize,
    /// Rows with an answer that came back under the list's number, as the newest run read them.
    pub returned: usize,
    /// With an answer that stands or has closed it.
    pub answered: usize,
    /// Closed by what the sources say now.
    pub closed: usize,
    /// Neither.
    pub open: usize,
    /// Of the open: those whose day has passed.
    pub overdue: usize,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.lines += other.lines;
        self.returned += other.returned;
        self.answered += other.answered;
        self.closed += other.closed;
        self.open += other.open;
        self.overdue += other.overdue;
    }
}

/// What could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undelivered {
    pub batch: BatchNumber,
    pub to: String,
    pub reason: super::Reason,
    pub detail: String,
    /// When it failed first, since something arrived last.
    pub since: String,
    pub tries: usize,
}

/// What came of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    Answered,
    Closed,
    Open,
}

/// The status of a pipeline's home, as of a day; nothing where no run was published.
pub fn status(home: &Path, as_of: NaiveDate) -> Result<Option<Status>> {
    let Some(run) = parcel::runs(home)?.pop() else { return Ok(None) };
    let sent = Sent::read(home)?;
    let made = lists(home, run)?;
    let came = came_of(home, run)?;
    let known = known(&sent, &made);
    let returned = Returned::read(home, run)?;
    let mut last = last_sent(home, &sent, &came, as_of)?;
    let answered = returned.answered();
    for it in last.values_mut() {
        it.counts.returned = answered.get(&it.batch).copied().unwrap_or(0);
    }
    let recipients = known.into_iter().map(|((kind, code), name)| Recipient {
        made: made.iter().map(|it| &it.batch).find(|it| it.recipient == code).cloned(),
        recalled: recalled(&sent, &code),
        sent: last.remove(&code),
        undelivered: undelivered(&sent, &made, &code),
        code,
        name,
        kind,
    });
    let recipients: Vec<Recipient> = recipients.collect();
    let mut total = Counts::default();
    recipients.iter().filter_map(|it| it.sent.as_ref()).for_each(|it| total.add(it.counts));
    let late = returned.late(home, &sent)?;
    Ok(Some(Status { as_of, run: run.to_string(), recipients, total, late }))
}

/// Whoever has a list or ever had one, by kind and code, with the name as it is now.
fn known(sent: &Sent, made: &[List]) -> BTreeMap<(RecipientKind, String), String> {
    let mut known = BTreeMap::new();
    for it in sent.failures() {
        known.insert((it.kind, it.recipient.clone()), it.name.clone());
    }
    for it in sent.receipts() {
        known.insert((it.kind, it.recipient.clone()), it.name.clone());
    }
    for it in made {
        known.insert((it.kind, it.batch.recipient.clone()), it.recipient_name.clone());
    }
    known
}

/// What came of each finding that the run's book knows.
fn came_of(home: &Path, run: RunName) -> Result<BTreeMap<String, Came>> {
    let mut came = BTreeMap::new();
    let path = home.join(run.to_string()).join("cases.parquet");
    table::each(&path, &["finding", "state", "closed_by"], |cells| {
        let it = match (cells[1], cells[2]) {
            ("closed", "answer") | ("answered", _) => Came::Answered,
            ("closed", _) => Came::Closed,
            _ => Came::Open,
        };
        came.insert(cells[0].to_string(), it);
        Ok(())
    })?;
    Ok(came)
}

/// A recipient's list with the day by which each of its findings is due.
struct Known<'a> {
    receipt: &'a Receipt,
    list: Option<List>,
    due: BTreeMap<String, NaiveDate>,
}

/// The last list of each recipient. Lists are gone through from the oldest: what stood on the one before
/// is due since then.
fn last_sent(
    home: &Path,
    sent: &Sent,
    came: &BTreeMap<String, Came>,
    as_of: NaiveDate,
) -> Result<BTreeMap<String, LastSent>> {
    let mut last: BTreeMap<String, Known<'_>> = BTreeMap::new();
    let mut run_at_hand: Option<(RunName, Vec<List>)> = None;
    for receipt in sent.counting() {
        let run = receipt.batch.run;
        if run_at_hand.as_ref().is_none_or(|it| it.0 != run) {
            run_at_hand = Some((run, lists(home, run)?));
        }
        let of_run = run_at_hand.iter().flat_map(|it| &it.1);
        let list = of_run.into_iter().find(|it| it.batch == receipt.batch).cloned();
        let before = last.remove(&receipt.recipient).map(|it| it.due).unwrap_or_default();
        let findings = list.iter().flat_map(|it| &it.lines).map(|it| it.finding.clone());
        let due = findings.map(|it| {
            let since = before.get(&it).copied().unwrap_or(receipt.due);
            (it, since)
        });
        let due = due.collect();
        last.insert(receipt.recipient.clone(), Known { receipt, list, due });
    }
    Ok(last.into_iter().map(|(code, it)| (code, it.told(came, as_of))).collect())
}

impl Known<'_> {
    fn told(&self, came: &BTreeMap<String, Came>, as_of: NaiveDate) -> LastSent {
        let mut counts = Counts::default();
        let mut first_due: Option<NaiveDate> = None;
        let lines = self.list.iter().flat_map(|it| &it.lines).filter(|it| it.is_main);
        for line in lines {
            counts.lines += 1;
            // What the book does not know any more is of another coverage year.
            match came.get(&line.finding).copied().unwrap_or(Came::Closed) {
                Came::Answered => counts.answered += 1,
                Came::Closed => counts.closed += 1,
                Came::Open => {
                    counts.open += 1;
                    let due = self.due.get(&line.finding).copied().unwrap_or(self.receipt.due);
                    counts.overdue += usize::from(due < as_of);
                    first_due = [first_due, Some(due)].into_iter().flatten().min();
                }
            }
        }
        let overdue_days = first_due.map_or(0, |it| (as_of - it).num_days().max(0));
        LastSent {
            batch: self.receipt.batch.clone(),
            at: self.receipt.at.clone(),
            to: self.receipt.to.clone(),
            counts,
            due: first_due.unwrap_or(self.receipt.due),
            overdue_days,
        }
    }
}

/// The last list of a recipient, if it was recalled.
fn recalled(sent: &Sent, code: &str) -> Option<Recall> {
    let last = sent.receipts().filter(|it| it.recipient == code).last()?;
    sent.recall(&last.batch).cloned()
}

/// What is still on its way to a recipient. A department for which there is nothing to do any more
/// waits for no list.
fn undelivered(sent: &Sent, made: &[List], code: &str) -> Option<Undelivered> {
    let has_list = code == COUNTY || made.iter().any(|it| it.batch.recipient == code);
    let failures: Vec<&Failure> =
        sent.failures().iter().filter(|it| it.recipient == code).collect();
    let (first, last) = (failures.first()?, failures.last().filter(|_| has_list)?);
    Some(Undelivered {
        batch: last.batch.clone(),
        to: last.to.clone(),
        reason: last.reason,
        detail: last.detail.clone(),
        since: first.at.clone(),
        tries: failures.len(),
    })
}
