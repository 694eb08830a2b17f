//! Days of birth, and the slips by which one becomes another.

use chrono::{Datelike, NaiveDate};

crate::labelled! {
    /// Two days of birth.
    pub enum BirthLevel {
        Missing = "missing", "无可比";
        Same = "same", "一致";
        Swapped = "swapped", "月日或相邻两位颠倒";
        OneDigit = "one-digit", "一位不同";
        SameYear = "same-year", "同年";
        Different = "different", "不同";
    }
}

impl BirthLevel {
    /// Nothing where it is the same: for when that has been said already.
    pub(super) fn unless_same(self) -> BirthLevel {
        if self == BirthLevel::Same { BirthLevel::Missing } else { self }
    }
}

pub(super) fn compare(a: Option<NaiveDate>, b: Option<NaiveDate>) -> BirthLevel {
    let (Some(a), Some(b)) = (a, b) else { return BirthLevel::Missing };
    if a == b {
        return BirthLevel::Same;
    }
    let (x, y) = (digits(a), digits(b));
    let mut different = (0..8).filter(|it| x[*it] != y[*it]);
    let (first, second, third) = (different.next(), different.next(), different.next());
    let are_neighbours = match (first, second, third) {
        (Some(one), Some(other), None) => {
            other == one + 1 && x[one] == y[other] && x[other] == y[one]
        }
        _ => false,
    };
    let are_month_and_day = a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month());
    if second.is_none() {
        BirthLevel::OneDigit
    } else if are_neighbours || are_month_and_day {
        BirthLevel::Swapped
    } else if a.year() == b.year() {
        BirthLevel::SameYear
    } else {
        BirthLevel::Different
    }
}

/// The eight digits of a date.
fn digits(day: NaiveDate) -> [u8; 8] {
    let mut rest = day.year().unsigned_abs() * 10_000 + day.month() * 100 + day.day();
    let mut digits = [0; 8];
    for digit in digits.iter_mut().rev() {
        *digit = (rest % 10) as u8;
        rest /= 10;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_a_date_are_told_from_other_dates() {
        let day = |it: &str| it.parse().ok();
        for (a, b, expected) in [
            ("1980-03-05", "1980-03-05", BirthLevel::Same),
            ("1980-03-05", "1980-05-03", BirthLevel::Swapped),
            ("1980-03-12", "1980-03-21", BirthLevel::Swapped),
            ("1980-03-05", "1981-03-05", BirthLevel::OneDigit),
            ("1980-03-05", "1980-03-15", BirthLevel::OneDigit),
            ("1980-03-05", "1980-11-17", BirthLevel::SameYear),
            ("1980-03-05", "1953-11-17", BirthLevel::Different),
            ("1980-03-05", "", BirthLevel::Missing),
        ] {
            assert_eq!(compare(day(a), day(b)), expected, "{a} {b}");
            assert_eq!(compare(day(b), day(a)), expected, "{b} {a}");
        }
        assert_eq!(compare(None, None), BirthLevel::Missing);
    }
}
