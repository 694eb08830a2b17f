//! One person on one source's lists, month by month: stays, and what changed.

use chrono::NaiveDate;

use super::{ChangeKind, Flaw};
use crate::identity::PersonId;

/// One row of a person on a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    pub person: PersonId,
    /// The list's position in the order of months.
    pub list: u16,
    /// The category's position in the order of categories.
    pub meaning: u16,
    /// The row's position in the table of category rows.
    pub row: u32,
    /// The row's own days, until the history gives it those of the stay.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// An unbroken stay in one category.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stay {
    pub meaning: u16,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// In the order of months.
    pub entries: Vec<Entry>,
    is_open: bool,
}

/// What a month shows of a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Event {
    pub kind: ChangeKind,
    pub list: usize,
    /// The stay's position in the history.
    pub stay: usize,
    pub previous: Option<u16>,
    pub reason: Option<Flaw>,
}

/// Everything that the lists say of one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    pub stays: Vec<Stay>,
    pub events: Vec<Event>,
}

/// Follows a person through the months. `doubt` says why nobody can tell that the person is not
/// in a category by a list without such a row; nothing where it is certain.
pub(super) fn history(
    months: &[NaiveDate],
    entries: &[Entry],
    doubt: impl Fn(usize, u16) -> Option<Flaw>,
) -> History {
    let mut history = History::default();
    for list in 0..months.len() {
        let rows: Vec<Entry> =
            entries.iter().filter(|it| usize::from(it.list) == list).copied().collect();
        // A row may say itself that the person is no longer in the category.
        let (over, on): (Vec<Entry>, Vec<Entry>) =
            rows.into_iter().partition(|it| it.to.is_some_and(|to| to <= months[list]));
        let is_on = |meaning| on.iter().any(|it| it.meaning == meaning);
        let mut gained: Vec<u16> = on.iter().map(|it| it.meaning).collect();
        gained.dedup();
        gained.retain(|it| history.open(*it).is_none());
        let mut lost = Vec::new();
        for at in history.all_open() {
            let meaning = history.stays[at].meaning;
            if is_on(meaning) {
                continue;
            }
            let said = over.iter().find(|it| it.meaning == meaning).and_then(|it| it.to);
            match doubt(list, meaning) {
                // Another category in its place is the person's own row, not somebody missing.
                Some(reason) if said.is_none() && gained.is_empty() => {
                    history.withhold(list, at, reason);
                }
                _ => {
                    history.stays[at].end(said, months, list);
                    lost.push(at);
                }
            }
        }
        let was_off = |meaning| (0..list).any(|it| doubt(it, meaning).is_none());
        history.gain(months, list, &gained, &lost, was_off);
        for entry in on {
            let at = history.open(entry.meaning).expect("bug: on a list and in no stay");
            history.stays[at].entries.push(entry);
        }
    }
    history.stays.iter_mut().for_each(Stay::settle);
    history
}

impl History {
    fn open(&self, meaning: u16) -> Option<usize> {
        self.stays.iter().position(|it| it.is_open && it.meaning == meaning)
    }

    fn all_open(&self) -> Vec<usize> {
        let open = self.stays.iter().enumerate().filter(|it| it.1.is_open);
        let mut open: Vec<usize> = open.map(|it| it.0).collect();
        open.sort_by_key(|at| self.stays[*at].meaning);
        open
    }

    /// Notes that somebody who is missing is not taken as removed. Of somebody whom no whole
    /// number tells from others nobody would have said it.
    fn withhold(&mut self, list: usize, stay: usize, reason: Flaw) {
        if reason != Flaw::Untold {
            let kind = ChangeKind::Withheld;
            self.events.push(Event { kind, list, stay, previous: None, reason: Some(reason) });
        }
    }

    /// Begins the stays in categories that are new, and tells what became of the old ones.
    fn gain(
        &mut self,
        months: &[NaiveDate],
        list: usize,
        gained: &[u16],
        lost: &[usize],
        was_off: impl Fn(u16) -> bool,
    ) {
        let mut lost = lost.iter();
        let is_back = self.all_open().is_empty();
        let before = self.stays.last().map(|it| it.meaning).filter(|_| is_back);
        for meaning in gained {
            let was_here = self.stays.iter().any(|it| it.meaning == *meaning);
            let from = (was_here || was_off(*meaning)).then(|| months[list]);
            let previous = lost.next().map(|at| self.stays[*at].meaning).or(before);
            let kind = if previous.is_some() { ChangeKind::Changed } else { ChangeKind::Added };
            let (stay, reason) = (self.stays.len(), None);
            self.stays.push(Stay {
                meaning: *meaning,
                from,
                to: None,
                entries: Vec::new(),
                is_open: true,
            });
            // On no list before for all that is known is not new.
            if previous.is_some() || from.is_some() {
                self.events.push(Event { kind, list, stay, previous, reason });
            }
        }
        for stay in lost {
            let (kind, stay) = (ChangeKind::Removed, *stay);
            self.events.push(Event { kind, list, stay, previous: None, reason: None });
        }
    }
}

impl Stay {
    /// Ends the stay with the month that is the first without the person, or on the day that a
    /// row says. A day before the last list with the person is no such day: that list knew better.
    fn end(&mut self, said: Option<NaiveDate>, months: &[NaiveDate], list: usize) {
        let last = self.entries.last().map(|it| months[usize::from(it.list)]);
        let said = said.filter(|it| last.is_none_or(|last| last < *it));
        self.to = Some(said.unwrap_or(months[list]));
        self.is_open = false;
    }

    /// Gives every row the days of the stay where it has none of its own: the first day that a
    /// row states, and the last day that its own or a later row states.
    fn settle(&mut self) {
        self.from = self.entries.iter().find_map(|it| it.from).or(self.from);
        let mut to = self.to;
        for entry in self.entries.iter_mut().rev() {
            to = entry.to.or(to);
            (entry.from, entry.to) = (entry.from.or(self.from), to);
        }
        self.to = self.entries.last().and_then(|it| it.to);
    }
}
