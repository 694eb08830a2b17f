//! One night in the life of all cases.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Case, Closed, ClosedBy, Decision, Found, Given, State, Why,
    answer::{AnswerCode, Holds},
};

/// What a night knows of cases beside the book.
pub struct Night<'a> {
    pub as_of: NaiveDate,
    pub found: &'a [Found],
    pub answers: &'a [Given],
    /// The last day of the coverage year: until then answers about a year's cover hold.
    pub year_ends: NaiveDate,
    /// Whether rules, policy or program are others than when the book was last kept.
    pub has_other_rules: bool,
    /// A hash of everything that is known tonight of a person, answers left out; nothing where
    /// nobody is known by that key.
    pub facts: &'a dyn Fn(&str) -> Option<u64>,
}

/// Turns the page: the book of the night before becomes tonight's. Every case of the one is in the
/// other; the order is that of finding ids.
pub fn turn(before: Vec<Case>, night: &Night<'_>) -> Vec<Case> {
    let mut book: BTreeMap<String, Case> =
        before.into_iter().map(|it| (it.found.finding.clone(), it)).collect();
    let mut answers: BTreeMap<&str, Vec<&Given>> = BTreeMap::new();
    for given in night.answers {
        answers.entry(&given.finding).or_default().push(given);
    }
    let mut tonight: Vec<&str> = Vec::with_capacity(night.found.len());
    for found in night.found {
        tonight.push(&found.finding);
        let given = answers.get(found.finding.as_str()).map_or(&[][..], Vec::as_slice);
        let case = match book.remove(&found.finding) {
            None => Case::new(found, night.as_of),
            Some(case) => seen_again(case, found, given, night),
        };
        book.insert(found.finding.clone(), answered(case, given, night));
    }
    tonight.sort_unstable();
    for case in book.values_mut() {
        if case.is_open() && tonight.binary_search(&case.found.finding.as_str()).is_err() {
            let given = answers.get(case.found.finding.as_str()).map_or(&[][..], Vec::as_slice);
            gone(case, given, night);
        }
    }
    book.into_values().collect()
}

/// A case that was in the book and is found tonight.
fn seen_again(mut case: Case, found: &Found, given: &[&Given], night: &Night<'_>) -> Case {
    case.found = found.clone();
    if case.last_seen != night.as_of {
        case.nights += 1;
        case.last_seen = night.as_of;
    }
    // Of two answers that contradict each other neither holds, so neither runs out.
    let is_contradicted = case.why == Why::Contradicted;
    let overtaken = case
        .decision
        .as_ref()
        .and_then(|it| overtaken(it, found, night))
        .filter(|why| *why != Why::Expired || !is_contradicted);
    match (overtaken, case.closed) {
        (Some(why), _) => {
            let was_closed = case.state == State::Closed;
            case.spent.extend(case.decision.take().into_iter().flat_map(|it| spent(it, given)));
            if was_closed {
                reopen(&mut case, why);
            } else {
                (case.state, case.why) = (State::Open, Why::Nothing);
            }
        }
        (None, Some(Closed { by: ClosedBy::Answer, .. })) => {}
        (None, Some(_)) => reopen(&mut case, Why::FoundAgain),
        (None, None) if case.decision.is_none() => {
            (case.state, case.why) = (State::Open, Why::Nothing);
        }
        // It came back, and what was said of it before still holds.
        (None, None) if case.state == State::Reopened => {
            (case.state, case.why) = (State::Answered, Why::Nothing);
        }
        (None, None) => {}
    }
    case
}

fn reopen(case: &mut Case, why: Why) {
    (case.state, case.why, case.closed) = (State::Reopened, why, None);
    case.reopened += 1;
}

/// Why an answer does not hold any more, if it does not.
fn overtaken(decision: &Decision, found: &Found, night: &Night<'_>) -> Option<Why> {
    if decision.on_evidence != found.evidence {
        return Some(Why::EvidenceChanged);
    }
    decision.until.is_some_and(|until| until < night.as_of).then_some(Why::Expired)
}

