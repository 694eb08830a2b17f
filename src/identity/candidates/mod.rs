//! Which nodes are worth comparing: those that share a key of one of a few kinds.
//!
//! Only nodes that ask who they are bring keys; everybody else is looked up under them. The pairs
//! of each kind are counted before they are made, and a key that too many share is cut: what it
//! would have found, a narrower key finds.

mod number;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    names::{NameId, Names, hash},
    nodes::{Node, Nodes},
};
use crate::{clean::id_number::IdState, tables::Texts};

crate::labelled! {
    /// The kinds of key under which candidates meet.
    pub enum Key {
        SurnameAndBirth = "surname-and-birth", "姓氏读音与出生日期";
        SoundAndBirth = "sound-and-birth", "姓名读音与出生日期";
        SoundAndPlace = "sound-and-place", "姓名读音与村";
        BirthAndPlace = "birth-and-place", "出生日期与村";
        SoundAndHousehold = "sound-and-household", "姓名读音与户";
        BirthAndHousehold = "birth-and-household", "出生日期与户";
        SoundAndTail = "sound-and-tail", "姓名读音与号码尾数";
        RareName = "rare-name", "少见的姓名";
        Number = "number", "号码相差一处或尾数丢失";
    }
}

impl Key {
    /// The keys for those who ask who they are.
    pub(super) const ASKING: &[Key] = &[
        Key::SurnameAndBirth,
        Key::SoundAndPlace,
        Key::BirthAndPlace,
        Key::SoundAndHousehold,
        Key::BirthAndHousehold,
        Key::SoundAndTail,
        Key::RareName,
        Key::Number,
    ];
    /// The keys for those who are settled, of whom some may be so twice.
    pub(super) const SETTLED: &[Key] = &[Key::SoundAndBirth, Key::SoundAndHousehold];
}

/// The most pairs that one key may give.
const MOST_PAIRS: u64 = 20_000;
/// A name that no more than so many known persons bear is rare.
const RARE: u32 = 6;

/// What one kind of key came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocking {
    pub key: Key,
    /// How many keys somebody asks under.
    pub blocks: u64,
    /// The pairs they give, counted before they are made.
    pub pairs: u64,
    /// The keys that too many share, and the pairs not made.
    pub cut_blocks: u64,
    pub cut_pairs: u64,
}

/// Pairs of an asking node and one it may be, each once, in order; and how they were found.
pub(super) struct Candidates {
    pub pairs: Vec<(u32, u32)>,
    pub blocking: Vec<Blocking>,
}

