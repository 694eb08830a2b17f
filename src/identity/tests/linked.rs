//! Rows that are one person's, although their numbers do not say so.

use super::check;

/// A registered person whom a row of the register means: the number as damaged, and what else
/// the row says.
#[track_caller]
fn means(number: &str, rest: &str) {
    check(
        &format!(
            "household 19800305/101 张晓明 place=1 household=7
             household 19770812/314 李秀英 place=2 household=8
             enrolment {number} 张晓明 {rest}"
        ),
        "1 3 | 2",
    );
}

#[test]
fn one_slip_of_the_number_and_the_name() {
    for fate in ["slip", "swap", "short"] {
        means(&format!("19800305/101:{fate}"), "");
    }
}

#[test]
fn a_tail_that_a_spreadsheet_destroyed_and_the_name() {
    means("19800305/101:tail", "");
}

#[test]
fn a_wrong_month_or_region_and_the_name_and_home() {
    means("19800305/101:month", "place=1");
    means("19800305/101:region", "place=1");
}

#[test]
fn one_of_two_numbers_in_a_cell() {
    let number = |it| super::number(it).to_string();
    means(&format!("{}/{}", number("19800305/101"), number("19550101/222")), "");
}

#[test]
fn no_number_but_name_birthday_and_village() {
    for number in ["-", "4.31E+17", "111111111111111111"] {
        means(number, "birth=1980-03-05 place=1");
    }
}

#[test]
fn a_number_of_before_a_correction_and_name_birthday_and_village() {
    means("19800305/557", "place=1");
}

#[test]
fn a_name_with_a_character_that_could_not_be_written() {
    check(
        "household 19800305/101 刘䶮明 place=1
         enrolment 19800305/101:slip 刘〓明",
        "1 2",
    );
}

#[test]
fn a_former_name_that_the_roster_gives() {
    check(
        "household 19800305/101 张子涵 former=张招弟 place=1
         enrolment 19800305/101 张招弟
         enrolment - 张招弟 birth=1980-03-05 place=1",
        "1 2 3",
    );
}

#[test]
fn a_child_under_the_number_of_a_parent() {
    check(
        "household 19850305/102 王芳 place=1 household=7
         household 20160708/103 李浩然 place=1 household=7
         student 19850305/102 李浩然 birth=2016-07-08 place=1
         enrolment 19850305/102 李浩然 place=1
         enrolment 19850305/102 王芳 place=1",
        "1 5 | 2 3 4",
    );
}

#[test]
fn a_newborn_in_the_household_of_the_mother() {
    check(
        "household 19950305/102 王芳 place=1 household=7
         household 20231001/103 李浩然 place=1 household=7
         birth - 王芳之子 mother=19950305/102 birth=2023-10-01 sex=1 certificate=S123456789
         enrolment S123456789 李浩然",
        "1 | 2 3 4",
    );
}

#[test]
fn twins_of_a_birth_list_by_their_names() {
    check(
        "household 19950305/102 王芳 place=1 household=7
         household 20231001/103 李浩然 place=1 household=7
         household 20231001/105 李浩宇 place=1 household=7
         birth - 李浩宇 mother=19950305/102 birth=2023-10-01 sex=1
         birth - 李浩然 mother=19950305/102 birth=2023-10-01 sex=1",
        "1 | 2 5 | 3 4",
    );
}

#[test]
fn one_household_that_has_one_name_and_birthday_twice() {
    check(
        "household 19800305/101 张晓明 place=1 household=7
         household 19800305/557 张晓明 place=1 household=7
         enrolment 19800305/101 张晓明 place=1",
        "1 2 3",
    );
}

#[test]
fn two_damaged_rows_of_somebody_nobody_knows() {
    check(
        "enrolment 19800305/101:slip 张晓明 place=1
         collection 19800305/101:slip 张晓明 place=1",
        "1 2",
    );
}
