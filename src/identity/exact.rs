//! The exact tiers: the same whole certificate number and an agreeing name.
//!
//! The same valid id and an agreeing name is one person. The same valid id and unrelated names
//! is two. A missing, damaged or placeholder id joins nothing.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{LinkMethod, joins::Joins};
use crate::{
    clean::{
        id_number::IdState,
        name::{self, NameAgreement, agreement},
        sex::Sex,
    },
    tables::{RecordId, SourceKind, Subject, Tables, TextId},
};

/// Joins the records that share a whole number and agree in name; those that stand aside are left
/// out.
pub(super) fn join(tables: &Tables, subjects: &[Subject], aside: &[bool], joins: &mut Joins) {
    let rows = Rows { tables, subjects, aside };
    let tiers = [by_id(rows), by_certificate(rows), by_damage(rows)];
    for found in tiers {
        for it in found {
            joins.join(it.record, it.root, it.method, 1.0);
        }
    }
}

/// The rows of a night, and which of them stand aside.
#[derive(Clone, Copy)]
struct Rows<'a> {
    tables: &'a Tables,
    subjects: &'a [Subject],
    aside: &'a [bool],
}

impl<'a> Rows<'a> {
    /// The rows that say who somebody is.
    fn telling(self) -> impl Iterator<Item = &'a Subject> {
        self.subjects.iter().filter(move |it| !self.aside[it.record.0 as usize])
    }
}

/// A record and the record that stands for its person.
struct Joined {
    record: RecordId,
    root: RecordId,
    method: LinkMethod,
}

fn by_id(rows: Rows<'_>) -> Vec<Joined> {
    let mut known: Vec<(u64, RecordId)> =
        rows.telling().filter_map(|it| Some((it.id?.packed(), it.record))).collect();
    known.par_sort_unstable();
    known
        .par_chunk_by(|a, b| a.0 == b.0)
        .flat_map_iter(|group| {
            let records = group.iter().map(|it| it.1);
            cluster(rows.tables, rows.subjects, records, LinkMethod::IdAndName)
        })
        .collect()
}

/// Birth certificates, travel permits, passports: whole numbers that are not packed.
fn by_certificate(rows: Rows<'_>) -> Vec<Joined> {
    let shown = rows
        .telling()
        .filter(|it| it.id_state == IdState::OtherCertificate && it.id_text.is_some())
        .map(|it| (it.id_text, it.record));
    // A birth list has the certificate in a column of its own.
    let births = rows.tables.births.iter().filter(|it| it.certificate.is_some());
    let births = births.map(|it| (it.certificate, it.subject.record));
    let mut known: Vec<(TextId, RecordId)> = shown.chain(births).collect();
    known.par_sort_unstable();
    known.dedup();
    known
        .chunk_by(|a, b| a.0 == b.0)
        .flat_map(|group| {
            let records = group.iter().map(|it| it.1);
            cluster(rows.tables, rows.subjects, records, LinkMethod::Certificate)
        })
        .collect()
}

/// A number with the same fault in two rows of one name was copied from the one to the other.
fn by_damage(rows: Rows<'_>) -> Vec<Joined> {
    let telling = rows.telling().filter(|it| is_damaged_alike(rows.tables, it));
    let mut known: Vec<(TextId, RecordId)> = telling.map(|it| (it.id_text, it.record)).collect();
    known.par_sort_unstable();
    known
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|group| group.len() > 1)
        .flat_map(|group| {
            let records = group.iter().map(|it| it.1);
            cluster(rows.tables, rows.subjects, records, LinkMethod::SameDamagedId)
        })
        .collect()
}

/// Whether another row with the same damaged number and name is of the same person.
pub(super) fn is_damaged_alike(tables: &Tables, row: &Subject) -> bool {
    matches!(
        row.id_state,
        IdState::WrongCheck | IdState::WrongDate | IdState::WrongRegion | IdState::WrongLength
    ) && row.id.is_none()
        && row.name.is_some()
        && tables.texts.get(row.id_text).len() >= SHORTEST_DAMAGED
}

