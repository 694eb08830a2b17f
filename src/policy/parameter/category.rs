//! `categories.toml`: the categories of people that lists name, and what each is called where.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::rule_file::check_reference;
use crate::{
    clean::category::key,
    config::TomlFile,
    diagnostic::Message,
    error::Result,
    tables::{TextId, Texts},
};

/// A category's position in [`Categories`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CategoryId(pub u8);

/// One category of persons.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The code as published.
    pub code: String,
    /// The name as printed on lists.
    pub name: String,
    /// Every label under which the departments' files know it.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Whether this is one of the groups whose cover must be complete.
    #[serde(default)]
    pub must_be_covered: bool,
    /// The department that keeps the list.
    pub keeper: String,
    /// Document that names the category.
    pub reference: String,
}

/// The categories of a run.
#[derive(Clone, Debug, Default)]
pub struct Categories {
    rows: Vec<Category>,
    by_label: FxHashMap<String, CategoryId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoriesToml {
    category: Vec<Spanned<Category>>,
}

impl Categories {
    /// Loads `categories.toml`; a label that two categories claim is refused.
    pub(in crate::policy) fn load(file: &TomlFile) -> Result<Categories> {
        let toml: CategoriesToml = file.parse()?;
        let mut categories = Categories::default();
        for row in toml.category {
            let span = row.span();
            let row = row.into_inner();
            check_reference(file, span.clone(), &row.reference)?;
            let id = CategoryId(categories.rows.len() as u8);
            for label in row.labels.iter().chain([&row.name, &row.code]) {
                let claimed = categories.by_label.insert(key(label), id);
                if claimed.is_some_and(|other| other != id) {
                    return Err(file.refuse(
                        span,
                        Message::new(
                            format!("标签“{label}”同时属于两个类别"),
                            format!("two categories claim the label \"{label}\""),
                        ),
                        Message::new("每个标签只能属于一个类别", "a label belongs to one category"),
                    ));
                }
            }
            categories.rows.push(row);
        }
        Ok(categories)
    }

    /// The category with this id.
    pub fn get(&self, id: CategoryId) -> &Category {
        &self.rows[id.0 as usize]
    }

    /// All categories with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (CategoryId, &Category)> {
        self.rows.iter().enumerate().map(|(at, row)| (CategoryId(at as u8), row))
    }

    /// What a label means.
    pub fn by_label(&self, label: &str) -> Option<CategoryId> {
        self.by_label.get(label).or_else(|| self.by_label.get(&key(label))).copied()
    }

    /// What each of a run's texts means as a label, by text number: looked up once a run.
    pub fn index(&self, texts: &Texts, labels: impl Iterator<Item = TextId>) -> LabelIndex {
        let mut index: FxHashMap<TextId, Option<CategoryId>> = FxHashMap::default();
        for label in labels.filter(|it| it.is_some()) {
            index.entry(label).or_insert_with(|| self.by_label(texts.get(label)));
        }
        LabelIndex(index)
    }
}

/// Labels as numbers → categories.
#[derive(Default)]
pub struct LabelIndex(FxHashMap<TextId, Option<CategoryId>>);

impl LabelIndex {
    /// The category that a row's label means, if it is known.
    pub fn get(&self, label: TextId) -> Option<CategoryId> {
        self.0.get(&label).copied().flatten()
    }

    /// The labels that no category claims, in no particular order.
    pub fn unknown(&self) -> Vec<TextId> {
        let mut unknown: Vec<TextId> =
            self.0.iter().filter(|(_, it)| it.is_none()).map(|(label, _)| *label).collect();
        unknown.sort();
        unknown
    }
}
