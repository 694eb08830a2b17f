//! From comparisons to persons: who is joined, who is asked about, who stays alone.
//!
//! Whoever asks has one best answer or none. What decides is the probability among all answers,
//! so a second good answer takes from the first; a gate that keeps twins and namesakes apart; and
//! for the joined as a whole, that nobody gets two registrations or a third number by chance.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    LinkMethod, Match, PersonId,
    candidates::Blocking,
    clusters::Clusters,
    compare::{N_FIELDS, Score},
    gate::{Gate, gate},
    groups::Groups,
    joins::Joins,
    linkage::{Compared, Linkage, Pass},
    model::Weighed,
    nodes::Node,
};
use crate::clean::id_number::IdNumber;

/// From which probability on a pair is joined, and from which it is a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    pub link: f64,
    pub review: f64,
}

/// What came of the comparisons.
pub(super) struct Resolved {
    /// By record, in order.
    pub matches: Vec<Match>,
    pub blocking: Vec<Blocking>,
}

/// The best answer to one who asks.
struct Answer {
    asking: u32,
    known: u32,
    probability: f64,
    rival: f64,
    bits: f64,
    scores: [Score; N_FIELDS],
    gate: Gate,
}

/// Compares and joins, pass by pass.
pub(super) fn resolve(linkage: &Linkage<'_>, groups: &Groups, joins: &mut Joins) -> Resolved {
    let mut clusters = Clusters::new(&linkage.nodes.all);
    let mut found: FxHashMap<u32, Match> = FxHashMap::default();
    let mut blocking: Vec<Blocking> = Vec::new();
    for pass in [Pass::Settled, Pass::OtherNumber, Pass::NoNumber, Pass::Unknown] {
        let still_asks = |at: u32| {
            !found.contains_key(&at) && (pass != Pass::NoNumber || !clusters.is_numbered(at))
        };
        let (compared, of_pass) = linkage.compare_those(pass, &still_asks);
        super::candidates::add_up(&mut blocking, of_pass);
        for answer in answers(linkage, &clusters, &compared) {
            // Others may have joined them, or taken the place, since the answers were weighed.
            let gate = answer.gate.max(clusters.gate(answer.asking, answer.known));
            if clusters.are_one(answer.asking, answer.known) || gate == Gate::Shut {
                continue;
            }
            let is_joined = gate == Gate::Open && answer.probability >= linkage.thresholds.link;
            let node = |at: u32| &linkage.nodes.all[at as usize];
            let (record, with) = (node(answer.asking).root, node(answer.known).root);
            if is_joined {
                clusters.join(answer.asking, answer.known);
                let probability = answer.probability as f32;
                joins.join(record, with, LinkMethod::Compared, probability);
                let rows = groups.of(PersonId(answer.asking));
                rows.iter().for_each(|it| joins.tell(*it, LinkMethod::Compared, probability));
            }
            found.entry(answer.asking).or_insert(Match {
                record,
                with,
                probability: answer.probability as f32,
                rival: answer.rival as f32,
                scores: answer.scores,
                is_joined,
            });
        }
    }
    ask_owners(linkage, &mut found);
    // Rows that were joined exactly share what was found of the first of them.
    let mut matches: Vec<Match> = found
        .into_iter()
        .flat_map(|(at, it)| {
            groups.of(PersonId(at)).iter().map(move |record| it.shared_by(*record))
        })
        .collect();
    matches.par_sort_unstable_by_key(|it| it.record);
    Resolved { matches, blocking }
}

