//! What it comes to: the few sentences that a clerk can read out over the telephone.

use chrono::NaiveDate;

use super::dossier::{Cover, Dossier, Sentence, SourceRow};
use crate::{
    clean::money::yuan,
    ledger::{Step, Verdict, exempt::Exit},
    policy::ScopeGroup,
    tables::{RegistrationStatus, SourceKind},
};

fn say(zh: impl Into<String>, en: impl Into<String>) -> Sentence {
    Sentence { zh: zh.into(), en: en.into() }
}

/// The verdict, why the person belongs here, what is due, and what comes first.
pub(super) fn sentences(file: &Dossier) -> Vec<Sentence> {
    let Some(verdict) = Verdict::from_code(&file.cover.verdict) else { return Vec::new() };
    let is_to_act =
        matches!(verdict, Verdict::Unenrolled | Verdict::RegisteredUnpaid | Verdict::Review);
    let mut said = vec![judged(file, verdict)];
    if is_to_act {
        said.extend(scope(&file.cover));
        said.extend(due(&file.cover, file.run.as_of, verdict == Verdict::Review));
    }
    said.extend(first_step(&file.cover));
    said
}

/// A clause or a day in brackets; nothing where there is none.
fn by(clause: &str) -> (String, String) {
    match clause {
        "" => Default::default(),
        _ => (format!("（{clause}）"), format!(" ({clause})")),
    }
}

fn judged(file: &Dossier, verdict: Verdict) -> Sentence {
    let year = file.run.insurance_year;
    match verdict {
        Verdict::Unenrolled => say(
            format!("{year}年度没有参保，应保未保。"),
            format!("Not insured for {year}, and should be."),
        ),
        Verdict::RegisteredUnpaid => say(
            format!("{year}年度已登记，没有有效缴费。"),
            format!("Registered for {year}, but no valid payment is known."),
        ),
        Verdict::Review => say(
            format!("{year}年度是否参保尚不能断定，待核实；核实之前不按应保未保动员。"),
            format!("Whether there is cover for {year} is not certain: check first, do not urge."),
        ),
        Verdict::PaidUnregistered => {
            let paid = paid(&file.cover);
            say(
                format!("{}，但登记库中没有{year}年度的参保登记。", paid.zh),
                format!("{}, but the register has no enrolment for {year}.", paid.en),
            )
        }
        Verdict::Resident => {
            let (paid, from) = (paid(&file.cover), file.cover.benefit_from);
            let zh = from.map_or(String::new(), |it| format!("，待遇自{it}起"));
            let en = from.map_or(String::new(), |it| format!(", benefits from {it}"));
            say(
                format!("{year}年度已参加居民医保：{}{zh}。", paid.zh),
                format!("Insured as a resident for {year}: {}{en}.", paid.en),
            )
        }
        Verdict::Employee => say(
            "已参加职工医保，不需参加居民医保。",
            "Insured as an employee; no resident insurance is needed.",
        ),
        Verdict::Flexible => say(
            "以灵活就业人员身份参加职工医保，不需参加居民医保。",
            "Insured as flexibly employed; no resident insurance is needed.",
        ),
        Verdict::Elsewhere => elsewhere(&file.rows),
        Verdict::Exempt => exempt(&file.rows),
    }
}

fn paid(cover: &Cover) -> Sentence {
    let Some(on) = cover.paid_on else { return say("已缴费", "paid") };
    let (mut zh, mut en) = (format!("{on}缴费"), format!("paid on {on}"));
    if cover.paid_fen != 0 || cover.subsidised_fen == 0 {
        zh.push_str(&format!("，个人{}元", yuan(cover.paid_fen)));
        en.push_str(&format!(", {} yuan by the person", yuan(cover.paid_fen)));
    }
    if cover.subsidised_fen != 0 {
        zh.push_str(&format!("，资助{}元", yuan(cover.subsidised_fen)));
        en.push_str(&format!(", {} yuan by subsidy", yuan(cover.subsidised_fen)));
    }
    say(zh, en)
}

fn elsewhere(rows: &[SourceRow]) -> Sentence {
    let known = rows.iter().filter(|it| it.kind == SourceKind::Elsewhere.code());
    match known.filter_map(|it| it.on).max() {
        Some(until) => say(
            format!("已在外地参保（至{until}），不需在本地参保。"),
            format!("Insured elsewhere (until {until}); no cover is needed here."),
        ),
        None => {
            say("已在外地参保，不需在本地参保。", "Insured elsewhere; no cover is needed here.")
        }
    }
}

