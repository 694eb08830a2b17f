//! The clerks of a winter: each reads the list of a night, answers at some doors, and hands it back
//! nights later, in one of the states in which lists come back.

use std::{fs, path::Path};

use chrono::NaiveDate;
use encoding_rs::GB18030;

use super::{
    model::Given,
    world::{Dice, date},
};
use crate::clerk::{DOORS, List, Typed, save};

/// What may become of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mess {
    Plain,
    Sorted,
    /// A second title, the header again in the middle, a total and a signature.
    Printed,
    /// Other columns in another order on a sheet of another name.
    Rearranged,
    /// Without the column of ids; the whole numbers are written in.
    NoIds,
    OneVillage,
    /// Both townships on one sheet.
    Together,
    /// Codes alone, in small or wide letters.
    Codes,
    /// Days as people write them.
    Days,
    /// Nobody has been anywhere.
    Empty,
    /// Handed in again nights later under another name.
    Twice,
    /// The village says one thing and the township another, on the same day.
    TwoPlaces,
    /// First without what proves it, then with it.
    ProofLater,
    /// Saved as text.
    Csv,
    /// Handed in when much has happened since.
    Late,
}

pub const MESSES: [Mess; 15] = [
    Mess::Plain,
    Mess::TwoPlaces,
    Mess::NoIds,
    Mess::Twice,
    Mess::Printed,
    Mess::Late,
    Mess::Together,
    Mess::ProofLater,
    Mess::Days,
    Mess::Rearranged,
    Mess::Codes,
    Mess::Csv,
    Mess::OneVillage,
    Mess::Sorted,
    Mess::Empty,
];

/// Whose answer a row is.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    Finding(String),
    /// The whole number of a person.
    Person(String),
}

/// A file on its way back.
pub struct Returned {
    file: String,
    sheet: String,
    rows: Vec<Vec<Typed>>,
    is_csv: bool,
    /// What its rows mean.
    pub says: Vec<(About, Given)>,
    /// The first night that reads it, and the first that does not any more.
    pub nights: std::ops::Range<u32>,
}

impl Returned {
    /// Puts the file where the night finds it, or files it away.
    pub fn place(&self, folder: &Path, night: u32) {
        let path = folder.join(&self.file);
        if night == self.nights.start {
            match self.is_csv {
                true => fs::write(path, GB18030.encode(&csv(&self.rows)).0).unwrap(),
                false => save(&path, &self.sheet, &self.rows),
            }
        } else if night == self.nights.end {
            fs::remove_file(path).unwrap();
        }
    }
}

fn csv(rows: &[Vec<Typed>]) -> String {
    let cell = |it: &Typed| match it {
        Typed::Text(text) => text.clone(),
        Typed::Number(number) | Typed::AsDay(number) => number.to_string(),
    };
    let line = |it: &Vec<Typed>| it.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n";
    rows.iter().map(line).collect()
}

/// An answer in the words of the drop-down list, with what is handed in.
struct Choice {
    text: &'static str,
    code: &'static str,
    proof: &'static str,
    until: Option<&'static str>,
}

const fn choice(text: &'static str, code: &'static str, proof: &'static str) -> Choice {
    Choice { text, code, proof, until: None }
}

const CHOICES: [Choice; 11] = [
    choice("K1 核实无误，非问题", "K1", "经办人核实"),
    choice("D1 死亡", "D1", "死亡证明"),
    Choice {
        until: Some("2023-12-16"), ..choice("E1 异地居民参保", "E1", "截图至2023-12-16")
    },
    choice("R1 拒绝参保", "R1", "告知书"),
    choice("L1 失联", "L1", ""),
    choice("E1 异地居民参保", "E1", ""),
    choice("D2 死亡未销户", "D2", ""),
    choice("本人在深圳打工", "", ""),
    choice("M1 现役军人", "M1", "部队证明"),
    Choice {
        until: Some("2023-12-23"),
        ..choice("E1 异地居民参保", "E1", "凭证，有效期到2023年12月23日")
    },
    choice("K1 核实无误，非问题", "K1", "张榜核实"),
];

/// Which of the choices say nothing of cover, so that by hand they leave the findings as they are.
const SAY_NOTHING_OF_COVER: [usize; 4] = [0, 3, 4, 10];

/// A clerk's errand with the list of a night.
pub struct Errand {
    pub night: u32,
    pub mess: Mess,
}

