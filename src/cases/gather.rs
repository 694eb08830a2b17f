//! The answers that have come back, each to its findings.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    Case, Found, Given, RestsOn,
    known::{ByKey, Known, is_of_other, known},
};
use crate::{
    findings::RunView,
    history::BatchNumber,
    identity::PersonId,
    ledger::Context,
    tables::{Answer, RecordId},
};

/// The codes of findings that a row without a finding's id may be an answer to, the first first:
/// a village wrote somebody down by hand.
const ASKED: [&str; 4] = ["E01", "E02", "E05", "E06"];

crate::labelled! {
    /// What became of a row of a returned list.
    pub enum Outcome {
        Taken = "taken", "已采用";
        ByPerson = "by-person", "按人匹配后采用";
        Blank = "blank", "未填写";
        ToCome = "to-come", "反馈日期晚于数据日期";
        OfOther = "other-name", "编号与姓名或村不符，未采用";
        Unknown = "unknown", "找不到对应的问题或人员";
    }
}

/// A row of a returned list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    pub record: RecordId,
    pub outcome: Outcome,
    /// The finding that it was taken for; empty where none was.
    pub finding: String,
}

/// What all returned lists come to.
pub(super) struct Answers {
    /// By finding, in order.
    pub given: BTreeMap<String, Vec<Given>>,
    /// Every row, in the order of records.
    pub returned: Vec<Returned>,
}

/// An answer goes to the finding it names, if the row is not about another person, else to what is
/// open of the person whom the row describes. What is said at a door is said of all that was asked
/// there.
pub(super) fn gather(
    cx: &Context<'_>,
    run: &RunView<'_>,
    before: &[Case],
    found: &[Found],
    people: &ByKey<'_>,
) -> Answers {
    let rows = &run.tables.answers;
    let mut answers = Answers { given: BTreeMap::new(), returned: Vec::with_capacity(rows.len()) };
    if rows.is_empty() {
        return answers;
    }
    let book = Book::new(cx, run, known(before, found, cx.as_of));
    for row in rows {
        let (outcome, at) = book.find(row, people);
        let finding = at.map_or("", |at| book.known[at].found.finding.as_str());
        let is_taken = matches!(outcome, Outcome::Taken | Outcome::ByPerson);
        if let Some(at) = at.filter(|_| is_taken) {
            let given = of_row(cx, row);
            for it in book.asked_with(at, &given) {
                answers.given.entry(it.to_string()).or_default().push(given.clone());
            }
        }
        let record = row.subject.record;
        answers.returned.push(Returned { record, outcome, finding: finding.to_string() });
    }
    for given in answers.given.values_mut() {
        given.sort();
        given.dedup();
    }
    answers
}

/// What answers are looked up in.
struct Book<'a> {
    cx: &'a Context<'a>,
    known: Vec<Known<'a>>,
    /// Positions in `known` of what was asked at a person's door, by the person's key.
    doors: FxHashMap<&'a str, Vec<usize>>,
    /// The key of each answer's person.
    persons: FxHashMap<RecordId, String>,
}

impl<'a> Book<'a> {
    fn new(cx: &'a Context<'a>, run: &RunView<'_>, known: Vec<Known<'a>>) -> Book<'a> {
        let mut doors: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, it) in known.iter().enumerate() {
            if is_at_a_door(it.found) {
                doors.entry(&it.found.person).or_default().push(at);
            }
        }
        let mut persons = FxHashMap::default();
        for (at, person) in run.people.iter().enumerate() {
            for row in run.files.of(PersonId(at as u32)).answers {
                persons.insert(row.subject.record, person.key.to_string());
            }
        }
        Book { cx, known, doors, persons }
    }

    /// What becomes of a row, and the finding that it is about.
    fn find(&self, row: &Answer, people: &ByKey<'_>) -> (Outcome, Option<usize>) {
        let is_said = [row.answer, row.evidence, row.remark].iter().any(|it| it.is_some());
        let id = self.cx.text(row.finding);
        let named = self.known.binary_search_by(|it| it.found.finding.as_str().cmp(id)).ok();
        let is_of_other = named.is_some_and(|at| {
            let person = people.person(&self.known[at].found.person);
            person.is_some_and(|it| is_of_other(self.cx.texts, row, it))
        });
        let at = named.filter(|_| !is_of_other);
        let by_person = || {
            let open = self.doors.get(self.persons.get(&row.subject.record)?.as_str())?;
            let code = |at: &usize| self.known[*at].found.code.as_str();
            let rank = |at: &usize| ASKED.iter().position(|it| *it == code(at));
            // What the row itself took off tonight's findings was asked all the same.
            let asked = open.iter().filter(|at| rank(at).is_some());
            asked.min_by_key(|at| (!self.known[**at].is_tonight, rank(at))).copied()
        };
        let found = at.or_else(by_person);
        let outcome = match (at, found) {
            _ if !is_said => Outcome::Blank,
            _ if row.answered_on.is_some_and(|on| on > self.cx.as_of) => Outcome::ToCome,
            (Some(_), _) => Outcome::Taken,
            (None, Some(_)) => Outcome::ByPerson,
            (None, None) if is_of_other => Outcome::OfOther,
            (None, None) => Outcome::Unknown,
        };
        (outcome, found)
    }

    /// The finding itself, and the others that were asked at the same door by then.
    fn asked_with(&self, at: usize, given: &Given) -> Vec<&str> {
        let asked = &self.known[at];
        let was_asked = |it: &Known<'_>| {
            it.found.rests_on == RestsOn::Answer
                || it.first_seen <= given.on.unwrap_or(asked.first_seen)
        };
        let door =
            self.doors.get(asked.found.person.as_str()).filter(|_| is_at_a_door(asked.found));
        let others = door.into_iter().flatten().filter(|it| **it != at);
        let others = others.map(|it| &self.known[*it]).filter(|it| was_asked(it));
        let all = std::iter::once(asked).chain(others);
        all.map(|it| it.found.finding.as_str()).collect()
    }
}