/// A damaged number of fewer characters may be anybody's.
const SHORTEST_DAMAGED: usize = 16;

/// A name under a number, and what the rows that bear it state of sex and birth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Called {
    name: TextId,
    sex: Option<Sex>,
    birth: Option<NaiveDate>,
}

/// A number that more names than this share identifies nobody: only equal names are joined, and
/// the work stays small whatever somebody typed into ten thousand rows.
const MOST_NAMES: usize = 64;

/// Divides the records that share a number (in the order of record ids) by name. Names that are
/// alike are one person, and so are those that a third name connects: the order does not matter.
fn cluster(
    tables: &Tables,
    subjects: &[Subject],
    records: impl Iterator<Item = RecordId> + Clone,
    exactly: LinkMethod,
) -> Vec<Joined> {
    let subject = |record: RecordId| &subjects[record.0 as usize];
    let called = |it: &Subject| Called { name: it.name, sex: it.sex, birth: it.birth };
    let named = || records.clone().filter(|it| subject(*it).name.is_some());
    let mut calls: Vec<Called> = named().map(|it| called(subject(it))).collect();
    for former in named().filter_map(|it| tables.resident(it)).filter(|it| it.former_name.is_some())
    {
        calls.push(Called { name: former.former_name, ..called(&former.subject) });
    }
    calls.sort_unstable();
    calls.dedup();
    let groups = group_names(tables, subjects, &calls, named());
    let group_of = |name: TextId| groups[calls.partition_point(|it| it.name < name)];
    // A person's first record stands for the person; the name in the strongest kind of source is
    // the one that others are the same as or alike.
    let mut roots: Vec<(usize, RecordId, (SourceKind, TextId))> = Vec::new();
    for record in named() {
        let called = (tables.kind_of(record), subject(record).name);
        let key = |it: (SourceKind, TextId)| (it.0, tables.texts.get(it.1));
        let group = group_of(called.1);
        match roots.iter_mut().find(|it| it.0 == group) {
            Some(root) if key(called) < key(root.2) => root.2 = called,
            Some(_) => {}
            None => roots.push((group, record, called)),
        }
    }
    let join = |record: RecordId| {
        let name = subject(record).name;
        let (_, root, (_, usual)) = *roots.iter().find(|it| it.0 == group_of(name))?;
        let method = if name == usual { exactly } else { LinkMethod::IdAndSimilarName };
        Some(Joined { record, root, method })
    };
    let mut joined: Vec<Joined> = named().filter_map(join).collect();
    let nameless = records.clone().filter(|it| !subject(*it).name.is_some());
    let is_rostered = |root: &RecordId| {
        joined.iter().any(|it| it.root == *root && tables.resident(it.record).is_some())
    };
    let all: Vec<RecordId> = roots.iter().map(|it| it.1).collect();
    let rostered: Vec<RecordId> = all.iter().copied().filter(is_rostered).collect();
    let owner = owner_of_nameless(&all, &rostered);
    joined.extend(attach_nameless(nameless, owner, all.is_empty()));
    joined
}

/// The group of each call: calls are one group if their names are the same or alike, if a roster
/// row gives one as the former name of the other, or if a third connects them.
fn group_names(
    tables: &Tables,
    subjects: &[Subject],
    calls: &[Called],
    named: impl Iterator<Item = RecordId>,
) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..calls.len()).collect();
    if calls.len() < 2 {
        return groups;
    }
    let mut join = |a: usize, b: usize| {
        let (low, high) = (groups[a].min(groups[b]), groups[a].max(groups[b]));
        groups.iter_mut().filter(|it| **it == high).for_each(|it| *it = low);
    };
    for a in 0..calls.len() {
        for b in a + 1..calls.len() {
            let is_same = calls[a].name == calls[b].name;
            let is_few = calls.len() <= MOST_NAMES;
            if is_same || (is_few && are_alike(tables, calls, &calls[a], &calls[b])) {
                join(a, b);
            }
        }
    }
    let first = |name: TextId| calls.partition_point(|it| it.name < name);
    for resident in named.filter_map(|it| tables.resident(it)) {
        if resident.former_name.is_some() {
            let own = subjects[resident.subject.record.0 as usize].name;
            join(first(own), first(resident.former_name));
        }
    }
    join_hidden(tables, calls, &mut groups);
    groups
}

