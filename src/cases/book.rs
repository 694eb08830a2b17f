//! One night in the life of all cases.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Case, Changed, Closed, Decision, Found, Given, Heard, Reason, State, Touched, Why,
    change::{back, changed},
};
use crate::tables::{AnswerCode, Holds, end_named_in};

/// What a night knows of cases beside the book.
pub struct Night<'a> {
    pub as_of: NaiveDate,
    pub found: &'a [Found],
    /// Answers, by finding.
    pub answers: &'a BTreeMap<String, Vec<Given>>,
    /// The last day of the coverage year: until then answers about a year's cover hold.
    pub year_ends: NaiveDate,
    pub changed: Changed,
    /// A hash of everything that is known tonight of a person, answers left out; nothing where
    /// nobody is known by that key.
    pub facts: &'a dyn Fn(&str) -> Option<u64>,
    /// The same as the book has it.
    pub facts_before: &'a dyn Fn(&str) -> Option<u64>,
}

impl Night<'_> {
    /// What makes that be found which was not.
    fn reason(&self, found: &Found) -> Reason {
        let is_unchanged = (self.facts_before)(&found.person) == Some(found.facts);
        self.changed.reason(is_unchanged, found.rests_on)
    }
}

/// Turns the page: the book of the night before becomes tonight's. Every case of the one is in the
/// other; the order is that of finding ids.
pub fn turn(before: Vec<Case>, night: &Night<'_>) -> Vec<Case> {
    let mut book: BTreeMap<String, Case> =
        before.into_iter().map(|it| (it.found.finding.clone(), it)).collect();
    let mut tonight: Vec<&str> = Vec::with_capacity(night.found.len());
    for found in night.found {
        tonight.push(&found.finding);
        let case = match book.remove(&found.finding) {
            None => first_seen(found, night),
            Some(before) => {
                let case = seen_again(before.clone(), found, night);
                touch(case, &before, night)
            }
        };
        book.insert(found.finding.clone(), case);
    }
    tonight.sort_unstable();
    for case in book.values_mut() {
        if tonight.binary_search(&case.found.finding.as_str()).is_err() {
            hear(case, night);
            if case.is_open() {
                gone(case, night);
            }
        }
    }
    book.into_values().collect()
}

/// A case that is in no book.
fn first_seen(found: &Found, night: &Night<'_>) -> Case {
    let mut case = Case::new(found, night.as_of, night.reason(found));
    hear(&mut case, night);
    decide(&mut case, night);
    if case.state == State::Open {
        case.state = State::New;
    }
    case
}

/// A case that was in the book and is found tonight.
fn seen_again(mut case: Case, found: &Found, night: &Night<'_>) -> Case {
    let overtaken = overtaken(&case, found, night);
    if overtaken.is_some() {
        case.spend();
    }
    case.found = found.clone();
    if case.last_seen != night.as_of {
        case.nights += 1;
        case.last_seen = night.as_of;
    }
    let n_heard = case.heard.len();
    hear(&mut case, night);
    let is_said = case.heard.len() > n_heard;
    let closed = case.closed.take().filter(|_| case.state == State::Closed);
    decide(&mut case, night);
    let was_answered = closed.is_some_and(|it| it.by == Reason::Answer);
    match (closed, case.closed) {
        // A proven answer closed it before, and still does.
        (Some(closed), Some(_)) if was_answered && overtaken.is_none() => {
            case.closed = Some(closed);
        }
        // What the township said last brings it back: that is an answer, not a change.
        (Some(_), None) if was_answered && overtaken.is_none() => {}
        (Some(_), None) => {
            case.reopened += 1;
            // What is said tonight comes before what is back tonight.
            if !is_said || case.decision.is_none() {
                (case.state, case.why) = (State::Reopened, overtaken.unwrap_or(Why::FoundAgain));
            }
        }
        _ => {}
    }
    case
}

/// Takes down what has become of an open case tonight.
fn touch(mut case: Case, before: &Case, night: &Night<'_>) -> Case {
    let by = match (before.is_open(), case.is_open()) {
        (_, false) => None,
        (true, true) => changed(before, &case),
        (false, true) => Some(back(before, &case, night.reason(&case.found))),
    };
    if let Some(by) = by {
        case.touched = Touched { by, on: night.as_of };
    }
    case
}

