//! A person of the synthetic county as they truly are, and what the departments know of them.

use chrono::{Datelike, NaiveDate};

use super::people::number::Number;
use crate::clean::sex::Sex;
use crate::tables::Relation;

/// Why a person is in the data at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In the police roster.
    Registered,
    /// Lives here on a permit, registered elsewhere.
    Permit,
    /// Born here, in no roster yet.
    Newborn,
    /// At school here, registered elsewhere.
    Student,
    /// Known to no roster: a payment keyed in by mistake.
    Outsider,
    /// Moved away: in no roster any more, still in the register.
    Gone,
}

/// Where a person is registered or lives.
#[derive(Clone, Copy, Debug)]
pub struct Home {
    pub village: u16,
    pub group: u8,
    pub house: u16,
    /// Unique over the county.
    pub household: u32,
    pub relation: Relation,
}

/// How a person left the insured population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Death { on: NaiveDate, roster: bool, health: bool, civil: bool },
    MovedOut { on: NaiveDate },
    Army { from: NaiveDate, roster: bool },
    Prison { from: NaiveDate, to: NaiveDate },
    Abroad { from: NaiveDate },
}

/// Membership of one category; `to` is the first day on which it no longer holds.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    pub category: u8,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Resident,
    Employee,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Active,
    Paused,
    Terminated,
}

/// Which number a department wrote down for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Wrote {
    /// The number in force.
    #[default]
    Own,
    /// The number before the police corrected it.
    Old,
    /// A parent's.
    Guardian,
    /// The birth certificate's.
    Certificate,
    /// The right number with one digit wrong, the same wrong way everywhere.
    Slipped,
    /// Another villager's valid number.
    Borrowed,
}

/// A row of this year's register.
#[derive(Clone, Copy, Debug)]
pub struct Cover {
    pub scheme: Scheme,
    pub status: Status,
    /// National person type; 1103 is flexible employment.
    pub person_type: u16,
    pub from: NaiveDate,
    pub paused_on: Option<NaiveDate>,
    pub village: u16,
    pub wrote: Wrote,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayKind {
    Paid,
    Refund,
    Cancelled,
    Failed,
}

/// A row of the tax feed.
#[derive(Clone, Copy, Debug)]
pub struct Pay {
    pub kind: PayKind,
    /// Makes the voucher number; rows with the same one are the same voucher.
    pub voucher: u8,
    /// The voucher that a refund or cancellation undoes.
    pub refers: Option<u8>,
    pub year: i32,
    /// A pension row, which insures nobody.
    pub pension: bool,
    pub paid_fen: i64,
    pub subsidy_fen: i64,
    pub category: Option<u8>,
    pub on: NaiveDate,
    pub channel: u8,
    /// Collected by another county's bureau.
    pub away: bool,
    pub village: u16,
    pub wrote: Wrote,
    /// Written a second time, in the next file or by another road.
    pub copy: bool,
}

/// A line of a village collector's own register.
#[derive(Clone, Copy, Debug)]
pub struct Collected {
    pub amount_fen: i64,
    pub on: NaiveDate,
    pub village: u16,
}

/// Evidence of cover in another place; `to` is the last day it holds.
#[derive(Clone, Copy, Debug)]
pub struct Away {
    pub place: u8,
    pub scheme: Scheme,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// How last year ended for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastYear {
    Resident,
    Employee,
    None,
}

#[derive(Clone, Copy, Debug)]
pub struct School {
    pub id: u16,
    pub since: i32,
}

/// A township's answer: its code, and whether evidence came with it.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    pub code: &'static str,
    pub evidence: bool,
    /// The finding asked about.
    pub about: &'static str,
}

/// One person.
#[derive(Clone, Debug)]
pub struct Person {
    pub kind: Kind,
    pub name: String,
    pub former_name: Option<String>,
    pub sex: Sex,
    pub birth: NaiveDate,
    /// Nothing before one was given; see `certificate`.
    pub number: Option<Number>,
    pub old_number: Option<Number>,
    /// Travel permit, passport or birth certificate.
    pub certificate: Option<String>,
    pub home: Home,
    pub second_home: Option<Home>,
    pub people: &'static str,
    pub registered_on: NaiveDate,
    /// Since when and until when a permit holds.
    pub permit: Option<(NaiveDate, NaiveDate)>,
    pub mother: Option<u32>,
    pub guardian: Option<u32>,
    /// Whose number was written down by mistake.
    pub lender: Option<u32>,
    /// Born with another.
    pub twin: bool,
    /// In the birth-certificate list.
    pub birth_listed: bool,
    pub exit: Option<Exit>,
    pub identities: Vec<Identity>,
    pub school: Option<School>,
    pub last_year: LastYear,
    pub covers: Vec<Cover>,
    pub pays: Vec<Pay>,
    pub collected: Vec<Collected>,
    pub away: Option<Away>,
    pub reply: Option<Reply>,
    /// The stories told of the person, by their position in the list of stories.
    pub stories: Vec<u8>,
    /// The roster has the person a second time under the old number.
    pub twice_in_roster: bool,
    /// That registration is in another village.
    pub old_home: Option<Home>,
    /// Another person has the same number.
    pub doubled: bool,
    /// Somebody else was enrolled under this person's number.
    pub lent: bool,
}

impl Person {
    /// Whether a story was told of the person.
    pub fn has(&self, story: u8) -> bool {
        self.stories.contains(&story)
    }

    /// Full years on a day.
    pub fn age(&self, on: NaiveDate) -> i32 {
        let before = (on.month(), on.day()) < (self.birth.month(), self.birth.day());
        on.year() - self.birth.year() - i32::from(before)
    }

    /// Whether the register has an active row of a scheme.
    pub fn has_active(&self, scheme: Scheme) -> bool {
        self.covers.iter().any(|it| it.scheme == scheme && it.status == Status::Active)
    }

    /// The cover in the employee scheme that is in force.
    pub fn employee(&self) -> Option<&Cover> {
        self.covers.iter().find(|it| it.scheme == Scheme::Employee && it.status == Status::Active)
    }

    pub fn is_dead(&self) -> bool {
        matches!(self.exit, Some(Exit::Death { .. }))
    }

    /// The day of death or of moving away.
    pub fn left_on(&self) -> Option<NaiveDate> {
        match self.exit {
            Some(Exit::Death { on, .. } | Exit::MovedOut { on }) => Some(on),
            _ => None,
        }
    }

    /// The best subsidy that the lists give on a day, and by which category.
    pub fn entitlement(&self, rules: &super::Rules, on: NaiveDate) -> (i64, Option<u8>) {
        let mut best = (0, None);
        for it in &self.identities {
            let holds = it.from <= on && it.to.is_none_or(|to| on < to);
            let fen = rules.subsidy_fen(it.category);
            if holds && (fen > best.0 || best.1.is_none()) {
                best = (fen, Some(it.category));
            }
        }
        best
    }
}