/// Whether somebody was sent to a person's door to ask about a finding.
fn is_at_a_door(found: &Found) -> bool {
    found.code.starts_with('E') && !found.person.is_empty()
}

fn of_row(cx: &Context<'_>, row: &Answer) -> Given {
    let text = |id| cx.text(id).to_string();
    // Some write what they found into the remarks alone.
    let said = if row.answer.is_some() { row.answer } else { row.remark };
    let listed = BatchNumber::parse(cx.text(row.batch)).map(|it| it.run.as_of);
    Given {
        on: row.answered_on.or(listed),
        text: text(said),
        proof: text(row.evidence),
        remark: text(row.remark),
        from: cx.origins.of(row.subject.record).0.file.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cases::{Book, Case, JudgedBy, Kept, keep},
        findings::{
            find,
            testkit::{INSIDE, on_world},
        },
    };

    /// A night of a world after `before`; `{E01 张三}` in the world is the id of that finding.
    fn night(as_of: &str, before: &Book, world: &str) -> (Kept, Vec<String>) {
        let world = before.cases.iter().fold(world.to_string(), |world, it| {
            world.replace(&format!("{{{}}}", it.found.code), &it.found.finding)
        });
        on_world(as_of, &world, |cx, run| {
            let findings = find(cx, run);
            let kept = keep(cx, run, &findings, before, &JudgedBy::default());
            let show = |it: &Returned| {
                let case = kept.cases.iter().find(|case| case.found.finding == it.finding);
                format!("{} {}", it.outcome.code(), case.map_or("-", |it| &it.found.code))
            };
            let shown = kept.returned.iter().map(show).collect();
            (kept, shown)
        })
    }

    fn state(kept: &Kept, code: &str) -> String {
        let case: &Case = kept.cases.iter().find(|it| it.found.code == code).expect("a case");
        format!("{} {}", case.state.code(), case.why.code()).trim().to_string()
    }

    /// What becomes of rows that come back about one person who is not insured.
    #[track_caller]
    fn check(rows: &str, outcomes: &[&str], expected: &str) {
        let person = "household A 张三 village=琵琶村";
        let first = night(INSIDE, &Book::default(), person).0;
        let book = Book { cases: first.cases, ..Book::default() };
        let (kept, shown) = night("2023-12-21", &book, &format!("{person}\n{rows}"));
        assert_eq!(shown, outcomes);
        assert_eq!(state(&kept, "E01"), expected);
    }

    #[test]
    fn a_row_goes_to_the_finding_it_names_if_its_name_and_village_do_not_speak_against_it() {
        let row = |who: &str| format!("feedback - {who} finding={{E01}} answer=R1 on=2023-12-20");
        check(&row("张三"), &["taken E01"], "answered");
        check(&row("张叁"), &["taken E01"], "answered");
        check(&row("- village=琵琶村"), &["taken E01"], "answered");
        check(&row("-"), &["taken E01"], "answered");
        check(&row("- village=曲江社区"), &["other-name -"], "open");
        check(&row("欧阳锋"), &["other-name -"], "open");
        check(&row("张三 village=曲江社区"), &["taken E01"], "answered");
    }

    #[test]
    fn a_row_without_an_id_that_is_known_goes_to_what_is_open_of_its_person() {
        let unknown =
            "feedback A 张三 finding=F0000000000000000 answer=K1 evidence=经办人 on=2023-12-20";
        check(unknown, &["by-person E01"], "closed");
        check(
            "feedback A 张三 answer=K1 evidence=经办人 on=2023-12-20",
            &["by-person E01"],
            "closed",
        );
        check("feedback B 李四 answer=R1 on=2023-12-20", &["unknown -"], "open");
        check("feedback A 张三 on=2023-12-20", &["blank E01"], "open");
        check("feedback A 张三 answer=R1 on=2023-12-22", &["to-come E01"], "open");
    }

    #[test]
    fn a_list_without_days_is_as_old_as_its_batch() {
        let batch = |day: &str, answer: &str| {
            format!("feedback - 张三 finding={{E01}} answer={answer} batch={day}-430923109\n")
        };
        let rows = batch("2023-12-20", "R1") + &batch("2023-12-19", "L1");
        check(&rows, &["taken E01", "taken E01"], "answered");
    }

    #[test]
    fn what_is_said_at_a_door_is_said_of_all_that_was_asked_there() {
        let person =
            "household A 张三\nenrolment A 张三 scheme=310 status=terminated paused=2023-11-10";
        let first = night(INSIDE, &Book::default(), person).0;
        assert_eq!(first.cases.len(), 2, "E01 and E04: {:?}", first.cases);
        let book = Book { cases: first.cases, ..Book::default() };
        let rows = "feedback - 张三 finding={E01} answer=K1 evidence=经办人 on=2023-12-20";
        let (kept, _) = night("2023-12-21", &book, &format!("{person}\n{rows}"));
        assert_eq!((state(&kept, "E01"), state(&kept, "E04")), ("closed".into(), "closed".into()));
        // What is asked only after it was said is not answered by it.
        let mut later = book;
        later.cases.retain(|it| it.found.code == "E01");
        let (kept, _) = night("2023-12-21", &later, &format!("{person}\n{rows}"));
        assert_eq!((state(&kept, "E01"), state(&kept, "E04")), ("closed".into(), "new".into()));
    }
}
