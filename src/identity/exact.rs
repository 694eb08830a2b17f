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
    tables::{RecordId, Subject, Tables, TextId},
};

/// Joins the records that share a whole number and agree in name.
pub(super) fn join(tables: &Tables, subjects: &[Subject], joins: &mut Joins) {
    for found in [by_id(tables, subjects), by_certificate(tables, subjects)] {
        for it in found {
            joins.join(it.record, it.root, it.method, 1.0);
        }
    }
}

/// A record and the record that stands for its person.
struct Joined {
    record: RecordId,
    root: RecordId,
    method: LinkMethod,
}

fn by_id(tables: &Tables, subjects: &[Subject]) -> Vec<Joined> {
    let mut known: Vec<(u64, RecordId)> =
        subjects.iter().filter_map(|it| Some((it.id?.packed(), it.record))).collect();
    known.par_sort_unstable();
    known
        .par_chunk_by(|a, b| a.0 == b.0)
        .flat_map_iter(|group| {
            let records = group.iter().map(|it| it.1);
            cluster(tables, subjects, records, LinkMethod::IdAndName)
        })
        .collect()
}

/// Birth certificates, travel permits, passports: whole numbers that are not packed.
fn by_certificate(tables: &Tables, subjects: &[Subject]) -> Vec<Joined> {
    let shown = subjects
        .iter()
        .filter(|it| it.id_state == IdState::OtherCertificate && it.id_text.is_some())
        .map(|it| (it.id_text, it.record));
    // A birth list has the certificate in a column of its own.
    let births = tables.births.iter().filter(|it| it.certificate.is_some());
    let births = births.map(|it| (it.certificate, it.subject.record));
    let mut known: Vec<(TextId, RecordId)> = shown.chain(births).collect();
    known.par_sort_unstable();
    known.dedup();
    known
        .chunk_by(|a, b| a.0 == b.0)
        .flat_map(|group| {
            let records = group.iter().map(|it| it.1);
            cluster(tables, subjects, records, LinkMethod::Certificate)
        })
        .collect()
}

/// One person among the records that share a number.
struct Cluster {
    root: RecordId,
    /// The names of the cluster, each with what its row says beside.
    names: Vec<Called>,
    has_roster: bool,
}

/// A name, and what the row that bears it states of sex and birth.
#[derive(Clone, Copy)]
struct Called {
    name: TextId,
    sex: Option<Sex>,
    birth: Option<NaiveDate>,
}

/// Divides the records that share a number (in the order of record ids) by name.
fn cluster(
    tables: &Tables,
    subjects: &[Subject],
    records: impl Iterator<Item = RecordId> + Clone,
    exactly: LinkMethod,
) -> Vec<Joined> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut joined: Vec<Joined> = Vec::new();
    for record in records.clone() {
        let subject = &subjects[record.0 as usize];
        if !subject.name.is_some() {
            continue;
        }
        let called = Called { name: subject.name, sex: subject.sex, birth: subject.birth };
        let found = clusters.iter().position(|it| it.names.iter().any(|it| it.name == called.name));
        let similar = || {
            clusters.iter().position(|it| it.names.iter().any(|it| are_alike(tables, it, &called)))
        };
        let (at, method) = match found {
            Some(at) => (at, exactly),
            None => match similar() {
                Some(at) => (at, LinkMethod::IdAndSimilarName),
                None => {
                    clusters.push(Cluster { root: record, names: Vec::new(), has_roster: false });
                    (clusters.len() - 1, exactly)
                }
            },
        };
        enter(tables, &mut clusters[at], record, called);
        joined.push(Joined { record, root: clusters[at].root, method });
    }
    let nameless = records.filter(|it| !subjects[it.0 as usize].name.is_some());
    attach_nameless(nameless, &clusters, &mut joined);
    joined
}

fn enter(tables: &Tables, cluster: &mut Cluster, record: RecordId, called: Called) {
    let is_new = !cluster.names.iter().any(|it| it.name == called.name);
    if is_new {
        cluster.names.push(called);
    }
    if let Some(resident) = tables.resident(record) {
        cluster.has_roster = true;
        let former = resident.former_name;
        if former.is_some() && !cluster.names.iter().any(|it| it.name == former) {
            cluster.names.push(Called { name: former, ..called });
        }
    }
}

/// A row without a name belongs to the only person of that number, or to the only one whom the
/// roster knows; otherwise nobody can say, and it stays alone.
fn attach_nameless(
    nameless: impl Iterator<Item = RecordId>,
    clusters: &[Cluster],
    joined: &mut Vec<Joined>,
) {
    let only = |mut candidates: Vec<RecordId>| match candidates.len() {
        1 => candidates.pop(),
        _ => None,
    };
    let all = only(clusters.iter().map(|it| it.root).collect());
    let rostered = only(clusters.iter().filter(|it| it.has_roster).map(|it| it.root).collect());
    let mut root = all.or(rostered);
    for record in nameless {
        if root.is_none() && clusters.is_empty() {
            root = Some(record);
        }
        if let Some(root) = root {
            joined.push(Joined { record, root, method: LinkMethod::IdOnly });
        }
    }
}

/// Whether two names under one valid number are one person's.
///
/// One different character is a slip of the pen, unless the rows contradict each other in sex or
/// birth as well: then it is a relative using the number.
fn are_alike(tables: &Tables, a: &Called, b: &Called) -> bool {
    let contradict = |same: bool, both: bool| both && !same;
    let are_at_odds = contradict(a.sex == b.sex, a.sex.is_some() && b.sex.is_some())
        || contradict(a.birth == b.birth, a.birth.is_some() && b.birth.is_some());
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
