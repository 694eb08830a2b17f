//! What the log comes to: which lists went out, which of them count, what is still on its way.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use super::{
    lists,
    log::{self, Event, Failure, Recall, Receipt},
};
use crate::{
    error::Result,
    history::{self, BatchNumber},
};

crate::labelled! {
    /// What a list counts for when it comes back.
    pub enum Standing {
        Current = "current", "有效";
        Superseded = "superseded", "已被新名单取代";
        Recalled = "recalled", "已作废";
        Unknown = "unknown", "没有这个批次";
        /// It bears no number.
        Unstated = "none", "未注明批次";
    }
}

/// How a list stands, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    pub standing: Standing,
    /// The newest list that took its place.
    pub by: Option<BatchNumber>,
    /// Why it was recalled.
    pub because: String,
}

/// Every delivery of a pipeline's home.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    home: PathBuf,
    /// In the order of numbers, each once: the last receipt counts.
    receipts: BTreeMap<BatchNumber, Receipt>,
    /// As they happened.
    failures: Vec<Failure>,
    recalls: BTreeMap<BatchNumber, Recall>,
}

impl Sent {
    /// Reads the log of a home; nothing was sent where there is none.
    pub fn read(home: &Path) -> Result<Sent> {
        let mut sent = Sent { home: home.to_path_buf(), ..Sent::default() };
        for event in log::read(home)? {
            match event {
                Event::Sent(it) => {
                    // What failed before it has arrived, or is overtaken.
                    sent.failures.retain(|failure| {
                        failure.recipient != it.recipient || failure.batch > it.batch
                    });
                    sent.receipts.insert(it.batch.clone(), it);
                }
                Event::Failed(it) => sent.failures.push(it),
                Event::Recalled(it) => {
                    sent.failures.retain(|failure| failure.batch != it.batch);
                    // The first word counts.
                    sent.recalls.entry(it.batch.clone()).or_insert(it);
                }
            }
        }
        Ok(sent)
    }

    /// Whether a list was delivered, also if it was recalled since.
    pub fn receipt(&self, batch: &BatchNumber) -> Option<&Receipt> {
        self.receipts.get(batch)
    }

    /// Whether and why a list was recalled.
    pub fn recall(&self, batch: &BatchNumber) -> Option<&Recall> {
        self.recalls.get(batch)
    }