/// The first row that says why: a death, a list that exempts, the roster itself.
fn exempt(rows: &[SourceRow]) -> Sentence {
    let is_reason = |row: &&SourceRow| match SourceKind::from_code(&row.kind) {
        Some(SourceKind::Death | SourceKind::Exempt) => true,
        Some(SourceKind::Household) => row.state != RegistrationStatus::Registered.code(),
        _ => false,
    };
    let of = |kind: SourceKind| rows.iter().filter(is_reason).find(|it| it.kind == kind.code());
    let reason = of(SourceKind::Death).or(of(SourceKind::Exempt)).or(of(SourceKind::Household));
    let Some(row) = reason else {
        return say("不需在本地参保。", "Is not to be insured here.");
    };
    let is_death = row.kind == SourceKind::Death.code();
    let exit = if is_death { Some(Exit::Dead) } else { Exit::from_code(&row.state) };
    let exit = exit.unwrap_or(Exit::Other);
    let (on_zh, on_en) = by(&row.on.map_or_else(String::new, |it| it.to_string()));
    say(
        format!("不需在本地参保：{}{on_zh}。", exit.zh()),
        format!("Is not to be insured here: {}{on_en}.", exit.code().replace('-', " ")),
    )
}

fn scope(cover: &Cover) -> Option<Sentence> {
    let scope = ScopeGroup::from_code(&cover.scope)?;
    let (clause_zh, clause_en) = by(&cover.scope_clause);
    let en = match scope {
        ScopeGroup::Resident => "registered here",
        ScopeGroup::Permit => "living here by residence permit",
        ScopeGroup::Newborn => "born here",
        ScopeGroup::Student => "at school here",
    };
    Some(say(
        format!("属{}，应在本地参保{clause_zh}。", scope.zh()),
        format!("To be insured here: {en}{clause_en}."),
    ))
}

/// What is due and by when; what a doubtful person owes only if the doubt is not borne out.
fn due(cover: &Cover, as_of: NaiveDate, is_doubtful: bool) -> Option<Sentence> {
    let due = cover.due_fen?;
    let (clause_zh, clause_en) = by(&cover.due_clause);
    let (subsidy_zh, subsidy_en) = match cover.subsidy_fen {
        None | Some(0) => Default::default(),
        Some(fen) => {
            let (zh, en) = by(&cover.subsidy_clause);
            let yuan = yuan(fen);
            match due {
                0 => (
                    format!("，{yuan}元全部由资助负担{zh}"),
                    format!("; a subsidy of {yuan} yuan pays all{en}"),
                ),
                _ => (
                    format!("，已减去资助{yuan}元{zh}"),
                    format!(", after {yuan} yuan of subsidy{en}"),
                ),
            }
        }
    };
    let (if_zh, if_en) =
        if is_doubtful { ("若确未参保，", "If there is no cover: ") } else { ("", "") };
    let (mut zh, mut en) = match cover.deadline {
        Some(day) => (format!("最迟{day}办理，"), format!("by {day}, ")),
        None => Default::default(),
    };
    if due == 0 {
        zh.push_str("个人不需缴费");
        en.push_str("nothing is due from the person");
    } else {
        zh.push_str(&format!("个人应缴{}元{clause_zh}", yuan(due)));
        en.push_str(&format!("{} yuan are due{clause_en}", yuan(due)));
    }
    let (mut zh, mut en) = (format!("{if_zh}{zh}{subsidy_zh}"), format!("{if_en}{en}{subsidy_en}"));
    if let Some(from) = cover.benefit_from {
        zh.push_str(&format!("；{as_of}缴费的，待遇自{from}起"));
        en.push_str(&format!("; paid on {as_of}, benefits run from {from}"));
    }
    let mut letters = en.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    Some(say(format!("{zh}。"), format!("{}.", capital.chain(letters).collect::<String>())))
}

