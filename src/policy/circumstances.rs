//! What the policy asks about one person's life; nothing about names, rows or registers.

use chrono::NaiveDate;

use super::CategoryId;

/// A stretch of days; open where a day is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer holds.
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether it holds on a day.
    pub fn holds_on(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// Membership of one category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub category: CategoryId,
    pub period: Period,
}

crate::labelled! {
    /// Why a person is not to be insured here.
    pub enum Exit {
        Dead = "dead", "死亡";
        Cancelled = "cancelled", "户口注销";
        MovedOut = "moved-out", "户口迁出";
        Army = "army", "现役军人";
        Prison = "prison", "服刑";
        SettledAbroad = "settled-abroad", "出国（境）定居";
        Other = "other", "其他依法不需参保";
    }
}

/// Being at a school or college.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Study {
    pub period: Period,
    pub is_college: bool,
    /// Whether the school lies here.
    pub is_here: bool,
}

/// Cover by the employee scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Employment {
    pub period: Period,
    /// Whether by flexible employment.
    pub is_flexible: bool,
}

/// One person's life, as far as any rule looks at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Circumstances {
    pub birth: Option<NaiveDate>,
    /// Registered (户籍) here.
    pub registered: Option<Period>,
    /// A residence permit for here.
    pub permit: Option<Period>,
    /// Born here by a birth certificate, in no register of residents.
    pub has_birth_certificate: bool,
    pub study: Option<Study>,
    pub exit: Option<(Exit, Period)>,
    /// The employee cover that runs, or ended last.
    pub employment: Option<Employment>,
    /// Cover in another place.
    pub elsewhere: Option<Period>,
    /// Categories, in the order of the lists' rows.
    pub identities: Vec<Identity>,
    /// Came out of military service or prison.
    pub released_on: Option<NaiveDate>,
    /// Registration moved here.
    pub moved_in_on: Option<NaiveDate>,
    /// Taken into a welfare home.
    pub welfare_home_on: Option<NaiveDate>,
    /// Whether the window was missed for an objective cause; nothing where nobody has asked.
    pub objective_cause: Option<bool>,
    /// Whether the last coverage year was paid for a school year.
    pub paid_by_school_year: bool,
    /// Coverage years without cover just before this one.
    pub lapsed_years: u16,
    /// Lapsed years paid for since.
    pub repaired_years: u16,
}
