//! The figures of one published run, looked up by what they are of.

use super::{AREA, Kind, Row, RunName};

/// A published run, as history keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Night {
    /// The folder it was published as; it may be gone.
    pub run: RunName,
    /// The coverage year; nothing where the file does not tell it.
    pub insurance_year: Option<u16>,
    /// The version of the program that published it.
    pub version: String,
    /// Every figure, in order.
    pub rows: Vec<Row>,
}

impl Night {
    /// A figure of the whole area; nothing where the run did not tell it.
    pub fn value(&self, kind: Kind, name: &str) -> Option<i64> {
        self.of(kind, name).find(|it| it.scope == AREA).map(|it| it.value)
    }

    /// A figure by scope, in order.
    pub fn of<'a>(&'a self, kind: Kind, name: &'a str) -> impl Iterator<Item = &'a Row> {
        self.of_kind(kind).filter(move |it| it.name == name)
    }

    /// All figures of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |it| it.kind == kind)
    }

    /// Everybody with a verdict.
    pub fn persons(&self) -> i64 {
        self.of_kind(Kind::Verdict).map(|it| it.value).sum()
    }

    /// All findings, whatever their code and state.
    pub fn findings(&self) -> i64 {
        let codes = self.of_kind(Kind::Finding).filter(|it| !it.name.contains('.'));
        codes.map(|it| it.value).sum()
    }

    /// Cases closed on this night; nothing where the run did not tell it.
    pub fn closed(&self) -> Option<i64> {
        let mut closed = self.of_kind(Kind::Closed).map(|it| it.value).peekable();
        closed.peek().is_some().then(|| closed.sum())
    }

    /// Findings of a state, such as `new`, whatever their code.
    pub fn findings_of(&self, state: &str) -> i64 {
        let is_of = |it: &&Row| it.name.split_once('.').is_some_and(|it| it.1 == state);
        self.of_kind(Kind::Finding).filter(is_of).map(|it| it.value).sum()
    }

    /// Controls that were not met.
    pub fn breached(&self) -> usize {
        let controls = self.of_kind(Kind::Control).filter(|it| !it.name.contains('.'));
        controls.filter(|it| it.value == 0).count()
    }

    /// What the stages took together, in milliseconds.
    pub fn milliseconds(&self) -> i64 {
        self.of_kind(Kind::Timing).map(|it| it.value).sum()
    }
}
