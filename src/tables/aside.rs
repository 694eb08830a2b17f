//! Rows that stand aside: they tell nothing of a person's medical cover for the year, or nothing
//! that others have not told us, so they decide nothing about who somebody is.

use super::{Answer, Enrolment, Payment, Row, Scheme, Tables};
use crate::clean::id_number::IdState;

impl Enrolment {
    /// Whether the row is of maternity insurance, which rides on the employee scheme and insures
    /// nobody.
    pub fn is_aside(&self) -> bool {
        self.scheme == Scheme::Maternity
    }
}

impl Payment {
    /// Whether the row is for another year than this. A row that states none is for this.
    pub fn is_aside(&self, year: u16) -> bool {
        self.year != 0 && self.year != year
    }
}

impl Answer {
    /// Whether the row is one of a list that was sent out: it names the finding that it answers, or
    /// its number is masked as lists have it. It says nothing of who somebody is.
    pub fn is_aside(&self) -> bool {
        self.finding.is_some() || self.subject.id_state == IdState::Masked
    }
}

impl Tables {
    /// Whether each record stands aside in this year, in the order of record ids.
    pub fn aside(&self, year: u16) -> Vec<bool> {
        let mut aside = vec![false; self.len()];
        let enrolments = self.enrolments.iter().filter(|it| it.is_aside()).map(Row::subject);
        let payments = self.payments.iter().filter(|it| it.is_aside(year)).map(Row::subject);
        let answers = self.answers.iter().filter(|it| it.is_aside()).map(Row::subject);
        enrolments.chain(payments).chain(answers).for_each(|it| aside[it.record.0 as usize] = true);
        aside
    }
}