/// Fills in a list as its errand has it. `number` gives the whole number of a finding's person.
pub fn work(
    errand: &Errand,
    mut list: List,
    number: &dyn Fn(&str) -> String,
    dice: &mut Dice,
) -> Vec<Returned> {
    let mut says: Vec<(About, Given)> = Vec::new();
    let mut other = list.clone();
    let mut otherwise: Vec<(About, Given)> = Vec::new();
    let on = date(errand.night);
    if errand.mess == Mess::OneVillage {
        let village = list.text(0, "村（社区）");
        let at = list.column("村（社区）");
        list.rows.retain(|it| it[at] == Typed::Text(village.clone()));
    }
    for row in 0..list.rows.len() {
        if errand.mess == Mess::Empty || dice.below(100) < 45 {
            continue;
        }
        let (finding, nth) = (list.text(row, "编号"), dice.below(11) as usize);
        let (about, nth) = match errand.mess {
            Mess::NoIds => (About::Person(number(&finding)), SAY_NOTHING_OF_COVER[nth % 4]),
            _ => (About::Finding(finding.clone()), nth),
        };
        let choice = &CHOICES[nth];
        if errand.mess == Mess::NoIds {
            list.set(row, "证件号码", number(&finding).as_str());
        }
        list.set(row, "核查结果", text(errand.mess, choice).as_str());
        list.set(row, "核查日期", day(errand.mess, on, row));
        list.set(row, "佐证材料", choice.proof);
        says.push((about.clone(), given(choice, on)));
        // What the other place says, or what was said before there was proof.
        if errand.mess == Mess::TwoPlaces {
            let nth = (nth + dice.below(3) as usize) % 11;
            other.set(row, "核查结果", CHOICES[nth].text);
            other.set(row, "核查日期", Typed::day(on));
            other.set(row, "佐证材料", CHOICES[nth].proof);
            otherwise.push((about, given(&CHOICES[nth], on)));
        } else if errand.mess == Mess::ProofLater {
            other.set(row, "核查结果", choice.text);
            other.set(row, "核查日期", Typed::day(on));
            otherwise.push((about, Given { has_proof: false, until: None, ..given(choice, on) }));
        }
    }
    let hand_in = errand.night + if errand.mess == Mess::Late { 9 } else { 1 + dice.below(4) };
    let filed_away = if dice.below(2) == 0 { 99 } else { hand_in + 5 + dice.below(4) };
    let name = |part: &str| format!("{:02}-{:?}{part}", errand.night, errand.mess);
    let first = Returned {
        file: name(if errand.mess == Mess::Csv { ".csv" } else { ".xlsx" }),
        sheet: if errand.mess == Mess::Rearranged { "Sheet1" } else { DOORS }.to_string(),
        rows: rows(errand.mess, &list, dice),
        is_csv: errand.mess == Mess::Csv,
        says,
        nights: hand_in..filed_away,
    };
    let second = |rows, says, nights| Returned {
        file: name("（2）.xlsx"),
        sheet: DOORS.to_string(),
        rows,
        is_csv: false,
        says,
        nights,
    };
    let second = match errand.mess {
        Mess::Twice => Some(second(
            first.rows.clone(),
            first.says.clone(),
            hand_in + 3..filed_away.max(hand_in + 4),
        )),
        Mess::TwoPlaces => Some(second(other.sheet(), otherwise, first.nights.clone())),
        Mess::ProofLater => Some(second(other.sheet(), otherwise, errand.night + 1..filed_away)),
        _ => None,
    };
    [Some(first), second].into_iter().flatten().collect()
}

fn given(choice: &Choice, on: NaiveDate) -> Given {
    let until = choice.until.map(|it| it.parse().unwrap());
    Given { on: Some(on), code: choice.code, has_proof: !choice.proof.is_empty(), until }
}

fn text(mess: Mess, choice: &Choice) -> String {
    let wide = |it: char| char::from_u32(u32::from(it) + 0xfee0).unwrap();
    match (mess, choice.code) {
        (Mess::Codes, "R1" | "L1" | "D2") => choice.code.chars().map(wide).collect(),
        (Mess::Codes, "D1") => "死亡".to_string(),
        (Mess::Codes, code) if !code.is_empty() => code.to_lowercase(),
        _ => choice.text.to_string(),
    }
}

fn day(mess: Mess, on: NaiveDate, row: usize) -> Typed {
    let text = |format: &str| Typed::Text(on.format(format).to_string());
    match (mess, row % 4) {
        (Mess::Days, 0) => text("%-m.%-d"),
        (Mess::Days, 1) => text("%-m月%-d日"),
        (Mess::Days, 2) => text("%Y.%-m.%-d"),
        (Mess::Days, _) => match Typed::day(on) {
            Typed::AsDay(serial) => Typed::Text(serial.to_string()),
            other => other,
        },
        (Mess::Csv, _) => text("%Y/%-m/%-d"),
        _ => Typed::day(on),
    }
}

/// The rows of the sheet that is handed in.
fn rows(mess: Mess, list: &List, dice: &mut Dice) -> Vec<Vec<Typed>> {
    let mut list = list.clone();
    match mess {
        Mess::Sorted => list.rows.sort_by_cached_key(|_| dice.below(1000)),
        Mess::NoIds => list.drop_column("编号"),
        Mess::Rearranged => {
            list.headers.insert(2, "联系电话".to_string());
            list.rows.iter_mut().for_each(|it| it.insert(2, "13800000000".into()));
            list.headers.reverse();
            list.rows.iter_mut().for_each(|it| it.reverse());
        }
        Mess::Printed => {
            let header: Vec<Typed> = list.headers.iter().map(|it| it.as_str().into()).collect();
            let total = list.blank_row(&[("村（社区）", "合计")]);
            let mut rows = list.sheet();
            let middle = rows.len() - list.rows.len() / 2;
            rows.insert(middle, header);
            rows.insert(0, vec!["报县医保局".into()]);
            rows.extend([total, vec!["填表人：".into()]]);
            return rows;
        }
        _ => {}
    }
    list.sheet()
}
