//! One case: its state, and what brought it there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Reason, RestsOn};

crate::labelled! {
    /// Where a case stands.
    pub enum State {
        New = "new", "新发现";
        Open = "open", "未办结";
        Answered = "answered", "已反馈";
        Closed = "closed", "已销号";
        Reopened = "reopened", "重新列入";
    }
}

crate::labelled! {
    /// Why a case stands where it does, where that is not plain.
    pub enum Why {
        Nothing = "", "";
        FoundAgain = "found-again", "再次发现";
        EvidenceChanged = "evidence-changed", "反馈所依据的情况已变化";
        Expired = "expired", "反馈已过有效期";
        NoProof = "no-proof", "反馈缺少佐证";
        Contradicted = "contradicted", "两处反馈互相矛盾";
        Unreadable = "unreadable", "反馈不是约定的结果";
    }
}

/// One finding of tonight, as far as its case depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The stable id of the finding.
    pub finding: String,
    pub code: String,
    /// The person's key; empty where the finding is about a file.
    pub person: String,
    pub township: String,
    pub village: String,
    /// A hash of what the rows that prove it say, wherever they stand tonight.
    pub evidence: u64,
    /// The same of everything that is known of the person, answers left out.
    pub facts: u64,
    pub rests_on: RestsOn,
}

/// One answer that has come back. The same list is read every night, so answers come again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Given {
    /// The day of the answer, or else of the list that it was written on; unknown days are the
    /// earliest.
    pub on: Option<NaiveDate>,
    /// The answer as written.
    pub text: String,
    pub proof: String,
    pub remark: String,
    /// The file that it came with.
    pub from: String,
}

impl Given {
    /// Whether both are one answer, whichever files it came with.
    pub fn is_same(&self, other: &Given) -> bool {
        (self.on, &self.text, &self.proof) == (other.on, &other.text, &other.proof)
    }
}

/// An answer that a case has heard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    pub given: Given,
    /// Whether the evidence or time has overtaken it: then it decides nothing any more.
    pub is_spent: bool,
}

/// An answer that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub given: Given,
    /// The code of the answer; empty where it is none of ours.
    pub code: String,
    /// The evidence of the case when it was taken.
    pub on_evidence: u64,
    /// The last day on which it holds; nothing where it holds until the evidence changes.
    pub until: Option<NaiveDate>,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    pub by: Reason,
    pub on: NaiveDate,
}

/// The last night on which an open case became other than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    pub by: Reason,
    pub on: NaiveDate,
}

/// One line of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub found: Found,
    pub state: State,
    pub why: Why,
    pub first_seen: NaiveDate,
    /// The last night it was found.
    pub last_seen: NaiveDate,
    /// On how many nights it was found.
    pub nights: u32,
    /// How often it came back after it had been closed.
    pub reopened: u32,
    /// When it came, came back, or changed while it was open, and why.
    pub touched: Touched,
    pub closed: Option<Closed>,
    pub decision: Option<Decision>,
    /// Every answer to it, in the order in which they came.
    pub heard: Vec<Heard>,
}

impl Case {
    /// A case of tonight.
    pub(super) fn new(found: &Found, as_of: NaiveDate, by: Reason) -> Case {
        Case {
            found: found.clone(),
            state: State::New,
            why: Why::Nothing,
            first_seen: as_of,
            last_seen: as_of,
            nights: 1,
            reopened: 0,
            touched: Touched { by, on: as_of },
            closed: None,
            decision: None,
            heard: Vec::new(),
        }
    }

    /// Whether somebody still has to act.
    pub fn is_open(&self) -> bool {
        self.state != State::Closed
    }

    /// Whether an answer closed it, and not the data, the rules or the day.
    pub fn is_closed_by_answer(&self) -> bool {
        self.closed.is_some_and(|it| it.by == Reason::Answer)
    }

    /// The answers of the day of the last one that still decide, the proven first: several where
    /// places contradict each other.
    pub fn last_heard(&self) -> Vec<&Given> {
        let of =
            |spent| self.heard.iter().filter(move |it| it.is_spent == spent).map(|it| &it.given);
        // What was said before an answer that is overtaken does not come up in its place.
        let overtaken = of(true).map(|it| it.on).max().flatten();
        let fresh: Vec<&Given> =
            of(false).filter(|it| it.on.is_none() || it.on >= overtaken).collect();
        let newest = fresh.iter().map(|it| it.on).max();
        let mut last: Vec<&Given> = fresh.into_iter().filter(|it| Some(it.on) == newest).collect();
        last.sort_by_key(|it| (it.proof.trim().is_empty(), *it));
        last
    }

    /// Overtakes every answer that was heard so far.
    pub(super) fn spend(&mut self) {
        self.heard.iter_mut().for_each(|it| it.is_spent = true);
        self.decision = None;
    }
}
