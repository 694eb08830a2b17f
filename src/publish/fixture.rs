//! A small world for tests: a township's people, some of them with a finding.

mod rows;

use std::path::Path;

use chrono::NaiveDate;

use super::{Control, Night, Past, control};
use crate::{
    cases::{self, JudgedBy, Kept},
    config::{Divisions, Pipeline, RuleFolders, SMALLEST_LIST_JUDGED, TomlFile},
    diagnostic::Lang,
    findings::{Find, Finding, Owner, Priority, Rule, RunView},
    history,
    identity::{self, Identities, PersonFiles, PersonId},
    ingest::Ingested,
    ledger::{Context, Standing, Verdict, stand_of},
    lists::{self, Lists},
    policy::{LabelIndex, Policy},
    report::{
        self, Reports,
        layout::Layouts,
        subsidy_list::{Before, Tolerance},
    },
    tables::*,
};

/// A name that a spreadsheet must not take for a formula.
pub const FORMULA: &str = "=1+1";

const fn rule(code: &'static str, zh: &'static str, owner: Owner) -> Rule {
    let find = Find::Run(|_, _, _| ());
    Rule { code, name: "", zh, owner, priority: Priority::High, find, source: "" }
}

static E01: Rule = rule("E01", "应保未保", Owner::Township);
static E02: Rule = rule("E02", "已登记未缴费", Owner::Township);
static P05: Rule = rule("P05", "村里已代收，税务未到账", Owner::Township);
static P04: Rule = rule("P04", "文件自带合计与明细不符", Owner::Tax);
static S01: Rule = rule("S01", "应享受资助，却全额缴费", Owner::Tax);

/// Where everybody lives.
const TOWNSHIP: &str = "430923109";

/// The world; [`World::night`] looks at it.
pub struct World {
    pub pipeline: Pipeline,
    pub policy: Policy,
    pub ingested: Ingested,
    pub identities: Identities,
    pub labels: LabelIndex,
    pub lists: Lists,
    pub standings: Vec<Standing>,
    pub findings: Vec<Finding>,
    pub controls: Vec<Control>,
    pub kept: Kept,
    judged_by: JudgedBy,
    pub past: Past,
    pub reports: Reports,
    pub layouts: Layouts,
}

