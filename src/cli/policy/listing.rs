//! The parameters that hold, by subject, each with its clause and its line.

use super::Edition;
use crate::{
    columns::align,
    diagnostic::Lang,
    policy::{Parameter, Policy, key_words, value_words},
};

pub(super) fn print(edition: &Edition, lang: Lang) {
    let (name, year, day) = (&edition.name, edition.policy.year, edition.day);
    match lang {
        Lang::Zh => println!("{name}：{year} 参保年度（{day} 适用）"),
        Lang::En => println!("{name}: coverage year {year} (as of {day})"),
    }
    for subject in edition.parameters.chunk_by(|a, b| a.subject == b.subject) {
        println!("\n{}", word(subject[0].subject, lang));
        let rows = subject.chunk_by(|a, b| a.place == b.place);
        let cells: Vec<Vec<String>> =
            rows.flat_map(|row| cells(row, &edition.policy, lang)).collect();
        for line in align(&cells) {
            println!("  {line}");
        }
    }
}

/// The lines of a row: what it is, its values, and beside the first where it stands.
fn cells(row: &[Parameter], policy: &Policy, lang: Lang) -> Vec<Vec<String>> {
    let line = |(at, it): (usize, &Parameter)| {
        let first = |text: String| if at == 0 { text } else { String::new() };
        vec![
            first(row_name(it, policy, lang)),
            word(&it.key, lang),
            value(it, policy, lang),
            first(it.reference.clone()),
            first(it.place.clone()),
        ]
    };
    row.iter().enumerate().map(line).collect()
}

/// A row's table and what it is about.
pub(super) fn row_name(it: &Parameter, policy: &Policy, lang: Lang) -> String {
    let of = match lang {
        Lang::Zh => value_words("", &it.of, &policy.categories),
        Lang::En => it.of.clone(),
    };
    let nth = if it.nth > 1 { format!(" {}", it.nth) } else { String::new() };
    format!("{} {of}{nth}", word(&it.table, lang)).trim_end().to_string()
}

/// A table or key in words.
pub(super) fn word(key: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => key_words(key).to_string(),
        Lang::En => key.to_string(),
    }
}

/// A value in words.
pub(super) fn value(it: &Parameter, policy: &Policy, lang: Lang) -> String {
    match lang {
        Lang::Zh => value_words(&it.key, &it.value, &policy.categories),
        Lang::En => it.value.clone(),
    }
}