/// Finds the candidates of every node that asks among those that may answer.
pub(super) fn find(
    nodes: &Nodes<'_>,
    texts: &Texts,
    by: &[Key],
    asks: &(dyn Fn(u32) -> bool + Sync),
    answers: &(dyn Fn(u32) -> bool + Sync),
) -> Candidates {
    let all = 0..nodes.all.len() as u32;
    let asking: Vec<u32> = all.clone().into_par_iter().filter(|it| asks(*it)).collect();
    let answering: Vec<u32> = all.into_par_iter().filter(|it| answers(*it)).collect();
    let (mut pairs, mut blocking) = (Vec::new(), Vec::new());
    for key in by {
        blocking.push(match key {
            Key::Number => number::by_number(nodes, texts, &asking, &answering, &mut pairs),
            _ => block(*key, nodes, texts, &asking, &answering, &mut pairs),
        });
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    Candidates { pairs, blocking }
}

/// Adds what a pass came to, key by key, to what earlier passes came to.
pub(super) fn add_up(all: &mut Vec<Blocking>, of_pass: Vec<Blocking>) {
    for it in of_pass {
        match all.iter_mut().find(|known| known.key == it.key) {
            Some(known) => {
                known.blocks += it.blocks;
                known.pairs += it.pairs;
                known.cut_blocks += it.cut_blocks;
                known.cut_pairs += it.cut_pairs;
            }
            None => all.push(it),
        }
    }
}

/// The pairs that share a key of one kind.
fn block(
    key: Key,
    nodes: &Nodes<'_>,
    texts: &Texts,
    asking: &[u32],
    answering: &[u32],
    pairs: &mut Vec<(u32, u32)>,
) -> Blocking {
    let keys_of = |at: u32| {
        let keys = keys(key, &nodes.all[at as usize], &nodes.names, texts);
        keys.into_iter().filter(|it| *it != 0).map(move |it| (it, at))
    };
    let mut asked: Vec<(u64, u32)> = asking.par_iter().flat_map_iter(|it| keys_of(*it)).collect();
    asked.par_sort_unstable();
    asked.dedup();
    let wanted: FxHashSet<u64> = asked.iter().map(|it| it.0).collect();
    let is_wanted = |it: &(u64, u32)| wanted.contains(&it.0);
    let mut answered: Vec<(u64, u32)> =
        answering.par_iter().flat_map_iter(|it| keys_of(*it).filter(is_wanted)).collect();
    answered.par_sort_unstable();
    answered.dedup();
    let mut report = Blocking { key, blocks: 0, pairs: 0, cut_blocks: 0, cut_pairs: 0 };
    for block in asked.chunk_by(|a, b| a.0 == b.0) {
        let first = answered.partition_point(|it| it.0 < block[0].0);
        let others = answered[first..].iter().take_while(|it| it.0 == block[0].0);
        let n_pairs = block.len() as u64 * others.clone().count() as u64;
        report.blocks += 1;
        if n_pairs > MOST_PAIRS {
            report.cut_blocks += 1;
            report.cut_pairs += n_pairs;
            continue;
        }
        report.pairs += n_pairs;
        for (_, one) in block {
            pairs.extend(others.clone().filter(|it| it.1 != *one).map(|it| (*one, it.1)));
        }
    }
    report
}

/// The keys of a node; 0 is none.
fn keys(key: Key, node: &Node, names: &Names<'_>, texts: &Texts) -> [u64; 4] {
    let both = |a: u64, b: u64| if a == 0 || b == 0 { 0 } else { hash(&(a, b)) };
    let birth = node.birth.map_or(0, |it| hash(&it));
    let place = node.place.map_or(0, |it| hash(&it.0));
    let homes = [node.household, node.kin].map(|it| if it.is_some() { hash(&it.0) } else { 0 });
    let sounds = [node.name, node.former].map(|it| names.sound(it));
    match key {
        Key::SurnameAndBirth => {
            let surnames = [node.name, node.former].map(|it| names.surname(it));
            [both(surnames[0], birth), both(surnames[1], birth), 0, 0]
        }
        Key::SoundAndBirth => [both(sounds[0], birth), both(sounds[1], birth), 0, 0],
        Key::SoundAndPlace => [both(sounds[0], place), both(sounds[1], place), 0, 0],
        Key::BirthAndPlace => [both(birth, place), 0, 0, 0],
        Key::SoundAndHousehold => [
            both(sounds[0], homes[0]),
            both(sounds[0], homes[1]),
            both(sounds[1], homes[0]),
            both(sounds[1], homes[1]),
        ],
        Key::BirthAndHousehold => [both(birth, homes[0]), both(birth, homes[1]), 0, 0],
        Key::SoundAndTail => {
            let tail = tail(node, texts);
            [both(sounds[0], tail), both(sounds[1], tail), 0, 0]
        }
        Key::RareName => {
            let rare = |name: NameId| match names.bearers(name) {
                0..=RARE => names.sound(name),
                _ => 0,
            };
            [rare(node.name), rare(node.former), 0, 0]
        }
        Key::Number => [0; 4],
    }
}

/// A key of the sequence, for numbers that may be wrong before it.
fn tail(node: &Node, texts: &Texts) -> u64 {
    let as_found = texts.get(node.id_text).as_bytes();
    let sequence = match (node.own_id(), node.id_state) {
        (Some(id), _) => return hash(&(id.packed() % 1000)),
        (None, IdState::WrongDate | IdState::WrongRegion | IdState::Masked) => as_found.get(14..17),
        _ => None,
    };
    let digits = sequence.filter(|it| it.iter().all(u8::is_ascii_digit));
    digits.map_or(0, |it| {
        hash(&it.iter().fold(0u64, |sum, digit| sum * 10 + u64::from(digit - b'0')))
    })
}
