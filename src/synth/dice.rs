//! Reproducible chance: a stream of its own for every person, household and row, so that the
//! same seed gives the same county whatever the number of threads.

use chrono::{Days, NaiveDate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One stream of chance.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream `index` of the subject `topic` under a seed.
    pub fn new(seed: u64, topic: &str, index: u64) -> Dice {
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ fingerprint(topic));
        rng.set_stream(index);
        Dice(rng)
    }

    /// A number from 0 to `n` - 1; 0 where `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        // The bias of 2^-40 and less is of no concern to a made-up county.
        ((u128::from(self.0.next_u64()) * u128::from(n)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as u64) as i64
    }

    /// A fraction from 0 to 1.
    pub fn fraction(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.fraction() < probability
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    /// A position chosen in proportion to the weights.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut at = self.fraction() * total;
        for (position, weight) in weights.iter().enumerate() {
            at -= weight;
            if at < 0.0 {
                return position;
            }
        }
        weights.len() - 1
    }

    /// A character of a text.
    pub fn letter(&mut self, of: &str) -> char {
        let n = of.chars().count() as u64;
        of.chars().nth(self.below(n) as usize).unwrap_or('一')
    }

    /// A day from `from` to `to`, both included; `from` where they are the wrong way round.
    pub fn day(&mut self, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let days = (to - from).num_days();
        if days <= 0 { from } else { from + Days::new(self.below(days as u64 + 1)) }
    }

    /// The positions 0 to `n` - 1 in a random order.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            positions.swap(at, self.below(at as u64 + 1) as usize);
        }
        positions
    }
}

/// A number that stands for a text (FNV-1a), the same on every machine.
pub fn fingerprint(text: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

/// A number spread over all 64 bits (splitmix64): for orders that look random and are not.
pub fn spread(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_and_differs_from_its_neighbour() {
        let mut a = Dice::new(7, "person", 1);
        let mut b = Dice::new(7, "person", 1);
        let mut c = Dice::new(7, "person", 2);
        let drawn: Vec<u64> = (0..8).map(|_| a.below(1000)).collect();
        assert_eq!(drawn, (0..8).map(|_| b.below(1000)).collect::<Vec<_>>());
        assert_ne!(drawn, (0..8).map(|_| c.below(1000)).collect::<Vec<_>>());
    }

    #[test]
    fn an_order_holds_every_position_once() {
        let mut order = Dice::new(1, "order", 0).order(50);
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }
}
