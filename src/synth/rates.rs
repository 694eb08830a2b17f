//! How often each thing happens: every story of people and every dirt of rows, in one place.
//!
//! A story's rate is the share of the people it can happen to; a dirt's rate is the share of the
//! rows of a file typed by hand (files exported from a system have a tenth of it).

/// The shares. All are fractions of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    // People and households.
    /// A birth is a birth of twins.
    pub twins: f64,
    /// A son's name shares the father's first given character.
    pub shared_letter: f64,
    /// A child born within the year is in no roster (eight times this within ninety days).
    pub unregistered_birth: f64,
    /// Permit holders, per registered person.
    pub permits: f64,
    /// Pupils from elsewhere, per registered person.
    pub visiting_students: f64,
    /// Outsiders paid in here by mistake, per registered person (P03).
    pub outsiders: f64,
    /// Two strangers with one name, sex and birthday.
    pub namesakes: f64,
    // Leaving.
    pub death: f64,
    /// Dead by a death list, still alive in the roster.
    pub death_unregistered: f64,
    pub moved_out: f64,
    pub army: f64,
    pub prison: f64,
    /// Released before the day of the run, so no longer exempt.
    pub released: f64,
    pub abroad: f64,
    /// Subsidised after death (S04).
    pub dead_subsidised: f64,
    /// Subsidised after moving away (S04).
    pub away_subsidised: f64,
    // Cover.
    pub registered_unpaid: f64,
    pub paid_unregistered: f64,
    pub lapsed_recently: f64,
    pub lapsed_long_ago: f64,
    pub terminated: f64,
    /// Moved between villages: a paused row beside the active one, no lapse.
    pub village_move: f64,
    pub two_enrolments: f64,
    pub resident_and_employee: f64,
    /// Came to flexible employment beside resident cover; where a rule knows of it.
    pub switching: f64,
    pub here_and_elsewhere: f64,
    pub elsewhere_expired: f64,
    pub answered_without_evidence: f64,
    pub answered_expired: f64,
    /// Answered "insured elsewhere" by people whose evidence is on the list.
    pub answered_proven: f64,
    /// Answered with a reason that does not close the case.
    pub answered_open: f64,
    // Payments.
    pub paid_twice: f64,
    pub voucher_twice: f64,
    pub refunded: f64,
    pub refunded_repaid: f64,
    pub cancelled_reissued: f64,
    pub failed: f64,
    pub failed_repaid: f64,
    pub orphan_refund: f64,
    pub outside_window: f64,
    pub paid_in_other_county: f64,
    pub collected_unpaid: f64,
    /// Collected within the last days: within grace.
    pub collected_lately: f64,
    pub collector_differs: f64,
    pub arrears_only: f64,
    pub pension_only: f64,
    pub underpaid: f64,
    pub overpaid: f64,
    /// A month's total row is wrong, per file.
    pub wrong_total: f64,
    // Subsidies; shares of the people in a category unless said otherwise.
    pub full_fee_though_entitled: f64,
    /// Of people in no category.
    pub subsidised_without_title: f64,
    pub lower_of_two: f64,
    pub subsidies_added: f64,
    pub subsidised_employee: f64,
    pub full_not_enrolled: f64,
    pub title_after_payment: f64,
    pub title_before_payment: f64,
    // Identity.
    /// Insurance knows the number before the police corrected it.
    pub old_number: f64,
    /// The roster has old and new number as two people (D01).
    pub twice_in_roster: f64,
    pub guardian_number: f64,
    pub borrowed_number: f64,
    pub slipped_number: f64,
    pub two_households: f64,
    pub name_changed: f64,
    /// Enrolled at birth by certificate and again by number; of insured babies (D03, D01).
    pub newborn_twice: f64,
    /// The police gave one number to two people; of those born here on one day (D02).
    pub shared_number: f64,
    /// A pension row beside the medical fee, of insured adults: noise.
    pub pension_too: f64,
    /// People who are easily taken for one another.
    pub alike: Alike,
    // Dirt of rows.
    pub dirt: Dirt,
}

/// The shares of people whom a linkage by name and birthday takes for one, or for two.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Twins with names one character or a tone apart, one insured; of pairs of twins.
    pub twins: f64,
    /// Father and son, or grandfather and grandson, with such names in one household, one of them
    /// insured; of men with a descendant in the household.
    pub father: f64,
    /// Two strangers of one village with one name and birthday, one insured.
    pub next_door: f64,
    /// Has a namesake of the same birthday who moved away and is still in the register; of
    /// uninsured adults.
    pub gone: f64,
    /// The old number stands in another village; of people twice in the roster.
    pub two_villages: f64,
}

