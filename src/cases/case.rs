//! One case: its state, and what brought it there.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    /// What closed a case.
    pub enum ClosedBy {
        Data = "data", "数据已变化";
        Answer = "answer", "乡镇反馈";
        Rule = "rule", "规则或政策变化";
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
}

/// One answer that has come back. The same list is read every night, so answers come again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Given {
    pub finding: String,
    /// The day of the answer; unknown days are the earliest.
    pub on: Option<NaiveDate>,
    /// The answer as written.
    pub text: String,
    pub proof: String,
    pub remark: String,
    /// The file that it came with.
    pub from: String,
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
    pub by: ClosedBy,
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
    pub closed: Option<Closed>,
    pub decision: Option<Decision>,
    /// Answers that the evidence or time has overtaken: they close nothing any more.
    pub spent: Vec<Given>,
}

impl Case {
    /// A case of tonight.
    pub(super) fn new(found: &Found, as_of: NaiveDate) -> Case {
        Case {
            found: found.clone(),
            state: State::New,
            why: Why::Nothing,
            first_seen: as_of,
            last_seen: as_of,
            nights: 1,
            reopened: 0,
            closed: None,
            decision: None,
            spent: Vec::new(),
        }
    }

    /// Whether an answer is overtaken, whichever file it comes with.
    pub(super) fn is_spent(&self, given: &Given) -> bool {
        let says = |it: &Given| (it.on, it.text.clone(), it.proof.clone(), it.remark.clone());
        self.spent.iter().any(|it| says(it) == says(given))
    }

    /// Whether somebody still has to act.
    pub fn is_open(&self) -> bool {
        self.state != State::Closed
    }
}
