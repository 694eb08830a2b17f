//! A small world for tests: a township's people, some of them with a finding.

use std::path::Path;

use chrono::NaiveDate;

use super::{Control, Night, control};
use crate::{
    clean::id_number::{IdKind, IdNumber, IdState},
    config::{Divisions, Level, Pipeline, RuleFolders, SMALLEST_LIST_JUDGED, TomlFile},
    diagnostic::{Diagnostic, Lang, Message, Place, Severity},
    findings::{Find, Finding, Owner, Priority, Rule},
    identity::{self, Identities, PersonFiles, PersonId},
    ingest::{Account, Ingested, Reject, RejectReason, StatedTotal, Unit},
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
    pub reports: Reports,
    pub layouts: Layouts,
    pub timings: Vec<(String, f64)>,
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
        file: TomlFile { path: folder.join("pipeline.toml"), text: "name = \"lengshi\"\n".into() },
        folder,
    }
}

/// Writes rows of every kind for so many people; record ids are given as ingest gives them.
struct Writer {
    tables: Tables,
    villages: Vec<DivisionId>,
    n_people: u32,
}

impl Writer {
    fn subject(&mut self, person: u32, part: u16, row: u32) -> Subject {
        let record = RecordId(self.tables.origins.rows.len() as u32);
        self.tables.origins.rows.push(Origin { part: PartId(part), row });
        let surname = ["王", "李", "张", "刘", "陈", "欧阳", "谢"][person as usize % 7];
        let given = ["秀英", "建国", "子涵", "伟", "桂花", "志强", "雨桐", "买买提·艾力"];
        let name = match person {
            5 => FORMULA.to_string(),
            _ => format!("{surname}{}", given[person as usize / 7 % 8]),
        };
        let birth = day("1930-03-04") + chrono::Days::new(u64::from(person * 421 % 33_000));
        let id =
            IdNumber::from_parts(430_923, birth, ((person * 7 + person / 33_000) % 1000) as u16);
        Subject {
            id: id.filter(|_| person % 50 != 9),
            id_kind: IdKind::Citizen,
            id_state: if person % 50 == 9 { IdState::LostTail } else { IdState::Valid },
            id_text: match person % 50 {
                9 => self.tables.texts.intern("430923198001010000"),
                _ => TextId::NONE,
            },
            name: self.tables.texts.intern(&name),
            place: Some(self.villages[(person / 3 * 7 % 18) as usize % self.villages.len()]),
            ..Subject::unknown(record)
        }
    }

    fn roster(&mut self) {
        for person in 0..self.n_people {
            let subject = self.subject(person, 0, person + 3);
            let (group, house) = (person / 3 % 12 + 1, person / 3 * 5 % 23 + 1);
            let village = subject.place.unwrap();
            let address = format!("湖南省安化县冷市镇第{group}村民小组{house}号");
            let household = format!("{:07}", 1_000_000 + person / 3 + u32::from(village.0));
            self.tables.residents.push(Resident {
                subject,
                household: self.tables.texts.intern(&household),
                relation: [Relation::Head, Relation::Spouse, Relation::Child][person as usize % 3],
                former_name: TextId::NONE,
                address: self.tables.texts.intern(&address),
                status: RegistrationStatus::Registered,
                status_on: None,
                registered_on: None,
            });
        }
    }

    fn categories(&mut self) {
        for person in (0..self.n_people).filter(|it| it % 10 == 1) {
            let subject = self.subject(person, 1, person + 2);
            let label = self.tables.texts.intern("低保");
            let (household, from) = (TextId::NONE, Some(day("2023-01-01")));
            self.tables.categories.push(CategoryRow { subject, label, household, from, to: None });
        }
    }

    fn enrolments(&mut self, every: u32) {
        for year in [2023, 2024] {
            for person in (0..self.n_people).filter(|it| it % every != 0) {
                let part = if year == 2024 { 2 } else { 3 };
                let subject = self.subject(person, part, person + 2);
                self.tables.enrolments.push(Enrolment {
                    subject,
                    person_number: TextId::NONE,
                    scheme: Scheme::Resident,
                    status: EnrolmentStatus::Active,
                    status_text: TextId::NONE,
                    person_type: 1501,
                    year,
                    enrolled_on: None,
                    paused_on: None,
                    insured_at: 430_923,
                    unit: TextId::NONE,
                });
            }
        }
    }

