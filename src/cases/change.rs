//! What is other between two nights: which cases came, went, came back or changed, and why.

use super::{Case, Reason, State, Why};

crate::labelled! {
    /// What became of a case from one night to another.
    pub enum Change {
        New = "new", "新增";
        Back = "back", "重新列入";
        Changed = "changed", "情况变化";
        Gone = "gone", "销号";
    }
}

/// A case that is other than it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseChange<'a> {
    pub change: Change,
    pub reason: Reason,
    /// Nothing where the case is new.
    pub before: Option<&'a Case>,
    pub after: &'a Case,
}

/// The changes from one book to a later one, in the order of finding ids. A case that the one has
/// not yet and the other has closed already is none: it was never on a list of either.
pub fn between<'a>(before: &'a [Case], after: &'a [Case]) -> Vec<CaseChange<'a>> {
    let changed = |after: &'a Case| {
        let id = |it: &Case| it.found.finding.cmp(&after.found.finding);
        let before = before.binary_search_by(id).ok().map(|at| &before[at]);
        let (change, reason) = match before {
            None if after.is_open() => (Change::New, after.touched.by),
            None => return None,
            Some(before) => match (before.is_open(), after.is_open()) {
                (true, true) => (Change::Changed, changed(before, after)?),
                (true, false) => (Change::Gone, after.closed.map_or(Reason::Data, |it| it.by)),
                (false, true) => (Change::Back, after.touched.by),
                (false, false) => return None,
            },
        };
        Some(CaseChange { change, reason, before, after })
    };
    after.iter().filter_map(changed).collect()
}

/// What an open case has changed by, if it has: another place or other evidence, or what was said.
pub(super) fn changed(before: &Case, after: &Case) -> Option<Reason> {
    let data = |it: &Case| {
        let found = &it.found;
        (found.township.clone(), found.village.clone(), found.evidence)
    };
    let said = |it: &Case| it.decision.as_ref().map(|decision| (decision.given.clone(), it.why));
    // It went and came back in between.
    let is_back = before.reopened != after.reopened;
    match () {
        _ if data(before) != data(after) || is_back => Some(Reason::Data),
        _ if said(before) != said(after) => Some(Reason::Answer),
        _ => None,
    }
}

/// Why a closed case is back; `found` is what made it be found.
pub(super) fn back(before: &Case, after: &Case, found: Reason) -> Reason {
    let was_answered = before.closed.is_some_and(|it| it.by == Reason::Answer);
    match (after.state, after.why) {
        (State::Reopened, Why::EvidenceChanged) => Reason::Data,
        (State::Reopened, Why::Expired) => Reason::Date,
        (State::Answered, _) if was_answered => Reason::Answer,
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::{Closed, Decision, Found, Given, RestsOn};

    /// Cases as `id state[/why] [evidence]`, closed by an answer.
    fn book(text: &str) -> Vec<Case> {
        text.lines().map(str::trim).filter(|it| !it.is_empty()).map(case).collect()
    }

    fn case(line: &str) -> Case {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (state, why) = words[1].split_once('/').unwrap_or((words[1], ""));
        let day = "2023-12-01".parse().unwrap();
        let found = Found {
            finding: words[0].to_string(),
            code: "E01".to_string(),
            person: String::new(),
            township: String::new(),
            village: String::new(),
            evidence: words.get(2).map_or(1, |it| it.parse().unwrap()),
            facts: 0,
            rests_on: RestsOn::Own,
        };
        let mut case = Case::new(&found, day, Reason::Policy);
        case.state = State::from_code(state).unwrap();
        case.why = Why::from_code(why).unwrap();
        case.closed = (!case.is_open()).then_some(Closed { by: Reason::Answer, on: day });
        if case.state == State::Answered {
            let text = |it: &str| it.to_string();
            let (proof, remark, from) = (text(""), text(""), text(""));
            let given = Given { on: Some(day), text: text("R1"), proof, remark, from };
            case.decision = Some(Decision { given, code: text("R1"), on_evidence: 1, until: None });
        }
        case
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &[&str]) {
        let (before, after) = (book(before), book(after));
        let found = between(&before, &after);
        let shown = found.iter().map(|it| {
            format!("{} {} {}", it.after.found.finding, it.change.code(), it.reason.code())
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_comes_goes_and_comes_back_is_told_with_its_reason() {
        check("F1 open", "F1 open\nF2 new\nF3 closed", &["F2 new policy"]);
        check("F1 open\nF2 closed", "F1 closed\nF2 closed", &["F1 gone answer"]);
        check("F1 closed", "F1 reopened/expired", &["F1 back policy"]);
    }

    #[test]
    fn what_brings_a_case_back_is_what_ended_the_answer_or_makes_it_be_found() {
        let reason = |after: &str| {
            let (before, after) = (case("F1 closed"), case(after));
            back(&before, &after, Reason::Policy)
        };
        assert_eq!(reason("F1 reopened/expired"), Reason::Date);
        assert_eq!(reason("F1 reopened/evidence-changed"), Reason::Data);
        assert_eq!(reason("F1 reopened/found-again"), Reason::Policy);
        assert_eq!(reason("F1 answered"), Reason::Answer);
    }

    #[test]
    fn an_open_case_changes_by_its_evidence_or_by_what_is_said_and_not_by_the_night() {
        check("F1 new\nF2 reopened/expired", "F1 open\nF2 open", &[]);
        check(
            "F1 open\nF2 open",
            "F1 open 2\nF2 answered",
            &["F1 changed data", "F2 changed answer"],
        );
    }
}
