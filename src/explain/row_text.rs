//! The source rows of a person, one line each, and below it what the row says otherwise.

use super::{
    dossier::{SourceRow, Who},
    words::{self, either, percent},
};
use crate::{
    clean::{id_number::IdState, money::yuan},
    columns::align,
    diagnostic::Lang,
    identity::LinkMethod,
};

/// The rows as lines; the kind stands before its first row only.
pub(super) fn lines(rows: &[SourceRow], person: &Who, lang: Lang) -> Vec<String> {
    let mut before = "";
    let mut cells = Vec::new();
    for row in rows {
        let kind = if row.kind == before { String::new() } else { words::kind(lang, &row.kind) };
        before = &row.kind;
        cells.push(cells_of(row, kind, lang));
    }
    let mut lines = Vec::new();
    for (line, row) in align(&cells).into_iter().zip(rows) {
        lines.push(line);
        let notes = notes(row, person, lang);
        if !notes.is_empty() {
            let head = either(lang, "↳ 该行写的是：", "↳ the row says: ");
            lines.push(format!("  {head}{}", notes.join(either(lang, "；", "; "))));
        }
    }
    lines
}

fn cells_of(row: &SourceRow, kind: String, lang: Lang) -> Vec<String> {
    let day = |on| format!("{}{on}", words::day(lang, &row.kind));
    let year = |year| format!("{year}{}", either(lang, "年度", ""));
    let amount = |fen| format!("{}{}", yuan(fen), either(lang, "元", " yuan"));
    vec![
        kind,
        row.on.map_or_else(String::new, day),
        row.year.map_or_else(String::new, year),
        row.amount_fen.map_or_else(String::new, amount),
        words::state(lang, &row.kind, &row.state),
        row.division_name.clone(),
        row.place.to_string(),
        method(row, lang),
    ]
}

/// By what the row is the person's. The only row of a person needs no reason.
fn method(row: &SourceRow, lang: Lang) -> String {
    let method = words::method(lang, &row.method);
    match row.probability {
        it if it >= 1.0 || row.method == LinkMethod::Alone.code() => method,
        it => {
            let sure = either(lang, "把握", "");
            format!("{method}{}", either(lang, "（", " ("))
                + sure
                + &percent(it)
                + either(lang, "）", ")")
        }
    }
}

/// What the row says that the person's own line does not.
fn notes(row: &SourceRow, person: &Who, lang: Lang) -> Vec<String> {
    let differs = |field: &str| row.differs.contains(&field);
    let mut notes = Vec::new();
    let mut add = |field: &str, value: &str| {
        notes.push(format!("{} {value}", words::field(lang, field)));
    };
    if differs("name") {
        add("name", &row.name);
    }
    let state = words::id_state(lang, &row.id_state);
    let is_valid = row.id_state == IdState::Valid.code();
    match (differs("id_number"), is_valid) {
        (true, _) => {
            let mut why = Vec::new();
            if !is_valid {
                why.push(state);
            }
            if row.id_number == person.id_number {
                why.push(either(lang, "不同处在隐去的几位", "it differs where hidden").to_string());
            }
            add("id_number", &bracketed(&row.id_number, &why, lang));
        }
        (false, false) if row.id_state != person.id_state => add("id_number", &state),
        (false, _) => {}
    }
    if differs("birth")
        && let Some(birth) = row.birth
    {
        add("birth", &birth.to_string());
    }
    if differs("sex") {
        add("sex", &words::sex(lang, &row.sex));
    }
    if differs("household") {
        add("household", &row.household);
    }
    notes
}

/// `甲（乙，丙）`, or just `甲`.
pub(super) fn bracketed(text: &str, remarks: &[String], lang: Lang) -> String {
    if remarks.is_empty() {
        return text.to_string();
    }
    let remarks = remarks.join(either(lang, "，", ", "));
    match lang {
        Lang::Zh => format!("{text}（{remarks}）"),
        Lang::En => format!("{text} ({remarks})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: &str) -> SourceRow {
        SourceRow {
            kind: kind.to_string(),
            id_state: "valid".to_string(),
            method: "id-and-name".to_string(),
            probability: 1.0,
            ..SourceRow::default()
        }
    }

    #[test]
    fn a_kind_is_named_once() {
        let lines =
            lines(&[row("payment"), row("payment"), row("death")], &Who::default(), Lang::Zh);
        assert_eq!(lines.iter().filter(|it| it.contains("税务缴费")).count(), 1, "{lines:?}");
        assert!(lines[2].starts_with("死亡"), "{lines:?}");
    }

    #[test]
    fn what_agrees_is_not_repeated() {
        let same = row("payment");
        assert!(notes(&same, &Who::default(), Lang::Zh).is_empty());
        let mut other = row("payment");
        other.name = "王小莉".to_string();
        other.differs = vec!["name"];
        assert_eq!(notes(&other, &Who::default(), Lang::Zh), ["姓名 王小莉"]);
        assert_eq!(notes(&other, &Who::default(), Lang::En), ["name 王小莉"]);
    }

    #[test]
    fn numbers_that_look_alike_when_masked_are_told_apart() {
        let masked = "110105********002X".to_string();
        let person = Who { id_number: masked.clone(), id_state: "valid".into(), ..Who::default() };
        let mut other = row("payment");
        (other.id_number, other.differs) = (masked, vec!["id_number"]);
        let notes = notes(&other, &person, Lang::Zh);
        assert_eq!(notes, ["证件号码 110105********002X（不同处在隐去的几位）"]);
    }

    #[test]
    fn what_is_less_than_certain_says_how_much() {
        let mut it = row("birth");
        (it.method, it.probability) = ("compared".to_string(), 0.75);
        assert_eq!(method(&it, Lang::Zh), "逐项比对（把握75.0%）");
        assert_eq!(method(&it, Lang::En), "compared (75.0%)");
    }
}
