//! `links.parquet`: which record belongs to whom, and by what.

use std::fmt::Write;

use super::{
    Column, Staging, Table, Values, View,
    column::{Places, Scores},
};
use crate::{
    error::Result,
    identity::{Link, Match, Person, PersonId},
    tables::{RecordId, Subject},
};

pub(in crate::publish) fn write(view: &View<'_>, staging: &Staging) -> Result<()> {
    super::publish(&table(), view, staging)
}

/// Rows are record ids, by person key.
pub(super) fn table<'v>() -> Table<View<'v>> {
    Table {
        name: "links",
        zh: "每条采用的来源记录归到哪个人、凭什么（按人员键排序）",
        en: "to which person each accepted source record belongs, and by what (by person key)",
        rows,
        columns: [whose(), said(), event(), why()].into_iter().flatten().collect(),
    }
}

/// Whose the record is, and where it stands.
fn whose<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "person",
            "人员键：同一个人每晚不变，不能由证件号码反推；往年缴费、生育保险对不上任何人的为空",
            "person key: stable from night to night; null for a payment of another year or an enrolment in maternity insurance that is nobody's who is known",
            Values::Made(|view: &View<'v>, row, to| {
                if link(view, row).person != PersonId::NOBODY {
                    let _ = write!(to, "{}", person(view, row).key);
                }
            }),
        ),
        new(
            "source",
            "来源名称，见 pipeline.toml",
            "source, as pipeline.toml names it",
            Values::Text(|view: &View<'v>, row| &view.origin(record(row)).0.source_name),
        ),
        new(
            "file",
            "来源文件",
            "file",
            Values::Text(|view: &View<'v>, row| &view.origin(record(row)).0.file),
        ),
        new(
            "sheet",
            "工作表；文本文件为空",
            "sheet; null for files without sheets",
            Values::Text(|view: &View<'v>, row| &view.origin(record(row)).0.sheet),
        ),
        new(
            "row",
            "行号，从文件或工作表第一行起数为 1",
            "row as a person opening the file counts it, from 1",
            Values::Number(|view: &View<'v>, row| Some(view.origin(record(row)).1 as i32)),
        ),
        new(
            "kind",
            "来源类别代码",
            "kind of source",
            Values::Text(|view: &View<'v>, row| view.tables().kind_of(record(row)).code()),
        ),
    ]
}

/// What the row says of the person.
fn said<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "id_state",
            "该行证件号码的状况",
            "how the record's certificate number was read",
            Values::Text(|view: &View<'v>, row| subject(view, row).id_state.code()),
        ),
        new(
            "id_number",
            "该行的证件号码：有效则为完整号码，否则为原文",
            "the record's certificate: the whole number if valid, else as found",
            Values::Made(|view: &View<'v>, row, to| {
                let subject = subject(view, row);
                match subject.id {
                    Some(id) => {
                        let _ = write!(to, "{id}");
                    }
                    None => to.push_str(view.night.cx.text(subject.id_text)),
                }
            }),
        )
        .distinct(),
        new(
            "name",
            "该行的姓名（规范后）",
            "the record's name, normalised",
            Values::Text(|view: &View<'v>, row| view.night.cx.text(subject(view, row).name)),
        ),
        new(
            "sex",
            "该行所写性别",
            "sex as the record states it",
            Values::Text(|view: &View<'v>, row| subject(view, row).sex.map_or("", |it| it.code())),
        ),
        new(
            "birth",
            "该行所写出生日期",
            "date of birth as the record states it",
            Values::Date(|view: &View<'v>, row| subject(view, row).birth),
        ),
        new(
            "place",
            "该行的区划代码：村，或只知道的乡镇",
            "division code of the record: village, or township where that is all",
            Values::Text(|view: &View<'v>, row| {
                let place = subject(view, row).place;
                place.map_or("", |it| &view.night.cx.divisions.get(it).code)
            }),
        ),
        new(
            "household",
            "该行的户号",
            "household number of the record",
            Values::Text(|view: &View<'v>, row| {
                view.night.cx.text(view.tables().facts(record(row)).household)
            }),
        ),
    ]
}

/// What happened by the row.
fn event<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "on",
            "该行所记之事的日期（缴费、参保、死亡、列入名单等）",
            "day of what the record is for: paid, enrolled, died, listed …",
            Values::Date(|view: &View<'v>, row| view.tables().facts(record(row)).on),
        ),
        new(
            "year",
            "该行所属参保年度",
            "insurance year of the record",
            Values::Number(|view: &View<'v>, row| {
                Some(i32::from(view.tables().facts(record(row)).year)).filter(|it| *it > 0)
            }),
        )
        .counted_in("year"),
        new(
            "amount_fen",
            "该行金额（分），退费为负",
            "amount of the record; refunds are negative",
            Values::Integer(|view: &View<'v>, row| view.tables().facts(record(row)).amount_fen),
        ),
        new(
            "state",
            "该行的状态代码，或部门原话",
            "state of the record, as a code or in the department's words",
            Values::Text(|view: &View<'v>, row| view.tables().facts(record(row)).state),
        ),
    ]
}

