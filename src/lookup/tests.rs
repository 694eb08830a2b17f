//! Little worlds: whom a row means, and when it means nobody.

use super::{
    matching::{Basis, Outcome, find},
    people::{Known, People},
    village::{Named, Village, Villages},
};
use crate::{
    clean::{Cell, id_number, place},
    ingest::Stated,
};

/// The standard's own sample, another of its division, and one that nobody here has.
const WANG: &str = "11010519491231002X";
const LI: &str = "110105199003070017";
const STRANGER: &str = "440524188001010014";

/// A person: key, number, name, birthday, village.
fn known(line: &str) -> Known {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    Known {
        person: cells[0].into(),
        id_number: cells[1].into(),
        name: cells[2].into(),
        sex: "2".into(),
        birth: cells[3].parse().ok(),
        village: cells[4].into(),
        verdict: "resident".into(),
        ..Known::default()
    }
}

fn villages() -> Villages {
    let village = |(code, name): (&str, &str)| Village {
        code: code.into(),
        name: name.into(),
        key: place::key(name),
        township: place::key("冷市镇"),
    };
    let all =
        [("430923109201", "大桥村"), ("430923109001", "大桥社区"), ("430923109202", "南华村")];
    Villages::of(all.map(village).into())
}

fn people() -> People {
    let persons = [
        format!("P1, {WANG}, 王小莉, 1949-12-31, 430923109201"),
        format!("P2, {LI}, 李建国, 1990-03-07, 430923109202"),
        "P3, , 王小莉, , 430923109202".to_string(),
        "P4, , 张伟, 1980-01-01, 430923109201".to_string(),
        "P5, , 张伟, 1980-01-01, 430923109202".to_string(),
        "P6, , 王〓, 1980-01-01, 430923109202".to_string(),
        "P7, , 李小宝, 2015-05-05, 430923109202".to_string(),
    ];
    let persons = persons.iter().map(|it| known(it)).collect();
    // The child was enrolled under the father's number.
    let borne = [("P2", LI, "李建国"), ("P7", LI, "李小宝"), ("P1", "H12345678", "王小莉")];
    let borne = borne.map(|it| (it.0.to_string(), it.1.to_string(), it.2.to_string()));
    People::indexed(persons, villages(), borne.into_iter())
}

/// A row: number, name, birthday, village.
fn stated(id: &str, name: &str, birth: &str, village: &str) -> Stated {
    Stated {
        id: id_number::read(Cell::text(id)),
        name: name.into(),
        birth: birth.parse().ok(),
        sex: None,
        township: String::new(),
        village: village.into(),
        heading: String::new(),
        village_code: String::new(),
    }
}

/// Whom the row means: a key and by what, or why nobody.
fn check(row: [&str; 4], expected: Result<(&str, Basis), Outcome>) {
    let people = people();
    let matched = find(&stated(row[0], row[1], row[2], row[3]), &people);
    let found = match (matched.person, matched.basis) {
        (Some(person), Some(basis)) => Ok((people.known[person].person.as_str(), basis)),
        _ => Err(matched.outcome),
    };
    assert_eq!(found, expected, "{row:?}");
}

#[test]
fn a_whole_number_is_one_person_however_it_is_written() {
    for id in [
        WANG,
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
        " 110105 19491231 002X",
    ] {
        check([id, "王小莉", "", ""], Ok(("P1", Basis::Id)));
    }
    check([WANG, "", "", ""], Ok(("P1", Basis::IdAlone)));
    check([STRANGER, "王小莉", "1949-12-31", "大桥村"], Err(Outcome::Nobody));
}

#[test]
fn of_a_number_under_another_name_nothing_is_told() {
    check([WANG, "赵六", "1949-12-31", "大桥村"], Err(Outcome::NameDisagrees));
    // One character apart may be a brother; a homophone is a slip.
    check([WANG, "王大莉", "", ""], Err(Outcome::NameDisagrees));
    check([WANG, "王小丽", "", ""], Ok(("P1", Basis::Id)));
}

#[test]
fn a_child_under_the_fathers_number_is_the_child() {
    check([LI, "李小宝", "", ""], Ok(("P7", Basis::Record)));
    check([LI, "李建国", "", ""], Ok(("P2", Basis::Id)));
    check([LI, "", "", ""], Ok(("P2", Basis::IdAlone)));
    check([LI, "李老三", "", ""], Err(Outcome::NameDisagrees));
}

