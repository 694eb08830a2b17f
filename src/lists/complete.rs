//! Whether a month's list is so complete that who is missing was removed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashSet;

use crate::{
    config::Source,
    diagnostic::{Diagnostic, Message, Place, Severity},
    identity::{Identities, LinkMethod},
    ingest::{Account, Field, Ingested},
    tables::{Part, PartId},
};

crate::labelled! {
    /// Why a list, or its silence about somebody, removes nobody.
    pub enum Flaw {
        Alone = "only-list", "只有这一个月的名单";
        Unreadable = "unreadable", "文件或工作表无法读取";
        RowsRejected = "rows-rejected", "有退回的行";
        ColumnMissing = "column-missing", "缺少上月名单有的列";
        FewerRows = "fewer-rows", "人数比前一份完整名单少得过多";
        TwoFiles = "two-files", "同一个月有两份不同的文件";
        CategoryMissing = "category-missing", "名单上没有这一类人员";
        MaybeListed = "maybe-listed", "名单上有一行可能就是此人";
        Untold = "untold", "此人没有完整证件号码，无法逐月对照";
    }
}

/// The fields that say who is on a list, and in which category.
const WHO: [Field; 5] =
    [Field::IdNumber, Field::DisabilityCard, Field::Name, Field::Category, Field::DisabilityGrade];

/// One month's list of one source, in one file or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The source's position in `pipeline.toml`.
    pub source: u16,
    /// The first day of the month.
    pub month: NaiveDate,
    /// In the order of paths; with the sheet, where a file has sheets of several months.
    pub files: Vec<String>,
    pub parts: Vec<PartId>,
    /// Rows that tell whose they are, a file handed in twice counted once.
    pub rows: u64,
    /// The fewest rows that would pass for a whole list; 0 where there is none to compare with.
    pub least: u64,
    /// What keeps it from removing anybody.
    pub flaws: Vec<Flaw>,
}

impl List {
    /// Whether nothing is wrong with it; the first list of a source has nobody to remove.
    pub fn is_whole(&self) -> bool {
        self.flaws.iter().all(|it| *it == Flaw::Alone)
    }

    /// What is wrong with it, in words.
    pub fn flaws_zh(&self) -> String {
        self.said().map(|it| it.zh()).collect::<Vec<_>>().join("、")
    }

    fn said(&self) -> impl Iterator<Item = Flaw> + '_ {
        self.flaws.iter().copied().filter(|it| *it != Flaw::Alone)
    }
}

/// The parts of a month's list, before it is compared with the others.
#[derive(Default)]
struct Month<'a> {
    accounts: Vec<&'a Account>,
    /// The parts that are not there a second time, byte for byte, in another file.
    counted: Vec<PartId>,
    fields: BTreeSet<u8>,
    n_files: usize,
}

/// The lists of a source in the order of months, each compared with the last whole one before it;
/// where there is none, with the next.
pub(super) fn lists(
    at: u16,
    source: &Source,
    ingested: &Ingested,
    identities: &Identities,
) -> Vec<List> {
    let months = months(at, ingested);
    let rows: Vec<u64> = months.values().map(|it| told(it, ingested, identities)).collect();
    let fields: Vec<&BTreeSet<u8>> = months.values().map(|it| &it.fields).collect();
    let mut lists: Vec<List> = Vec::with_capacity(months.len());
    let mut whole: Option<usize> = None;
    for (nth, (month, it)) in months.iter().enumerate() {
        let other = whole.or(Some(nth + 1).filter(|it| *it < rows.len()));
        let least = other.map_or(0, |it| source.least_rows(rows[it]));
        let lacks_column = whole.is_some_and(|it| !fields[it].is_subset(fields[nth]));
        let is_broken = |it: &&&Account| !it.is_usable && !it.header_rows.is_empty();
        let is_unreadable = |it: &&&Account| it.encoding == "unreadable";
        let accounts = || it.accounts.iter();
        let flaws = [
            (Flaw::Alone, months.len() == 1),
            (Flaw::Unreadable, accounts().any(|it| is_broken(&it) || is_unreadable(&it))),
            (Flaw::RowsRejected, accounts().any(|it| it.rejected > 0)),
            (Flaw::ColumnMissing, lacks_column),
            (Flaw::FewerRows, rows[nth] < least),
            (Flaw::TwoFiles, it.n_files > 1),
        ];
        let flaws: Vec<Flaw> = flaws.iter().filter(|it| it.1).map(|it| it.0).collect();
        let parts: Vec<PartId> = it.accounts.iter().map(|it| it.part).collect();
        let mut files: Vec<String> = parts.iter().map(|it| shown(*it, ingested)).collect();
        files.dedup();
        if flaws.is_empty() {
            whole = Some(nth);
        }
        lists.push(List { source: at, month: *month, files, parts, rows: rows[nth], least, flaws });
    }
    lists
}

