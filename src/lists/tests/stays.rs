//! Since when and until when people are on whole lists, and what changed.

use super::*;

#[test]
fn a_person_is_on_the_list_from_the_first_month_to_the_first_without() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 B低保 C低保 D低保 F低保
        2023-10 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-09-01
        F 低保 2023-09-01..
        ",
        "
        2023-09 E removed 低保对象
        2023-09 F added 低保对象
        ",
    );
}

#[test]
fn who_comes_back_has_a_second_stay() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 B低保 C低保 D低保
        2023-10 A低保 B低保 C低保 D低保 E低保
        2023-11 A低保 B低保 C低保 D低保 E特困
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-09-01
        E 低保 2023-10-01..2023-11-01
        E 特困 ..
        ",
        "
        2023-09 E removed 低保对象
        2023-10 E changed 低保对象 低保对象
        2023-11 E changed 特困人员 低保对象
        ",
    );
}

#[test]
fn a_month_without_a_file_is_bridged() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-11 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-11-01
        F 低保 2023-11-01..
        ",
        "
        2023-11 E removed 低保对象
        2023-11 F added 低保对象
        ",
    );
}

#[test]
fn two_categories_of_one_source_are_followed_apart() {
    check(
        "
        2023-08 A低保 B低保 C特困 D特困 E低保 E特困 F低保
        2023-09 A特困 B低保 C特困 D特困 E低保 F低保 F特困
        ",
        "
        A 低保 ..2023-09-01
        A 特困 2023-09-01..
        B 低保 ..
        C 特困 ..
        D 特困 ..
        E 低保 ..
        E 特困 ..2023-09-01
        F 低保 ..
        F 特困 2023-09-01..
        ",
        "
        2023-09 A changed 特困人员 低保对象
        2023-09 E removed 特困人员
        2023-09 F added 特困人员
        ",
    );
}

#[test]
fn another_word_for_the_same_category_is_no_change() {
    check(
        "
        2023-08 A低保对象 B低保
        2023-09 A城乡低保 B低保
        ",
        "
        A 低保对象 ..
        A 城乡低保 ..
        B 低保 ..
        ",
        "",
    );
}

#[test]
fn a_rows_own_days_stay_and_stand_for_the_rows_beside_it() {
    check(
        "
        2023-08 A低保<2020-05-01 B低保 C低保 D低保 E低保 F低保
        2023-09 A低保 B低保<2021-06-01 C低保>2023-09-15 D低保>2023-08-20 E低保 F低保
        2023-10 A低保 B低保 E低保>2023-12-01 F低保>1900-01-01 G低保<2023-07-01
        ",
        "
        A 低保 2020-05-01..
        B 低保 2021-06-01..
        C 低保 ..2023-09-15
        D 低保 ..2023-08-20
        E 低保 ..2023-12-01
        F 低保 ..1900-01-01
        F 低保 ..2023-10-01
        G 低保 2023-07-01..
        ",
        "
        2023-09 D removed 低保对象
        2023-10 C removed 低保对象
        2023-10 F removed 低保对象
        2023-10 G added 低保对象
        ",
    );
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let months = [
        "2023-08 A低保 B低保 C低保 D低保 E低保 ?F低保",
        "2023-09 ?A低保 B低保 C特困 D低保 F低保 E低保",
        "2023-10 C特困 E低保 A低保 B低保 F低保 F特困",
    ];
    let turned = |line: &&str| {
        let mut words: Vec<&str> = line.split(' ').collect();
        words[1..].reverse();
        words.join(" ")
    };
    let kept = keep_world("", &months.join("\n"));
    let mirrored: Vec<String> = months.iter().rev().map(turned).collect();
    let mirrored = keep_world("", &mirrored.join("\n"));
    assert_eq!((kept.stays(), kept.changes()), (mirrored.stays(), mirrored.changes()));
    let order = |it: &Kept| {
        let key = |change: &Change| {
            let person = &it.identities.people[change.person.0 as usize];
            (change.month, person.key, change.kind, change.category)
        };
        it.lists.changes.iter().map(key).collect::<Vec<_>>()
    };
    assert_eq!(order(&kept), order(&mirrored));
    assert!(kept.lists.changes.len() > 3);
}
