//! A bar of cells: how many of them are filled.

use crate::report::progress::Rate;

/// How many cells a bar has.
pub(super) const CELLS: u16 = 40;
/// Hundredths of a per cent in a whole.
const WHOLE: i64 = 10_000;

/// The cells that a rate fills: the last only by the whole, the first by anything at all.
pub(super) fn filled(rate: Rate) -> u16 {
    let cells = (rate.0 * i64::from(CELLS) / WHOLE).clamp(0, CELLS.into()) as u16;
    if rate.0 > 0 { cells.max(1) } else { cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_all_is_done() {
        assert_eq!(filled(Rate(0)), 0);
        assert_eq!(filled(Rate(1)), 1);
        assert_eq!(filled(Rate(5_000)), 20);
        assert_eq!(filled(Rate(9_999)), 39);
        assert_eq!(filled(Rate(10_000)), 40);
        assert_eq!(filled(Rate(10_400)), 40);
        assert_eq!(filled(Rate(-5)), 0);
    }
}