fn first_step(cover: &Cover) -> Option<Sentence> {
    let step = Step::from_code(&cover.step)?;
    let en = match step {
        Step::None => return None,
        // Nobody is asked for what a subsidy pays.
        Step::Pay if cover.due_fen == Some(0) => return None,
        Step::Pay => "ask the person to pay",
        Step::RegisterFirst => "register, then pay: the system has nobody to pay for yet",
        Step::CorrectIdFirst => "correct the certificate number",
        Step::CollectEvidence => "collect proof of cover elsewhere",
        Step::CheckIdentity => "check who it is",
        Step::AfterWindow => "the window is over: see whether payment is still possible",
    };
    Some(say(format!("下一步：{}。", step.zh()), format!("Next: {en}.")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::dossier::RunFacts;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The file of somebody who owes one yuan until the end of the year.
    fn file(verdict: Verdict) -> Dossier {
        Dossier {
            run: RunFacts { as_of: day("2023-12-20"), insurance_year: 2024, ..RunFacts::default() },
            cover: Cover {
                verdict: verdict.code().to_string(),
                scope: "resident".to_string(),
                scope_clause: "甲".to_string(),
                due_fen: Some(100),
                due_clause: "乙".to_string(),
                deadline: Some(day("2023-12-31")),
                benefit_from: Some(day("2024-01-01")),
                step: "pay".to_string(),
                ..Cover::default()
            },
            ..Dossier::default()
        }
    }

    #[track_caller]
    fn check(file: &Dossier, zh: &[&str]) {
        let said = sentences(file);
        let said_zh: Vec<&str> = said.iter().map(|it| it.zh.as_str()).collect();
        assert_eq!(said_zh, zh);
        let has_no_hanzi = |it: &Sentence| !it.en.contains(['，', '。', '元']);
        assert!(said.iter().all(has_no_hanzi), "{said:?}");
    }

    #[test]
    fn the_uninsured_are_told_what_is_due_until_when_and_by_which_clause() {
        check(
            &file(Verdict::Unenrolled),
            &[
                "2024年度没有参保，应保未保。",
                "属本地户籍，应在本地参保（甲）。",
                "最迟2023-12-31办理，个人应缴1.00元（乙）；2023-12-20缴费的，待遇自2024-01-01起。",
                "下一步：动员缴费。",
            ],
        );
    }

    #[test]
    fn nobody_is_asked_for_what_a_subsidy_pays() {
        let mut file = file(Verdict::Unenrolled);
        file.cover.due_fen = Some(0);
        file.cover.subsidy_fen = Some(200);
        file.cover.subsidy_clause = "丙".to_string();
        let said = sentences(&file);
        assert_eq!(
            said[2].zh,
            "最迟2023-12-31办理，个人不需缴费，2.00元全部由资助负担（丙）；\
             2023-12-20缴费的，待遇自2024-01-01起。"
        );
        assert_eq!(said.len(), 3, "{said:?}");
    }

    #[test]
    fn who_is_in_doubt_owes_only_if_the_doubt_is_not_borne_out() {
        let said = sentences(&file(Verdict::Review));
        assert!(said[2].zh.starts_with("若确未参保，"), "{said:?}");
        assert!(said[2].en.starts_with("If there is no cover: by 2023-12-31, "), "{said:?}");
    }

    #[test]
    fn who_is_excused_is_told_why_and_since_when() {
        let mut file = file(Verdict::Exempt);
        file.cover.step = "none".to_string();
        check(&file, &["不需在本地参保。"]);
        let row = |kind: &str, state: &str| SourceRow {
            kind: kind.to_string(),
            state: state.to_string(),
            on: Some(day("2023-09-25")),
            ..SourceRow::default()
        };
        file.rows = vec![row("household", "registered"), row("exempt", "army")];
        check(&file, &["不需在本地参保：现役军人（2023-09-25）。"]);
        file.rows.push(row("death", ""));
        check(&file, &["不需在本地参保：死亡（2023-09-25）。"]);
    }

    #[test]
    fn the_insured_are_told_since_when_and_by_whose_money() {
        let mut file = file(Verdict::Resident);
        file.cover.paid_on = Some(day("2023-11-20"));
        (file.cover.paid_fen, file.cover.subsidised_fen) = (100, 200);
        file.cover.step = "none".to_string();
        let paid = "2023-11-20缴费，个人1.00元，资助2.00元";
        check(&file, &[&format!("2024年度已参加居民医保：{paid}，待遇自2024-01-01起。")]);
        file.cover.verdict = Verdict::PaidUnregistered.code().to_string();
        check(&file, &[&format!("{paid}，但登记库中没有2024年度的参保登记。")]);
    }

    #[test]
    fn every_verdict_has_an_answer() {
        for verdict in Verdict::ALL {
            assert!(!sentences(&file(*verdict)).is_empty(), "{verdict:?}");
        }
    }
}
