//! Controls: sums that must agree exactly, whatever the data, and lists that must be whole.

use rustc_hash::FxHashSet;

use crate::{
    diagnostic::Lang,
    findings::{Finding, finding_id},
    identity::{Identities, PersonId},
    ingest::{Account, Ingested, Unit},
    ledger::{Standing, Verdict},
    lists::{List, Lists},
    report::{
        Reports,
        progress::{Breakdown, Tally, UnitLevel},
        settlement::{FeedLine, Settlement},
    },
    tables::PartId,
};

crate::labelled! {
    /// What a control compares.
    pub enum Check {
        RowsAccounted = "rows-accounted", "读取行数＝采用＋退回＋无数据";
        RecordsStored = "records-stored", "采用行数＝入库记录数";
        RejectsPublished = "rejects-published", "退回行数＝退回清单行数";
        RecordsLinked = "records-linked", "每条记录都归到一个人（往年缴费、生育保险无主的除外）";
        PersonsJudged = "persons-judged", "人数＝各参保结论人数之和";
        UnenrolledListed = "unenrolled-listed", "应保未保人数＝E01 条数，一人一条";
        EvidenceExists = "evidence-exists", "每条问题的依据行都存在";
        FindingsDistinct = "findings-distinct", "问题编号不重复";
        StatedTotal = "stated-total", "文件自带合计与逐行合计一致";
        ListComplete = "list-complete", "名单完整，可据以取消";
        SettlementAddsUp = "settlement-adds-up", "资助清算各类别之和＝台账已资助合计（分）";
        SettlementBalances = "settlement-balances", "已资助＝应资助－少资助＋多资助（分）";
        FeedBridged = "feed-bridged", "资助清算合计＋未计入部分＝税务明细资助金额（分）";
        ProgressCounts = "progress-counts", "进度表各级人数之和＝人数";
        ProgressPaid = "progress-paid", "进度表各级个人缴费之和＝台账个人缴费合计（分）";
        ProgressSubsidised = "progress-subsidised", "进度表各级资助之和＝台账已资助合计（分）";
        SubsidyListWhole = "subsidy-list-whole", "资助标识名单没有骤减（骤减则暂不取消）";
    }
}

/// One comparison of a night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    pub name: Check,
    /// What it is about: a file and sheet, or nothing for the run as a whole; of a list that is
    /// not whole also why.
    pub scope: String,
    pub expected: i64,
    pub actual: i64,
    pub passed: bool,
}

impl Control {
    /// A control that passes if both numbers are equal.
    pub fn exact(name: Check, scope: impl Into<String>, expected: i64, actual: i64) -> Control {
        Control { name, scope: scope.into(), expected, actual, passed: expected == actual }
    }

    /// A control that passes unless there is less than there must be.
    pub fn at_least(name: Check, scope: impl Into<String>, least: i64, actual: i64) -> Control {
        Control { name, scope: scope.into(), expected: least, actual, passed: actual >= least }
    }

    /// The control as one line of text.
    pub fn show(&self, lang: Lang) -> String {
        let (expected, actual) = (self.expected, self.actual);
        let of = |text: &str| match self.scope.is_empty() {
            true => text.to_string(),
            false => format!("{text} [{}]", self.scope),
        };
        match (lang, self.passed) {
            (Lang::Zh, true) => format!("校验通过：{}：{actual}", of(self.name.zh())),
            (Lang::Zh, false) => {
                let name = of(self.name.zh());
                let should = if self.is_least() { "应不少于" } else { "应为" };
                format!("校验不符：{name}：{should} {expected}，实为 {actual}")
            }
            (Lang::En, true) => format!("control met: {}: {actual}", of(self.name.code())),
            (Lang::En, false) => {
                let name = of(self.name.code());
                let least = if self.is_least() { "at least " } else { "" };
                format!("control breached: {name}: expected {least}{expected}, found {actual}")
            }
        }
    }

    /// Whether a breach says that the program miscounted; else it says that a department did.
    pub fn is_ours(&self) -> bool {
        !matches!(self.name, Check::StatedTotal | Check::ListComplete | Check::SubsidyListWhole)
    }

    /// Whether there may be more than expected.
    pub(super) fn is_least(&self) -> bool {
        matches!(self.name, Check::ListComplete | Check::SubsidyListWhole)
    }
}

/// Checks everything that must agree exactly, in the order of files, then of checks; then whether
/// each month's list may remove people.
pub fn check(
    ingested: &Ingested,
    identities: &Identities,
    lists: &Lists,
    (standings, findings): (&[Standing], &[Finding]),
    reports: &Reports,
) -> Vec<Control> {
    let mut controls = Vec::new();
    let stored = records_by_part(ingested);
    for account in &ingested.accounts {
        check_account(ingested, account, &stored, &mut controls);
    }
    let exact = |name, expected: usize, actual: usize| {
        Control::exact(name, "", expected as i64, actual as i64)
    };
    let (people, links) = (&identities.people, &identities.links);
    let linked = links.iter().filter(|it| (it.person.0 as usize) < people.len()).count();
    let accounted = linked + identities.n_nobodys;
    controls.push(exact(Check::RecordsLinked, ingested.tables.len(), accounted));
    let of_verdict = |verdict| standings.iter().filter(|it| it.verdict == verdict).count();
    let judged: usize = Verdict::ALL.iter().map(|it| of_verdict(*it)).sum();
    controls.push(exact(Check::PersonsJudged, people.len(), judged));
    let listed: Vec<PersonId> =
        findings.iter().filter(|it| it.rule.code == "E01").filter_map(|it| it.person).collect();
    controls.push(exact(Check::UnenrolledListed, of_verdict(Verdict::Unenrolled), listed.len()));
    let evidence = || findings.iter().flat_map(|it| &it.evidence);
    let exists = evidence().filter(|it| (it.0 as usize) < ingested.tables.len()).count();
    let unproven =
        findings.iter().filter(|it| it.evidence.is_empty() && it.other_row.is_none()).count();
    controls.push(exact(Check::EvidenceExists, evidence().count() + unproven, exists));
    let key = |it: &Finding| it.person.map(|it| people[it.0 as usize].key);
    let ids: FxHashSet<String> =
        findings.iter().map(|it| finding_id(it.rule.code, key(it), &it.case)).collect();
    controls.push(exact(Check::FindingsDistinct, findings.len(), ids.len()));
    controls.extend(lists.lists.iter().map(list_complete));
    check_settlement(ingested, standings, &reports.settlement, &mut controls);
    check_progress(standings, reports, &mut controls);
    let shrinking = reports.subsidy_list.shrinking.iter();
    controls.extend(shrinking.map(|it| {
        Control::at_least(Check::SubsidyListWhole, it.category.as_str(), it.least, it.actual)
    }));
    controls
}

