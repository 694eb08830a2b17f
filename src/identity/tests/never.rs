//! Pairs that look like one person and are two. No tolerance: each is a test.

use proptest::prelude::*;

use super::{check, identify, lines, setting, show, tables};

#[test]
fn twins_with_names_of_one_sound() {
    check(
        "household 20100607/101 张文 place=1 household=7
         household 20100607/103 张雯 place=1 household=7
         enrolment - 张雯 birth=2010-06-07 place=1
         collection 20100607/101:tail 张文 place=1",
        "1 4 | 2 3",
    );
}

#[test]
fn a_twin_whom_no_list_knows() {
    // The roster has one of the two: the other's row is a question, not a gift.
    check(
        "household 20100607/101 张晓明 place=1 household=7
         enrolment - 张晓亮 birth=2010-06-07 place=1",
        "1 | 2 2?1",
    );
    check(
        "household 20100607/101 张文 place=1 household=7
         enrolment - 张雯 birth=2010-06-07 place=1",
        "1 | 2 2?1",
    );
}

#[test]
fn twins_one_below_the_other_on_the_birth_list() {
    check(
        "household 19950305/102 王芳 place=1 household=7
         household 20231001/103 李浩然 place=1 household=7
         birth - 王芳之子 mother=19950305/102 birth=2023-10-01 sex=1 certificate=S1
         birth - 李浩然 mother=19950305/102 birth=2023-10-01 sex=1 certificate=S2",
        "1 | 2 4 | 3",
    );
}

#[test]
fn strangers_with_one_name_and_one_birthday() {
    // Each in their own village, and a row that could be either's.
    check(
        "household 19800305/101 张伟 place=1 household=7
         household 19800305/333 张伟 place=8 household=9
         enrolment - 张伟 birth=1980-03-05",
        "1 | 2 | 3",
    );
    // Next door.
    check(
        "household 19800305/101 张伟 place=1 household=7
         household 19800305/133 张伟 place=1 household=9
         enrolment 19800305/101:tail 张伟 place=1
         enrolment 19800305/133 张伟 place=1",
        "1 | 2 4 | 3 3?1",
    );
    // One is insured under a number of his own, and lives elsewhere.
    check(
        "household 19800305/101 张伟 place=1 household=7
         enrolment 19800305/333 张伟 place=8",
        "1 | 2 2?1",
    );
}

#[test]
fn one_household_with_one_name_twice_that_lives_under_both_numbers() {
    check(
        "household 19800305/101 张伟 place=1 household=7
         household 19800305/133 张伟 place=1 household=7
         enrolment 19800305/101 张伟 place=1
         enrolment 19800305/133 张伟 place=1",
        "1 3 | 2 4 1?2 2?1 3?2 4?1",
    );
}

#[test]
fn father_and_son_under_one_sound() {
    check(
        "household 19600203/101 王志刚 place=1 household=7
         household 19880910/103 王志钢 place=1 household=7
         enrolment - 王志刚 birth=1988-09-10 place=1
         enrolment 19600203/101 王志刚 place=1",
        "1 4 | 2 | 3 3?2",
    );
    check(
        "household 19600203/101 王志刚 place=1 household=7
         enrolment - 王志刚 birth=1988-09-10 place=1",
        "1 | 2",
    );
}

#[test]
fn two_people_to_whom_the_police_gave_one_number() {
    check(
        "household 19600203/101 王志刚 place=1 household=7
         household 19600203/101 李建军 place=8 household=9
         enrolment 19600203/101 李建军 place=8
         enrolment 19600203/101:slip 王志刚 place=1",
        "1 4 | 2 3",
    );
}

#[test]
fn a_number_one_digit_apart_that_is_a_womans() {
    check(
        "household 20100607/101 张晓明 place=1 household=7
         household 20100607/103 张晓亮 place=1 household=7
         enrolment 20100607/102 张晓亮 place=1
         enrolment 20100607/101 张晓明 place=1",
        "1 4 | 2 | 3 3?2",
    );
}