/// Why the answers so far do not hold any more, if they do not.
fn overtaken(case: &Case, found: &Found, night: &Night<'_>) -> Option<Why> {
    let stood_on = case.decision.as_ref().map_or(case.found.evidence, |it| it.on_evidence);
    if case.heard.iter().any(|it| !it.is_spent) && stood_on != found.evidence {
        return Some(Why::EvidenceChanged);
    }
    let until = case.decision.as_ref().and_then(|it| it.until);
    until.is_some_and(|until| until < night.as_of).then_some(Why::Expired)
}

/// Takes down the answers that have come, each once; those of days to come wait for their day.
fn hear(case: &mut Case, night: &Night<'_>) {
    let answers = night.answers.get(&case.found.finding).into_iter().flatten();
    for given in answers.filter(|it| it.on.is_none_or(|on| on <= night.as_of)) {
        if !case.heard.iter().any(|it| it.given.is_same(given)) {
            case.heard.push(Heard { given: given.clone(), is_spent: false });
        }
    }
}

/// Where a case that is found stands by the last answer that still decides.
fn decide(case: &mut Case, night: &Night<'_>) {
    let codes: Vec<Option<&AnswerCode>>;
    let given = {
        let last = case.last_heard();
        codes = last.iter().map(|it| AnswerCode::read(&it.text)).collect();
        last.first().map(|it| (*it).clone())
    };
    let Some(given) = given else {
        (case.state, case.why, case.decision) = (State::Open, Why::Nothing, None);
        return;
    };
    let code = codes[0];
    let until = code.and_then(|it| until(it, &given, night));
    let is_open = |why| (State::Answered, why, None);
    (case.state, case.why, case.closed) = match code {
        _ if codes.iter().any(|it| *it != code) => is_open(Why::Contradicted),
        None => is_open(Why::Unreadable),
        Some(it) if !it.closes => is_open(Why::Nothing),
        Some(_) if given.proof.trim().is_empty() => is_open(Why::NoProof),
        Some(_) if until.is_some_and(|it| it < night.as_of) => is_open(Why::Expired),
        Some(_) => {
            let closed = Closed { by: Reason::Answer, on: night.as_of };
            (State::Closed, Why::Nothing, Some(closed))
        }
    };
    // The evidence is that of the night on which the answer was taken first.
    let is_same = case.decision.as_ref().is_some_and(|it| it.given.is_same(&given));
    let on_evidence = case.decision.as_ref().filter(|_| is_same).map(|it| it.on_evidence);
    let on_evidence = on_evidence.unwrap_or(case.found.evidence);
    // What closes nothing has no end either.
    let until = until.filter(|_| case.closed.is_some() || case.why == Why::Expired);
    let code = code.map_or("", |it| it.code).to_string();
    case.decision = Some(Decision { given, code, on_evidence, until });
}

/// The last day of an answer: the last that it names itself, else what its code says.
fn until(code: &AnswerCode, given: &Given, night: &Night<'_>) -> Option<NaiveDate> {
    let named = [&given.proof, &given.remark].into_iter().filter_map(|it| end_named_in(it)).max();
    named.or(match code.holds {
        Holds::Always => None,
        Holds::Year => Some(night.year_ends),
    })
}