/// The settlement against what it was not made from: the ledger's sums and the raw rows.
fn check_settlement(
    ingested: &Ingested,
    standings: &[Standing],
    settlement: &Settlement,
    controls: &mut Vec<Control>,
) {
    let total = settlement.total();
    let mut add =
        |name, expected, actual| controls.push(Control::exact(name, "", expected, actual));
    let of_ledger: i64 = standings.iter().map(|it| it.subsidised_fen).sum();
    add(Check::SettlementAddsUp, of_ledger, total.subsidised.fen);
    let balance = total.entitled.fen - total.missing.fen + total.undue.fen;
    add(Check::SettlementBalances, total.subsidised.fen, balance);
    let of_rows: i64 = ingested.tables.payments.iter().map(|it| it.subsidised_fen).sum();
    let elsewhere = FeedLine::ALL.iter().filter(|it| **it != FeedLine::Valid);
    let bridge: i64 = elsewhere.map(|it| settlement.feed(*it).fen).sum();
    add(Check::FeedBridged, of_rows, total.subsidised.fen + bridge);
}

/// Every level of the progress tables against what it was not made from.
fn check_progress(standings: &[Standing], reports: &Reports, controls: &mut Vec<Control>) {
    let paid: i64 = standings.iter().map(|it| it.paid_fen).sum();
    let subsidised: i64 = standings.iter().map(|it| it.subsidised_fen).sum();
    for level in UnitLevel::ALL {
        let units: Vec<_> = reports.progress.of_level(*level).collect();
        if units.is_empty() {
            continue;
        }
        let mut sum = Tally::default();
        units.into_iter().for_each(|it| sum += reports.progress.tally(it, Breakdown::All));
        let mut add = |name, expected, actual| {
            controls.push(Control::exact(name, level.zh(), expected, actual));
        };
        add(Check::ProgressCounts, standings.len() as i64, sum.persons());
        add(Check::ProgressPaid, paid, sum.amount_fen);
        add(Check::ProgressSubsidised, subsidised, sum.subsidised_fen);
    }
}

/// The fewest rows of a whole list, and those that tell whose they are.
fn list_complete(list: &List) -> Control {
    let (files, passed) = (list.files.join("、"), list.is_whole());
    let scope = if passed { files } else { format!("{files}（{}）", list.flaws_zh()) };
    let (expected, actual) = (list.least as i64, list.rows as i64);
    Control { name: Check::ListComplete, scope, expected, actual, passed }
}

fn check_account(
    ingested: &Ingested,
    account: &Account,
    stored: &[i64],
    controls: &mut Vec<Control>,
) {
    let part = &ingested.tables.origins.parts[account.part.0 as usize];
    let scope = scope_of(ingested, account.part);
    let mut add = |name, expected: u64, actual: i64| {
        controls.push(Control::exact(name, scope.clone(), expected as i64, actual));
    };
    let accounted = account.accepted + account.rejected + account.no_data;
    add(Check::RowsAccounted, account.rows_read, accounted as i64);
    add(Check::RecordsStored, account.accepted, stored[account.part.0 as usize]);
    let rejected: FxHashSet<u32> = ingested
        .rejects
        .iter()
        .filter(|it| {
            it.source == part.source_name && it.file == part.file && it.sheet == part.sheet
        })
        .map(|it| it.row)
        .collect();
    add(Check::RejectsPublished, account.rejected, rejected.len() as i64);
    for total in &account.totals {
        let unit = match total.unit {
            Unit::Fen => "分",
            Unit::Rows => "行",
        };
        let (row, column) = (total.row, &total.column);
        let scope = format!("{scope}:{row}:{column}（{unit}）");
        controls.push(Control::exact(Check::StatedTotal, scope, total.stated, total.counted));
    }
}

fn records_by_part(ingested: &Ingested) -> Vec<i64> {
    let origins = &ingested.tables.origins;
    let mut counts = vec![0; origins.parts.len()];
    for origin in &origins.rows {
        counts[origin.part.0 as usize] += 1;
    }
    counts
}

/// A part as controls name it: `file[sheet]`.
fn scope_of(ingested: &Ingested, part: PartId) -> String {
    let part = &ingested.tables.origins.parts[part.0 as usize];
    match part.sheet.is_empty() {
        true => part.file.clone(),
        false => format!("{}[{}]", part.file, part.sheet),
    }
}