/// An earlier night of which history keeps some figures.
pub fn night_of(day: &str, rows: Vec<history::Row>) -> history::Night {
    let run = history::RunName::parse(day).unwrap();
    history::Night { run, insurance_year: Some(2024), version: String::new(), rows }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn pipeline(area: &str) -> Pipeline {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pipelines/lengshi");
    let divisions = Divisions::open(&folder.join("divisions.csv")).unwrap();
    Pipeline {
        name: "lengshi".into(),
        title: "冷市镇2024年度居民医保比对".into(),
        area: divisions.by_code(area).unwrap(),
        insurance_year: 2024,
        rules: RuleFolders::of(vec![folder.clone(), folder.join("../national")]),
        divisions,
        sources: Vec::new(),
        person_key: b"0123456789abcdef0123456789abcdef".to_vec(),
        privacy: Default::default(),
        identity: Default::default(),
        publication: Default::default(),
        delivery: None,
        file: TomlFile { path: folder.join("pipeline.toml"), text: "name = \"lengshi\"\n".into() },
        folder,
    }
}

impl World {
    /// A township of so many people; of `every` one is unenrolled and one has not paid.
    pub fn new(n_people: u32, every: u32) -> World {
        World::with(n_people, every, |_| ())
    }

    /// The same, some of whose rows say something else.
    pub fn with(n_people: u32, every: u32, change: impl FnOnce(&mut Tables)) -> World {
        World::after(None, n_people, every, change)
    }

    /// The same people, as a run that answers for their county sees them.
    pub fn of_county(n_people: u32, every: u32) -> World {
        World::of(pipeline("430923"), None, (n_people, every), |_| ())
    }

    /// The same on the night after a subsidy list was published.
    pub fn after(
        before: Option<Before>,
        n_people: u32,
        every: u32,
        change: impl FnOnce(&mut Tables),
    ) -> World {
        World::of(pipeline(TOWNSHIP), before, (n_people, every), change)
    }

    fn of(
        pipeline: Pipeline,
        before: Option<Before>,
        (n_people, every): (u32, u32),
        change: impl FnOnce(&mut Tables),
    ) -> World {
        let policy = Policy::load(&pipeline).unwrap();
        let layouts = Layouts::load(&pipeline.rules, &policy).unwrap();
        let mut ingested = rows::ingested(&pipeline, n_people, every);
        change(&mut ingested.tables);
        let identities =
            identity::identify(&ingested.tables, &identity::Setting::plain(&pipeline.person_key));
        let labels = crate::ledger::label_index(&policy, &ingested.tables);
        let lists = lists::keep(&pipeline.sources, &policy, &labels, &mut ingested, &identities);
        let mut world = World {
            pipeline,
            policy,
            ingested,
            identities,
            labels,
            lists,
            standings: Vec::new(),
            findings: Vec::new(),
            controls: Vec::new(),
            kept: Kept::default(),
            judged_by: JudgedBy::default(),
            past: Past::default(),
            reports: Reports::default(),
            layouts,
        };
        let people = &world.identities.people;
        let files = PersonFiles::new(&world.ingested.tables, &world.identities.links, people.len());
        let ids = || (0..people.len() as u32).map(PersonId);
        let cx = world.context();
        let standings: Vec<Standing> = ids().map(|id| stand_of(&cx, people, &files, id)).collect();
        let found: Vec<Finding> = ids()
            .flat_map(|id| findings(id, &standings[id.0 as usize], people[id.0 as usize].home))
            .chain([Finding::new(&P04, None, [RecordId(0)], "第9行合计不符".into())])
            .collect();
        let percent = world.pipeline.publication.tolerated_list_change_percent;
        let tolerance = Tolerance { percent, smallest: SMALLEST_LIST_JUDGED };
        let judged = (&files, &standings[..], &found[..]);
        let reports = report::make(&cx, &world.identities, judged, before, tolerance);
        let run = RunView {
            tables: &world.ingested.tables,
            accounts: &world.ingested.accounts,
            people,
            files: &files,
            standings: &standings,
            claims: &world.identities.claims,
        };
        let book = cases::Book::default();
        world.kept = cases::keep(&cx, &run, &found, &book, &world.judged_by, &|_| false);
        world.findings = found;
        world.reports = reports;
        world.standings = standings;
        world.controls = world.check();
        world
    }

    /// The controls of what the world now is.
    pub fn check(&self) -> Vec<Control> {
        control::check(
            &self.ingested,
            &self.identities,
            &self.lists,
            (&self.standings, &self.findings),
            &self.reports,
        )
    }

    pub fn context(&self) -> Context<'_> {
        Context {
            named_parts: crate::ledger::named_parts(&self.ingested.tables),
            policy: &self.policy,
            divisions: &self.pipeline.divisions,
            texts: &self.ingested.tables.texts,
            origins: &self.ingested.tables.origins,
            labels: &self.labels,
            area: self.pipeline.area,
            as_of: day("2023-12-20"),
            has_last_year: true,
            lang: Lang::Zh,
        }
    }

    pub fn night<'a>(&'a self, cx: &'a Context<'a>) -> Night<'a> {
        Night {
            pipeline: &self.pipeline,
            cx,
            ingested: &self.ingested,
            identities: &self.identities,
            lists: &self.lists,
            standings: &self.standings,
            findings: &self.findings,
            kept: &self.kept,
            judged_by: &self.judged_by,
            past: &self.past,
            controls: &self.controls,
            reports: &self.reports,
            layouts: &self.layouts,
            timings: &|| vec![("ingest".to_string(), 0.5)],
        }
    }
}

fn findings(id: PersonId, standing: &Standing, home: RecordId) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |rule, detail: &str| {
        let finding = Finding::new(rule, id, [home], detail.to_string());
        found.push(finding.deadline(standing.deadline).amounts(standing.due_fen, Some(0)));
    };
    match standing.verdict {
        Verdict::Unenrolled => add(&E01, "2024年度未参保（一般居民）；建议：动员缴费"),
        Verdict::RegisteredUnpaid => add(&E02, "已登记2024年度，没有有效缴费"),
        _ => {}
    }
    if id.0 % 7 == 3 {
        add(&P05, "村里2023-10-02代收，超过宽限天数仍未到账");
    }
    if id.0 % 11 == 3 {
        add(&S01, "低保对象应享受资助，已按全额缴费");
    }
    found
}
