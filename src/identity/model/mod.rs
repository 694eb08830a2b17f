//! How much each level of agreement says: the Fellegi–Sunter model.
//!
//! `m` is how often a level occurs between two rows of one person, learnt by expectation and
//! maximisation; `u` how often between strangers, counted on random pairs. The weight of a level
//! is the binary logarithm of m / u; weights add up. Names are weighed by how common they are.

mod file;
mod random;
mod train;

pub use file::ModelFile;
pub use train::Trained;
pub(super) use train::train;

pub(super) use random::count_strangers;

use super::{
    compare::{Comparer, Field, IdLevel, Levels, N_FIELDS, NameLevel, Score, SourceLevel},
    names::UNSEEN_PERSONS,
    nodes::Node,
};

/// The most levels that a field has.
pub(super) const MOST_LEVELS: usize = 12;

/// A number for each level of each field.
pub(super) type Table = [[f64; MOST_LEVELS]; N_FIELDS];

/// How much weight the model's own `u` has beside what a night counts: as many random pairs.
const PAIRS_OF_MODEL: f64 = 10_000.0;

crate::labelled! {
    /// Who asks, on which depends how probable it is that the person is known at all.
    pub enum Asking {
        NoNumber = "no-number", "无完整号码";
        OtherNumber = "other-number", "另有号码";
        Settled = "settled", "名单在册";
    }
}

impl Asking {
    fn of(node: &Node) -> Asking {
        match node.own_id() {
            Some(_) if node.is_settled() => Asking::Settled,
            Some(_) => Asking::OtherNumber,
            None => Asking::NoNumber,
        }
    }
}

/// What the agreement of two nodes says: by field, in sum, and with the prior.
pub(super) struct Weighed {
    pub scores: [Score; N_FIELDS],
    pub bits: f64,
    pub odds: f64,
}

/// The model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Whence the figures come.
    pub trained_on: String,
    pub(super) m: Table,
    pub(super) u: Table,
    /// The share of those who ask that are known under another row, by who asks.
    pub(super) known: [f64; 3],
}

/// The population of one night, which decides how much a common name or a full register says.
pub(super) struct Population {
    /// How many persons are known.
    pub n_known: f64,
    /// The share of known persons that have a row in a source, by source.
    pub coverage: [f64; 64],
}

impl Population {
    pub(super) fn new(nodes: &[Node]) -> Population {
        let (mut n_known, mut counts) = (0u32, [0u32; 64]);
        for node in nodes.iter().filter(|it| it.is_listed()) {
            n_known += 1;
            for (at, count) in counts.iter_mut().enumerate() {
                *count += (node.sources >> at & 1) as u32;
            }
        }
        let n_known = f64::from(n_known.max(1));
        Population { n_known, coverage: counts.map(|it| f64::from(it) / n_known) }
    }

    /// The share of known persons that are in the fullest of some sources.
    fn covered(&self, sources: u64) -> f64 {
        let shares = (0..64).filter(|at| sources >> at & 1 == 1).map(|at| self.coverage[at]);
        shares.fold(0.0, f64::max).clamp(0.001, 0.995)
    }
}

impl Model {
    /// The model that comes with the program.
    pub fn built_in() -> Model {
        let text = include_str!("default.toml");
        ModelFile::parse(text).expect("bug: the built-in model is not valid")
    }

    /// The same model in a population whose strangers agree as these random pairs do.
    pub(super) fn among(&self, strangers: &Table) -> Model {
        let mut model = self.clone();
        for (field, counts) in strangers.iter().enumerate() {
            let n: f64 = counts[1..].iter().sum();
            let shares = model.u[field].iter_mut().zip(counts).skip(1);
            shares.for_each(|(u, count)| *u = (count + *u * PAIRS_OF_MODEL) / (n + PAIRS_OF_MODEL));
        }
        model
    }

    /// What it says that a node that asks and one that is known agree so.
    pub(super) fn weigh(
        &self,
        comparer: &Comparer<'_>,
        population: &Population,
        (asking, known): (&Node, &Node),
        levels: &Levels,
    ) -> Weighed {
        let scores = self.scores(comparer, population, (asking, known), levels);
        let bits: f64 = scores.iter().map(|it| f64::from(it.bits)).sum();
        Weighed { scores, bits, odds: self.prior(asking, known, population) * bits.exp2() }
    }

    /// The prior odds that one certain known person is the one who asks.
    fn prior(&self, asking: &Node, known: &Node, population: &Population) -> f64 {
        let who = match known.own_id() {
            Some(_) => Asking::of(asking),
            None => Asking::NoNumber,
        };
        let share = self.known[who as usize];
        share / (1.0 - share) / (population.n_known + UNSEEN_PERSONS)
    }

    /// How much each field says.
    fn scores(
        &self,
        comparer: &Comparer<'_>,
        population: &Population,
        (asking, known): (&Node, &Node),
        levels: &Levels,
    ) -> [Score; N_FIELDS] {
        let numbers = levels.numbers();
        let plain = |field: Field, level: u8| {
            let (field, level) = (field as usize, usize::from(level));
            (self.m[field][level] / self.u[field][level]).log2()
        };
        let mut scores = [Score::default(); N_FIELDS];
        for (field, level) in Field::ALL.iter().copied().zip(numbers) {
            let bits = match field {
                _ if level == 0 => 0.0,
                // That the numbers differ is what the prior of those with another number says.
                Field::Id if levels.id == IdLevel::TwoWhole => 0.0,
                Field::Name => self.name_bits(comparer, (asking, known), levels.name),
                Field::Source => {
                    let covered = population.covered(asking.sources);
                    let m = self.m[field as usize][usize::from(level)];
                    let u =
                        if levels.source == SourceLevel::Taken { covered } else { 1.0 - covered };
                    (m / u).log2()
                }
                _ => plain(field, level),
            };
            scores[field as usize] = Score { level, bits: bits as f32 };
        }
        scores
    }

    /// Agreeing in a rare name says more than in a common one.
    fn name_bits(
        &self,
        comparer: &Comparer<'_>,
        (asking, known): (&Node, &Node),
        level: NameLevel,
    ) -> f64 {
        let (names, row) = (comparer.names, Field::Name as usize);
        let m = self.m[row][level as usize];
        let same = self.m[row][NameLevel::Same as usize];
        let frequency = |it: &Node| names.frequency(it.name);
        match level {
            NameLevel::Same => (same / frequency(known)).log2(),
            // As far as can be seen, it is the same name.
            NameLevel::Wildcard => (same / frequency(asking).max(frequency(known))).log2(),
            NameLevel::SameSound => (m / names.sound_frequency(known.name)).log2(),
            _ => (m / self.u[row][level as usize]).log2(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_says_what_it_should() {
        let model = Model::built_in();
        let bits = |field: Field, level: u8| {
            let (field, level) = (field as usize, usize::from(level));
            (model.m[field][level] / model.u[field][level]).log2()
        };
        assert!(bits(Field::Id, IdLevel::OneSlip as u8) > 10.0);
        assert!(bits(Field::Id, IdLevel::Different as u8) < -2.0);
        assert!(bits(Field::Name, NameLevel::Unrelated as u8) < -3.0);
    }
}