#[test]
fn another_certificate_needs_the_name() {
    check(["H12345678", "王小莉", "", ""], Ok(("P1", Basis::Record)));
    check(["H12345678", "", "", ""], Err(Outcome::TooLittle));
    check(["H12345678", "张伟", "", ""], Err(Outcome::NameDisagrees));
}

#[test]
fn a_name_alone_is_nobody() {
    check(["", "李建国", "", ""], Err(Outcome::TooLittle));
    check(["无", "李建国", "", ""], Err(Outcome::TooLittle));
    check(["", "", "1990-03-07", "南华村"], Err(Outcome::TooLittle));
}

#[test]
fn a_name_and_a_birthday_or_village_are_one_person_or_nobody() {
    check(["", "李建国", "1990-03-07", ""], Ok(("P2", Basis::NameAndBirth)));
    check(["", "李建国", "1990-03-08", ""], Err(Outcome::Nobody));
    check(["", "李建国", "", "南华村委会"], Ok(("P2", Basis::NameAndVillage)));
    check(["", "李建国", "", "大桥村"], Err(Outcome::Nobody));
    check(["", "李建国", "", "别处村"], Err(Outcome::Nobody));
    // Two of one name and birthday are told apart by the village, or not at all.
    check(["", "张伟", "1980-01-01", ""], Err(Outcome::Several));
    check(["", "张伟", "1980-01-01", "南华村"], Ok(("P5", Basis::NameAndBirth)));
    // Whose birthday is not known was not born on that day.
    check(["", "王小莉", "1949-12-30", "南华村"], Err(Outcome::Nobody));
    // A character that nobody could write may be any.
    check(["", "王〓", "1980-01-01", ""], Err(Outcome::Nobody));
}

#[test]
fn another_sex_is_another_person() {
    let people = people();
    let mut row = stated("", "李建国", "1990-03-07", "");
    row.sex = crate::clean::sex::read(Cell::text("男"));
    assert_eq!(find(&row, &people).outcome, Outcome::Nobody);
}

#[test]
fn what_is_left_of_a_number_speaks_only_against() {
    let masked = "110105********002X";
    check([masked, "王小莉", "1949-12-31", ""], Ok(("P1", Basis::PartOfId)));
    check([masked, "王小莉", "", "大桥村"], Ok(("P1", Basis::PartOfId)));
    check([masked, "王小莉", "", ""], Err(Outcome::IdIncomplete));
    check(["110105********0038", "王小莉", "1949-12-31", ""], Err(Outcome::IdIncomplete));
    check(["******", "王小莉", "1949-12-31", ""], Err(Outcome::IdIncomplete));
    check(["110105199003070000", "李建国", "1990-03-07", ""], Ok(("P2", Basis::PartOfId)));
    // The two 张伟 have no number that could be compared.
    check(["110105********0017", "张伟", "1980-01-01", ""], Err(Outcome::Several));
}

#[test]
fn a_number_with_a_slip_is_nobodys() {
    check(["110105194912310021", "王小莉", "1949-12-31", "大桥村"], Err(Outcome::IdIncomplete));
    check(["1101051949", "王小莉", "1949-12-31", "大桥村"], Err(Outcome::IdIncomplete));
}

#[test]
fn a_village_is_named_by_its_code_its_name_or_the_heading() {
    let villages = villages();
    let named = |village: &str, heading: &str, township: &str| {
        let mut row = stated("", "", "", village);
        (row.heading, row.township) = (heading.into(), township.into());
        match villages.named(&row) {
            Named::One(code) => code.to_string(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(named("大桥村", "", ""), "430923109201");
    assert_eq!(named("大桥社区", "", ""), "430923109001");
    assert_eq!(named("大桥", "", ""), "Unsaid", "two bear the name");
    assert_eq!(named("南华居委会", "", ""), "430923109202");
    assert_eq!(named("南华村", "", "冷市镇"), "430923109202");
    assert_eq!(named("南华村", "", "梅城镇"), "Unknown");
    assert_eq!(named("", "南华村", ""), "430923109202");
    assert_eq!(named("", "Sheet1", ""), "Unsaid");
    let mut row = stated("", "", "", "大桥村");
    row.village_code = "430923109202".into();
    assert_eq!(villages.named(&row), Named::One("430923109202"));
}
