//! Why two rows are held to be one person: the weight of each field, as a bar.

use super::{
    dossier::{Comparison, SourceRow, Weight, Who},
    words::{self, either, percent},
};
use crate::{
    columns::{align, pad, pad_left},
    diagnostic::Lang,
    identity::LinkMethod,
};

/// Cells of the longest bar; beyond as many bits the scale shrinks.
const LONGEST: f32 = 20.0;

/// One compared row: what it was compared with, the weights, and what it means.
pub(super) fn lines(
    row: &SourceRow,
    compared: &Comparison,
    person: &Who,
    lang: Lang,
) -> Vec<String> {
    let mut rows = vec![vec![
        either(lang, "该行", "row").to_string(),
        row.name.clone(),
        row.id_number.clone(),
        row.birth.map_or_else(String::new, |it| it.to_string()),
        row.place.to_string(),
    ]];
    for with in &compared.with {
        rows.push(vec![
            either(lang, "对照", "with").to_string(),
            with.name.clone(),
            with.id_number.clone(),
            with.birth.map_or_else(String::new, |it| it.to_string()),
            with.place.to_string(),
        ]);
    }
    let mut lines = align(&rows);
    lines.extend(weights(&compared.fields, lang).into_iter().map(|it| format!("  {it}")));
    lines.extend(sure(row, compared, lang));
    lines.push(meaning(row, compared, person, lang));
    lines
}

/// A line a field, with bars on either side of a common axis, and their sum.
fn weights(fields: &[Weight], lang: Lang) -> Vec<String> {
    if fields.is_empty() {
        return Vec::new();
    }
    let longest = fields.iter().map(|it| it.bits.abs()).fold(0.0, f32::max);
    let cells_of = |bits: f32| {
        let bits = bits.abs();
        let cells = if longest > LONGEST { bits * LONGEST / longest } else { bits };
        cells.round() as usize
    };
    let against = fields.iter().filter(|it| it.bits < 0.0).map(|it| cells_of(it.bits));
    let left = against.max().unwrap_or(0);
    let mut rows: Vec<Vec<String>> = fields
        .iter()
        .map(|it| {
            let bar = if it.bits < 0.0 {
                format!("{}│", pad_left(&"░".repeat(cells_of(it.bits)), left))
            } else {
                format!("{}│{}", pad("", left), "█".repeat(cells_of(it.bits)))
            };
            vec![
                words::field(lang, &it.field),
                words::level(lang, &it.field, &it.level),
                bits(it.bits),
                bar,
            ]
        })
        .collect();
    let total: f32 = fields.iter().map(|it| it.bits).sum();
    rows.push(vec![either(lang, "合计", "total").to_string(), String::new(), bits(total)]);
    align(&rows)
}

fn bits(bits: f32) -> String {
    pad_left(&format!("{bits:+.1}"), 5)
}

/// How sure it is, and of the next best.
fn sure(row: &SourceRow, compared: &Comparison, lang: Lang) -> Option<String> {
    let share = compared.probability.unwrap_or(row.probability);
    let rival = compared.rival_probability.filter(|it| *it > 0.0);
    Some(match (lang, rival) {
        (Lang::Zh, Some(rival)) => format!("把握{}，次可能者{}。", percent(share), percent(rival)),
        (Lang::Zh, None) => format!("把握{}，没有其他可能者。", percent(share)),
        (Lang::En, Some(rival)) => {
            format!("Probability {}, of the runner-up {}.", percent(share), percent(rival))
        }
        (Lang::En, None) => format!("Probability {}, there is no runner-up.", percent(share)),
    })
}

