//! A rate in hundredths of a per cent, rounded half up, as published tables print it.

use std::fmt;

/// Hundredths of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(pub i64);

/// Hundredths of a per cent in a whole.
const WHOLE: i64 = 10_000;

impl Rate {
    /// How much of a whole a part is; nothing of nothing.
    pub fn of(part: i64, whole: i64) -> Option<Rate> {
        (whole > 0).then(|| Rate(rounded(part * WHOLE, whole)))
    }
}

/// A quotient rounded half up.
pub fn rounded(part: i64, whole: i64) -> i64 {
    (2 * part + whole).div_euclid(2 * whole)
}

impl fmt::Display for Rate {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.abs() / 100, self.0.abs() % 100);
        write!(to, "{sign}{whole}.{part:02}%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(part: i64, whole: i64, shown: &str) {
        assert_eq!(Rate::of(part, whole).map_or(String::new(), |it| it.to_string()), shown);
    }

    #[test]
    fn rates_are_rounded_half_up_to_two_decimals() {
        check(252_412, 252_400, "100.00%");
        check(2_590_098, 2_650_000, "97.74%");
        check(1, 20_000, "0.01%");
        check(1, 20_001, "0.00%");
        check(0, 5, "0.00%");
        check(5, 0, "");
        check(26_527, 25_400, "104.44%");
        check(670_312, 795_811, "84.23%");
    }
}
