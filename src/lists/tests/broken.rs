//! What a list that may be broken, or a row that may be somebody else's, must not do.

use super::*;

#[test]
fn a_broken_list_in_the_middle_removes_nobody_and_adds() {
    let kept = check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 F低保
        2023-10 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-10-01
        F 低保 2023-09-01..
        ",
        "
        2023-09 B withheld 低保对象 fewer-rows
        2023-09 C withheld 低保对象 fewer-rows
        2023-09 D withheld 低保对象 fewer-rows
        2023-09 E withheld 低保对象 fewer-rows
        2023-09 F added 低保对象
        2023-10 E removed 低保对象
        ",
    );
    assert_eq!(kept.flaws(), "2023-09 2/4 fewer-rows");
    let codes: Vec<&str> = kept.ingested.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["D133"]);
}

#[test]
fn a_broken_list_at_the_end_removes_nobody() {
    let kept = check(
        "
        2023-08 A低保 B低保 C低保
        2023-09 A低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        ",
        "
        2023-09 B withheld 低保对象 fewer-rows
        2023-09 C withheld 低保对象 fewer-rows
        ",
    );
    assert_eq!(kept.flaws(), "2023-09 1/2 fewer-rows");
}

#[test]
fn who_is_missing_on_a_broken_first_list_is_not_new_on_the_second() {
    let kept = check(
        "
        2023-08 A低保 B低保
        2023-09 A低保 B低保 C低保 D低保 E低保
        2023-10 A低保 B低保 C低保 D低保 F低保
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..2023-10-01
        F 低保 2023-10-01..
        ",
        "
        2023-10 E removed 低保对象
        2023-10 F added 低保对象
        ",
    );
    assert_eq!(kept.flaws(), "2023-08 2/4 fewer-rows");
}

#[test]
fn a_fall_just_within_what_is_tolerated_removes() {
    let world = "
        2023-08 A低保 B低保 C低保 D低保 E低保
        2023-09 A低保 B低保 C低保
        ";
    let flaws = |more| keep_world(more, world).flaws();
    assert_eq!(flaws(""), "2023-09 3/4 fewer-rows");
    assert_eq!(flaws("tolerated_change_percent = 39"), "");
    assert_eq!(flaws("tolerated_change_percent = 40"), "");
    assert_eq!(flaws("tolerated_change_percent = 200"), "");
    assert_eq!(flaws("tolerated_change_percent = 0"), "2023-09 3/5 fewer-rows");
    let kept = keep_world("tolerated_change_percent = 40", world);
    assert_eq!(kept.changes(), "2023-09 D removed 低保对象\n2023-09 E removed 低保对象");
}

#[test]
fn what_is_wrong_with_a_list_keeps_it_from_removing() {
    let world = |file: &str| {
        format!(
            "
            2023-08 A低保 B低保 C低保 D低保 E低保
            {file}
            2023-10 A低保 B低保 C低保 D低保 E低保
            "
        )
    };
    for (file, flaws) in [
        ("2023-09 A低保 B低保 C低保 D低保", ""),
        ("2023-09 A低保 B低保 C低保 D低保 !rejected", "2023-09 4/4 rows-rejected"),
        ("2023-09 A低保 B低保 C低保 D低保 !unreadable", "2023-09 4/4 unreadable column-missing"),
        ("2023-09 A低保 B低保 C低保 D低保 !no-id", "2023-09 4/4 column-missing"),
        ("2023-09 A低保 B低保\n2023-09' C低保 D低保", "2023-09 4/4 two-files"),
        ("2023-09 A低保 B低保 C低保 D低保\n2023-09= A低保 B低保 C低保 D低保", ""),
        ("2023-09 A低保 B低保\n2023-09= A低保 B低保", "2023-09 2/4 fewer-rows"),
    ] {
        let kept = keep_world("", &world(file));
        assert_eq!(kept.flaws(), flaws, "{file}");
        let is_removed = kept.changes().contains("E removed");
        assert_eq!(is_removed, flaws.is_empty(), "{file}\n{}", kept.changes());
    }
}

#[test]
fn the_only_list_says_nothing_of_before_and_after() {
    let kept = check("2023-08 A低保 B低保", "A 低保 ..\nB 低保 ..", "");
    assert_eq!(kept.flaws(), "2023-08 2/0 only-list");
    assert!(kept.lists.lists[0].is_whole() && kept.ingested.diagnostics.is_empty());
}

#[test]
fn a_list_without_a_month_adds_and_is_compared_with_nothing() {
    check(
        "
        2023-08 A低保 B低保
        2023-09 A低保 B低保
        undated C低保 A低保<2020-01-01
        ",
        "
        A 低保 ..
        A 低保 2020-01-01..
        B 低保 ..
        C 低保 ..
        ",
        "",
    );
}

#[test]
fn a_category_that_is_gone_from_the_list_is_a_sheet_that_was_forgotten() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E低保 F低保 G低保 H低保 I特困
        2023-09 A低保 B低保 C低保 D低保 E低保 F低保 G低保 H低保
        2023-10 A低保 B低保 C低保 D低保 E低保 F低保 G低保 H低保 J特困
        ",
        "
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 低保 ..
        F 低保 ..
        G 低保 ..
        H 低保 ..
        I 特困 ..2023-10-01
        J 特困 2023-10-01..
        ",
        "
        2023-09 I withheld 特困人员 category-missing
        2023-10 I removed 特困人员
        2023-10 J added 特困人员
        ",
    );
}

#[test]
fn a_row_that_may_be_the_persons_keeps_the_person_on_the_list() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 ?F低保
        2023-09 ?A低保 B低保 C低保 D低保 F低保
        2023-10 A低保 B低保 C低保 E低保 F低保
        ",
        "
        ? 低保 ..
        A 低保 ..
        B 低保 ..
        C 低保 ..
        D 低保 ..2023-10-01
        E 低保 2023-10-01..
        F 低保 ..
        ",
        "
        2023-09 A withheld 低保对象 maybe-listed
        2023-10 D removed 低保对象
        2023-10 E added 低保对象
        ",
    );
}

#[test]
fn a_namesake_who_was_always_beside_the_person_keeps_nobody() {
    let kept = keep_world(
        "",
        "
        2023-08 A低保 ~A低保 B低保 C低保 D低保 E低保
        2023-09 ~A低保 B低保 C低保 D低保 E低保
        ",
    );
    assert_eq!(kept.changes(), "2023-09 A removed 低保对象");
}

#[test]
fn a_move_to_another_category_counts_on_a_broken_list_too() {
    check(
        "
        2023-08 A低保 B低保 C低保 D低保 E特困
        2023-09 A特困 B低保
        2023-10 A特困 B低保 C低保 D低保 E特困
        ",
        "
        A 低保 ..2023-09-01
        A 特困 2023-09-01..
        B 低保 ..
        C 低保 ..
        D 低保 ..
        E 特困 ..
        ",
        "
        2023-09 A changed 特困人员 低保对象
        2023-09 C withheld 低保对象 fewer-rows
        2023-09 D withheld 低保对象 fewer-rows
        2023-09 E withheld 特困人员 fewer-rows
        ",
    );
}
