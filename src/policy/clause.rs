//! Every decision names the sentence that made it.

/// A clause in [`Clauses`]; `ClauseId::NONE` where no decision was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ClauseId(pub u16);

impl ClauseId {
    /// No clause.
    pub const NONE: ClauseId = ClauseId(0);
}

/// Where a clause stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Document and clause, as the policy file gives them.
    pub reference: String,
    /// The policy file that won, as a path.
    pub file: String,
}

/// The clauses of a run, in the order in which the policy files name them.
#[derive(Clone, Debug)]
pub struct Clauses(Vec<Clause>);

impl Default for Clauses {
    fn default() -> Self {
        Clauses(vec![Clause { reference: String::new(), file: String::new() }])
    }
}

impl Clauses {
    /// Adds a clause, or finds it if it is already there.
    pub fn add(&mut self, reference: &str, file: &str) -> ClauseId {
        let clause = Clause { reference: reference.to_string(), file: file.to_string() };
        let at = self.0.iter().position(|it| *it == clause).unwrap_or_else(|| {
            self.0.push(clause);
            self.0.len() - 1
        });
        ClauseId(at as u16)
    }

    /// The clause with this id; empty for [`ClauseId::NONE`].
    pub fn get(&self, id: ClauseId) -> &Clause {
        &self.0[id.0 as usize]
    }

    /// Every clause but the empty one.
    pub fn iter(&self) -> impl Iterator<Item = &Clause> {
        self.0.iter().skip(1)
    }
}

/// A value and the clause that set it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited<T> {
    pub value: T,
    pub clause: ClauseId,
}
