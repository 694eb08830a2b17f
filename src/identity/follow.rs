//! Rows that stand aside follow: they are given to somebody whom other rows describe, and never
//! describe anybody.
//!
//! A payment for another year or an enrolment in maternity insurance says nothing of this year's
//! medical cover, and what is wrong with it nobody has to mend. So it is nothing that a comparison
//! learns from, and no reason to ask who somebody is: it belongs to the one person of its whole
//! number (or of its certificate, or of its damaged number) and an agreeing name, else to nobody.

use rayon::prelude::*;

use super::{Link, LinkMethod, PersonId, exact::is_damaged_alike};
use crate::{
    clean::{
        id_number::IdState,
        name::{self, NameAgreement, agreement},
    },
    tables::{Subject, Tables, TextId, Texts},
};

/// What two rows of one person have in common: the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Number(u64),
    Certificate(TextId),
    Damaged(TextId),
}

impl Mark {
    fn of(tables: &Tables, subject: &Subject) -> Option<Mark> {
        if let Some(id) = subject.id {
            return Some(Mark::Number(id.packed()));
        }
        let text = subject.id_text;
        let is_certified = subject.id_state == IdState::OtherCertificate && text.is_some();
        if is_certified {
            return Some(Mark::Certificate(text));
        }
        is_damaged_alike(tables, subject).then_some(Mark::Damaged(text))
    }
}

/// A number, whose it is, and a name that goes with it.
type Known = (Mark, PersonId, TextId);

/// Gives the rows that stand aside to their persons. Returns how many are nobody's.
pub(super) fn follow(
    tables: &Tables,
    subjects: &[Subject],
    aside: &[bool],
    links: &mut [Link],
) -> usize {
    let followers: Vec<&Subject> =
        subjects.iter().filter(|it| aside[it.record.0 as usize]).collect();
    if followers.is_empty() {
        return 0;
    }
    let known = known(tables, subjects, &followers, links);
    let found: Vec<Option<(PersonId, LinkMethod)>> = followers
        .par_iter()
        .map(|it| {
            let mark = Mark::of(tables, it)?;
            let from = known.partition_point(|known| known.0 < mark);
            let to = known.partition_point(|known| known.0 <= mark);
            whose(&tables.texts, it.name, &known[from..to])
        })
        .collect();
    for (it, found) in followers.iter().zip(&found) {
        if let Some((person, method)) = *found {
            links[it.record.0 as usize] = Link { person, method, probability: 1.0 };
        }
    }
    found.iter().filter(|it| it.is_none()).count()
}

/// The numbers that followers bear, with those who bear them and their names, in order.
fn known(
    tables: &Tables,
    subjects: &[Subject],
    followers: &[&Subject],
    links: &[Link],
) -> Vec<Known> {
    let mut wanted: Vec<Mark> = followers.iter().filter_map(|it| Mark::of(tables, it)).collect();
    wanted.par_sort_unstable();
    wanted.dedup();
    let person = |it: &Subject| {
        let person = links[it.record.0 as usize].person;
        (person != PersonId::NOBODY).then_some(person)
    };
    let is_wanted = |it: &Known| wanted.binary_search(&it.0).is_ok();
    let stated =
        subjects.par_iter().filter_map(|it| Some((Mark::of(tables, it)?, person(it)?, it.name)));
    let mut known: Vec<Known> = stated.filter(is_wanted).collect();
    let former = tables.residents.iter().filter(|it| it.former_name.is_some());
    let former = former.filter_map(|it| {
        Some((Mark::of(tables, &it.subject)?, person(&it.subject)?, it.former_name))
    });
    // A birth list has the certificate in a column of its own.
    let births = tables.births.iter().filter(|it| it.certificate.is_some()).filter_map(|it| {
        Some((Mark::Certificate(it.certificate), person(&it.subject)?, it.subject.name))
    });
    known.extend(former.chain(births).filter(is_wanted));
    known.par_sort_unstable();
    known.dedup();
    known
}

/// The one person among the bearers of a number whom a row of this name is about.
fn whose(texts: &Texts, name: TextId, bearers: &[Known]) -> Option<(PersonId, LinkMethod)> {
    let mut fitting: Vec<PersonId> = bearers
        .iter()
        .filter(|it| name.is_some() && it.2.is_some() && are_alike(texts, name, it.2))
        .map(|it| it.1)
        .collect();
    fitting.dedup();
    if let [person] = fitting[..] {
        let is_same = bearers.iter().any(|it| it.1 == person && it.2 == name);
        return Some((person, method(bearers[0].0, is_same)));
    }
    // Without a name on one side the number alone says it, if it is one person's.
    let is_unnamed = !name.is_some() || bearers.iter().all(|it| !it.2.is_some());
    let mut bearing: Vec<PersonId> = bearers.iter().map(|it| it.1).collect();
    bearing.dedup();
    match bearing[..] {
        [person] if is_unnamed => Some((person, LinkMethod::IdOnly)),
        _ => None,
    }
}

fn method(mark: Mark, is_same_name: bool) -> LinkMethod {
    match mark {
        Mark::Damaged(_) => LinkMethod::SameDamagedId,
        _ if !is_same_name => LinkMethod::IdAndSimilarName,
        Mark::Number(_) => LinkMethod::IdAndName,
        Mark::Certificate(_) => LinkMethod::Certificate,
    }
}

/// Whether two names under one number are one person's.
fn are_alike(texts: &Texts, a: TextId, b: TextId) -> bool {
    let (a, b) = (texts.get(a), texts.get(b));
    agreement(a, b) != NameAgreement::Unrelated || name::is_newborns(a) || name::is_newborns(b)
}