/// Asks the owner of a number about rows that bear it under another name of the same family: the
/// person may have been renamed, or a relative may use the number. Nobody can tell from here.
fn ask_owners(linkage: &Linkage<'_>, found: &mut FxHashMap<u32, Match>) {
    let nodes = &linkage.nodes.all;
    let all = || nodes.iter().zip(0u32..);
    let open: Vec<(&Node, u32)> =
        all().filter(|it| it.0.is_borrowed && !found.contains_key(&it.1)).collect();
    let wanted: FxHashSet<IdNumber> = open.iter().filter_map(|it| it.0.id).collect();
    let mut owners: FxHashMap<IdNumber, Vec<u32>> = FxHashMap::default();
    for (node, at) in all() {
        if let Some(id) = node.own_id().filter(|it| wanted.contains(it)) {
            owners.entry(id).or_default().push(at);
        }
    }
    let surname = |it: &Node| linkage.nodes.names.surname(it.name);
    for (node, at) in open {
        let owners = node.id.and_then(|it| owners.get(&it));
        let Some([owner]) = owners.map(Vec::as_slice) else { continue };
        let known = &nodes[*owner as usize];
        if surname(node) == 0 || surname(node) != surname(known) {
            continue;
        }
        let levels = linkage.comparer().compare(node, known);
        let scores = linkage.weigh((node, known), &levels).scores;
        let (record, with) = (node.root, known.root);
        let probability = linkage.thresholds.review as f32;
        found.insert(at, Match { record, with, probability, rival: 0.0, scores, is_joined: false });
    }
}

/// The best answers that are worth a question, the surest first; among equals, by what the rows
/// say, so that the order of rows decides nothing.
fn answers(linkage: &Linkage<'_>, clusters: &Clusters<'_>, compared: &[Compared]) -> Vec<Answer> {
    let groups: Vec<&[Compared]> = compared.chunk_by(|a, b| a.asking == b.asking).collect();
    let mut answers: Vec<Answer> = groups
        .into_par_iter()
        .filter_map(|group| best(linkage, clusters, group))
        .filter(|it| it.gate != Gate::Shut && it.probability >= linkage.thresholds.review)
        .collect();
    let tie = |at: u32| linkage.nodes.all[at as usize].tie();
    answers.par_sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then(b.bits.total_cmp(&a.bits))
            .then_with(|| tie(a.asking).cmp(&tie(b.asking)))
            .then_with(|| tie(a.known).cmp(&tie(b.known)))
    });
    answers
}

/// Below this share of the best odds a rival is not worth a closer look.
const FAINT: f64 = 0.001;

/// The best of the answers to one, among all of them: those that are one person already count
/// once.
fn best(linkage: &Linkage<'_>, clusters: &Clusters<'_>, group: &[Compared]) -> Option<Answer> {
    let nodes = &linkage.nodes.all;
    let mut answers: Vec<(u32, f64, Answer)> = group
        .iter()
        .map(|it| {
            let pair = (&nodes[it.asking as usize], &nodes[it.known as usize]);
            let Weighed { scores, bits, odds } = linkage.weigh(pair, &it.levels);
            let gate = gate(pair.0, pair.1, &it.levels);
            let (asking, known) = (it.asking, it.known);
            let (probability, rival) = (0.0, 0.0);
            let answer = Answer { asking, known, probability, rival, bits, scores, gate };
            (clusters.root(it.known), odds, answer)
        })
        .collect();
    // The best first; within a cluster, that is the one that speaks for it.
    let tie = |at: u32| nodes[at as usize].tie();
    answers.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| tie(a.2.known).cmp(&tie(b.2.known))));
    let mut seen: Vec<u32> = vec![clusters.root(group[0].asking)];
    answers.retain(|it| {
        let is_new = !seen.contains(&it.0);
        seen.push(it.0);
        is_new
    });
    // Nor are those rivals that are one person with the best by all they say.
    if let Some((_, best_odds, best)) = answers.first() {
        let (best_odds, known) = (*best_odds, best.known);
        let mut is_first = true;
        answers.retain(|it| {
            std::mem::take(&mut is_first)
                || it.1 < best_odds * FAINT
                || !linkage.are_surely_one(it.2.known, known)
        });
    }
    let all: f64 = 1.0 + answers.iter().map(|it| it.1).sum::<f64>();
    let rival = answers.get(1).map_or(0.0, |it| it.1 / all);
    let (_, odds, mut answer) = answers.into_iter().next()?;
    answer.probability = odds / all;
    answer.rival = rival;
    Some(answer)
}