#[test]
fn one_number_under_two_names_of_a_family_is_a_question() {
    // Renamed, or a brother's number: who knows.
    check(
        "household 19800305/101 王子涵 place=1 household=7
         enrolment 19800305/101 王招弟 place=1",
        "1 | 2 2?1",
    );
    check(
        "household 19800305/101 王子涵 place=1 household=7
         enrolment 19800305/101 李招弟 place=1",
        "1 | 2",
    );
}

#[test]
fn a_masked_number_is_a_question() {
    check(
        "household 19800305/101 张晓明 place=1 household=7
         enrolment 19800305/101:masked 张晓明 place=1 birth=1980-03-05",
        "1 | 2 2?1",
    );
}

#[test]
fn a_name_and_a_birthday_in_another_village_are_a_question() {
    check(
        "household - 姚峰 birth=1986-11-17 place=1 household=7
         enrolment 19861117/101 姚峰 place=8",
        "1 | 2 1?2 2?1",
    );
}

#[test]
fn rows_that_could_be_either_namesakes_are_not_each_others() {
    check(
        "household 20100607/101 李雨桐 place=1 household=7
         household 20120809/103 李雨桐 place=1 household=9
         enrolment - 李雨桐 place=1
         collection 4.31E+17 李雨桐 place=1",
        "1 | 2 | 3 | 4",
    );
}

#[test]
fn a_name_alone_is_no_person() {
    check(
        "household 19800305/101 慕容雪晴 place=1
         enrolment - 慕容雪晴
         collection - 慕容雪晴 place=8",
        "1 | 2 | 3 2?1",
    );
}

#[test]
fn a_third_number_never_comes_along() {
    check(
        "household 19800305/101 张晓明 place=1 household=7
         enrolment 19800305/557 张晓明 place=1
         collection 19800305/771 张晓明 place=1",
        "1 3 | 2 2?1",
    );
}

proptest! {
    /// Missing never equals missing, nor a placeholder a placeholder, whatever the names.
    #[test]
    fn missing_and_placeholder_numbers_never_match(
        rows in prop::collection::vec(
            (
                prop::sample::select(vec!["enrolment", "collection", "death", "student"]),
                prop::sample::select(vec![
                    "-", "111111111111111111", "123456789012345678", "000000000000000000", "无",
                    "4.31E+17", "430923********1234",
                ]),
                prop::sample::select(vec!["-", "张伟", "张晓明", "慕容雪晴", "王芳之子"]),
            ),
            1..8,
        ),
    ) {
        let world: Vec<String> =
            rows.iter().map(|(kind, id, name)| format!("{kind} {id} {name}")).collect();
        let tables = tables(&lines(&world.join("\n")));
        let identities = identify(&tables, &setting());
        prop_assert_eq!(
            identities.people.len(), rows.len(), "{}", show(&tables, &identities)
        );
    }
}

#[test]
fn a_relative_of_nearly_the_same_name_who_uses_the_number() {
    // One row says another birthday; the next, under the same name, says none.
    check(
        "household 19551123/654 张兰丽 birth=1955-11-23 place=1 household=7
         enrolment 19551123/654 张丽 birth=1983-10-06 place=1
         collection 19551123/654 张丽",
        "1 | 2 3 2?1 3?1",
    );
}

/// The number is theirs who bear it, and says so louder than a birthday in their household.
#[test]
fn a_row_without_a_name_under_a_contested_number_and_another_of_the_household() {
    check(
        "household 20100607/103 张晓明 birth=1980-03-05 household=7
         household 20100607/103 张伟 birth=1980-03-05 household=7
         household 19800305/101 张伟 household=7
         enrolment 20100607/103 - birth=1980-03-05",
        "1 | 2 | 3 | 4 4?3",
    );
}
