//! What the list says of one person, and in which order the doors stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::{View, errands::Errand};
use crate::{
    cases::{State, Why},
    identity::{Person, PersonId},
    ledger::{Group, LastYear, Standing, Step},
    policy::age_on,
    publish::workbook::address::{Walk, local, walk},
    tables::{DivisionId, RecordId, Relation, Resident, SourceKind, TextId},
};

/// A row of the list.
#[derive(Clone, Debug)]
pub(super) struct Visit<'a> {
    /// The village, if it is known.
    pub village: Option<DivisionId>,
    pub village_name: &'a str,
    pub address: &'a str,
    pub household: &'a str,
    pub head: &'a str,
    pub name: &'a str,
    pub sex: &'static str,
    pub age: Option<i32>,
    pub id_number: String,
    pub group: Group,
    pub category: String,
    pub situation: String,
    pub due_fen: Option<i64>,
    pub deadline: Option<NaiveDate>,
    pub step: &'static str,
    /// The code and id of the main finding.
    pub code: &'static str,
    pub finding: &'a str,
    /// Every finding that the visit is for, the main one first.
    pub findings: Vec<usize>,
    order: Order,
}

/// By village (the unknown last), then household as one walks, then head of household first and
/// the old before the young.
type Order = (bool, Option<DivisionId>, Walk, String, bool, Option<NaiveDate>, String);

/// The rows of a township's list, in the order of walking.
pub(super) fn visits<'a>(view: &'a View<'a>, errands: &[Errand]) -> Vec<Visit<'a>> {
    let roster = Roster::new(view, errands);
    let mut visits: Vec<Visit<'a>> =
        errands.iter().map(|errand| visit(view, &roster, errand)).collect();
    keep_households_together(&mut visits);
    visits.sort_by(|a, b| a.order.cmp(&b.order));
    visits
}

/// Members of one household may state its address differently; they stand together where the
/// first of them stands.
fn keep_households_together(visits: &mut [Visit<'_>]) {
    let mut first: BTreeMap<(Option<DivisionId>, String), Walk> = BTreeMap::new();
    for visit in visits.iter().filter(|it| !it.household.is_empty()) {
        let key = (visit.village, visit.household.to_string());
        let walk = first.entry(key).or_insert_with(|| visit.order.2.clone());
        *walk = (*walk).clone().min(visit.order.2.clone());
    }
    for visit in visits.iter_mut() {
        if let Some(walk) = first.get(&(visit.village, visit.household.to_string())) {
            visit.order.2 = walk.clone();
        }
    }
}

fn visit<'a>(view: &'a View<'a>, roster: &Roster<'a>, errand: &Errand) -> Visit<'a> {
    let cx = view.night.cx;
    let (person, standing) = (view.person(errand.person), view.standing(errand.person));
    let main = errand.findings[0];
    let finding = &view.night.findings[main];
    let resident = roster.row(view, errand.person);
    let village = view.village(person.place);
    let township = view.township(person.place);
    let whole = resident.map_or("", |it| cx.text(it.address));
    let names: Vec<&str> = [township, village]
        .into_iter()
        .flatten()
        .flat_map(|it| [it.name.as_str(), it.shown.as_str()])
        .collect();
    let household = cx.text(person.household);
    let is_head = resident.is_some_and(|it| it.relation == Relation::Head);
    let place = person.place.filter(|_| village.is_some());
    Visit {
        village: place,
        village_name: village.map_or("（村不明）", |it| &it.shown),
        address: local(whole, &names),
        household,
        head: roster.heads.get(&person.household).map_or("", |it| cx.text(*it)),
        name: cx.text(person.name),
        sex: person.sex.map_or("", |it| it.zh()),
        age: person.birth.map(|it| age_on(it, cx.as_of)),
        id_number: view.shown_id(person),
        group: standing.group,
        category: category(view, standing),
        situation: situation(view, errand, standing),
        due_fen: standing.due_fen,
        deadline: finding.deadline.or(standing.deadline),
        step: step(standing.step),
        code: finding.rule.code,
        finding: &view.finding_ids[main],
        findings: errand.visited_for(view).collect(),
        order: (
            place.is_none(),
            place,
            walk(whole),
            household.to_string(),
            !is_head,
            person.birth,
            format!("{}{}", cx.text(person.name), person.key),
        ),
    }
}

