//! A person's file as a clerk reads it: who, the answer, what is wrong, the rows, the doubts.

use super::{
    dossier::{Candidate, Dossier, Finding, Partner, SourceRow, Who},
    match_text, row_text,
    words::{self, either, percent},
};
use crate::{
    clean::{id_number::IdState, money::yuan},
    columns::{self, align, pad},
    diagnostic::Lang,
};

/// The whole file.
pub(super) fn dossier(file: &Dossier, lang: Lang) -> String {
    let mut text = Text::default();
    for line in who(file, lang) {
        text.line(0, &line);
    }
    text.heading(&format!(
        "{}  {}",
        either(lang, "结论", "Verdict"),
        words::verdict(lang, &file.cover.verdict)
    ));
    for sentence in &file.answer {
        text.line(2, either(lang, &sentence.zh, &sentence.en));
    }
    findings(&mut text, &file.findings, &file.person, lang);
    let n = file.rows.len();
    text.heading(&match lang {
        Lang::Zh => format!("来源记录  {n} 条"),
        Lang::En => format!("Source rows  {n}"),
    });
    for line in row_text::lines(&file.rows, &file.person, lang) {
        text.line(2, &line);
    }
    comparisons(&mut text, file, lang);
    text.0
}

/// Lines of text, indented.
#[derive(Default)]
struct Text(String);

impl Text {
    fn line(&mut self, indent: usize, line: &str) {
        self.0.push_str(&pad("", indent));
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn heading(&mut self, line: &str) {
        self.0.push('\n');
        self.line(0, line);
    }
}

fn who(file: &Dossier, lang: Lang) -> Vec<String> {
    let person = &file.person;
    let birth = person.birth.map_or_else(String::new, |it| match lang {
        Lang::Zh => format!("{it} 生"),
        Lang::En => format!("born {it}"),
    });
    let household = match person.household.as_str() {
        "" => String::new(),
        it => format!("{} {it}", either(lang, "户号", "household")),
    };
    let name = match person.name.as_str() {
        "" => either(lang, "（无姓名）", "(no name)"),
        name => name,
    };
    let key = format!("{} {}", either(lang, "人员键", "key"), person.person);
    let (village, run) = (home(person, lang), &file.run);
    let about = match lang {
        Lang::Zh => {
            format!("{}，{}年度，数据截止{}", run.title, run.insurance_year, run.as_of)
        }
        Lang::En => format!("{}, year {}, as of {}", run.title, run.insurance_year, run.as_of),
    };
    let join = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|it| !it.is_empty()).collect();
        parts.join("  ")
    };
    vec![
        join(&[name, &words::sex(lang, &person.sex), &birth, &id(person, lang)]),
        join(&[&village, &household, &key]),
        about,
    ]
}

/// The number and, where it is not whole, what is wrong with it.
fn id(person: &Who, lang: Lang) -> String {
    let state = IdState::from_code(&person.id_state);
    let is_sound = matches!(
        state,
        Some(IdState::Valid | IdState::Repaired | IdState::Upgraded | IdState::FromCard)
    );
    match person.id_number.as_str() {
        number if is_sound && !number.is_empty() => number.to_string(),
        "" if matches!(state, None | Some(IdState::Missing)) => {
            either(lang, "无证件号码", "no certificate number").to_string()
        }
        "" => words::id_state(lang, &person.id_state),
        number => {
            let state = words::id_state(lang, &person.id_state);
            row_text::bracketed(number, &[state], lang)
        }
    }
}

fn home(person: &Who, lang: Lang) -> String {
    match (person.township_name.as_str(), person.village_name.as_str()) {
        ("", "") => either(lang, "（村不明）", "(village unknown)").to_string(),
        (township, "") => format!("{township}{}", either(lang, "（村不明）", " (village unknown)")),
        (township, village) => format!("{township}{village}"),
    }
}

fn findings(text: &mut Text, findings: &[Finding], person: &Who, lang: Lang) {
    if findings.is_empty() {
        text.heading(either(
            lang,
            "问题  没有发现与此人有关的问题",
            "Findings  none about this person",
        ));
        return;
    }
    text.heading(&match lang {
        Lang::Zh => format!("问题  {} 条", findings.len()),
        Lang::En => format!("Findings  {}", findings.len()),
    });
    for finding in findings {
        let name = either(lang, &finding.rule.zh, &finding.rule.en);
        text.line(2, &format!("{}  {name}", finding.code));
        text.line(7, &finding.detail);
        text.line(7, &handling(finding, lang));
        let word = either(lang, "依据  ", "proof  ");
        for (at, row) in finding.evidence.iter().enumerate() {
            let lead = if at == 0 { word.to_string() } else { pad("", columns::width(word)) };
            text.line(7, &format!("{lead}{}", proof(row, person, lang)));
        }
    }
}