/// What was made of it.
fn meaning(row: &SourceRow, compared: &Comparison, person: &Who, lang: Lang) -> String {
    let Some(probable) = &compared.probable_person else {
        let is_compared = row.method == LinkMethod::Compared.code();
        return match (lang, is_compared) {
            (Lang::Zh, true) => "已归并：这一行算作此人的记录。",
            (Lang::Zh, false) => "已归并：与这一行同号同名的记录随之算作此人的记录。",
            (Lang::En, true) => "Joined: the row counts as this person's.",
            (Lang::En, false) => "Joined: it counts as this person's, with the rows of its number.",
        }
        .to_string();
    };
    if probable.person == person.person {
        return match lang {
            Lang::Zh => format!("待人工核实，没有归并：这一行可能是此人的，现归 {}。", row.person),
            Lang::En => format!(
                "A question for a human, not joined: the row may be this person's; it is with {}.",
                row.person
            ),
        };
    }
    let other = [probable.name.as_str(), probable.id_number.as_str(), probable.person.as_str()];
    let other: Vec<&str> = other.into_iter().filter(|it| !it.is_empty()).collect();
    let other = other.join(" ");
    match lang {
        Lang::Zh => format!("待人工核实，没有改动：这一行可能是另一个人的：{other}。"),
        Lang::En => format!("A question for a human, not moved: it may be another's: {other}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(field: &str, level: &str, bits: f32) -> Weight {
        Weight { field: field.to_string(), level: level.to_string(), bits }
    }

    #[test]
    fn bars_stand_on_one_axis_and_what_speaks_against_hangs_left() {
        let fields = [weight("name", "same", 9.8), weight("birth", "different", -3.1)];
        let lines = weights(&fields, Lang::Zh);
        assert_eq!(
            lines,
            [
                "姓名      一致   +9.8     │██████████",
                "出生日期  不同   -3.1  ░░░│",
                "合计             +6.7",
            ]
        );
    }

    #[test]
    fn without_anything_against_the_axis_stands_at_the_left() {
        let lines = weights(&[weight("sex", "same", 1.0)], Lang::En);
        assert_eq!(lines, ["sex    same   +1.0  │█", "total         +1.0"]);
    }

    #[test]
    fn very_long_bars_are_drawn_to_scale() {
        let fields = [weight("id", "one-slip", 40.0), weight("name", "same", 10.0)];
        let lines = weights(&fields, Lang::En);
        let cells = |line: &str| line.chars().filter(|it| *it == '█').count();
        assert_eq!((cells(&lines[0]), cells(&lines[1])), (20, 5));
    }

    #[test]
    fn nothing_compared_draws_nothing() {
        assert!(weights(&[], Lang::Zh).is_empty());
    }

    #[test]
    fn a_question_is_never_told_as_a_fact() {
        let me = Who { person: "P1".to_string(), ..Who::default() };
        let other = Who { person: "P2".to_string(), name: "王二".to_string(), ..Who::default() };
        let told = |owner: &str, probable: Option<&Who>| {
            let row = SourceRow {
                person: owner.to_string(),
                method: "compared".to_string(),
                ..SourceRow::default()
            };
            let compared = Comparison { probable_person: probable.cloned(), ..Default::default() };
            meaning(&row, &compared, &me, Lang::Zh)
        };
        assert!(told("P1", None).starts_with("已归并"));
        assert_eq!(told("P2", Some(&me)), "待人工核实，没有归并：这一行可能是此人的，现归 P2。");
        assert_eq!(
            told("P1", Some(&other)),
            "待人工核实，没有改动：这一行可能是另一个人的：王二 P2。"
        );
    }

    #[test]
    fn the_runner_up_is_named_where_there_is_one() {
        let row = SourceRow::default();
        let mut compared = Comparison { probability: Some(0.987), ..Default::default() };
        assert_eq!(sure(&row, &compared, Lang::Zh).as_deref(), Some("把握98.7%，没有其他可能者。"));
        compared.rival_probability = Some(0.004);
        assert_eq!(
            sure(&row, &compared, Lang::En).as_deref(),
            Some("Probability 98.7%, of the runner-up 0.4%.")
        );
    }
}
