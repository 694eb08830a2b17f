//! What is counted of the people of one place.

use std::ops::AddAssign;

use crate::{
    ledger::Verdict,
    policy::{Counted, Insurance},
};

/// How many insurances and periods there are.
pub const INSURANCES: usize = Insurance::ALL.len();
pub const PERIODS: usize = Period::ALL.len();

crate::labelled! {
    /// A stretch of days that ends with the last day the night knows of.
    pub enum Period {
        Day = "day", "最近一天";
        Week = "week", "最近一周";
        Month = "month", "最近一月";
    }
}

/// Counts of persons, and sums in fen. Sums of tallies are tallies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Registered here by the roster, alive and not moved away.
    pub population: i64,
    /// To be insured here: in scope and not exempt, however they are insured (应保人数).
    pub liable: i64,
    /// Of the liable: insured, here or elsewhere.
    pub covered: i64,
    /// Of the liable: those whose resident fee is due here, being neither employees nor insured
    /// elsewhere (应缴人数).
    pub owing: i64,
    /// Of these: insured as residents.
    pub owing_insured: i64,
    /// Everybody, by verdict.
    pub verdicts: [i64; Verdict::ALL.len()],
    /// Who is insured here, by [`Insurance`], whether to be insured here or not.
    pub insured: [i64; INSURANCES],
    /// Of these: since the period began, by [`Period`].
    pub insured_in: [[i64; PERIODS]; INSURANCES],
    /// Who has a payment that counts for the year.
    pub paid: i64,
    pub paid_in: [i64; PERIODS],
    /// Of the payers: those whose name and number in the feed are right.
    pub accurate: i64,
    /// Paid by the persons themselves, net of refunds, and by subsidies.
    pub amount_fen: i64,
    pub subsidised_fen: i64,
}

impl Tally {
    /// Persons with a verdict.
    pub fn of_verdict(&self, verdict: Verdict) -> i64 {
        self.verdicts[verdict as usize]
    }

    /// Everybody who is counted here.
    pub fn persons(&self) -> i64 {
        self.verdicts.iter().sum()
    }

    /// Who is to be insured, as the rate of an insurance has it under its line; nothing for
    /// insurances that nobody is bound to.
    pub fn base(&self, insurance: Insurance) -> Option<i64> {
        match insurance {
            Insurance::All => Some(self.liable),
            Insurance::Resident => Some(self.owing),
            Insurance::Employee | Insurance::Flexible | Insurance::Maternity => None,
        }
    }

    /// Of these, who is insured.
    pub fn base_insured(&self, insurance: Insurance) -> Option<i64> {
        match insurance {
            Insurance::All => Some(self.covered),
            Insurance::Resident => Some(self.owing_insured),
            Insurance::Employee | Insurance::Flexible | Insurance::Maternity => None,
        }
    }

    /// Who is insured here.
    pub fn insured(&self, insurance: Insurance) -> i64 {
        self.insured[insurance as usize]
    }

    /// Whom completion counts.
    pub fn counted(&self, counted: Counted, insurance: Insurance) -> i64 {
        match counted {
            Counted::Paid => self.paid,
            Counted::Insured => self.insured(insurance),
        }
    }

    /// Of these: since a period began.
    pub fn counted_in(&self, counted: Counted, insurance: Insurance, period: Period) -> i64 {
        match counted {
            Counted::Paid => self.paid_in(period),
            Counted::Insured => self.insured_in(insurance, period),
        }
    }

    /// Who has become so in a period.
    pub fn insured_in(&self, insurance: Insurance, period: Period) -> i64 {
        self.insured_in[insurance as usize][period as usize]
    }

    /// Who has paid in a period.
    pub fn paid_in(&self, period: Period) -> i64 {
        self.paid_in[period as usize]
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Tally) {
        fn add<const N: usize>(sums: &mut [i64; N], more: [i64; N]) {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
        self.population += more.population;
        self.liable += more.liable;
        self.covered += more.covered;
        self.owing += more.owing;
        self.owing_insured += more.owing_insured;
        add(&mut self.verdicts, more.verdicts);
        add(&mut self.insured, more.insured);
        for (sums, more) in self.insured_in.iter_mut().zip(more.insured_in) {
            add(sums, more);
        }
        self.paid += more.paid;
        add(&mut self.paid_in, more.paid_in);
        self.accurate += more.accurate;
        self.amount_fen += more.amount_fen;
        self.subsidised_fen += more.subsidised_fen;
    }
}