/// The shares of dirty rows in a file typed by hand, and of broken files.
#[derive(Clone, Debug, PartialEq)]
pub struct Dirt {
    /// Spelling of an id that any careful reader repairs: wide digits, small x, quotes, blanks.
    pub id_spelling: f64,
    /// Letters for digits, and X written as an asterisk, 10 or nothing.
    pub id_letters: f64,
    /// Ids rewritten by a spreadsheet: tail of zeros, neighbouring double, exponent.
    pub id_spreadsheet: f64,
    /// A digit wrong, two swapped, one too few or too many, wrong check.
    pub id_wrong: f64,
    /// The 15 digits of old.
    pub id_short: f64,
    /// No id, a masked one, a placeholder, two in a cell, a parent's, a name.
    pub id_other: f64,
    /// Spelling of a name that any careful reader repairs: blanks, dots, notes.
    pub name_spelling: f64,
    /// Another character of the same sound or shape, the traditional form, an old system's.
    pub name_wrong: f64,
    /// No name that could be used.
    pub name_lost: f64,
    /// Sex or birth date stated wrongly.
    pub contradiction: f64,
    /// A village nobody knows.
    pub village_unknown: f64,
    /// The village written in another way.
    pub village_spelling: f64,
    /// A date or an amount written differently from the rest of the file.
    pub value_spelling: f64,
    /// A second fault in another column, per dirty row.
    pub second_fault: f64,
    /// The same row again.
    pub repeated_row: f64,
    /// One month's file of a monthly list is cut off in the middle, per list.
    pub broken_list: f64,
}

impl Default for Dirt {
    fn default() -> Dirt {
        Dirt {
            id_spelling: 0.012,
            id_letters: 0.004,
            id_spreadsheet: 0.006,
            id_wrong: 0.006,
            id_short: 0.004,
            id_other: 0.005,
            name_spelling: 0.015,
            name_wrong: 0.008,
            name_lost: 0.0015,
            contradiction: 0.003,
            village_unknown: 0.003,
            village_spelling: 0.02,
            value_spelling: 0.01,
            second_fault: 0.04,
            repeated_row: 0.002,
            broken_list: 0.4,
        }
    }
}

impl Default for Alike {
    fn default() -> Alike {
        Alike { twins: 0.15, father: 0.003, next_door: 0.0004, gone: 0.006, two_villages: 0.33 }
    }
}

impl Default for Rates {
    #[expect(clippy::too_many_lines, reason = "a table, one line a rate")]
    fn default() -> Rates {
        Rates {
            twins: 0.011,
            shared_letter: 0.06,
            unregistered_birth: 0.06,
            permits: 0.012,
            visiting_students: 0.006,
            outsiders: 0.0008,
            namesakes: 0.0006,
            death: 0.006,
            death_unregistered: 0.0015,
            moved_out: 0.006,
            army: 0.001,
            prison: 0.001,
            released: 0.0004,
            abroad: 0.0008,
            dead_subsidised: 0.0004,
            away_subsidised: 0.0003,
            registered_unpaid: 0.004,
            paid_unregistered: 0.0015,
            lapsed_recently: 0.0015,
            lapsed_long_ago: 0.001,
            terminated: 0.0008,
            village_move: 0.0015,
            two_enrolments: 0.0012,
            resident_and_employee: 0.0025,
            switching: 0.0025,
            here_and_elsewhere: 0.0025,
            elsewhere_expired: 0.001,
            answered_without_evidence: 0.001,
            answered_expired: 0.0006,
            answered_proven: 0.03,
            answered_open: 0.02,
            paid_twice: 0.001,
            voucher_twice: 0.001,
            refunded: 0.0008,
            refunded_repaid: 0.0006,
            cancelled_reissued: 0.0006,
            failed: 0.001,
            failed_repaid: 0.0006,
            orphan_refund: 0.0004,
            outside_window: 0.001,
            paid_in_other_county: 0.0008,
            collected_unpaid: 0.001,
            collected_lately: 0.0005,
            collector_differs: 0.0012,
            arrears_only: 0.0006,
            pension_only: 0.0008,
            underpaid: 0.0008,
            overpaid: 0.0008,
            wrong_total: 0.25,
            full_fee_though_entitled: 0.02,
            subsidised_without_title: 0.0008,
            lower_of_two: 0.04,
            subsidies_added: 0.02,
            subsidised_employee: 0.004,
            full_not_enrolled: 0.02,
            title_after_payment: 0.01,
            title_before_payment: 0.01,
            old_number: 0.0012,
            twice_in_roster: 0.0006,
            guardian_number: 0.002,
            borrowed_number: 0.0003,
            slipped_number: 0.0012,
            two_households: 0.004,
            name_changed: 0.004,
            newborn_twice: 0.12,
            shared_number: 0.0006,
            pension_too: 0.015,
            alike: Alike::default(),
            dirt: Dirt::default(),
        }
    }
}
