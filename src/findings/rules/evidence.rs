//! What several rules point at: home rows, rows of one kind of source.

use crate::{
    findings::{Finding, Owner, Rule},
    identity::PersonFile,
    ledger::{Case, Context},
    tables::{RecordId, Row, SourceKind, Subject},
};

/// The rows that make a person one of ours.
pub(super) fn home(case: &Case<'_>) -> Vec<RecordId> {
    fn records<R: Row>(rows: &[R]) -> impl Iterator<Item = RecordId> {
        rows.iter().map(|it| it.subject().record)
    }
    let file = &case.file;
    let home = records(file.residents)
        .chain(records(file.permits))
        .chain(records(file.births))
        .chain(records(file.students));
    let home: Vec<RecordId> = home.collect();
    if home.is_empty() { vec![case.person.home] } else { home }
}

/// Whether any list of persons (not the register, not money) knows the person.
pub(super) fn is_known(case: &Case<'_>) -> bool {
    case.person.is_listed()
}

/// Whether the register of medical cover knows the person.
pub(super) fn is_registered(file: &PersonFile<'_>) -> bool {
    file.enrolments.iter().any(|it| !it.is_aside())
}

/// The rows with a fault, those of one kind of source together. Those that stand aside have none
/// that anybody must mend.
pub(super) fn by_source<'a>(
    cx: &Context<'_>,
    case: &Case<'a>,
    is_faulty: impl Fn(&Subject) -> bool,
) -> Vec<Vec<(SourceKind, &'a Subject)>> {
    fn faulty<'a, R: Row + 'a>(
        rows: impl IntoIterator<Item = &'a R>,
        is_faulty: &impl Fn(&Subject) -> bool,
    ) -> Vec<(SourceKind, &'a Subject)> {
        let subjects = rows.into_iter().map(Row::subject);
        subjects.filter(|it| is_faulty(it)).map(|it| (R::KIND, it)).collect()
    }
    let file = &case.file;
    let enrolments = file.enrolments.iter().filter(|it| !it.is_aside());
    let payments = file.payments.iter().filter(|it| !it.is_aside(cx.policy.year));
    let mut all = vec![
        faulty(file.residents, &is_faulty),
        faulty(file.permits, &is_faulty),
        faulty(file.births, &is_faulty),
        faulty(file.deaths, &is_faulty),
        faulty(file.categories, &is_faulty),
        faulty(file.students, &is_faulty),
        faulty(enrolments, &is_faulty),
        faulty(payments, &is_faulty),
        faulty(file.collections, &is_faulty),
        faulty(file.elsewhere, &is_faulty),
        faulty(file.exemptions, &is_faulty),
        faulty(file.answers.iter().filter(|it| !it.is_aside()), &is_faulty),
    ];
    all.retain(|rows| !rows.is_empty());
    all
}

/// A finding about rows of one kind of source, for the department that can mend them.
pub(super) fn about_rows(
    rule: &'static Rule,
    case: &Case<'_>,
    rows: &[(SourceKind, &Subject)],
    detail: String,
) -> Finding {
    let kind = rows[0].0;
    Finding::new(rule, case.id, rows.iter().map(|(_, it)| it.record), detail)
        .case(kind.code())
        .owner(Owner::of_source(kind))
}
