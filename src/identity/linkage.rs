//! Everybody who asks who they are, and how they compare with those who are known.
//!
//! What the exact tiers leave is compared in passes, the surest first: those who are settled
//! twice, then those with another number, then those with none.

use rayon::prelude::*;

use super::{
    Geography, Link, Setting, Thresholds,
    candidates::{self, Blocking, Key},
    compare::{Comparer, Levels},
    gate::{Gate, gate},
    groups::Groups,
    model::{Model, Population, Weighed, count_strangers},
    nodes::{self, Node, Nodes},
};
use crate::tables::{Subject, Tables};

/// Who is compared with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// Registered people who may be registered twice.
    Settled,
    /// Rows under a whole number that no list of persons knows.
    OtherNumber,
    /// Rows without a whole number of their own.
    NoNumber,
    /// Such rows among themselves, where nobody known is meant.
    Unknown,
}

impl Pass {
    fn keys(self) -> &'static [Key] {
        if self == Pass::Settled { Key::SETTLED } else { Key::ASKING }
    }

    fn asks(self, node: &Node) -> bool {
        match self {
            Pass::Settled => node.own_id().is_some() && node.is_registered(),
            Pass::OtherNumber => node.own_id().is_some() && !node.is_registered(),
            Pass::NoNumber => node.own_id().is_none() && !node.is_settled(),
            Pass::Unknown => node.own_id().is_none() && !node.is_listed(),
        }
    }

    fn answers(self, node: &Node) -> bool {
        match self {
            Pass::Settled | Pass::Unknown => self.asks(node),
            Pass::OtherNumber => node.is_listed(),
            Pass::NoNumber => node.is_listed() || node.own_id().is_some(),
        }
    }
}

/// A pair that was compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    pub asking: u32,
    pub known: u32,
    pub levels: Levels,
}

/// All that comparison works on.
pub(super) struct Linkage<'a> {
    tables: &'a Tables,
    links: &'a [Link],
    geography: &'a Geography,
    pub nodes: Nodes<'a>,
    pub population: Population,
    /// The model, at home in this population.
    pub model: Model,
    pub thresholds: Thresholds,
}

impl<'a> Linkage<'a> {
    pub(super) fn new(
        tables: &'a Tables,
        subjects: &[Subject],
        links: &'a [Link],
        groups: &Groups,
        setting: &'a Setting<'_>,
    ) -> Linkage<'a> {
        let nodes = nodes::describe(tables, subjects, links, groups);
        let population = Population::new(&nodes.all);
        let Setting { geography, model, thresholds, .. } = setting;
        let (model, thresholds) = (model.clone(), *thresholds);
        let mut linkage =
            Linkage { tables, links, geography, nodes, population, model, thresholds };
        let all = || (0..linkage.nodes.all.len() as u32).into_par_iter();
        let node = |at: &u32| &linkage.nodes.all[*at as usize];
        let asking: Vec<u32> = all().filter(|it| !node(it).is_registered()).collect();
        let known: Vec<u32> = all().filter(|it| node(it).is_listed()).collect();
        let strangers = count_strangers(&linkage.nodes.all, &asking, &known, &linkage.comparer());
        linkage.model = linkage.model.among(&strangers);
        linkage
    }

    pub(super) fn comparer(&self) -> Comparer<'_> {
        Comparer { texts: &self.tables.texts, names: &self.nodes.names, geography: self.geography }
    }

    /// By record: whether the row bears a number that is another's.
    pub(super) fn borrowed(&self) -> Vec<bool> {
        let mut borrowed = vec![false; self.tables.len()];
        for (record, link) in self.links.iter().enumerate() {
            let node = self.nodes.all.get(link.person.0 as usize);
            borrowed[record] = node.is_some_and(|it| it.is_borrowed);
        }
        borrowed
    }

    /// Those who ask in a pass.
    pub(super) fn asking(&self, pass: Pass) -> impl Iterator<Item = &Node> {
        self.nodes.all.iter().filter(move |it| pass.asks(it))
    }

    /// Whether two nodes would be joined if they stood alone.
    pub(super) fn are_surely_one(&self, a: u32, b: u32) -> bool {
        let pair = (&self.nodes.all[a as usize], &self.nodes.all[b as usize]);
        let levels = self.comparer().compare(pair.0, pair.1);
        let link = self.thresholds.link;
        gate(pair.0, pair.1, &levels) == Gate::Open
            && self.weigh(pair, &levels).odds > link / (1.0 - link)
    }

    /// What it says that two nodes agree so.
    pub(super) fn weigh(&self, pair: (&Node, &Node), levels: &Levels) -> Weighed {
        self.model.weigh(&self.comparer(), &self.population, pair, levels)
    }

    /// Compares the candidates of a pass, in the order of those who ask.
    pub(super) fn compare(&self, pass: Pass) -> (Vec<Compared>, Vec<Blocking>) {
        self.compare_those(pass, &|_| true)
    }

    /// The same, of those who still have to ask.
    pub(super) fn compare_those(
        &self,
        pass: Pass,
        still_asks: &(dyn Fn(u32) -> bool + Sync),
    ) -> (Vec<Compared>, Vec<Blocking>) {
        let nodes = &self.nodes.all;
        let asks = |at: u32| pass.asks(&nodes[at as usize]) && still_asks(at);
        let answers = |at: u32| match pass {
            Pass::Unknown => asks(at),
            _ => pass.answers(&nodes[at as usize]),
        };
        let found = candidates::find(&self.nodes, &self.tables.texts, pass.keys(), &asks, &answers);
        let comparer = self.comparer();
        let compare = |(asking, known): (u32, u32)| {
            let levels = comparer.compare(&nodes[asking as usize], &nodes[known as usize]);
            Compared { asking, known, levels }
        };
        (found.pairs.into_par_iter().map(compare).collect(), found.blocking)
    }
}
