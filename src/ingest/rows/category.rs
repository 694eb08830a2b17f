//! Lists of people of a category: one column of labels, a list of one category, or a wide table
//! with a column for each.

use chrono::NaiveDate;

use super::{Blame, Desk, Read, codes};
use crate::{
    clean::{category, date},
    ingest::{account::RejectReason, complaints, field::Field},
    tables::{CategoryRow, Subject, Tables, TextId},
};

impl Read for CategoryRow {
    fn read(desk: &mut Desk<'_>, rows: &mut Vec<Self>) -> Result<(), Blame> {
        let subject =
            desk.subject().ok_or(Blame { reason: RejectReason::NoPerson, field: None })?;
        let household = desk.text(Field::Household);
        let (from, to) = span(desk);
        let before = rows.len();
        let mut add = |label: TextId, from: Option<NaiveDate>, subject: Subject| {
            if label.is_some() {
                rows.push(CategoryRow { subject, label, household, from, to });
            }
        };
        let marked = wide(desk);
        if marked.is_empty() {
            for label in labels(desk) {
                add(label, from, subject);
            }
        }
        for (label, since) in marked {
            add(label, since.or(from), subject);
        }
        match rows.len() > before {
            true => Ok(()),
            false => {
                let field = desk.has(Field::Category).then_some(Field::Category);
                Err(Blame { reason: RejectReason::NoCategory, field })
            }
        }
    }

    fn table(tables: &mut Tables) -> &mut Vec<Self> {
        &mut tables.categories
    }

    fn event(&self) -> Option<NaiveDate> {
        self.from
    }
}

/// The labels of the row's own cell, or else that of the list.
fn labels(desk: &mut Desk<'_>) -> Vec<TextId> {
    if is_disability_list(desk) {
        let label = disability(desk);
        return vec![desk.texts.intern(label)];
    }
    let words = desk.words(Field::Category);
    let mut labels: Vec<TextId> = Vec::new();
    for part in category::split(&words) {
        let label = desk.texts.intern(&category::key(part));
        if label.is_some() && !labels.contains(&label) {
            labels.push(label);
        }
    }
    if labels.is_empty() && desk.columns.wide.is_empty() {
        labels.push(desk.texts.intern(&category::key(desk.given.category)));
    }
    labels
}

/// Whether the list is one of disabled people: a list of the poor may have a column of grades too.
fn is_disability_list(desk: &Desk<'_>) -> bool {
    let tells_grade = desk.has(Field::DisabilityGrade) || desk.has(Field::DisabilityCard);
    let is_of_the_disabled = desk.given.category.is_empty() || desk.given.category.contains('残');
    tells_grade && is_of_the_disabled && !desk.has(Field::Category)
}

/// Only the first two grades are severe.
fn disability(desk: &mut Desk<'_>) -> &'static str {
    let card = [Field::DisabilityCard, Field::IdNumber].map(|it| desk.cell(it).text.trim());
    let card = card.into_iter().find(|it| it.len() >= 20).unwrap_or("");
    match codes::disability_grade(&desk.words(Field::DisabilityGrade), card) {
        Some(1 | 2) => "重度残疾",
        Some(_) => "残疾",
        None if category::key(desk.given.category) == "重度残疾" => "重度残疾",
        None => "残疾",
    }
}

/// The categories of a wide table that the row is in, and since when.
fn wide(desk: &mut Desk<'_>) -> Vec<(TextId, Option<NaiveDate>)> {
    let columns = desk.columns;
    let mut found = Vec::new();
    for (column, label) in &columns.wide {
        let cell = desk.cell_at(*column);
        if cell.is_blank() {
            continue;
        }
        let since = date::read(cell).map(|it| it.date);
        let words = crate::clean::text::fold(cell.text);
        let is_in = match (since, codes::yes(&words)) {
            (Some(_), _) => true,
            (None, Some(answer)) => answer,
            (None, None) if words.contains(label.as_str()) || label.contains(&*words) => true,
            (None, None) => {
                desk.notes.add(&complaints::ODD_MARK, desk.number(), &columns.headers[*column], "");
                false
            }
        };
        if is_in {
            found.push((desk.texts.intern(&category::key(label)), since));
        }
    }
    found
}

/// From when the row holds, and the first day on which it no longer does.
fn span(desk: &mut Desk<'_>) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let from = desk.date(Field::CategoryFrom);
    let ended = desk.date(Field::CategoryTo).or_else(|| desk.day_after(Field::ValidTo));
    let status = desk.words(Field::Status);
    let removed = codes::yes(&desk.words(Field::RiskRemoved)).or_else(|| {
        let over = ["取消", "退出", "停发", "终止", "停保", "注销", "死亡"];
        over.iter().any(|it| status.contains(it)).then_some(true)
    });
    match (removed, ended) {
        // The risk is still there, whatever day stands beside it.
        (Some(false), _) if desk.has(Field::RiskRemoved) => (from, None),
        (Some(true), None) => {
            desk.complain(&complaints::UNDATED_END, Field::RiskRemoved, "");
            (from, from.or(NaiveDate::from_ymd_opt(1900, 1, 1)))
        }
        (_, ended) => (from, ended),
    }
}