/// Where the proof stands; whose row it is, if it is somebody else's.
fn proof(row: &Partner, person: &Who, lang: Lang) -> String {
    let place = row.place.to_string();
    if row.person.is_empty() || row.person == person.person {
        return place;
    }
    let birth = row.birth.map_or_else(String::new, |it| it.to_string());
    let parts = [row.name.as_str(), &row.id_number, &birth, &row.person];
    let said: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    let said =
        format!("{}{}", either(lang, "现归另一份档案：", "in another file: "), said.join(" "));
    row_text::bracketed(&place, &[said], lang)
}

/// Who acts until when, and how it stands.
fn handling(finding: &Finding, lang: Lang) -> String {
    let owner = words::owner(lang, &finding.owner);
    let mut parts = vec![match lang {
        Lang::Zh => format!("{owner}办理"),
        Lang::En => format!("for {owner}"),
    }];
    if let Some(day) = finding.deadline {
        parts.push(format!("{}{day}", either(lang, "期限", "until ")));
    }
    let priority = words::priority(lang, &finding.priority);
    parts.push(format!("{}{priority}", either(lang, "轻重：", "priority ")));
    let state = words::finding_state(lang, &finding.state);
    parts.push(match finding.first_seen {
        Some(day) => row_text::bracketed(&state, &[day.to_string()], lang),
        None => state,
    });
    let amount = |zh, en, fen: Option<i64>| match (fen, lang) {
        (Some(fen), Lang::Zh) => Some(format!("{zh}{}元", yuan(fen))),
        (Some(fen), Lang::En) => Some(format!("{en} {} yuan", yuan(fen))),
        (None, _) => None,
    };
    let (expected, actual) = (finding.amount_expected_fen, finding.amount_actual_fen);
    if expected != actual {
        parts.extend(amount("应为", "should be", expected));
        parts.extend(amount("实为", "is", actual));
    }
    if finding.probability < 1.0 {
        parts.push(format!(
            "{}{}",
            either(lang, "把握", "probability "),
            percent(finding.probability)
        ));
    }
    parts.join(either(lang, "，", ", "))
}

fn comparisons(text: &mut Text, file: &Dossier, lang: Lang) {
    let has = |row: &&SourceRow| row.comparison.is_some();
    let own: Vec<&SourceRow> = file.rows.iter().filter(has).collect();
    let others: Vec<&SourceRow> = file.questions.iter().filter(has).collect();
    let parts = [
        (own, "凭逐项比对归并或存疑的记录", "Rows of this person that were compared"),
        (others, "可能也是此人的记录", "Rows of others that may be this person's"),
    ];
    for (rows, zh, en) in parts.into_iter().filter(|it| !it.0.is_empty()) {
        let n = rows.len();
        text.heading(&match lang {
            Lang::Zh => format!("{zh}  {n} 条"),
            Lang::En => format!("{en}  {n}"),
        });
        for (at, row) in rows.into_iter().enumerate() {
            if at > 0 {
                text.0.push('\n');
            }
            let Some(compared) = &row.comparison else { continue };
            for line in match_text::lines(row, compared, &file.person, lang) {
                text.line(2, &line);
            }
        }
    }
}

/// Several people, and how to say which one is meant.
pub(super) fn several(people: &[Candidate], lang: Lang) -> String {
    let mut text = Text::default();
    let n = people.len();
    text.line(
        0,
        &match lang {
            Lang::Zh => format!("共 {n} 人，请用 --person 人员键 选定其中一人："),
            Lang::En => format!("{n} people; choose one by --person KEY:"),
        },
    );
    let by_row = either(lang, "（有来源行这样写）", "(a row of theirs says so)");
    let cells = |candidate: &Candidate| {
        let it = &candidate.who;
        vec![
            it.person.clone(),
            it.name.clone(),
            words::sex(lang, &it.sex),
            it.birth.map_or_else(String::new, |it| it.to_string()),
            id(it, lang),
            home(it, lang),
            words::verdict(lang, &it.verdict),
            if candidate.is_by_row { by_row } else { "" }.to_string(),
        ]
    };
    let rows: Vec<Vec<String>> = people.iter().map(cells).collect();
    for line in align(&rows) {
        text.line(2, &line);
    }
    text.0
}