    /// Every list that was delivered and not recalled, in the order of numbers.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = &Receipt> {
        self.receipts.values().filter(|it| !self.recalls.contains_key(&it.batch))
    }

    /// Every list that was delivered, in the order of numbers.
    pub fn receipts(&self) -> impl Iterator<Item = &Receipt> {
        self.receipts.values()
    }

    /// What could not be delivered and still should be, as it happened.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The last list that a recipient was sent by a run of a day before `as_of`, those recalled
    /// left out.
    pub fn last_before(&self, recipient: &str, as_of: NaiveDate) -> Option<&BatchNumber> {
        let of_days_before =
            |it: &&Receipt| it.recipient == recipient && it.batch.run.as_of < as_of;
        self.counting().filter(of_days_before).map(|it| &it.batch).max()
    }

    /// The last list of every recipient, as [`Sent::last_before`] has it.
    pub fn last_of_all(&self, as_of: NaiveDate) -> BTreeMap<&str, &BatchNumber> {
        let of_days_before = self.counting().filter(|it| it.batch.run.as_of < as_of);
        // In the order of numbers, so that the last one stays.
        of_days_before.map(|it| (it.recipient.as_str(), &it.batch)).collect()
    }

    /// How a list stands on the night of `as_of`: what was sent by runs of days before counts.
    pub fn standing(&self, batch: &BatchNumber, as_of: NaiveDate) -> Result<Stood> {
        let plain = |standing| Stood { standing, by: None, because: String::new() };
        if let Some(recall) = self.recalls.get(batch) {
            return Ok(Stood { because: recall.because.clone(), ..plain(Standing::Recalled) });
        }
        if !self.is_known(batch)? {
            return Ok(plain(Standing::Unknown));
        }
        let newest = self.last_before(&batch.recipient, as_of).filter(|it| *it > batch);
        Ok(match newest {
            None => plain(Standing::Current),
            Some(by) => Stood { by: Some(by.clone()), ..plain(Standing::Superseded) },
        })
    }

    /// Whether there ever was such a list: sent, or made by a run, which may be gone.
    fn is_known(&self, batch: &BatchNumber) -> Result<bool> {
        if self.receipts.contains_key(batch) {
            return Ok(true);
        }
        match lists::recipients(&self.home, batch.run)? {
            Some(recipients) => Ok(recipients.contains(&batch.recipient)),
            None => Ok(history::runs(&self.home)?.contains(&batch.run)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{delivery::log::Via, history::RecipientKind};

    fn number(text: &str) -> BatchNumber {
        BatchNumber::parse(text).unwrap()
    }

    fn sent(home: &Path, batch: &str) {
        let batch = number(batch);
        log::add(
            home,
            &Event::Sent(Receipt {
                recipient: batch.recipient.clone(),
                name: "冷市镇".into(),
                kind: RecipientKind::Township,
                at: "2023-12-20T02:00:00+08:00".into(),
                via: Via::Outbox,
                to: "/srv".into(),
                files: Vec::new(),
                lines: 0,
                due: batch.run.as_of,
                batch,
            }),
        )
        .unwrap();
    }

    fn failed(home: &Path, batch: &str, at: &str) {
        let batch = number(batch);
        log::add(
            home,
            &Event::Failed(Failure {
                recipient: batch.recipient.clone(),
                name: "冷市镇".into(),
                kind: RecipientKind::Township,
                at: at.into(),
                via: Via::Outbox,
                to: "/srv".into(),
                reason: log::Reason::OutboxMissing,
                detail: String::new(),
                batch,
            }),
        )
        .unwrap();
    }

    fn recall(home: &Path, batch: &str) {
        let batch = number(batch);
        let (at, because) = ("2023-12-21T08:00:00+08:00".into(), "口径有误".into());
        let event = Recall { recipient: batch.recipient.clone(), batch, at, because };
        log::add(home, &Event::Recalled(event)).unwrap();
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_list_is_that_of_a_day_before_which_was_not_recalled() {
        let home = tempfile::tempdir().unwrap();
        for batch in ["2023-12-18-a", "2023-12-20-a", "2023-12-20.2-a", "2023-12-21-b"] {
            sent(home.path(), batch);
        }
        recall(home.path(), "2023-12-20.2-a");
        let sent = Sent::read(home.path()).unwrap();
        let last = |recipient: &str, as_of: &str| {
            sent.last_before(recipient, day(as_of)).map(|it| it.to_string())
        };
        assert_eq!(last("a", "2023-12-18"), None);
        assert_eq!(last("a", "2023-12-20").as_deref(), Some("2023-12-18-a"));
        assert_eq!(last("a", "2023-12-21").as_deref(), Some("2023-12-20-a"));
        assert_eq!(last("c", "2023-12-31"), None);
    }

    #[test]
    fn a_list_stands_until_another_is_sent_to_the_same_recipient_or_it_is_recalled() {
        let home = tempfile::tempdir().unwrap();
        for batch in ["2023-12-18-a", "2023-12-20-a", "2023-12-21-b"] {
            sent(home.path(), batch);
        }
        std::fs::create_dir(home.path().join("history")).unwrap();
        std::fs::write(home.path().join("history/2023-12-19.parquet"), "").unwrap();
        recall(home.path(), "2023-12-21-b");
        let sent = Sent::read(home.path()).unwrap();
        let stood = |batch: &str, as_of: &str| {
            let it = sent.standing(&number(batch), day(as_of)).unwrap();
            format!("{} {}", it.standing.code(), it.by.map_or(it.because, |it| it.to_string()))
        };
        assert_eq!(stood("2023-12-18-a", "2023-12-20"), "current ");
        assert_eq!(stood("2023-12-18-a", "2023-12-21"), "superseded 2023-12-20-a");
        assert_eq!(stood("2023-12-20-a", "2023-12-31"), "current ");
        assert_eq!(stood("2023-12-21-b", "2023-12-22"), "recalled 口径有误");
        assert_eq!(stood("2023-12-19-a", "2023-12-22"), "superseded 2023-12-20-a", "by hand");
        assert_eq!(
            stood("2023-12-19-b", "2023-12-22"),
            "current ",
            "what is recalled takes no place"
        );
        assert_eq!(stood("2023-12-17-a", "2023-12-22"), "unknown ", "there was no such run");
    }

    #[test]
    fn a_failure_is_told_until_the_list_or_a_newer_one_arrives_or_it_is_recalled() {
        let home = tempfile::tempdir().unwrap();
        let told = || {
            let sent = Sent::read(home.path()).unwrap();
            let of = |it: &Failure| format!("{} {}", it.batch, it.at);
            sent.failures().iter().map(of).collect::<Vec<_>>().join(", ")
        };
        failed(home.path(), "2023-12-18-a", "1");
        failed(home.path(), "2023-12-18-b", "1");
        failed(home.path(), "2023-12-18-a", "2");
        sent(home.path(), "2023-12-18-b");
        assert_eq!(told(), "2023-12-18-a 1, 2023-12-18-a 2");
        failed(home.path(), "2023-12-20-a", "3");
        recall(home.path(), "2023-12-18-a");
        assert_eq!(told(), "2023-12-20-a 3");
        sent(home.path(), "2023-12-21-a");
        assert_eq!(told(), "");
    }
}
