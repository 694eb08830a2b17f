//! The corruptions seen in the field, each as a case, and what must hold of any number.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::number::packed_digits;
use super::{IdKind, IdNumber, IdState, lost_tail_prefix, read};
use crate::clean::{Cell, CellKind, sex::Sex};

/// The two public samples of the national standard.
const WOMAN: &str = "11010519491231002X";
const SECOND: &str = "34052419800101001X";

fn number(division: u32, (year, month, day): (i32, u32, u32), sequence: u16) -> IdNumber {
    let birth = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    IdNumber::from_parts(division, birth, sequence).unwrap()
}

/// Expects a state and, as text, the number.
#[track_caller]
fn check(text: &str, state: IdState, expected: Option<&str>) {
    let got = read(Cell::text(text));
    let printed = got.number.map(|it| it.to_string());
    assert_eq!((got.state, printed.as_deref()), (state, expected), "{text:?}");
    assert_eq!(got.as_found.is_none(), matches!(state, IdState::Valid | IdState::Missing));
}

#[track_caller]
fn check_number(text: &str, state: IdState) {
    let got = read(Cell { text, kind: CellKind::Number });
    assert_eq!((got.state, got.number), (state, None), "{text:?}");
}

#[track_caller]
fn check_kind(text: &str, state: IdState, kind: IdKind) {
    let got = read(Cell::text(text));
    assert_eq!((got.state, got.kind), (state, kind), "{text:?}");
}

/// A number of the first generation: the 18 digits without century and check.
fn shortened(number: IdNumber) -> String {
    let whole = number.to_string();
    format!("{}{}", &whole[..6], &whole[8..17])
}

#[test]
fn the_parts_of_a_number_are_read() {
    let id = IdNumber::parse(WOMAN).unwrap();
    assert_eq!((id.division(), id.sequence(), id.check_char()), (110_105, 2, 'X'));
    assert_eq!(id.birth(), NaiveDate::from_ymd_opt(1949, 12, 31).unwrap());
    assert_eq!(id.sex(), Sex::Female);
    assert_eq!(IdNumber::parse(SECOND).unwrap().sex(), Sex::Male);
    assert_eq!(id.masked(), "110105********002X");
    assert_eq!(id.kind(), IdKind::Citizen);
    assert_eq!(number(810_000, (1990, 1, 1), 1).kind(), IdKind::ResidencePermit);
    assert_eq!(number(830_000, (1990, 1, 1), 1).kind(), IdKind::ResidencePermit);
    assert_eq!(number(911_156, (1990, 1, 1), 1).kind(), IdKind::Foreigner);
    for wrong in ["11010519491231002x", "1101051949123100X", "11010519491331002X", ""] {
        assert_eq!(IdNumber::parse(wrong), None, "{wrong}");
    }
}

// Corruptions 1, 2, 7, 8: notation.
#[test]
fn notation_does_not_make_a_number_less_valid() {
    for text in ["１１０１０５１９４９１２３１００２Ｘ", "11010519491231002x", "11010519491231002Ⅹ"]
    {
        check(text, IdState::Valid, Some(WOMAN));
    }
    for x in ["Х", "х", "Χ", "χ", "×", "✕", "ｘ", "ⅹ"] {
        check(&format!("11010519491231002{x}"), IdState::Valid, Some(WOMAN));
    }
    for (before, after) in [("'", ""), ("‘", ""), ("=\"", "\""), ("\t", "\r"), ("\u{FEFF}", "")] {
        check(&format!("{before}{WOMAN}{after}"), IdState::Valid, Some(WOMAN));
    }
    for (before, after) in [("\u{202D}", "\u{202C}"), ("\u{A0}", "\u{3000}"), ("\u{200B}", " ")] {
        check(&format!("{before}{WOMAN}{after}"), IdState::Valid, Some(WOMAN));
    }
    check("110105 1949\u{200B}1231 002X", IdState::Valid, Some(WOMAN));
    check("110105-19491231-002X", IdState::Repaired, Some(WOMAN));
    check("身份证号：11010519491231002X", IdState::Repaired, Some(WOMAN));
}

