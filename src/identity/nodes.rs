//! The groups that exact identity leaves, as comparison sees them: a few numbers each.
//!
//! A value is taken from the strongest kind of source that states it and, within a kind, by the
//! value itself, so that nothing depends on the order of rows.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{
    Link, PersonId,
    groups::Groups,
    names::{NameId, Names, hash},
    stated::Stated,
};
use crate::{
    clean::id_number::{IdNumber, IdState},
    tables::{DivisionId, RecordId, Sex, SourceKind, Subject, Tables, TextId},
};

/// A group of records of one person, before it is compared with others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The first record.
    pub root: RecordId,
    /// The whole number that the rows bear.
    pub id: Option<IdNumber>,
    /// Whether that number is another's: somebody with a stronger claim bears it too.
    pub is_borrowed: bool,
    /// The certificate as found, where the rows bear no whole one.
    pub id_text: TextId,
    pub id_state: IdState,
    pub name: NameId,
    /// Whether no row has a name, not even that of a newborn.
    pub is_nameless: bool,
    pub former: NameId,
    pub birth: Option<NaiveDate>,
    pub sex: Option<Sex>,
    pub place: Option<DivisionId>,
    pub household: TextId,
    /// The household of whoever owns the borrowed number, or of the mother.
    pub kin: TextId,
    /// The kinds of source that have a row, a bit each.
    pub kinds: u16,
    /// The sources that have a row, a bit each; those past the 63rd share one.
    pub sources: u64,
    /// A number made of what the rows say.
    pub content: u64,
    /// The same of what few rows say beside it: former names, certificates of birth, mothers.
    pub content_beside: u64,
}

impl Node {
    /// What breaks ties.
    pub(super) fn tie(&self) -> (u64, u64) {
        (self.content, self.content_beside)
    }

    /// The whole number, if it is the person's own.
    pub(super) fn own_id(&self) -> Option<IdNumber> {
        self.id.filter(|_| !self.is_borrowed)
    }

    pub(super) fn is_in(&self, kind: SourceKind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// Whether a list of persons has a row.
    pub(super) fn is_listed(&self) -> bool {
        SourceKind::LISTS.iter().any(|kind| self.is_in(*kind))
    }

    /// Whether the police know the person, and gave out the number if there is one.
    pub(super) fn is_registered(&self) -> bool {
        self.is_in(SourceKind::Household) || self.is_in(SourceKind::ResidencePermit)
    }

    /// Whether nothing about the person's identity is open: listed under a number of their own.
    pub(super) fn is_settled(&self) -> bool {
        let is_certified = self.id_state == IdState::OtherCertificate
            && !self.is_in(SourceKind::Birth)
            && self.id.is_none();
        self.is_listed() && (self.own_id().is_some() || is_certified)
    }
}

/// The nodes of a night and the names they bear.
pub(super) struct Nodes<'a> {
    pub all: Vec<Node>,
    pub names: Names<'a>,
}

/// Describes every group.
pub(super) fn describe<'a>(
    tables: &'a Tables,
    subjects: &[Subject],
    links: &[Link],
    groups: &Groups,
) -> Nodes<'a> {
    let former = tables.residents.iter().map(|it| it.former_name);
    let names = subjects.iter().map(|it| it.name).chain(former).collect();
    let mut names = Names::new(&tables.texts, names);
    let mut all: Vec<Node> = (0..groups.len() as u32)
        .into_par_iter()
        .map(|group| describe_one(tables, subjects, groups.of(PersonId(group)), &names))
        .collect();
    let owners = settle_owners(&mut all);
    find_kin(tables, links, &owners, &mut all);
    tell_births_apart(tables, links, &mut all);
    names.count(all.iter().filter(|it| it.is_listed()).map(|it| it.name));
    Nodes { all, names }
}

fn describe_one(
    tables: &Tables,
    subjects: &[Subject],
    records: &[RecordId],
    names: &Names<'_>,
) -> Node {
    let texts = &tables.texts;
    let stated = Stated { tables, subjects, records };
    let id = stated.value(|it| it.id);
    let id_text = stated.text(|it| it.id_text);
    let birth = stated.value(|it| it.birth);
    let sex = stated.value(|it| it.sex);
    let home = |it: &Subject| Some((it.place_text.is_some(), it.place?));
    let place = stated.rows().filter_map(|(kind, it)| home(it).map(|it| (it.0, kind, it.1))).min();
    let residents = || records.iter().filter_map(|it| tables.resident(*it));
    let smallest = |all: &mut dyn Iterator<Item = TextId>| {
        all.filter(|it| it.is_some()).min_by_key(|it| texts.get(*it)).unwrap_or(TextId::NONE)
    };
    let listed = smallest(&mut residents().map(|it| it.household));
    let household = match listed.is_some() {
        true => listed,
        false => smallest(&mut records.iter().map(|it| tables.facts(*it).household)),
    };
    let former = smallest(&mut residents().map(|it| it.former_name));
    let (kinds, mut sources) = (stated.kinds(), 0);
    for record in records {
        let part = tables.origins.rows[record.0 as usize].part;
        let source = tables.origins.parts.get(usize::from(part.0)).map_or(0, |it| it.source);
        sources |= 1u64 << source.min(63);
    }
    let called = stated.text(|it| it.name);
    let name = names.id(called);
    let content = hash(&(
        id,
        (texts.get(id_text), texts.get(household)),
        (names.text(name), birth, sex.map(|it| it as u8)),
        place,
        (kinds, sources),
    ));
    Node {
        root: records[0],
        id,
        is_borrowed: false,
        id_text: if id.is_some() { TextId::NONE } else { id_text },
        id_state: stated.value(|it| Some(it.id_state)).unwrap_or(IdState::Missing),
        name,
        is_nameless: !called.is_some(),
        former: names.id(former),
        birth,
        sex,
        place: place.map(|it| it.2),
        household,
        kin: TextId::NONE,
        kinds,
        sources,
        content,
        content_beside: hash(&texts.get(former)),
    }
}

