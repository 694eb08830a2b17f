//! The life of a case as ARCHITECTURE.md tells it, written down once more and for this test only.

use chrono::NaiveDate;

/// An answer as a clerk meant it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub on: Option<NaiveDate>,
    /// The code, or nothing where the words are none of the agreed ones.
    pub code: &'static str,
    pub has_proof: bool,
    /// The last day that the proof names.
    pub until: Option<NaiveDate>,
}

impl Given {
    fn closes(&self) -> bool {
        ["E1", "D1", "D2", "M1", "K1"].contains(&self.code)
    }

    /// The last day on which the answer holds, where there is one.
    fn ends(&self) -> Option<NaiveDate> {
        let year_ends = NaiveDate::from_ymd_opt(2024, 12, 31);
        self.until.or(year_ends.filter(|_| ["E1", "M1"].contains(&self.code)))
    }
}

/// What is expected of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub state: &'static str,
    pub why: &'static str,
    pub first_seen: NaiveDate,
    pub nights: i64,
    pub reopened: i64,
    pub closed: Option<(&'static str, NaiveDate)>,
    /// The answer that was taken, and what the evidence said then.
    taken: Option<(Given, String)>,
    spent: Vec<Given>,
    /// Whether places contradict each other: then neither answer runs out.
    is_contradicted: bool,
    /// Every answer so far.
    heard: Vec<Given>,
    /// What came while it was not found.
    away: Vec<Given>,
    /// What the evidence said when it was found last.
    evidence: String,
}

impl Case {
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// As the published book shows it.
    pub fn shown(&self) -> String {
        let (by, on) = self.closed.map_or(("", String::new()), |it| (it.0, it.1.to_string()));
        let is_settled = self.why != "contradicted" && by != "data";
        let answer = self.taken.as_ref().map_or("", |it| it.0.code);
        let answer = if is_settled { answer } else { "?" };
        format!(
            "{} [{}] since {} {} nights, reopened {}, closed {by} {on}, answer {answer}",
            self.state, self.why, self.first_seen, self.nights, self.reopened
        )
    }

    /// A night goes by: what the evidence says, if it is found, and the answers that lie there.
    pub fn turn(
        before: Option<Case>,
        found: Option<&str>,
        given: &[Given],
        today: NaiveDate,
    ) -> Option<Case> {
        let mut case = match (before, found) {
            (None, None) => return None,
            (None, Some(_)) => Case {
                state: "new",
                why: "",
                first_seen: today,
                nights: 1,
                reopened: 0,
                closed: None,
                taken: None,
                spent: Vec::new(),
                is_contradicted: false,
                heard: Vec::new(),
                away: Vec::new(),
                evidence: String::new(),
            },
            (Some(case), None) => return Some(case.gone(given, today)),
            (Some(case), Some(evidence)) => case.again(evidence, today),
        };
        case.evidence = found.unwrap_or_default().to_string();
        case.away.clear();
        let is_said = case.notes(given, today);
        let reopened = (case.state == "reopened" && !is_said).then_some(case.why);
        let (heard, is_back) = (case.heard.clone(), case.state == "reopened");
        case.hear(found, &heard, today);
        // What was said before the case came back is its state again the night after.
        if let Some(why) = reopened.filter(|_| case.is_open()) {
            (case.state, case.why) = ("reopened", why);
        }
        // Nobody saw it come back.
        case.reopened -= i64::from(is_back && !case.is_open());
        Some(case)
    }

    /// Not found: closed by the data, unless an answer had closed it before. What came in the same
    /// night is taken down.
    fn gone(mut self, given: &[Given], today: NaiveDate) -> Case {
        let so_far = given.iter().filter(|it| it.on.is_none_or(|on| on <= today));
        self.away.extend(so_far.filter(|it| !self.spent.contains(it)).cloned());
        self.notes(given, today);
        if self.is_open() {
            self.hear(None, given, today);
            (self.state, self.why, self.closed) = ("closed", "", Some(("data", today)));
        }
        self
    }