// Corruption 3: X written otherwise or not at all.
#[test]
fn a_missing_x_is_put_back_only_where_the_check_is_x() {
    for text in
        ["11010519491231002*", "11010519491231002＊", "1101051949123100210", "11010519491231002"]
    {
        check(text, IdState::Repaired, Some(WOMAN));
    }
    let other = number(430_923, (1990, 1, 1), 1);
    assert_ne!(other.check_char(), 'X', "the fixture must not end in X");
    let body = other.to_string()[..17].to_owned();
    check(&format!("{body}*"), IdState::Masked, None);
    check(&format!("{body}10"), IdState::WrongLength, None);
    check(&body, IdState::WrongLength, None);
}

// Corruption 4.
#[test]
fn scientific_notation_has_lost_the_number() {
    for text in ["4.11E+17", "4.11e17", "4.11525199001011E+17", "４.１１Ｅ＋１７"] {
        check(text, IdState::Exponent, None);
    }
}

// Corruptions 5 and 6: numbers that went through a spreadsheet or a 64-bit float.
#[test]
fn a_number_that_a_spreadsheet_rounded_is_lost() {
    for text in ["411525199001011000", "411525199001011000.0", "411525199001011008"] {
        check_number(text, IdState::LostTail);
    }
    check("411525199001011000", IdState::LostTail, None);
    // …009984 is the float next to …010000: even the day went.
    check("411525194912009984", IdState::LostTail, None);
    // And …320000 the one next to …319968, the last day of the month.
    check_number("411525189912320000", IdState::LostTail);
    let value = 110_105_194_912_310_020_u64;
    let near = (value as f64) as u64;
    assert_ne!(near, value);
    check(&near.to_string(), IdState::LostTail, None);
    check_number("411525199013411000", IdState::WrongDate);
    check_number("41152519900101100000", IdState::LostTail);
}

#[test]
fn a_rounded_number_that_passes_its_check_is_valid_as_text_only() {
    let passing = (100..1000).step_by(100).map(|it| number(411_525, (1990, 1, 1), it));
    let passing: Vec<String> =
        passing.map(|it| it.to_string()).filter(|it| it.ends_with("000")).collect();
    for day in 1..=28 {
        for sequence in (100..1000).step_by(100) {
            let whole = number(411_525, (1990, 1, day), sequence).to_string();
            if whole.ends_with("000") {
                check(&whole, IdState::Valid, Some(&whole));
                check_number(&whole, IdState::LostTail);
            }
        }
    }
    assert!(passing.len() < 9);
}

#[test]
fn the_digits_that_survive_rounding_are_known() {
    assert_eq!(lost_tail_prefix("411525199001011000"), Some("411525199001011"));
    assert_eq!(lost_tail_prefix("411525199001011000.0"), Some("411525199001011"));
    assert_eq!(lost_tail_prefix("411525199001011232"), Some("411525199001011"));
    assert_eq!(lost_tail_prefix("411525199001012992"), Some("41152519900101"));
    assert_eq!(lost_tail_prefix("411525194912009984"), None);
    assert_eq!(lost_tail_prefix("411525189912320000"), None);
    assert_eq!(lost_tail_prefix("000000000000000001"), None);
    assert_eq!(lost_tail_prefix("4.11E+17"), None);
    assert_eq!(lost_tail_prefix("11010519491231002X"), None);
}

// Corruption 9: misread letters.
#[test]
fn misread_letters_are_repaired_only_if_the_whole_passes() {
    for text in ["11O105194912310O2X", "l1oI05I949I23100ZX", "1|010519491231002X"] {
        check(text, IdState::Repaired, Some(WOMAN));
    }
    check("34OS24l9BOO1OIOOlX", IdState::Repaired, Some(SECOND));
    check("11O10519491231003X", IdState::WrongCheck, None);
    check("ZHANGSANZHANGSANZH", IdState::NotANumber, None);
}

