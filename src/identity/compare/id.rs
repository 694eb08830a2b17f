//! Certificate numbers that are not the same: what one slip, a spreadsheet or a mask makes of one.

use crate::{
    clean::{
        Cell,
        id_number::{self, IdNumber, IdState, lost_tail_prefix},
    },
    identity::nodes::Node,
    tables::Texts,
};

crate::labelled! {
    /// Two numbers, at most one of them whole, or both whole and different.
    pub enum IdLevel {
        Missing = "missing", "无可比";
        OneSlip = "one-slip", "一处错误或相邻两位颠倒";
        LostTail = "lost-tail", "尾数被电子表格改写，其余一致";
        OneOfSeveral = "one-of-several", "一格多号，其中之一";
        DateOrRegion = "date-or-region", "仅出生日期或地区码不符";
        Masked = "masked", "脱敏，露出的部分一致";
        ValidOneSlip = "valid-one-slip", "两个有效号码相差一处";
        TwoWhole = "two-whole", "两个不同的有效号码";
        Different = "different", "不同";
    }
}

impl IdLevel {
    /// Whether agreeing so far has said the day of birth already.
    pub(in crate::identity) fn tells_birth(self) -> bool {
        self.is_the_same_but_damaged() || self == IdLevel::ValidOneSlip
    }

    /// Whether the number is the other but for a slip: then it agrees in the day of birth as well.
    pub(in crate::identity) fn is_the_same_but_damaged(self) -> bool {
        matches!(self, IdLevel::OneSlip | IdLevel::LostTail | IdLevel::OneOfSeveral)
    }
}

pub(super) fn compare(texts: &Texts, a: &Node, b: &Node) -> IdLevel {
    match (a.own_id(), b.own_id()) {
        (Some(x), Some(y)) if x == y => IdLevel::Missing,
        (Some(x), Some(y)) => {
            // What the police gave out, no spreadsheet cut off.
            let is_cut =
                x.is_cut_from(y) && !a.is_registered() || y.is_cut_from(x) && !b.is_registered();
            if is_cut { IdLevel::LostTail } else { whole(&x.characters(), &y.characters()) }
        }
        (Some(id), None) if !b.is_borrowed => damaged(texts.get(b.id_text), b.id_state, id),
        (None, Some(id)) if !a.is_borrowed => damaged(texts.get(a.id_text), a.id_state, id),
        _ => IdLevel::Missing,
    }
}

/// How two whole numbers that differ agree.
fn whole(a: &[u8; 18], b: &[u8; 18]) -> IdLevel {
    if is_one_slip(&a[..17], &b[..17]) { IdLevel::ValidOneSlip } else { IdLevel::TwoWhole }
}

/// How a number that is not whole agrees with one that is.
fn damaged(as_found: &str, state: IdState, id: IdNumber) -> IdLevel {
    let whole = id.characters();
    let found = as_found.as_bytes();
    let (agrees, level) = match state {
        IdState::LostTail => {
            let prefix = lost_tail_prefix(as_found);
            (prefix.is_some_and(|it| whole.starts_with(it.as_bytes())), IdLevel::LostTail)
        }
        IdState::Masked if found.len() != whole.len() => return IdLevel::Missing,
        IdState::Masked => (is_shown(found, &whole), IdLevel::Masked),
        IdState::Several => (numbers_in(as_found).any(|it| it == id), IdLevel::OneOfSeveral),
        IdState::WrongDate => {
            (differs_only_in(found, &whole, |at| matches!(at, 6..14 | 17)), IdLevel::DateOrRegion)
        }
        IdState::WrongRegion => {
            (differs_only_in(found, &whole, |at| matches!(at, 0..6 | 17)), IdLevel::DateOrRegion)
        }
        IdState::WrongCheck | IdState::WrongLength => (false, IdLevel::Different),
        // What is no number at all is no other number either.
        IdState::NotANumber if is_one_slip(found, &whole) => return IdLevel::OneSlip,
        _ => return IdLevel::Missing,
    };
    if agrees {
        level
    } else if level != IdLevel::LostTail && is_one_slip(found, &whole) {
        IdLevel::OneSlip
    } else {
        IdLevel::Different
    }
}

/// Whether every character that a mask leaves is the number's; a mask that leaves fewer than
/// eight tells nothing.
fn is_shown(found: &[u8], whole: &[u8]) -> bool {
    let shown = || found.iter().zip(whole).filter(|it| it.0.is_ascii_alphanumeric());
    shown().count() >= 8 && shown().all(|(x, y)| x.eq_ignore_ascii_case(y))
}

/// The whole numbers in a cell of several.
pub(in crate::identity) fn numbers_in(as_found: &str) -> impl Iterator<Item = IdNumber> {
    let pieces = as_found.split(|it: char| !it.is_ascii_alphanumeric());
    pieces.filter_map(|it| id_number::read(Cell::text(it)).number)
}

/// Whether up to three characters differ, all of them in certain places.
fn differs_only_in(found: &[u8], whole: &[u8], may_differ: impl Fn(usize) -> bool) -> bool {
    let different = found.iter().zip(whole).enumerate();
    let mut different = different.filter(|(_, (a, b))| !a.eq_ignore_ascii_case(b));
    found.len() == whole.len()
        && different.clone().count() <= 3
        && different.all(|(at, _)| may_differ(at))
}

