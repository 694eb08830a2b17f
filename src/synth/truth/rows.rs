//! What the rows as written add to the truth: dirt that deserves a finding of its own, and how
//! hard it made the others.

use rustc_hash::FxHashSet;

use crate::synth::files::corruption::Corruption;
use crate::synth::files::table::WrittenPage;
use crate::synth::world::World;

/// How well a person's rows can still be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Decidable {
    #[default]
    Exact,
    Linkage,
    Never,
}

impl Decidable {
    pub fn code(self) -> &'static str {
        match self {
            Decidable::Exact => "exact",
            Decidable::Linkage => "linkage",
            Decidable::Never => "never",
        }
    }
}

/// What the rows say, per person.
pub struct Rows {
    pub decidable: Vec<Decidable>,
    /// Whose cover or payment is in a row whose id cannot be read for certain.
    pub cover_hidden: Vec<bool>,
    /// Whose category is in such a row.
    pub title_hidden: Vec<bool>,
    /// Whose id stands somewhere in another spelling.
    pub respelled: Vec<bool>,
    /// Findings about rows, by person, with the dirt's name.
    pub findings: Vec<(&'static str, u32, &'static str)>,
}

impl Rows {
    /// Reads all pages once.
    pub fn of(world: &World, pages: &[WrittenPage]) -> Rows {
        let mut decidable = vec![Decidable::Exact; world.people.len()];
        let mut cover_hidden = vec![false; world.people.len()];
        let mut title_hidden = cover_hidden.clone();
        let mut respelled = cover_hidden.clone();
        let mut seen: FxHashSet<(&'static str, u32)> = FxHashSet::default();
        let mut findings = Vec::new();
        for page in pages {
            for row in &page.rows {
                let Some(what) = row.corruption else { continue };
                let level = &mut decidable[row.person as usize];
                *level = (*level).max(hardness(what));
                let at = row.person as usize;
                let hidden = what.hides_id() || what.hides_name();
                cover_hidden[at] |= hidden && matches!(page.kind, "enrolment" | "payment");
                title_hidden[at] |= hidden && page.kind == "category";
                respelled[at] |= what.respells_id();
                let voucher_again = what == Corruption::Repeated && page.kind == "payment";
                let codes = what.findings().iter().copied().chain(voucher_again.then_some("D08"));
                for code in codes {
                    if seen.insert((code, row.person)) {
                        findings.push((code, row.person, what.code()));
                    }
                }
            }
        }
        for (at, person) in world.people.iter().enumerate() {
            let hard = person.number.is_none()
                || person.former_name.is_some()
                || person.birth_listed
                || person.twice_in_roster
                || person.doubled
                || person.lent
                || super::verdict::under_wrong_number(person);
            if hard {
                decidable[at] = decidable[at].max(Decidable::Linkage);
            }
        }
        findings.sort_unstable();
        Rows { decidable, cover_hidden, title_hidden, respelled, findings }
    }
}

fn hardness(what: Corruption) -> Decidable {
    if what.hides_id() || what.hides_name() { Decidable::Linkage } else { Decidable::Exact }
}