    /// Found on another night.
    fn again(mut self, evidence: &str, today: NaiveDate) -> Case {
        self.nights += 1;
        let lapsed = self.taken.as_ref().and_then(|(taken, seen)| match () {
            () if seen != evidence => Some("evidence-changed"),
            () if self.is_contradicted => None,
            () if taken.ends().is_some_and(|it| it < today) => Some("expired"),
            () => None,
        });
        let away = std::mem::take(&mut self.away);
        let is_other = !away.is_empty() && self.taken.is_none() && self.evidence != evidence;
        let lapsed = lapsed.or(is_other.then_some("evidence-changed"));
        let was_closed = self.closed.map(|it| it.0);
        match (lapsed, was_closed) {
            (Some(why), _) => {
                // With the answer goes what was said no later, wherever else it lies, and what was
                // said of the evidence that is no more.
                let taken = self.taken.take().map(|it| it.0);
                let last = taken.as_ref().map(|it| it.on);
                let older = self.heard.iter().filter(|it| Some(it.on) <= last).cloned();
                let older: Vec<Given> = older.collect();
                self.spent.extend(older.into_iter().chain(taken).chain(away));
                match was_closed {
                    Some(_) => self.reopen(why),
                    None => (self.state, self.why) = ("open", ""),
                }
            }
            (None, Some("answer")) => {}
            (None, Some(_)) => self.reopen("found-again"),
            (None, None) if self.taken.is_none() => (self.state, self.why) = ("open", ""),
            (None, None) if self.state == "reopened" => (self.state, self.why) = ("answered", ""),
            (None, None) => {}
        }
        self
    }

    /// Takes down what was said; whether any of it is new.
    fn notes(&mut self, given: &[Given], today: NaiveDate) -> bool {
        let n_heard = self.heard.len();
        for it in given.iter().filter(|it| it.on.is_none_or(|on| on <= today)) {
            if !self.heard.contains(it) {
                self.heard.push(it.clone());
            }
        }
        self.heard.len() > n_heard
    }

    fn reopen(&mut self, why: &'static str) {
        (self.state, self.why, self.closed) = ("reopened", why, None);
        self.reopened += 1;
    }

    /// Takes the newest answer that time and data have not overtaken.
    fn hear(&mut self, evidence: Option<&str>, given: &[Given], today: NaiveDate) {
        // What was said before an answer that is overtaken comes too late.
        let overtaken = self.spent.iter().map(|it| it.on).max().flatten();
        let is_late = |it: &Given| it.on.is_some() && it.on < overtaken;
        let is_fresh = |it: &&Given| {
            !self.spent.contains(it) && !is_late(it) && it.on.is_none_or(|on| on <= today)
        };
        let fresh: Vec<&Given> = given.iter().filter(is_fresh).collect();
        let Some(newest) = fresh.iter().map(|it| it.on).max() else { return };
        if self.taken.as_ref().is_some_and(|it| it.0.on > newest) {
            return;
        }
        let last = || fresh.iter().filter(|it| it.on == newest);
        // Of two that say the same the proven one counts.
        let best = *last().max_by_key(|it| (it.has_proof, it.until)).unwrap();
        let contradicts = last().any(|it| it.code != best.code);
        self.is_contradicted = contradicts;
        let is_over = best.ends().is_some_and(|it| it < today);
        (self.state, self.why, self.closed) = match () {
            () if contradicts => ("answered", "contradicted", None),
            () if best.code.is_empty() => ("answered", "unreadable", None),
            () if !best.closes() => ("answered", "", None),
            () if !best.has_proof => ("answered", "no-proof", None),
            () if is_over => ("answered", "expired", None),
            () => {
                let before = self.closed.filter(|it| it.0 == "answer");
                ("closed", "", before.or(Some(("answer", today))))
            }
        };
        if self.taken.as_ref().is_none_or(|it| it.0 != *best) {
            let evidence = evidence.unwrap_or(&self.evidence).to_string();
            self.taken = Some((best.clone(), evidence));
        }
    }
}