/// A case that is not found any more. Where nothing else is known of the person than before, it was
/// an answer that took it off the list, or else other rules, or the day.
fn gone(case: &mut Case, night: &Night<'_>) {
    let is_unchanged = (night.facts)(&case.found.person) == Some(case.found.facts);
    decide(case, night);
    let code = case.decision.as_ref().and_then(|it| AnswerCode::read(&it.code));
    let by = match is_unchanged && code.is_some_and(|it| it.closes) {
        true => Reason::Answer,
        false => night.changed.reason(is_unchanged, case.found.rests_on),
    };
    (case.state, case.why) = (State::Closed, Why::Nothing);
    case.closed = Some(Closed { by, on: night.as_of });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{cases::RestsOn, tables::ANSWERS};

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
            let (mut answers, mut changed) = (Vec::new(), Changed::default());
            let mut is_same = false;
            for word in words {
                match word {
                    "rules" => changed.rules = true,
                    "policy" => changed.policy = true,
                    "same" => is_same = true,
                    answer => answers.push(given(answer)),
                }
            }
            let found: Vec<Found> = evidence.parse().map(found).into_iter().collect();
            let year_ends = day("2024-12-31");
            let facts = |_: &str| is_same.then_some(FACTS);
            let answers = BTreeMap::from([("F1".to_string(), answers)]);
            let (found, answers, facts) = (&found[..], &answers, &facts);
            let night =
                Night { as_of, found, answers, year_ends, changed, facts, facts_before: facts };
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
            rests_on: RestsOn::Own,
        }
    }

    /// What is known of the person.
    const FACTS: u64 = 7;

    fn given(word: &str) -> Given {
        let (code, rest) = word.split_once('@').expect("code@day");
        let (on, proof) = rest.split_once('+').unwrap_or((rest, ""));
        Given {
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
    fn an_older_answer_does_not_come_up_when_a_newer_one_is_overtaken() {
        check(
            "
            2023-12-01 1 L1@2023-12-01+证明人 => answered 1
            2023-12-02 1 L1@2023-12-01+证明人 D1@2023-12-02+死亡证明 => closed 2 by answer 2023-12-02
            2023-12-03 2 L1@2023-12-01+证明人 D1@2023-12-02+死亡证明 => reopened/evidence-changed 3 reopened 1
            2023-12-04 2 L1@2023-12-01+证明人 K1@2023-12-01+迟到 => open 4 reopened 1
            2023-12-05 2 K1@2023-12-04+经办人核实 => closed 5 by answer 2023-12-05 reopened 1
            ",
        );
    }

    #[test]
    fn a_night_without_the_data_undoes_no_answer() {
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 - R1@2023-12-02+告知书 => closed 1 by data 2023-12-02
            2023-12-03 1 => reopened/found-again 2 reopened 1
            2023-12-04 1 => answered 3 reopened 1
            2023-12-05 - => closed 3 by data 2023-12-05 reopened 1
            2023-12-06 - K1@2023-12-05+经办人核实 => closed 3 by data 2023-12-05 reopened 1
            2023-12-07 1 => closed 4 by answer 2023-12-07 reopened 1
            2023-12-08 - => closed 4 by answer 2023-12-07 reopened 1
            2023-12-09 2 => reopened/evidence-changed 5 reopened 2
            ",
        );
    }

    #[test]
    fn the_same_answer_from_another_file_is_no_other_answer() {
        let mut case = Case::new(&found(1), day("2023-12-01"), Reason::Data);
        let from = |file: &str| Given { from: file.into(), ..given("D1@2023-12-01+死亡证明") };
        let mut answers = BTreeMap::from([("F1".to_string(), vec![from("a.xlsx")])]);
        for (file, evidence) in [("a.xlsx", 1), ("存档/a.xlsx", 2)] {
            answers.insert("F1".to_string(), vec![from(file)]);
            let night = Night {
                as_of: day("2023-12-02"),
                found: &[found(evidence)],
                answers: &answers,
                year_ends: day("2024-12-31"),
                changed: Changed::default(),
                facts: &|_| None,
                facts_before: &|_| None,
            };
            case = turn(vec![case], &night).remove(0);
        }
        assert_eq!((case.state, case.heard.len()), (State::Reopened, 1));
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
            2023-12-02 - rules policy same => closed 1 by policy 2023-12-02
            ",
        );
        check(
            "
            2023-12-01 1 => new 1
            2023-12-02 - same => closed 1 by date 2023-12-02
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
            let mut book: Vec<Case> = Vec::new();
            let mut given: BTreeMap<String, Vec<Given>> = BTreeMap::new();
            for (at, (evidence, answers)) in story.iter().enumerate() {
                let as_of = day("2023-12-01") + chrono::Days::new(at as u64);
                let name = |case: usize| format!("F{case}");
                let seen = evidence.iter().enumerate();
                let seen = seen.filter_map(|(case, it)| Some((case, (*it)?)));
                let found: Vec<Found> = seen
                    .map(|(case, it)| Found { finding: name(case), ..found(it) })
                    .collect();
                for (case, code, has_proof) in answers {
                    given.entry(name(*case)).or_default().push(Given {
                        on: Some(as_of),
                        text: ANSWERS[*code].code.to_string(),
                        proof: if *has_proof { "证明".to_string() } else { String::new() },
                        remark: String::new(),
                        from: String::new(),
                    });
                }
                let (year_ends, facts) = (day("2024-12-31"), |_: &str| None);
                let (found, answers, facts) = (&found[..], &given, &facts);
                let changed = Changed::default();
                let night =
                    Night { as_of, found, answers, year_ends, changed, facts, facts_before: facts };
                let before = book.clone();
                book = turn(book, &night);
                prop_assert!(book.is_sorted_by(|a, b| a.found.finding < b.found.finding));
                for old in &before {
                    let new = book.iter().find(|it| it.found.finding == old.found.finding);
                    let new = new.expect("a case was lost");
                    let by_answer = old.closed.is_some_and(|it| it.by == Reason::Answer);
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