/// The file of a part, with its sheet where other sheets are of other months.
fn shown(part: PartId, ingested: &Ingested) -> String {
    let parts = &ingested.tables.origins.parts;
    let Part { source, file, sheet, month, .. } = &parts[part.0 as usize];
    let mut others = parts.iter().filter(|it| (&it.source, &it.file) == (source, file));
    match others.any(|it| it.month != *month) {
        true => format!("{file}[{sheet}]"),
        false => file.clone(),
    }
}

/// The parts of a source by month; what has no month is no month's list.
fn months(source: u16, ingested: &Ingested) -> BTreeMap<NaiveDate, Month<'_>> {
    let mut months: BTreeMap<NaiveDate, Month<'_>> = BTreeMap::new();
    let mut seen: FxHashSet<(NaiveDate, &str, &str)> = FxHashSet::default();
    let mut files: FxHashSet<(NaiveDate, &str)> = FxHashSet::default();
    for account in &ingested.accounts {
        let part = &ingested.tables.origins.parts[account.part.0 as usize];
        let Some(day) = part.month.filter(|_| part.source == source) else { continue };
        let month = months.entry(day).or_default();
        month.accounts.push(account);
        month.n_files += usize::from(files.insert((day, &account.sha256)));
        if seen.insert((day, &account.sha256, &part.sheet)) {
            month.counted.push(account.part);
        }
        let fields = account.columns.iter().filter_map(|it| it.1);
        let who = fields.filter(|it| account.is_usable && WHO.contains(it));
        month.fields.extend(who.map(|it| it as u8));
    }
    months
}

/// How many rows tell whose they are: by a whole number, or by what other rows say.
fn told(month: &Month<'_>, ingested: &Ingested, identities: &Identities) -> u64 {
    let tables = &ingested.tables;
    let mut rows: FxHashSet<(PartId, u32)> = FxHashSet::default();
    for row in &tables.categories {
        let record = row.subject.record;
        let link = &identities.links[record.0 as usize];
        let has_number = identities.people[link.person.0 as usize].id.is_some();
        let origin = tables.origins.rows[record.0 as usize];
        if (has_number || link.method != LinkMethod::Alone) && month.counted.contains(&origin.part)
        {
            rows.insert((origin.part, origin.row));
        }
    }
    rows.len() as u64
}

/// What is to be said of a list that removes nobody.
pub(super) fn diagnostic(source: &Source, list: &List) -> Option<Diagnostic> {
    if list.is_whole() {
        return None;
    }
    let (year, month, rows, least) = (list.month.year(), list.month.month(), list.rows, list.least);
    let is_short = list.flaws.contains(&Flaw::FewerRows);
    let count = |zh: String| if is_short { zh } else { String::new() };
    let what = Message::new(
        format!(
            "{year}年{month}月的名单不能算完整（{}{}）：新增和变更照常计入，名单上没有的人不据以取消",
            list.flaws_zh(),
            count(format!("；能认定的有{rows}行，至少应有{least}行")),
        ),
        format!(
            "the list of {year}-{month:02} cannot pass for a whole one ({}{}): who is on it counts, who is missing is not taken as removed",
            list.said().map(|it| it.code()).collect::<Vec<_>>().join(", "),
            count(format!("; {rows} rows tell whose they are, {least} or more are a whole list")),
        ),
    );
    let help = match is_short {
        true => Message::new(
            "请供数单位重报完整名单；人数确属正常减少的，在该来源中调高 tolerated_change_percent",
            "ask the supplier for the whole list; if so many were really removed, raise the source's tolerated_change_percent",
        ),
        false => Message::new(
            "请供数单位更正后重报完整名单；退回的行见 rejects.parquet",
            "ask the supplier for the whole list, mended; rejects.parquet has the rows that could not be used",
        ),
    };
    let file = list.files.first().cloned().unwrap_or_default();
    let place = Place { source: source.name.clone(), file, ..Place::default() };
    let (severity, value) = (Severity::Warning, String::new());
    Some(Diagnostic { code: "D133", severity, place, what, value, help })
}