/// Decides whose a number is that several bear, and gives the owners the birth and sex that the
/// number tells. Returns the owners by number.
fn settle_owners(nodes: &mut [Node]) -> Vec<(IdNumber, u32)> {
    let mut bearers: Vec<(IdNumber, u32)> =
        nodes.iter().zip(0..).filter_map(|(it, at)| Some((it.id?, at))).collect();
    bearers.par_sort_unstable();
    for sharing in bearers.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
        let claim = |at: u32| claim(&nodes[at as usize]);
        let strongest = sharing.iter().map(|it| claim(it.1)).min();
        let losers: Vec<u32> =
            sharing.iter().map(|it| it.1).filter(|it| Some(claim(*it)) != strongest).collect();
        losers.into_iter().for_each(|it| nodes[it as usize].is_borrowed = true);
    }
    bearers.retain(|it| !nodes[it.1 as usize].is_borrowed);
    for (id, at) in &bearers {
        let node = &mut nodes[*at as usize];
        // A list is kept by those who give out the number; elsewhere a slip of the number is as
        // likely as one of the birth.
        if node.is_listed() {
            (node.birth, node.sex) = (Some(id.birth()), Some(id.sex()));
        } else {
            node.birth = node.birth.or(Some(id.birth()));
            node.sex = node.sex.or(Some(id.sex()));
        }
    }
    bearers
}

/// How good a claim to its number a node has; the smallest is the best.
fn claim(node: &Node) -> (u8, bool) {
    let Some(id) = node.id else { return (u8::MAX, true) };
    let contradicts =
        node.birth.is_some_and(|it| it != id.birth()) || node.sex.is_some_and(|it| it != id.sex());
    let list = SourceKind::LISTS.iter().position(|kind| node.is_in(*kind));
    (list.map_or(u8::MAX - 1, |it| it as u8), contradicts)
}

/// Finds the household that a borrowed number, or a mother's, points to. A number that several
/// own with equal right points to a household only where all of them live there.
fn find_kin(tables: &Tables, links: &[Link], owners: &[(IdNumber, u32)], nodes: &mut [Node]) {
    let home_of = |nodes: &[Node], id: IdNumber| {
        let first = owners.partition_point(|it| it.0 < id);
        let owning = owners[first..].iter().take_while(|it| it.0 == id);
        let mut homes = owning.map(|it| nodes[it.1 as usize].household);
        let home = homes.next().filter(|it| it.is_some())?;
        homes.all(|it| it == home).then_some(home)
    };
    for at in 0..nodes.len() {
        if let Some(id) = nodes[at].id.filter(|_| nodes[at].is_borrowed) {
            nodes[at].kin = home_of(nodes, id).unwrap_or(TextId::NONE);
        }
    }
    let mut homes: Vec<(u32, TextId)> = Vec::new();
    for birth in &tables.births {
        let home = birth.mother_id.and_then(|it| home_of(nodes, it));
        let person = links[birth.subject.record.0 as usize].person;
        homes.extend(home.map(|it| (person.0, it)));
    }
    homes.sort_unstable();
    homes.dedup();
    for of_node in homes.chunk_by(|a, b| a.0 == b.0) {
        // Rows of one child that name mothers of two households name none.
        let [(at, home)] = *of_node else { continue };
        let node = &mut nodes[at as usize];
        if !node.kin.is_some() {
            node.kin = home;
        }
    }
}

/// Adds what a birth list alone states, the certificate and the mother, to what breaks ties. A
/// sum, so that the rows of one child may stand in any order.
fn tell_births_apart(tables: &Tables, links: &[Link], nodes: &mut [Node]) {
    let text = |it: TextId| tables.texts.get(it);
    for birth in &tables.births {
        let mother = (birth.mother_id, text(birth.mother_id_text), text(birth.mother_name));
        let said = hash(&(text(birth.certificate), mother));
        let node = &mut nodes[links[birth.subject.record.0 as usize].person.0 as usize];
        node.content_beside = node.content_beside.wrapping_add(said);
    }
}
