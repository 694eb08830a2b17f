//! The distinct names of a night, each looked at once: how it sounds and how common it is.
//!
//! Everything after this works on numbers; a name's characters are read again only when two
//! different names are compared.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::{
    clean::name::{self, WILDCARD},
    tables::{TextId, Texts},
};

/// A name in [`Names`]; `NameId::NONE` is no name, and the name of a newborn not yet named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NameId(u32);

impl NameId {
    pub(super) const NONE: NameId = NameId(0);

    pub(super) fn is_some(self) -> bool {
        self != Self::NONE
    }
}

/// What is known of one name.
#[derive(Clone, Copy, Debug, Default)]
struct Name {
    text: TextId,
    /// A number that names of the same sound share; 0 where an unknown character hides the sound.
    sound: u64,
    /// The same of the first syllable.
    surname: u64,
    has_wildcard: bool,
    /// How many known persons are so called.
    bearers: u32,
}

/// Every distinct name.
pub(super) struct Names<'a> {
    texts: &'a Texts,
    all: Vec<Name>,
    /// By text id.
    ids: Vec<u32>,
    /// Known persons by sound.
    sounds: FxHashMap<u64, u32>,
    /// How many known persons there are.
    n_known: u32,
}

/// How many persons more than are known may be meant: few are known in a village of forty, and
/// its neighbours have names too. A county of a million overrules it.
pub(super) const UNSEEN_PERSONS: f64 = 2000.0;
/// How common a name usually is among them.
const USUAL: f64 = 0.0003;

impl<'a> Names<'a> {
    /// Looks at each of the names once.
    pub(super) fn new(texts: &'a Texts, mut names: Vec<TextId>) -> Names<'a> {
        names.par_sort_unstable();
        names.dedup();
        let look = |text: &TextId| {
            let name = texts.get(*text);
            let has_wildcard = name.contains(WILDCARD);
            let sound = name::sound(name);
            let surname = sound.split(' ').next().filter(|it| !it.starts_with(WILDCARD));
            Name {
                text: *text,
                sound: if has_wildcard { 0 } else { hash(&sound) },
                surname: surname.map_or(0, |it| hash(&it)),
                has_wildcard,
                bearers: 0,
            }
        };
        let is_named = |it: &&TextId| it.is_some() && !name::is_newborns(texts.get(**it));
        let looked = names.par_iter().filter(is_named).map(look);
        let mut all: Vec<Name> = vec![Name::default()];
        all.par_extend(looked);
        let mut ids = vec![0; texts.len()];
        for (at, name) in all.iter().enumerate() {
            ids[name.text.0 as usize] = at as u32;
        }
        Names { texts, all, ids, sounds: FxHashMap::default(), n_known: 0 }
    }

    /// The name of a text; none where the text is no name.
    pub(super) fn id(&self, text: TextId) -> NameId {
        NameId(self.ids[text.0 as usize])
    }

    /// Counts the known persons by name.
    pub(super) fn count(&mut self, known: impl Iterator<Item = NameId>) {
        for name in known {
            self.all[name.0 as usize].bearers += 1;
            self.n_known += 1;
        }
        for name in self.all.iter().filter(|it| it.bearers > 0 && it.sound != 0) {
            *self.sounds.entry(name.sound).or_default() += name.bearers;
        }
        self.count_wildcards();
    }

    /// A name with an unknown character is as common as all names it may be.
    fn count_wildcards(&mut self) {
        let whole = self.all.iter().filter(|it| it.bearers > 0 && !it.has_wildcard);
        let mut patterns: FxHashMap<u64, u32> = FxHashMap::default();
        for name in whole {
            for pattern in patterns_of(self.texts.get(name.text)) {
                *patterns.entry(pattern).or_default() += name.bearers;
            }
        }
        for at in 0..self.all.len() {
            let name = self.all[at];
            if name.has_wildcard {
                let pattern: Vec<char> = self.texts.get(name.text).chars().collect();
                self.all[at].bearers = patterns.get(&hash(&pattern)).copied().unwrap_or(0);
            }
        }
    }

    pub(super) fn text(&self, name: NameId) -> &'a str {
        self.texts.get(self.all[name.0 as usize].text)
    }

    /// The key of the sound; 0 where there is none.
    pub(super) fn sound(&self, name: NameId) -> u64 {
        self.all[name.0 as usize].sound
    }

    /// The key of the surname's sound; 0 where there is none.
    pub(super) fn surname(&self, name: NameId) -> u64 {
        self.all[name.0 as usize].surname
    }

    /// How many known persons are so called.
    pub(super) fn bearers(&self, name: NameId) -> u32 {
        self.all[name.0 as usize].bearers
    }

    /// The share of known persons who are so called.
    pub(super) fn frequency(&self, name: NameId) -> f64 {
        self.share(self.bearers(name))
    }

    /// The share of known persons whose name sounds like this one.
    pub(super) fn sound_frequency(&self, name: NameId) -> f64 {
        self.share(self.sounds.get(&self.sound(name)).copied().unwrap_or(0))
    }

    fn share(&self, bearers: u32) -> f64 {
        (f64::from(bearers.max(1)) + UNSEEN_PERSONS * USUAL)
            / (f64::from(self.n_known) + UNSEEN_PERSONS)
    }
}

/// What a name may look like with one or two of its characters unknown.
fn patterns_of(name: &str) -> Vec<u64> {
    let mut letters: Vec<char> = name.chars().collect();
    let mut patterns = Vec::new();
    if letters.len() > LONGEST_PATTERN {
        return patterns;
    }
    for one in 0..letters.len() {
        let hidden = std::mem::replace(&mut letters[one], WILDCARD);
        patterns.push(hash(&letters));
        for other in one + 1..letters.len() {
            let also_hidden = std::mem::replace(&mut letters[other], WILDCARD);
            patterns.push(hash(&letters));
            letters[other] = also_hidden;
        }
        letters[one] = hidden;
    }
    patterns
}

/// Longer names are transliterations, which are cut rather than unknown in a character.
const LONGEST_PATTERN: usize = 5;

/// A hash that is the same on every machine and every night, and spread over all its bits.
pub(super) fn hash(of: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    let mut bits = hasher.finish();
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    // 0 means that there is nothing to hash.
    (bits ^ bits >> 31).max(1)
}