/// What goes with an answer that is overtaken: whatever was said no later, in whichever file. A list
/// that was handed in twice is one answer.
fn spent(decision: Decision, given: &[&Given]) -> Vec<Given> {
    let is_older = |it: &&&Given| it.on <= decision.given.on && **it != &decision.given;
    let mut spent: Vec<Given> = given.iter().filter(is_older).map(|it| (*it).clone()).collect();
    spent.push(decision.given);
    spent
}

/// The same case after the newest answer to it that is not spent.
fn answered(mut case: Case, given: &[&Given], night: &Night<'_>) -> Case {
    let is_fresh = |it: &&&Given| !case.is_spent(it) && it.on.is_none_or(|on| on <= night.as_of);
    let Some(newest) = given.iter().filter(is_fresh).map(|it| it.on).max() else { return case };
    let mut last: Vec<&Given> =
        given.iter().filter(is_fresh).filter(|it| it.on == newest).copied().collect();
    // Of two that say the same the proven one counts: proof often comes later, under the first day.
    last.sort_by_key(|it| (it.proof.trim().is_empty(), *it));
    let Some(given) = last.first().copied() else { return case };
    if case.decision.as_ref().is_some_and(|it| it.given.on > given.on) {
        return case;
    }
    let codes: Vec<Option<&AnswerCode>> =
        last.iter().map(|it| AnswerCode::read(&it.text)).collect();
    let code = codes[0];
    let decision = Decision {
        given: given.clone(),
        code: code.map_or("", |it| it.code).to_string(),
        on_evidence: case.found.evidence,
        until: code.and_then(|it| until(it, given, night)),
    };
    let is_open = |why| (State::Answered, why, None);
    let closed = case.closed.filter(|it| it.by == ClosedBy::Answer);
    (case.state, case.why, case.closed) = match code {
        _ if codes.iter().any(|it| *it != code) => is_open(Why::Contradicted),
        None => is_open(Why::Unreadable),
        Some(it) if !it.closes => is_open(Why::Nothing),
        Some(_) if given.proof.trim().is_empty() => is_open(Why::NoProof),
        Some(_) if decision.until.is_some_and(|it| it < night.as_of) => is_open(Why::Expired),
        Some(_) => {
            let closed = closed.unwrap_or(Closed { by: ClosedBy::Answer, on: night.as_of });
            (State::Closed, Why::Nothing, Some(closed))
        }
    };
    // The evidence is that of the night on which the answer was taken first.
    let is_same = case.decision.as_ref().is_some_and(|it| it.given == decision.given);
    if !is_same {
        case.decision = Some(decision);
    }
    case
}

/// The last day of an answer: the last that it names itself, else what its code says.
fn until(code: &AnswerCode, given: &Given, night: &Night<'_>) -> Option<NaiveDate> {
    let named = [&given.proof, &given.remark].into_iter().filter_map(|it| named_day(it)).max();
    named.or(match code.holds {
        Holds::Always => None,
        Holds::Year => Some(night.year_ends),
    })
}

/// The day that a text gives as an end: 至2024-06-30, 有效期到2024年6月30日.
fn named_day(text: &str) -> Option<NaiveDate> {
    let ends = text.match_indices(['至', '到']).map(|(at, it)| &text[at + it.len()..]);
    ends.filter_map(|rest| {
        let mut numbers = rest.split(|it: char| !it.is_ascii_digit()).map(|it| it.parse().ok());
        let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    })
    .max()
}

