//! Category lists that departments hand in whole every month: since when somebody is on one, until
//! when, and what changed.
//!
//! [`keep`] is the whole stage, between identity and the ledger. It gives the rows of monthly
//! lists the days that such lists do not have: a person is on the list from the first day of the
//! first month, unless the list before had the person already, to the first day of the first
//! month without. A month's list that may be broken removes nobody.

mod absent;
mod complete;
mod history;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use complete::{Flaw, List};

use crate::{
    config::Source,
    identity::{Identities, PersonId},
    ingest::Ingested,
    policy::{CategoryId, LabelIndex, Policy},
    tables::{CategoryRow, RecordId, TextId, Texts},
};
use absent::Absences;
use history::{Entry, History};

/// What the label of a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    Known(CategoryId),
    /// No category claims the label.
    Unknown(TextId),
}

crate::labelled! {
    /// What became of a person on a list, from one month to the next.
    pub enum ChangeKind {
        Added = "added", "新增";
        Changed = "changed", "变更";
        Removed = "removed", "取消";
        Withheld = "withheld", "名单不完整暂不取消";
    }
}

/// One change of one person on one list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The source's position in `pipeline.toml`.
    pub source: u16,
    /// The first day of the month whose list shows it.
    pub month: NaiveDate,
    pub person: PersonId,
    pub kind: ChangeKind,
    /// A position in [`Lists::meanings`].
    pub category: u16,
    /// The category that the person had before, where it changed or the person came back.
    pub previous: Option<u16>,
    /// From when the person is in the category; nothing where the files do not go back so far.
    pub from: Option<NaiveDate>,
    /// The first day on which the person no longer is.
    pub to: Option<NaiveDate>,
    /// Why somebody who is missing is not taken as removed.
    pub reason: Option<Flaw>,
    /// The row that shows it: the last before the month or, of who is new, the first.
    pub record: RecordId,
}

/// What a night's monthly lists say.
#[derive(Debug, Default)]
pub struct Lists {
    /// Every month of every monthly source, in the order of sources, then months.
    pub lists: Vec<List>,
    /// In the order of sources, months, person keys, kinds and categories.
    pub changes: Vec<Change>,
    /// The categories, in the order of their codes or labels.
    pub meanings: Vec<Meaning>,
}

impl Lists {
    /// What a category is called in published data: its code, or the label nobody claims.
    pub fn code<'a>(&self, category: u16, policy: &'a Policy, texts: &'a Texts) -> &'a str {
        code(self.meanings[category as usize], policy, texts)
    }

    /// What a category is called on paper: its name, or the label nobody claims.
    pub fn name<'a>(&self, category: u16, policy: &'a Policy, texts: &'a Texts) -> &'a str {
        match self.meanings[category as usize] {
            Meaning::Known(id) => &policy.categories.get(id).name,
            Meaning::Unknown(label) => texts.get(label),
        }
    }
}

fn code<'a>(meaning: Meaning, policy: &'a Policy, texts: &'a Texts) -> &'a str {
    match meaning {
        Meaning::Known(id) => &policy.categories.get(id).code,
        Meaning::Unknown(label) => texts.get(label),
    }
}

/// Gives the rows of monthly lists their days, and tells what changed from month to month.
pub fn keep(
    sources: &[Source],
    policy: &Policy,
    labels: &LabelIndex,
    ingested: &mut Ingested,
    identities: &Identities,
) -> Lists {
    let mut all = Lists { meanings: meanings(policy, labels, ingested), ..Lists::default() };
    for (at, source) in sources.iter().enumerate().filter(|it| it.1.is_monthly()) {
        let lists = complete::lists(at as u16, source, ingested, identities);
        let entries = entries(&lists, labels, &all.meanings, ingested, identities);
        follow(at as u16, &lists, &entries, (ingested, identities), &mut all.changes);
        let said = lists.iter().filter_map(|it| complete::diagnostic(source, it));
        ingested.diagnostics.extend(said);
        all.lists.extend(lists);
    }
    let key = |it: &Change| identities.people[it.person.0 as usize].key;
    all.changes.sort_by_key(|it| {
        (it.source, it.month, key(it), it.kind, it.category, it.previous, it.from, it.to, it.record)
    });
    all
}

/// Every row of a source's lists, in the order of persons, months and categories.
fn entries(
    lists: &[List],
    labels: &LabelIndex,
    meanings: &[Meaning],
    ingested: &Ingested,
    identities: &Identities,
) -> Vec<Entry> {
    let tables = &ingested.tables;
    let mut list_of = vec![None; tables.origins.parts.len()];
    for (at, list) in lists.iter().enumerate() {
        list.parts.iter().for_each(|it| list_of[it.0 as usize] = Some(at as u16));
    }
    let entry = |(at, row): (usize, &CategoryRow)| {
        let record = row.subject.record;
        let list = list_of[tables.origins.rows[record.0 as usize].part.0 as usize]?;
        let meaning = meaning(labels, row.label);
        let meaning = meanings.iter().position(|it| *it == meaning)? as u16;
        let person = identities.links[record.0 as usize].person;
        Some(Entry { person, list, meaning, row: at as u32, from: row.from, to: row.to })
    };
    let mut entries: Vec<Entry> = tables.categories.iter().enumerate().filter_map(entry).collect();
    entries.sort_by_key(|it| (it.person, it.list, it.meaning, it.row));
    entries
}

/// Follows every person of a source from list to list.
fn follow(
    source: u16,
    lists: &[List],
    entries: &[Entry],
    (ingested, identities): (&mut Ingested, &Identities),
    changes: &mut Vec<Change>,
) {
    let absences = Absences::new(lists, entries, &ingested.tables, identities);
    let months: Vec<NaiveDate> = lists.iter().map(|it| it.month).collect();
    let people = entries.par_chunk_by(|a, b| a.person == b.person);
    let histories: Vec<History> = people
        .map(|of_person| {
            let person = of_person[0].person;
            history::history(&months, of_person, |list, category| {
                absences.doubt(person, list, category)
            })
        })
        .collect();
    let rows = &mut ingested.tables.categories;
    for it in histories {
        for stay in &it.stays {
            for entry in &stay.entries {
                let row = &mut rows[entry.row as usize];
                (row.from, row.to) = (entry.from, entry.to);
            }
        }
        changes.extend(it.events.iter().map(|event| {
            let stay = &it.stays[event.stay];
            let mut before = stay.entries.iter().rev();
            let last = before.find(|it| usize::from(it.list) < event.list);
            let entry = last.unwrap_or(&stay.entries[0]);
            Change {
                source,
                month: months[event.list],
                person: entry.person,
                kind: event.kind,
                category: entry.meaning,
                previous: event.previous,
                from: stay.from,
                to: stay.to,
                reason: event.reason,
                record: rows[entry.row as usize].subject.record,
            }
        }));
    }
}

/// Every category that a monthly list names, in the order of codes and labels.
fn meanings(policy: &Policy, labels: &LabelIndex, ingested: &Ingested) -> Vec<Meaning> {
    let tables = &ingested.tables;
    let rows = tables.categories.iter();
    let mut all: Vec<Meaning> = rows
        .filter(|it| tables.origins.of(it.subject.record).0.month.is_some())
        .map(|it| meaning(labels, it.label))
        .collect();
    // Two labels that no category claims never have one text.
    all.sort_by_key(|it| (code(*it, policy, &tables.texts), matches!(it, Meaning::Unknown(_))));
    all.dedup();
    all
}

fn meaning(labels: &LabelIndex, label: TextId) -> Meaning {
    labels.get(label).map_or(Meaning::Unknown(label), Meaning::Known)
}