/// One character wrong, missing or too many, or two neighbours swapped.
fn is_one_slip(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 || a.len() < 17 {
        return false;
    }
    let is_same = |x: &u8, y: &u8| x.eq_ignore_ascii_case(y);
    let before = a.iter().zip(b).take_while(|(x, y)| is_same(x, y)).count();
    let rest = (&a[before..], &b[before..]);
    let after =
        rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(x, y)| is_same(x, y)).count();
    match (&rest.0[..rest.0.len() - after], &rest.1[..rest.1.len() - after]) {
        ([_] | [], [_] | []) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

/// Every whole number that is one slip away from a damaged one.
pub(in crate::identity) fn slips_of(as_found: &str) -> Vec<IdNumber> {
    let found: Vec<u8> = as_found.bytes().map(|it| it.to_ascii_uppercase()).collect();
    let mut numbers: Vec<IdNumber> = Vec::new();
    let mut add = |characters: &[u8]| {
        let text = std::str::from_utf8(characters).ok();
        numbers.extend(text.and_then(IdNumber::parse));
    };
    match found.len() {
        18 => {
            for at in 0..18 {
                let mut one = found.clone();
                let checks: &[u8] = if at == 17 { b"0123456789X" } else { b"0123456789" };
                for digit in checks {
                    one[at] = *digit;
                    add(&one);
                }
                if at > 0 {
                    let mut swapped = found.clone();
                    swapped.swap(at - 1, at);
                    add(&swapped);
                }
            }
        }
        17 => {
            for at in 0..=17 {
                let mut longer = found.clone();
                longer.insert(at, b'0');
                let checks: &[u8] = if at == 17 { b"0123456789X" } else { b"0123456789" };
                for digit in checks {
                    longer[at] = *digit;
                    add(&longer);
                }
            }
        }
        19 => {
            for at in 0..19 {
                let mut shorter = found.clone();
                shorter.remove(at);
                add(&shorter);
            }
        }
        _ => {}
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Every whole number that differs from another in one digit or a swap, whatever its check.
pub(in crate::identity) fn one_slip_away(id: IdNumber) -> Vec<IdNumber> {
    let packed = id.packed();
    let mut numbers = Vec::with_capacity(170);
    let mut unit = 1;
    for _ in 0..17 {
        let digit = packed / unit % 10;
        let others = (0..10).filter(|it| *it != digit);
        numbers.extend(others.map(|it| packed - digit * unit + it * unit));
        let next = packed / (unit * 10) % 10;
        if packed >= unit * 10 && next != digit {
            let without = packed - digit * unit - next * unit * 10;
            numbers.push(without + next * unit + digit * unit * 10);
        }
        unit *= 10;
    }
    numbers.into_iter().filter_map(IdNumber::from_packed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "11010519491231002X";

    fn id() -> IdNumber {
        IdNumber::parse(ID).unwrap()
    }

    #[test]
    fn one_slip_is_one_character_or_two_neighbours() {
        let check = |as_found, expected| {
            let level = damaged(as_found, IdState::WrongCheck, id());
            assert_eq!(level == IdLevel::OneSlip, expected, "{as_found}");
            assert_eq!(slips_of(as_found).contains(&id()), expected, "{as_found}");
        };
        check("11010519491231003X", true);
        check("11010519491231020X", true);
        check("1101051949123102X", true);
        check("110105194912310022X", true);
        check("11010519491231002", true);
        check("110105194912310028", true);
        check("11010519491231030X", false);
        check("11010519491231200X", false);
        check("110105194912310", false);
        check("", false);
    }

    #[test]
    fn a_wrong_date_or_region_may_differ_there_only() {
        let check = |state, as_found, expected| {
            assert_eq!(damaged(as_found, state, id()), expected, "{as_found}");
        };
        check(IdState::WrongDate, "110105194913310028", IdLevel::DateOrRegion);
        check(IdState::WrongDate, "110105194913310128", IdLevel::Different);
        check(IdState::WrongRegion, "98010519491231002X", IdLevel::DateOrRegion);
        check(IdState::WrongRegion, "980105194913310020", IdLevel::Different);
        check(IdState::WrongCheck, "98010519491231002X", IdLevel::Different);
    }

    #[test]
    fn a_lost_tail_is_known_by_what_is_left() {
        let check = |as_found, expected| {
            assert_eq!(damaged(as_found, IdState::LostTail, id()), expected);
        };
        check("110105194912310000", IdLevel::LostTail);
        check("110105194912320000", IdLevel::Different);
    }

    #[test]
    fn masks_and_cells_of_two_numbers_show_what_they_show() {
        let check =
            |state, as_found, expected| assert_eq!(damaged(as_found, state, id()), expected);
        check(IdState::Masked, "110105********002X", IdLevel::Masked);
        check(IdState::Masked, "110105********0028", IdLevel::Different);
        check(IdState::Masked, "1****************X", IdLevel::Different);
        check(IdState::Several, "11010519491231002X/34052419800101001X", IdLevel::OneOfSeveral);
        check(IdState::Several, "110105194912310062/34052419800101001X", IdLevel::Different);
    }

    #[test]
    fn what_is_missing_or_a_placeholder_is_nothing_to_compare() {
        for state in [IdState::Missing, IdState::Placeholder, IdState::Exponent] {
            assert_eq!(damaged("", state, id()), IdLevel::Missing);
            assert_eq!(damaged("111111111111111111", state, id()), IdLevel::Missing);
        }
    }

    #[test]
    fn whole_numbers_one_slip_away_have_another_check() {
        let near = one_slip_away(id());
        assert!(
            near.iter().all(|it| is_one_slip(&it.characters()[..17], &id().characters()[..17]))
        );
        assert!(near.contains(&IdNumber::from_packed(11_010_519_491_231_003).unwrap()));
        assert!(near.contains(&IdNumber::from_packed(11_010_519_491_231_020).unwrap()));
        assert!(!near.contains(&id()));
    }
}