// Corruption 10: lengths, dates and checks.
#[test]
fn a_number_of_fifteen_digits_is_upgraded() {
    check("340524800101001", IdState::Upgraded, Some(SECOND));
    check("340524801301001", IdState::WrongDate, None);
    check("340524800230001", IdState::WrongDate, None);
    let centenarian = number(340_524, (1895, 5, 6), 996);
    check(&shortened(centenarian), IdState::Upgraded, Some(&centenarian.to_string()));
    let numeric = read(Cell { text: "340524800101001", kind: CellKind::Number });
    assert_eq!(numeric.state, IdState::Upgraded);
    assert_eq!(numeric.as_found.as_deref(), Some("340524800101001"));
}

#[test]
fn a_wrong_number_says_what_is_wrong_and_is_never_guessed() {
    check("110105194912310021", IdState::WrongCheck, None);
    check("11010519491232002X", IdState::WrongDate, None);
    check("11010517491231002X", IdState::WrongDate, None);
    check("110105194912310", IdState::WrongDate, None);
    check("1101051949123", IdState::WrongLength, None);
    check("1101051949123100211", IdState::WrongLength, None);
}

// Corruptions 11 to 13: masks, other contents, made-up numbers.
#[test]
fn masked_numbers_never_join() {
    for text in ["110105********002X", "1101051949****002X", "110105＊＊＊＊＊＊＊＊002X"] {
        check(text, IdState::Masked, None);
    }
    check("110105XXXXXXXX002X", IdState::Masked, None);
}

#[test]
fn what_is_no_number_is_told_from_what_is_missing() {
    for text in ["张三", "ZHANG SAN", "13800000000", "已迁出", "20230901", "母11010519491231002X"]
    {
        check(text, IdState::NotANumber, None);
    }
    for text in ["", " ", "-", "无", "暂无", "N/A", "NULL"] {
        let got = read(Cell::text(text));
        assert_eq!((got.state, got.kind, got.as_found), (IdState::Missing, IdKind::None, None));
    }
}

#[test]
fn two_numbers_in_a_cell_are_one_only_if_they_agree() {
    for mark in [" ", "/", "、", "\n", "，", ""] {
        check(&format!("{WOMAN}{mark}{SECOND}"), IdState::Several, None);
    }
    check(&format!("{WOMAN}/110105194912310021"), IdState::Several, None);
    check(&format!("{SECOND}/340524800101001"), IdState::Repaired, Some(SECOND));
    check(&format!("{WOMAN};{WOMAN}"), IdState::Repaired, Some(WOMAN));
}

#[test]
fn placeholders_are_known() {
    for text in [
        "111111111111111111",
        "000000000000000000",
        "123456789012345678",
        "0",
        "999999999999999999",
    ] {
        check(text, IdState::Placeholder, None);
    }
    for text in
        ["12345678", "123456", "430923000000000000", "000000000000000", "00000000000000000X"]
    {
        check(text, IdState::Placeholder, None);
    }
    for division in [0, 111_111, 123_456, 999_999] {
        let made_up = number(division, (1990, 1, 1), 1).to_string();
        check(&made_up, IdState::Placeholder, None);
    }
    check_number("111111111111111111", IdState::Placeholder);
}

#[test]
fn cards_that_contain_a_number_give_it() {
    for text in ["11010519491231002X44", "11010519491231002X11B1", "11010519491231002x74b2"] {
        check(text, IdState::FromCard, Some(WOMAN));
    }
    for text in ["G11010519491231002X", "L11010519491231002X", "g11010519491231002x"] {
        check(text, IdState::FromCard, Some(WOMAN));
    }
    check("11010519491231002X84", IdState::NotANumber, None);
    check("11010519491231002X45", IdState::NotANumber, None);
    check_kind("G110105194912310021", IdState::OtherCertificate, IdKind::Other);
}

#[test]
fn other_certificates_are_told_by_their_shape() {
    let check = |text, kind| check_kind(text, IdState::OtherCertificate, kind);
    check("P110123456", IdKind::BirthCertificate);
    check("p 110123456", IdKind::BirthCertificate);
    check("H12345678", IdKind::TravelPermit);
    check("M1234567801", IdKind::TravelPermit);
    check("01234579", IdKind::TravelPermit);
    check("0123457901", IdKind::TravelPermit);
    check("E12345678", IdKind::Passport);
    check("EA1234567", IdKind::Passport);
    check("USA110590010112", IdKind::Foreigner);
    check("南字第01234567号", IdKind::Other);
}