/// The category that pays, and the group where it says more.
fn category(view: &View<'_>, standing: &Standing) -> String {
    let group = standing.group;
    match &standing.entitlement {
        None => group.zh().to_string(),
        Some(entitled) => {
            let category = &view.night.cx.policy.categories.get(entitled.category).name;
            match group {
                Group::Priority | Group::General | Group::OutOfScope => category.clone(),
                _ => format!("{category}、{}", group.zh()),
            }
        }
    }
}

/// What to do first, in few words; the first page says why.
fn step(step: Step) -> &'static str {
    match step {
        Step::None => "核实情况",
        _ => step.zh().split('（').next().unwrap_or_default(),
    }
}

/// The verdict, cover in the year before, then each finding's sentence once. What E01 has to
/// say stands in columns of its own.
fn situation(view: &View<'_>, errand: &Errand, standing: &Standing) -> String {
    let verdict = standing.verdict.zh();
    let mut said: Vec<&str> = Vec::new();
    said.extend(match standing.last_year {
        LastYear::Resident => Some("上年居民参保"),
        LastYear::Employee => Some("上年职工参保"),
        LastYear::None => Some("上年未参保"),
        LastYear::Unknown => None,
    });
    for at in &errand.findings {
        let finding = &view.night.findings[*at];
        if finding.rule.code == "E01" {
            continue;
        }
        let detail = finding.detail.trim().trim_end_matches(['。', '；', '.']);
        let sentence = if detail.is_empty() { finding.rule.zh } else { detail };
        if !said.contains(&sentence) && sentence != verdict {
            said.push(sentence);
        }
    }
    said.insert(0, verdict);
    // E06 says itself what was answered and what is missing.
    let has_said = errand.findings.iter().any(|at| view.night.findings[*at].rule.code == "E06");
    let answered = errand.findings.iter().find_map(|at| answered(view, *at));
    said.extend(answered.as_deref().filter(|_| !has_said));
    said.join("；")
}

/// What has come back before, and why the person is on the list still or again.
fn answered(view: &View<'_>, finding: usize) -> Option<String> {
    let case = view.case_of(finding)?;
    let why = match case.why {
        Why::Nothing => String::new(),
        why => format!("（{}）", why.zh()),
    };
    match case.state {
        State::Reopened => Some(format!("重新列入{why}")),
        State::Answered => {
            let text = &case.decision.as_ref()?.given.text;
            Some(format!("已反馈“{}”{why}", text.trim()))
        }
        State::New | State::Open | State::Closed => None,
    }
}

/// The roster's rows that a township's list needs.
struct Roster<'a> {
    rows: FxHashMap<PersonId, RecordId>,
    /// Household → the name of its head.
    heads: FxHashMap<TextId, TextId>,
    residents: &'a [Resident],
}

impl<'a> Roster<'a> {
    fn new(view: &View<'a>, errands: &[Errand]) -> Roster<'a> {
        let residents: &'a [Resident] = &view.tables().residents;
        let links = &view.night.identities.links;
        let mut rows: FxHashMap<PersonId, Option<RecordId>> =
            errands.iter().map(|it| (it.person, None)).collect();
        let households = errands.iter().map(|it| view.person(it.person).household);
        let mut heads: FxHashMap<TextId, Option<TextId>> =
            households.filter(|it| it.is_some()).map(|it| (it, None)).collect();
        for row in residents {
            let record = row.subject.record;
            if let Some(known) = rows.get_mut(&links[record.0 as usize].person) {
                known.get_or_insert(record);
            }
            if row.relation == Relation::Head
                && let Some(head) = heads.get_mut(&row.household)
            {
                head.get_or_insert(row.subject.name);
            }
        }
        Roster {
            rows: rows.into_iter().filter_map(|(it, row)| Some((it, row?))).collect(),
            heads: heads.into_iter().filter_map(|(it, head)| Some((it, head?))).collect(),
            residents,
        }
    }

    /// The roster's row of a person: the one that says where the person lives, or the first.
    fn row(&self, view: &View<'a>, id: PersonId) -> Option<&'a Resident> {
        let person: &Person = view.person(id);
        let at = match view.tables().at(person.home) {
            (SourceKind::Household, at) => at,
            _ => self.rows.get(&id)?.0 as usize,
        };
        self.residents.get(at)
    }
}
