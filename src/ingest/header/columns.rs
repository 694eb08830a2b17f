//! Which column holds which field.

use super::{
    matcher::{Matcher, Meaning, Strength},
    words::{CATEGORIES, SPOILERS},
};
use crate::{clean::text, ingest::field::Field};

const NOWHERE: u16 = u16::MAX;

/// The columns of one sheet.
#[derive(Clone, Debug)]
pub struct Columns {
    at: [u16; Field::COUNT],
    /// Every header as found, with those above it, and its field.
    pub headers: Vec<String>,
    pub fields: Vec<Option<Field>>,
    /// Columns of a wide table, each one a category: (column, label).
    pub wide: Vec<(usize, String)>,
    /// Pairs of columns that mean the same; the second is not used.
    pub doubled: Vec<(usize, usize)>,
    /// How sure the mapping as a whole is; for comparing places where the header may be.
    pub score: i32,
}

impl Columns {
    /// Assigns fields to headers, each field to the surest of its columns.
    pub fn assign(matcher: &Matcher, headers: &[(String, String)]) -> Columns {
        let meanings: Vec<Option<Meaning>> =
            headers.iter().map(|(group, own)| matcher.read(group, own)).collect();
        let mut columns = Columns {
            at: [NOWHERE; Field::COUNT],
            headers: headers.iter().map(|(group, own)| shown(group, own)).collect(),
            fields: vec![None; headers.len()],
            wide: Vec::new(),
            doubled: Vec::new(),
            score: 0,
        };
        for (column, meaning) in meanings.iter().enumerate() {
            let Some(meaning) = meaning else { continue };
            let Some(held) = columns.column(meaning.field) else {
                columns.put(meaning.field, column);
                continue;
            };
            let Some(holder) = meanings[held] else { continue };
            let worth = |it: &Meaning| (it.strength, std::cmp::Reverse(it.rank));
            let (kept, lost) =
                if worth(meaning) > worth(&holder) { (column, held) } else { (held, column) };
            columns.fields[lost] = None;
            columns.put(meaning.field, kept);
            if meaning.strength == holder.strength {
                columns.doubled.push((kept, lost));
            }
        }
        columns.score = columns.worth(&meanings);
        columns
    }

    /// Makes a column the one of a field.
    pub fn put(&mut self, field: Field, column: usize) {
        self.at[field as usize] = column as u16;
        self.fields[column] = Some(field);
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        let at = self.at[field as usize];
        (at != NOWHERE).then_some(at as usize)
    }

    /// Whether any of these fields has a column.
    pub fn has_any(&self, fields: &[Field]) -> bool {
        fields.iter().any(|it| self.column(*it).is_some())
    }

    /// The header of a field's column, as found.
    pub fn header(&self, field: Field) -> &str {
        self.column(field).map_or("", |it| self.headers[it].as_str())
    }

    /// How many columns are understood.
    pub fn n_mapped(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    fn worth(&self, meanings: &[Option<Meaning>]) -> i32 {
        let field_worth = |field: Field| match field {
            Field::IdNumber | Field::Name => 8,
            Field::Sequence | Field::Remark => 2,
            _ => 3,
        };
        let column_worth =
            |(column, field): (usize, &Option<Field>)| match (field, meanings[column]) {
                (Some(field), Some(it)) => {
                    field_worth(*field) + i32::from(it.strength >= Strength::Composed)
                }
                _ => 0,
            };
        let sum: i32 = self.fields.iter().enumerate().map(column_worth).sum();
        // Two columns that mean one thing are a sign that the row above tells them apart.
        let personal = |it: &&(usize, usize)| self.fields[it.0].is_some_and(Field::is_personal);
        sum - 6 * self.doubled.iter().filter(personal).count() as i32
    }

    /// Takes the columns that are named after categories as a wide table.
    pub fn find_wide(&mut self) {
        for column in 0..self.headers.len() {
            let key: String =
                self.headers[column].chars().filter(|it| !it.is_whitespace()).collect();
            let label = ["是否", "享受", "属于", "纳入", "为"]
                .iter()
                .fold(key.as_str(), |key, it| key.strip_prefix(it).unwrap_or(key));
            let label = ["认定时间", "认定日期", "日期", "时间", "(是/否)", "(√)"]
                .iter()
                .fold(label, |key, it| key.strip_suffix(it).unwrap_or(key));
            let is_category = CATEGORIES.iter().any(|it| label.contains(it));
            let is_other = SPOILERS.iter().any(|it| label.contains(it))
                || [
                    "证", "号", "原因", "类", "等级", "级别", "金额", "说明", "情况", "编号",
                    "身份",
                ]
                .iter()
                .any(|it| label.ends_with(it));
            let is_free = self.fields[column].is_none_or(|it| it == Field::CategoryFrom);
            if is_category && !is_other && is_free {
                self.wide.push((column, label.to_string()));
            }
        }
        for (column, _) in &self.wide {
            if self.fields[*column] == Some(Field::CategoryFrom) {
                self.at[Field::CategoryFrom as usize] = NOWHERE;
            }
        }
    }
}

fn shown(group: &str, own: &str) -> String {
    let tidy = |it: &str| text::fold(it).split_whitespace().collect::<Vec<_>>().join(" ");
    match (tidy(group), tidy(own)) {
        (group, own) if group.is_empty() => own,
        (group, own) => format!("{group}/{own}"),
    }
}
