//! What is true of the county, and what a run should therefore say.
//!
//! Judged from the people as they are and from what was done to the rows, never by calling a
//! stage of the pipeline.

pub mod allowed;
pub mod enrolment;
pub mod identity;
pub mod payment;
pub mod rows;
pub mod subsidy;
pub mod traps;
pub mod verdict;
pub mod write;

use super::world::World;

/// Collects what one family of rules should find.
pub struct Verdicts<'a> {
    pub world: &'a World,
    pub found: Vec<(&'static str, &'static str)>,
}

impl Verdicts<'_> {
    /// Notes that a code holds, and why.
    fn note(&mut self, code: &'static str, why: &'static str) {
        self.found.push((code, why));
    }
}

/// Every finding that the person's own facts call for.
pub fn findings(world: &World, at: usize) -> Vec<(&'static str, &'static str)> {
    let person = &world.people[at];
    let mut verdicts = Verdicts { world, found: Vec::new() };
    enrolment::judge(person, &mut verdicts);
    identity::judge(person, &mut verdicts);
    payment::judge(person, &mut verdicts);
    subsidy::judge(person, &mut verdicts);
    verdicts.found
}
