//! Every text of a run, kept once and named by a number.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::FxHasher;

/// A text in [`Texts`]. `TextId::NONE` is the missing text: it equals nothing, not even itself,
/// as far as joins go; ask [`TextId::is_some`] first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextId(pub u32);

impl TextId {
    /// No text.
    pub const NONE: TextId = TextId(0);

    /// Whether there is a text.
    pub fn is_some(self) -> bool {
        self != Self::NONE
    }
}

/// An interner: the same text always has the same number within one `Texts`.
///
/// Numbers depend on the order of insertion, so they serve equality, never order: anything
/// published is sorted by the text itself.
pub struct Texts {
    bytes: String,
    ends: Vec<u32>,
    slots: Vec<u32>,
    hasher: BuildHasherDefault<FxHasher>,
}

impl Default for Texts {
    fn default() -> Self {
        // Text 0 is the empty text, which means "missing".
        Texts {
            bytes: String::new(),
            ends: vec![0],
            slots: vec![0; 16],
            hasher: Default::default(),
        }
    }
}

impl Texts {
    /// How many distinct texts there are, the missing one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is nothing but the missing text.
    pub fn is_empty(&self) -> bool {
        self.len() == 1
    }

    /// The text with this number; empty for [`TextId::NONE`].
    pub fn get(&self, id: TextId) -> &str {
        let id = id.0 as usize;
        if id == 0 {
            return "";
        }
        &self.bytes[self.ends[id - 1] as usize..self.ends[id] as usize]
    }

    /// The number of a text, which is added if it is new.
    pub fn intern(&mut self, text: &str) -> TextId {
        if text.is_empty() {
            return TextId::NONE;
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(text);
        if self.slots[slot] == 0 {
            self.bytes.push_str(text);
            let end = u32::try_from(self.bytes.len()).expect("bug: over 4 GiB of distinct texts");
            self.slots[slot] = self.ends.len() as u32;
            self.ends.push(end);
        }
        TextId(self.slots[slot])
    }

    /// The number of a text that is already here.
    pub fn find(&self, text: &str) -> Option<TextId> {
        let found = self.slots[self.slot(text)];
        (found != 0).then_some(TextId(found))
    }

    /// Adds another interner's texts and says what each of its numbers became here.
    pub fn absorb(&mut self, other: &Texts) -> Vec<TextId> {
        (0..other.len() as u32).map(|id| self.intern(other.get(TextId(id)))).collect()
    }

    /// Every text with its number, the missing one left out.
    pub fn iter(&self) -> impl Iterator<Item = (TextId, &str)> {
        (1..self.len() as u32).map(|id| (TextId(id), self.get(TextId(id))))
    }

    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        // The high bits of an Fx hash are the good ones.
        let mut slot = (self.hasher.hash_one(text).rotate_left(26)) as usize & mask;
        while self.slots[slot] != 0 && self.get(TextId(self.slots[slot])) != text {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for id in 1..self.len() as u32 {
            let slot = self.slot(self.get(TextId(id)));
            self.slots[slot] = id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_while_the_table_grows() {
        let mut texts = Texts::default();
        let ids: Vec<TextId> = (0..1000).map(|n| texts.intern(&format!("第{n}村"))).collect();
        for (n, id) in ids.iter().enumerate() {
            assert_eq!(texts.get(*id), format!("第{n}村"));
            assert_eq!(texts.intern(&format!("第{n}村")), *id);
            assert_eq!(texts.find(&format!("第{n}村")), Some(*id));
        }
        assert_eq!(texts.intern(""), TextId::NONE);
        assert_eq!(texts.find("不在"), None);
    }

    #[test]
    fn absorbing_translates_every_number() {
        let (mut one, mut two) = (Texts::default(), Texts::default());
        one.intern("甲");
        let (b, a) = (two.intern("乙"), two.intern("甲"));
        let became = one.absorb(&two);
        assert_eq!(one.get(became[a.0 as usize]), "甲");
        assert_eq!(one.get(became[b.0 as usize]), "乙");
        assert_eq!(became[0], TextId::NONE);
    }
}