/// Why the record is that person's, or perhaps another's.
fn why<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "method",
            "归并方式",
            "by what the record came to its person",
            Values::Text(|view: &View<'v>, row| link(view, row).method.code()),
        ),
        new(
            "probability",
            "归并的把握，1 为确定",
            "probability of the link; 1 is certain",
            Values::Share(|view: &View<'v>, row| Some(link(view, row).probability)),
        ),
        new(
            "probable_person",
            "可能属于的另一个人的人员键，待人工核实；无则空",
            "key of the other person whose record this probably is: for a human eye",
            Values::Made(|view: &View<'v>, row, to| {
                if let Some(it) = compared(view, row).filter(|it| !it.is_joined) {
                    let _ = write!(to, "{}", person(view, it.with.0 as usize).key);
                }
            }),
        ),
        new(
            "match_probability",
            "逐项比对得出的把握；未比对为空",
            "probability by comparison; null where nothing was compared",
            Values::Share(|view: &View<'v>, row| compared(view, row).map(|it| it.probability)),
        ),
        new(
            "rival_probability",
            "次可能者的把握",
            "probability of the runner-up",
            Values::Share(|view: &View<'v>, row| compared(view, row).map(|it| it.rival)),
        ),
        new(
            "compared_with",
            "与之比对的记录：来源、文件、工作表、行号",
            "the record it was compared with",
            Values::Places(|view: &View<'v>, row, to: &mut Places| {
                if let Some(it) = compared(view, row) {
                    let (part, row) = view.origin(it.with);
                    to.add(&part.source_name, &part.file, &part.sheet, row);
                }
            }),
        ),
        new(
            "comparisons",
            "逐项比对：项目、程度、权重（以 2 为底的对数，正为像，负为不像）",
            "field, level and weight (binary logarithm) of each comparison",
            Values::Scores(|view: &View<'v>, row, to: &mut Scores| {
                for (field, score) in compared(view, row).into_iter().flat_map(Match::compared) {
                    to.add(field.code(), field.level(score.level).0, score.bits);
                }
            }),
        ),
    ]
}

fn subject<'r>(view: &'r View<'_>, row: usize) -> &'r Subject {
    view.tables().subject(record(row))
}

fn compared<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Match> {
    view.night.identities.match_of(record(row))
}

fn record(row: usize) -> RecordId {
    RecordId(row as u32)
}

fn link<'r>(view: &'r View<'_>, row: usize) -> &'r Link {
    &view.night.identities.links[row]
}

fn person<'r>(view: &'r View<'_>, row: usize) -> &'r Person {
    view.person(link(view, row).person)
}

/// Records by person key, a person's own in the order of record ids, those of nobody last: a
/// counting sort.
fn rows(view: &View<'_>) -> Vec<u32> {
    let (people, links) = (&view.night.identities.people, &view.night.identities.links);
    let mut starts = vec![0u32; people.len() + 2];
    let rank = super::persons::rank_by_key(people);
    let rank_of = |link: &Link| match link.person {
        PersonId::NOBODY => people.len(),
        PersonId(at) => rank[at as usize] as usize,
    };
    for link in links {
        starts[rank_of(link) + 1] += 1;
    }
    for at in 0..=people.len() {
        starts[at + 1] += starts[at];
    }
    let mut rows = vec![0; links.len()];
    for (record, link) in links.iter().enumerate() {
        let slot = &mut starts[rank_of(link)];
        rows[*slot as usize] = record as u32;
        *slot += 1;
    }
    rows
}