#[test]
fn a_failed_number_still_tells_its_kind() {
    let broken = |id: IdNumber| {
        let whole = id.to_string();
        let wrong = if whole.ends_with('1') { '3' } else { '1' };
        format!("{}{wrong}", &whole[..17])
    };
    check_kind(
        &broken(number(810_000, (1990, 1, 1), 3)),
        IdState::WrongCheck,
        IdKind::ResidencePermit,
    );
    check_kind(&broken(number(911_156, (1990, 1, 1), 3)), IdState::WrongCheck, IdKind::Foreigner);
}

fn ids() -> impl Strategy<Value = IdNumber> {
    let divisions = prop::sample::select(vec![110_105, 411_525, 659_001, 820_000, 911_156]);
    // Days around the ends of months and centuries.
    let days = prop::sample::select(vec![-25_567_i64, 0, 10_957, 11_015, 20_000, 20_088]);
    (divisions, days, -3_i64..4, 0_u16..1000).prop_map(|(division, day, off, sequence)| {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        let birth = epoch + chrono::TimeDelta::days(day + off);
        IdNumber::from_parts(division, birth, sequence).unwrap()
    })
}

/// The standard's own definition, ISO 7064 MOD 11-2, written independently of the code.
fn passes_mod_11_2(whole: &str) -> bool {
    let value = |c: char| if c == 'X' { 10 } else { c.to_digit(10).unwrap() };
    whole.chars().fold(0, |sum, c| (sum * 2 + value(c)) % 11) == 1
}

proptest! {
    #[test]
    fn every_check_character_satisfies_the_standard(id in ids()) {
        prop_assert!(passes_mod_11_2(&id.to_string()));
    }

    #[test]
    fn printing_and_reading_a_number_gives_it_back(id in ids()) {
        let printed = id.to_string();
        prop_assert_eq!(IdNumber::parse(&printed), Some(id));
        prop_assert_eq!(IdNumber::from_packed(id.packed()), Some(id));
        prop_assert_eq!(packed_digits(&printed.as_bytes()[..17]), Some(id.packed()));
        let read = read(Cell::text(&printed));
        prop_assert_eq!((read.number, read.state, read.as_found), (Some(id), IdState::Valid, None));
        prop_assert_eq!(read.kind, id.kind());
    }

    #[test]
    fn no_single_wrong_digit_and_no_swap_of_neighbours_yields_a_number(
        id in ids(), at in 0_usize..17, by in 1_u8..10,
    ) {
        let mut wrong = id.to_string().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
        let wrong = String::from_utf8(wrong).unwrap();
        prop_assert_eq!(read(Cell::text(&wrong)).number, None, "{}", wrong);

        let mut swapped = id.to_string().into_bytes();
        if at < 16 && swapped[at] != swapped[at + 1] {
            swapped.swap(at, at + 1);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert_eq!(read(Cell::text(&swapped)).number, None, "{}", swapped);
        }
    }

    #[test]
    fn a_numeric_cell_of_eighteen_digits_never_gives_a_number(id in ids()) {
        let as_cell = format!("{}", id.packed() as f64 * 10.0);
        let read = read(Cell { text: &as_cell, kind: CellKind::Number });
        prop_assert_eq!(read.number, None);
        prop_assert_eq!(read.state, IdState::LostTail);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9X*xOlS./、 字第张\u{200B}１GLHMB-]{0,40}") {
        for kind in [CellKind::Text, CellKind::Number, CellKind::Date] {
            let got = read(Cell { text: &text, kind });
            prop_assert!(got.number.is_none() || got.state != IdState::LostTail);
            let _ = got.as_found.as_deref().map(lost_tail_prefix);
        }
    }

    #[test]
    fn the_first_generation_is_upgraded_to_the_same_number(id in ids()) {
        use chrono::Datelike;
        if id.birth().year() / 100 == 19 && id.sequence() < 996 {
            let got = read(Cell::text(&shortened(id)));
            prop_assert_eq!((got.number, got.state), (Some(id), IdState::Upgraded));
        }
    }
}