/// A case that is not found any more. Where nothing else is known of the person than before, it was
/// a proven answer that took it off the list, or else other rules.
fn gone(case: &mut Case, given: &[&Given], night: &Night<'_>) {
    let is_unchanged = (night.facts)(&case.found.person) == Some(case.found.facts);
    let after = answered(case.clone(), given, night);
    let by = match after.state {
        State::Closed if is_unchanged => {
            *case = after;
            return;
        }
        _ if is_unchanged && night.has_other_rules => ClosedBy::Rule,
        _ => ClosedBy::Data,
    };
    (case.state, case.why) = (State::Closed, Why::Nothing);
    case.closed = Some(Closed { by, on: night.as_of });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cases::ANSWERS;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Lives through a story and compares the state of the one case after each night. A line is a
    /// night: its day, the evidence of the case (`-` where it is not found), then answers as
    /// `code@day[+proof]`, in Lengshi's year; `rules` says that rules have changed, `same` that the
    /// person's data have not.
    #[track_caller]
    fn check(story: &str) {
        let mut book = Vec::new();
        for line in story.lines().map(str::trim).filter(|it| !it.is_empty()) {
            let (night, expected) = line.split_once("=>").expect("what is expected");
            let mut words = night.split_whitespace();
            let as_of = day(words.next().unwrap());
            let evidence = words.next().unwrap();
            let (mut answers, mut has_other_rules, mut is_same) = (Vec::new(), false, false);
            for word in words {
                match word {
                    "rules" => has_other_rules = true,
                    "same" => is_same = true,
                    answer => answers.push(given(answer)),
                }
            }
            let found: Vec<Found> = evidence.parse().map(found).into_iter().collect();
            let year_ends = day("2024-12-31");
            let facts = |_: &str| is_same.then_some(FACTS);
            let (found, answers) = (&found[..], &answers[..]);
            let night = Night { as_of, found, answers, year_ends, has_other_rules, facts: &facts };
            book = turn(book, &night);
            assert_eq!(show(&book), expected.trim(), "{line}");
        }
    }

    fn found(evidence: u64) -> Found {
        let text = |it: &str| it.to_string();
        Found {
            finding: text("F1"),
            code: text("E01"),
            person: text("P1"),
            township: text("430923109"),
            village: text("430923109204"),
            evidence,
            facts: FACTS,
        }
    }

    /// What is known of the person.
    const FACTS: u64 = 7;

    fn given(word: &str) -> Given {
        let (code, rest) = word.split_once('@').expect("code@day");
        let (on, proof) = rest.split_once('+').unwrap_or((rest, ""));
        Given {
            finding: "F1".to_string(),
            on: Some(day(on)),
            text: code.to_string(),
            proof: proof.to_string(),
            remark: String::new(),
            from: "冷市镇.xlsx".to_string(),
        }
    }

    /// `state[/why] nights[ by closed-by day][ reopened n]`.
    fn show(book: &[Case]) -> String {
        let [case] = book else { return format!("{} cases", book.len()) };
        let mut shown = case.state.code().to_string();
        if case.why != Why::Nothing {
            shown.push_str(&format!("/{}", case.why.code()));
        }
        shown.push_str(&format!(" {}", case.nights));
        if let Some(closed) = case.closed {
            shown.push_str(&format!(" by {} {}", closed.by.code(), closed.on));
        }
        if case.reopened > 0 {
            shown.push_str(&format!(" reopened {}", case.reopened));
        }
        shown
    }

    #[test]
    fn proof_that_comes_later_under_the_same_day_counts() {
        check(
            "
            2023-12-01 1 D1@2023-12-01 => answered/no-proof 1
            2023-12-02 1 D1@2023-12-01 D1@2023-12-01+证明 => closed 2 by answer 2023-12-02
            ",
        );
    }

    #[test]
    fn an_answer_that_stays_is_the_state_again_the_night_after_the_case_came_back() {
        check(
            "
            2023-12-01 1 R1@2023-12-01 => answered 1
            2023-12-02 - => closed 1 by data 2023-12-02
            2023-12-03 1 => reopened/found-again 2 reopened 1
            2023-12-04 1 => answered 3 reopened 1
            ",
        );
    }

    #[test]
    fn of_two_that_contradict_each_other_neither_runs_out() {
        check(
            "
            2023-12-01 1 E1@2023-12-01+至2023-12-02 R1@2023-12-01 => answered/contradicted 1
            2023-12-03 1 => answered/contradicted 2
            ",
        );
    }

    #[test]
    fn what_was_said_no_later_than_an_overtaken_answer_is_overtaken_with_it() {
        check(
            "
            2023-12-01 1 K1@2023-12-01+甲 D1@2023-12-02+乙 => closed 1 by answer 2023-12-01
            2023-12-02 1 K1@2023-12-01+甲 D1@2023-12-02+乙 => closed 2 by answer 2023-12-01
            2023-12-03 2 K1@2023-12-01+甲 D1@2023-12-02+乙 => reopened/evidence-changed 3 reopened 1
            2023-12-04 2 K1@2023-12-01+甲 D1@2023-12-02+乙 => open 4 reopened 1
            2023-12-05 2 K1@2023-12-05+丙 => closed 5 by answer 2023-12-05 reopened 1
            ",
        );
    }

    #[test]
    fn a_case_is_new_then_open_until_the_data_close_it() {
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 1 => open 2
            2023-12-02 1 => open 2
            2023-12-03 - => closed 2 by data 2023-12-03
            2023-12-04 - => closed 2 by data 2023-12-03
            2023-12-05 2 => reopened/found-again 3 reopened 1
            2023-12-06 2 => open 4 reopened 1
            ",
        );
    }

    #[test]
    fn an_answer_with_its_proof_closes_a_case_for_as_long_as_the_evidence_stands() {
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 1 D1@2023-12-02+死亡证明 => closed 2 by answer 2023-12-02
            2023-12-03 1 D1@2023-12-02+死亡证明 => closed 3 by answer 2023-12-02
            2023-12-04 1 => closed 4 by answer 2023-12-02
            2023-12-05 2 D1@2023-12-02+死亡证明 => reopened/evidence-changed 5 reopened 1
            2023-12-06 2 D1@2023-12-02+死亡证明 => open 6 reopened 1
            2023-12-07 2 D1@2023-12-07+火化证明 => closed 7 by answer 2023-12-07 reopened 1
            ",
        );
    }

    #[test]
    fn an_answer_without_proof_or_of_no_known_kind_closes_nothing() {
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 1 E1@2023-12-02 => answered/no-proof 2
            2023-12-03 1 E1@2023-12-02 => answered/no-proof 3
            2023-12-04 1 E1@2023-12-04+深圳参保凭证 => closed 4 by answer 2023-12-04
            ",
        );
        check(
            "
            2023-12-01 1 不知道@2023-12-01+无 => answered/unreadable 1
            2023-12-02 1 R1@2023-12-02+告知书 => answered 2
            2023-12-03 1 R1@2023-12-02+告知书 => answered 3
            2023-12-04 - => closed 3 by data 2023-12-04
            ",
        );
    }

    #[test]
    fn an_answer_that_names_its_end_holds_until_then_and_reopens_once() {
        check(
            "
            2024-06-28 1 E1@2024-01-05+深圳居民参保至2024-06-30 => closed 1 by answer 2024-06-28
            2024-06-30 1 E1@2024-01-05+深圳居民参保至2024-06-30 => closed 2 by answer 2024-06-28
            2024-07-01 1 E1@2024-01-05+深圳居民参保至2024-06-30 => reopened/expired 3 reopened 1
            2024-07-02 1 E1@2024-01-05+深圳居民参保至2024-06-30 => open 4 reopened 1
            ",
        );
        check(
            "
            2024-12-31 1 M1@2024-01-05+入伍通知书 => closed 1 by answer 2024-12-31
            2025-01-01 1 M1@2024-01-05+入伍通知书 => reopened/expired 2 reopened 1
            ",
        );
    }

    #[test]
    fn two_places_that_contradict_each_other_close_nothing() {
        check(
            "
            2023-12-01 1 D1@2023-12-01+死亡证明 R1@2023-12-01+告知书 => answered/contradicted 1
            2023-12-02 1 D1@2023-12-01+死亡证明 R1@2023-12-01+告知书 => answered/contradicted 2
            2023-12-03 1 D1@2023-12-01+死亡证明 R1@2023-12-03+告知书 => answered 3
            ",
        );
    }

    #[test]
    fn an_old_list_that_returns_late_undoes_no_newer_answer() {
        check(
            "
            2023-12-01 1 E1@2023-12-01+凭证 => closed 1 by answer 2023-12-01
            2023-12-02 1 L1@2023-11-20+证明人 => closed 2 by answer 2023-12-01
            2023-12-03 1 L1@2023-12-03+证明人 => answered 3
            ",
        );
    }

    #[test]
    fn a_case_that_other_rules_do_not_find_any_more_says_so() {
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 - rules same => closed 1 by rule 2023-12-02
            ",
        );
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 - rules => closed 1 by data 2023-12-02
            ",
        );
    }

    #[test]
    fn a_case_that_an_answer_took_off_the_list_was_closed_by_it() {
        check(
            "
            2023-12-01 1 E1@2023-12-01 => answered/no-proof 1
            2023-12-02 - same E1@2023-12-02+凭证 => closed 1 by answer 2023-12-02
            ",
        );
    }

    /// The evidence of each case, or none, and answers: case, code, whether there is proof.
    type Tale = (Vec<Option<u64>>, Vec<(usize, usize, bool)>);

    /// The nights of a random story.
    fn nights() -> impl Strategy<Value = Vec<Tale>> {
        let evidence = prop::collection::vec(prop::option::weighted(0.8, 0u64..3), 4);
        let answers =
            prop::collection::vec((0usize..4, 0usize..ANSWERS.len(), any::<bool>()), 0..3);
        prop::collection::vec((evidence, answers), 1..12)
    }

    proptest! {
        #[test]
        fn no_case_is_lost_and_what_was_answered_comes_back_only_for_a_reason(story in nights()) {
            let (mut book, mut given): (Vec<Case>, Vec<Given>) = (Vec::new(), Vec::new());
            for (at, (evidence, answers)) in story.iter().enumerate() {
                let as_of = day("2023-12-01") + chrono::Days::new(at as u64);
                let name = |case: usize| format!("F{case}");
                let seen = evidence.iter().enumerate();
                let seen = seen.filter_map(|(case, it)| Some((case, (*it)?)));
                let found: Vec<Found> = seen
                    .map(|(case, it)| Found { finding: name(case), ..found(it) })
                    .collect();
                given.extend(answers.iter().map(|(case, code, has_proof)| Given {
                    finding: name(*case),
                    on: Some(as_of),
                    text: ANSWERS[*code].code.to_string(),
                    proof: if *has_proof { "证明".to_string() } else { String::new() },
                    remark: String::new(),
                    from: String::new(),
                }));
                let (year_ends, facts) = (day("2024-12-31"), |_: &str| None);
                let (found, answers) = (&found[..], &given[..]);
                let has_other_rules = false;
                let night =
                    Night { as_of, found, answers, year_ends, has_other_rules, facts: &facts };
                let before = book.clone();
                book = turn(book, &night);
                prop_assert!(book.is_sorted_by(|a, b| a.found.finding < b.found.finding));
                for old in &before {
                    let new = book.iter().find(|it| it.found.finding == old.found.finding);
                    let new = new.expect("a case was lost");
                    let by_answer = old.closed.is_some_and(|it| it.by == ClosedBy::Answer);
                    let is_back = by_answer && new.is_open();
                    let given = |it: &Case| it.decision.as_ref().map(|it| it.given.clone());
                    let has_answer = given(new).is_some() && given(new) != given(old);
                    let is_other = new.found.evidence != old.found.evidence;
                    prop_assert!(!is_back || is_other || has_answer, "{old:?}\n{new:?}");
                }
                for case in &book {
                    prop_assert_eq!(case.is_open(), case.closed.is_none());
                    prop_assert!(case.nights as usize <= at + 1);
                }
                // The same night again is the same book.
                prop_assert_eq!(turn(before, &night), book.clone());
            }
        }
    }
}
