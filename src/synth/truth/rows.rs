//! What the rows as written add to the truth: dirt that deserves a finding of its own, and how
//! hard it made the others.

use rustc_hash::FxHashSet;

use crate::synth::files::corruption::Corruption;
use crate::synth::files::table::{WrittenPage, WrittenRow};
use crate::synth::sources::enrolment::LAST_YEAR;
use crate::synth::stories;
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

/// What dirt left of one kind of a person's rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trace {
    /// Some row says plainly whose it is.
    pub is_clear: bool,
    /// Some row's id or name is hidden, or its number is another.
    pub is_hidden: bool,
}

impl Trace {
    /// There are rows, and each can be told by linkage only.
    pub fn is_all_hidden(self) -> bool {
        self.is_hidden && !self.is_clear
    }

    fn add(&mut self, is_hidden: bool) {
        self.is_hidden |= is_hidden;
        self.is_clear |= !is_hidden;
    }
}

/// What the rows of one person say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traces {
    /// The roster, permits, birth certificates and school rolls.
    pub roster: Trace,
    /// This year's register, either scheme.
    pub cover: Trace,
    pub payment: Trace,
    /// Evidence of cover in another place.
    pub elsewhere: Trace,
    /// Deaths and exemptions.
    pub exit: Trace,
    pub title: Trace,
    /// The id stands somewhere in another spelling.
    pub is_respelled: bool,
    /// A tail of zeros checks by chance.
    pub has_checking_tail: bool,
}

impl Traces {
    fn add(&mut self, page: &WrittenPage, row: WrittenRow) {
        let trace = match page.kind {
            "household" | "residence-permit" | "birth" | "student" => &mut self.roster,
            "enrolment" if page.source != LAST_YEAR => &mut self.cover,
            "payment" => &mut self.payment,
            "elsewhere" => &mut self.elsewhere,
            "death" | "exempt" => &mut self.exit,
            "category" => &mut self.title,
            _ => return,
        };
        trace.add(row.is_hidden());
    }
}

/// What the rows say, per person.
pub struct Rows {
    pub decidable: Vec<Decidable>,
    pub traces: Vec<Traces>,
    /// Findings about rows, by person, with the dirt's name.
    pub findings: Vec<(&'static str, u32, Corruption)>,
}

impl Rows {
    /// Reads all pages once.
    pub fn of(world: &World, pages: &[WrittenPage]) -> Rows {
        let mut decidable = vec![Decidable::Exact; world.people.len()];
        let mut traces = vec![Traces::default(); world.people.len()];
        let mut seen: FxHashSet<(&'static str, u32)> = FxHashSet::default();
        let mut findings = Vec::new();
        for page in pages {
            for row in &page.rows {
                let at = row.person as usize;
                traces[at].add(page, *row);
                let is_aside = page.kind == "payment" && paid_for_other_years(world, at);
                for what in row.dirt().filter(|_| !is_aside) {
                    decidable[at] = decidable[at].max(hardness(what));
                    traces[at].is_respelled |= what.respells_id();
                    traces[at].has_checking_tail |= what == Corruption::LostTailChecks;
                    let voucher_again = what == Corruption::Repeated && page.kind == "payment";
                    let codes =
                        what.findings().iter().copied().chain(voucher_again.then_some("D08"));
                    for code in codes {
                        if seen.insert((code, row.person)) {
                            findings.push((code, row.person, what));
                        }
                    }
                }
            }
        }
        for (at, person) in world.people.iter().enumerate() {
            let hard = person.number.is_none()
                || person.former_name.is_some()
                || person.birth_listed
                || person.twice_in_roster
                || person.has(stories::NAMESAKE_GONE)
                || person.doubled
                || person.lent
                || super::verdict::under_wrong_number(person);
            if hard {
                decidable[at] = decidable[at].max(Decidable::Linkage);
            }
        }
        findings.sort_unstable();
        Rows { decidable, traces, findings }
    }
}

/// Whether a person's payments are for other years: what is wrong with them nobody has to mend.
fn paid_for_other_years(world: &World, at: usize) -> bool {
    world.people[at].pays.iter().all(|it| it.year != world.scene.rules.coverage_year)
}

fn hardness(what: Corruption) -> Decidable {
    if what.hides_id() || what.hides_name() { Decidable::Linkage } else { Decidable::Exact }
}