/// A name that ends in characters nobody could write, one mark for several perhaps, is the only
/// other name under the number that begins as it does.
fn join_hidden(tables: &Tables, calls: &[Called], groups: &mut [usize]) {
    for at in 0..calls.len() {
        let name = |it: usize| tables.texts.get(calls[it].name);
        let known = name(at).trim_end_matches(name::WILDCARD);
        let others = || (0..calls.len()).filter(|it| groups[*it] != groups[at]);
        let is_alone =
            (0..calls.len()).all(|it| groups[it] != groups[at] || calls[it].name == calls[at].name);
        if known.is_empty() || known.len() == name(at).len() || !is_alone {
            continue;
        }
        let mut fitting: Vec<usize> =
            others().filter(|it| name(*it).starts_with(known)).map(|it| groups[it]).collect();
        fitting.sort_unstable();
        fitting.dedup();
        if let [group] = fitting[..] {
            let alone = groups[at];
            groups.iter_mut().filter(|it| **it == alone).for_each(|it| *it = group);
        }
    }
}

/// Whose a row without a name is: the only person's of that number, or the only one's whom the
/// roster knows; otherwise nobody can say.
fn owner_of_nameless(all: &[RecordId], rostered: &[RecordId]) -> Option<RecordId> {
    match (all, rostered) {
        ([one], _) | (_, [one]) => Some(*one),
        _ => None,
    }
}

fn attach_nameless(
    nameless: impl Iterator<Item = RecordId>,
    owner: Option<RecordId>,
    nobody_is_named: bool,
) -> Vec<Joined> {
    let mut root = owner;
    let mut joined = Vec::new();
    for record in nameless {
        if root.is_none() && nobody_is_named {
            root = Some(record);
        }
        if let Some(root) = root {
            joined.push(Joined { record, root, method: LinkMethod::IdOnly });
        }
    }
    joined
}

/// Whether two rows differ in sex or birth.
fn contradict(a: &Called, b: &Called) -> bool {
    matches!((a.sex, b.sex), (Some(a), Some(b)) if a != b)
        || matches!((a.birth, b.birth), (Some(a), Some(b)) if a != b)
}

/// Whether two names under one valid number are one person's.
///
/// One different character is a slip of the pen, unless any rows of the two names contradict each
/// other in sex or birth as well: then it is a relative using the number.
fn are_alike(tables: &Tables, calls: &[Called], a: &Called, b: &Called) -> bool {
    let of = |name: TextId| calls.iter().filter(move |it| it.name == name);
    let are_at_odds = of(a.name).any(|a| of(b.name).any(|b| contradict(a, b)));
    match agreement(tables.texts.get(a.name), tables.texts.get(b.name)) {
        NameAgreement::Same
        | NameAgreement::Variant
        | NameAgreement::Shortened
        | NameAgreement::Wildcard
        | NameAgreement::SameSound => true,
        NameAgreement::OneCharacter | NameAgreement::Permuted => !are_at_odds,
        // A newborn's number bears "the son of …" until the child has a name.
        NameAgreement::Unrelated => {
            let (a, b) = (tables.texts.get(a.name), tables.texts.get(b.name));
            !are_at_odds && (name::is_newborns(a) || name::is_newborns(b))
        }
    }
}
