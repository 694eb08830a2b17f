//! What each department sent, and how much of it was of use.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{diagnostic::Lang, findings::Finding, publish::View, tables::PartId};

/// The letter of the rules about data quality.
const QUALITY: char = 'Q';

/// The list of diagnostics as `docs/` has it: a row a code, in both languages.
const DIAGNOSTICS: &str = include_str!("../../../docs/diagnostics.md");

/// A supplier; the section has them by how much there is to mend, the most first.
#[derive(Default, Serialize)]
pub(super) struct Supplier {
    name: String,
    files: i64,
    rows_read: i64,
    accepted: i64,
    rejected: i64,
    no_data: i64,
    /// Diagnostics about its files.
    diagnostics: i64,
    /// Findings about data quality that one of its rows proves.
    findings: i64,
    /// What is wrong, by code.
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    /// Of a diagnostic or a rule; empty for rejected rows.
    code: &'static str,
    kind: Kind,
    meaning: String,
    count: i64,
}

/// What a problem is counted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Rejected,
    Diagnostic,
    Finding,
}

/// Problems in the making: kind, code and meaning → how often.
type Problems = BTreeMap<(Kind, &'static str, String), i64>;

pub(super) fn suppliers(view: &View<'_>) -> Vec<Supplier> {
    let of_source = suppliers_of_sources(view);
    let mut problems: BTreeMap<&str, Problems> = BTreeMap::new();
    let mut add = |supplier, kind, code, meaning| {
        let problems: &mut Problems = problems.entry(supplier).or_default();
        *problems.entry((kind, code, meaning)).or_default() += 1;
    };
    let supplier = |source: &str| of_source.get(source).copied().unwrap_or_default();
    let lang = view.night.cx.lang;
    for reject in &view.night.ingested.rejects {
        let reason = if lang == Lang::Zh { reject.reason.zh() } else { reject.reason.code() };
        add(supplier(&reject.source), Kind::Rejected, "", reason.to_string());
    }
    for it in &view.night.ingested.diagnostics {
        add(supplier(&it.place.source), Kind::Diagnostic, it.code, meaning(lang, it.code));
    }
    let accounts = &view.night.ingested.accounts;
    let mut of_part = vec![""; view.tables().origins.parts.len()];
    for account in accounts {
        of_part[usize::from(account.part.0)] = &account.supplier;
    }
    for finding in view.night.findings.iter().filter(|it| it.rule.code.starts_with(QUALITY)) {
        let rule = finding.rule;
        let name = if lang == Lang::Zh { rule.zh.to_string() } else { rule.name.replace('_', " ") };
        for supplier in proven_by(view, finding, &of_part) {
            add(supplier, Kind::Finding, rule.code, name.clone());
        }
    }
    let mut suppliers = accounted(view);
    for (name, problems) in problems.into_iter().filter(|it| !it.0.is_empty()) {
        let entry = suppliers.entry(name).or_default();
        entry.take(problems);
    }
    let mut suppliers: Vec<Supplier> =
        suppliers.into_iter().map(|(name, it)| Supplier { name: name.to_string(), ..it }).collect();
    suppliers.sort_by_key(|it| std::cmp::Reverse(it.rejected + it.diagnostics + it.findings));
    suppliers
}

/// The supplier of each source, also of those that sent nothing.
fn suppliers_of_sources<'a>(view: &View<'a>) -> FxHashMap<&'a str, &'a str> {
    let parts = &view.tables().origins.parts;
    let sent = view.night.ingested.accounts.iter();
    let sent = sent.map(|it| (parts[usize::from(it.part.0)].source_name.as_str(), &it.supplier));
    let named = view.night.pipeline.sources.iter().map(|it| (it.name.as_str(), &it.supplier));
    sent.chain(named).map(|(source, supplier)| (source, supplier.as_str())).collect()
}