    fn payments(&mut self, every: u32) {
        for person in (0..self.n_people).filter(|it| it % every > 1) {
            let subject = self.subject(person, 4, person + 2);
            let voucher = self.tables.texts.intern(&format!("V{person:08}"));
            self.tables.payments.push(Payment {
                subject,
                voucher,
                refers_to: TextId::NONE,
                kind: PaymentKind::Paid,
                scheme: Scheme::Resident,
                year: 2024,
                due_fen: None,
                paid_fen: 100,
                subsidised_fen: 0,
                category_label: TextId::NONE,
                paid_on: Some(day("2023-10-15")),
                channel: TextId::NONE,
                paid_at: 0,
            });
        }
    }
}

fn ingested(pipeline: &Pipeline, n_people: u32, every: u32) -> Ingested {
    let villages = pipeline.divisions.iter().filter(|(_, it)| {
        it.level == Level::Village && it.parent == pipeline.divisions.by_code(TOWNSHIP)
    });
    let villages = villages.map(|(id, _)| id).take(6).collect();
    let mut writer = Writer { tables: Tables::default(), villages, n_people };
    let part = |(source, name): (usize, &str)| Part {
        source: source as u16,
        source_name: name.into(),
        file: format!("data/{name}.csv"),
        sheet: if name == "低保" { "第1页".into() } else { String::new() },
        month: None,
    };
    let names = ["户籍", "低保", "参保", "上年参保", "缴费"];
    writer.tables.origins.parts = names.into_iter().enumerate().map(part).collect();
    writer.roster();
    writer.categories();
    writer.enrolments(every);
    writer.payments(every);
    let tables = writer.tables;
    let accounts = (0..5).map(|it| account(&tables, PartId(it))).collect();
    let place = Place { source: "户籍".into(), row: 2, ..Place::default() };
    Ingested {
        rejects: vec![Reject {
            source: "户籍".into(),
            file: "data/户籍.csv".into(),
            sheet: String::new(),
            row: 2,
            column: "姓名".into(),
            value: "@cmd".into(),
            reason: RejectReason::ALL[0],
        }],
        diagnostics: vec![Diagnostic {
            code: "D101",
            severity: Severity::Warning,
            place,
            what: Message::new("没有姓名", "no name"),
            value: String::new(),
            help: Message::new("补上", "add it"),
        }],
        accounts,
        tables,
    }
}

fn account(tables: &Tables, part: PartId) -> Account {
    let accepted = tables.origins.rows.iter().filter(|it| it.part == part).count() as u64;
    let rejected = u64::from(part.0 == 0);
    let total =
        StatedTotal { row: 9, column: "金额".into(), stated: 7, counted: 8, unit: Unit::Fen };
    Account {
        part,
        kind: SourceKind::Household,
        supplier: "公安局".into(),
        encoding: "GB18030".into(),
        sha256: "00".into(),
        bytes: 1,
        header_rows: vec![1],
        is_usable: true,
        columns: vec![("姓名".into(), Some(crate::ingest::Field::Name)), ("备注".into(), None)],
        rows_read: accepted + rejected + 1,
        accepted,
        rejected,
        no_data: 1,
        sum_fen: 0,
        first_on: None,
        last_on: None,
        totals: if part.0 == 4 { vec![total] } else { Vec::new() },
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
        let mut ingested = ingested(&pipeline, n_people, every);
        change(&mut ingested.tables);
        let identities =
            identity::identify(&ingested.tables, &identity::Setting::plain(&pipeline.person_key));
        let labels = crate::ledger::label_index(&policy, &ingested.tables);
        let lists = lists::keep(&pipeline.sources, &policy, &labels, &mut ingested, &identities);
        let timings = vec![("ingest".to_string(), 0.5)];
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
            reports: Reports::default(),
            layouts,
            timings,
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
            cases: &[],
            rules: "",
            controls: &self.controls,
            reports: &self.reports,
            layouts: &self.layouts,
            timings: &self.timings,
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