/// Files and rows by supplier.
fn accounted<'a>(view: &View<'a>) -> BTreeMap<&'a str, Supplier> {
    let parts = &view.tables().origins.parts;
    let mut suppliers: BTreeMap<&str, Supplier> = BTreeMap::new();
    let mut before = None;
    for account in &view.night.ingested.accounts {
        let entry = suppliers.entry(&account.supplier).or_default();
        let part = &parts[usize::from(account.part.0)];
        let file = (part.source, &part.file);
        // The sheets of a file stand one behind the other.
        entry.files += i64::from(before.replace(file) != Some(file));
        entry.rows_read += account.rows_read as i64;
        entry.accepted += account.accepted as i64;
        entry.rejected += account.rejected as i64;
        entry.no_data += account.no_data as i64;
    }
    suppliers
}

/// Those who sent the rows that prove a finding, each once.
fn proven_by<'a>(view: &View<'a>, finding: &Finding, of_part: &[&'a str]) -> Vec<&'a str> {
    let origins = &view.tables().origins;
    let records = finding.evidence.iter().map(|it| origins.rows[it.0 as usize].part);
    let parts = records.chain(finding.other_row.map(|it| it.part));
    let mut suppliers: Vec<&str> = parts.map(|PartId(it)| of_part[usize::from(it)]).collect();
    suppliers.sort();
    suppliers.dedup();
    suppliers
}

impl Supplier {
    fn take(&mut self, problems: Problems) {
        for ((kind, code, meaning), count) in problems {
            match kind {
                // Those the accounts have counted.
                Kind::Rejected => {}
                Kind::Diagnostic => self.diagnostics += count,
                Kind::Finding => self.findings += count,
            }
            self.problems.push(Problem { code, kind, meaning, count });
        }
    }
}

/// What a diagnostic's code means; the code itself where the list does not have it.
fn meaning(lang: Lang, code: &str) -> String {
    let found = DIAGNOSTICS.lines().find_map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        (cells.next()? == code).then(|| (cells.next(), cells.next()))
    });
    let found = found.and_then(|(zh, en)| if lang == Lang::Zh { zh } else { en });
    found.unwrap_or(code).replace("\\\"", "\"").replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn a_code_means_what_the_list_of_diagnostics_says() {
        assert_eq!(meaning(Lang::Zh, "D102"), "文件无法读取");
        assert_eq!(meaning(Lang::En, "D106"), "two columns mean the same field");
        assert_eq!(meaning(Lang::Zh, "D999"), "D999");
    }

    #[test]
    fn rows_rejects_and_diagnostics_are_those_of_the_files_sent() {
        let world = World::new(300, 4);
        let cx = world.context();
        let suppliers = suppliers(&View::first(&world.night(&cx)));
        assert_eq!(suppliers.len(), 1, "the police sent everything");
        let it = &suppliers[0];
        let rows: u64 = world.ingested.accounts.iter().map(|it| it.rows_read).sum();
        assert_eq!((it.name.as_str(), it.files, it.rows_read), ("公安局", 5, rows as i64));
        assert_eq!(it.rows_read, it.accepted + it.rejected + it.no_data);
        assert_eq!((it.rejected, it.diagnostics, it.findings), (1, 1, 0));
        let problems: Vec<(&str, i64)> = it.problems.iter().map(|it| (it.code, it.count)).collect();
        assert_eq!(problems, [("", 1), ("D101", 1)]);
    }

    #[test]
    fn a_finding_about_quality_counts_for_whoever_sent_its_rows() {
        let mut world = World::new(300, 4);
        let rule = crate::findings::RULES.iter().find(|it| it.code == "Q01").unwrap();
        let [first, second] = [0, 1].map(|it| world.ingested.tables.payments[it].subject.record);
        let resident = world.ingested.tables.residents[0].subject.record;
        world.ingested.accounts[4].supplier = "税务局".into();
        world.findings = vec![Finding::new(rule, None, [first, resident, second], "".into())];
        let cx = world.context();
        let suppliers = suppliers(&View::first(&world.night(&cx)));
        let of = |name| suppliers.iter().find(|it: &&Supplier| it.name == name).unwrap().findings;
        assert_eq!((of("税务局"), of("公安局")), (1, 1));
    }
}
