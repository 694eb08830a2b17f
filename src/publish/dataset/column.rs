//! A column: what it means, and where its values come from.

use std::{collections::BTreeMap, sync::Arc};

use arrow::{
    array::{
        ArrayRef, BooleanBuilder, Date32Builder, Float32Builder, Int32Builder, Int64Builder,
        ListBuilder, StringBuilder, StructBuilder,
    },
    datatypes::{DataType, Field, Fields},
};
use chrono::NaiveDate;

/// A table of a source `S`: rows are numbers that mean something to `S`.
pub(super) struct Table<S> {
    pub name: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// The rows in the order in which they are written.
    pub rows: fn(&S) -> Vec<u32>,
    pub columns: Vec<Column<S>>,
}

/// A column of a table.
pub(super) struct Column<S> {
    pub name: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// What a number counts (`fen`); empty where there is nothing to say.
    pub unit: &'static str,
    pub values: Values<S>,
    /// Whether hardly two rows share a value, so that a dictionary would only cost.
    pub is_distinct: bool,
}

/// Where a column's values come from, row by row; this decides the column's type.
pub(super) enum Values<S> {
    /// A text that lives in the source; the empty text is null.
    Text(for<'r> fn(&'r S, usize) -> &'r str),
    /// A text made for the row; nothing made is null.
    Made(fn(&S, usize, &mut String)),
    /// Money in fen, unless the column says otherwise.
    Integer(fn(&S, usize) -> Option<i64>),
    Number(fn(&S, usize) -> Option<i32>),
    Share(fn(&S, usize) -> Option<f32>),
    Date(fn(&S, usize) -> Option<NaiveDate>),
    Flag(fn(&S, usize) -> bool),
    /// A list of places in source files.
    Places(fn(&S, usize, &mut Places)),
    /// A list of fields that were compared.
    Scores(fn(&S, usize, &mut Scores)),
}

impl<S> Column<S> {
    pub(super) fn new(
        name: &'static str,
        zh: &'static str,
        en: &'static str,
        values: Values<S>,
    ) -> Column<S> {
        let unit = match values {
            Values::Integer(_) => "fen",
            Values::Date(_) => "day",
            _ => "",
        };
        Column { name, zh, en, unit, values, is_distinct: false }
    }

    /// The same column, written without a dictionary.
    pub(super) fn distinct(mut self) -> Column<S> {
        self.is_distinct = true;
        self
    }

    /// The same column, its numbers counting something else than its type says.
    pub(super) fn counted_in(mut self, unit: &'static str) -> Column<S> {
        self.unit = unit;
        self
    }

    pub(super) fn field(&self) -> Field {
        let is_nullable =
            !matches!(self.values, Values::Flag(_) | Values::Places(_) | Values::Scores(_));
        Field::new(self.name, self.values.data_type(), is_nullable).with_metadata(
            [
                ("description".to_string(), self.zh.to_string()),
                ("description_en".to_string(), self.en.to_string()),
                ("unit".to_string(), self.unit.to_string()),
            ]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect::<BTreeMap<String, String>>(),
        )
    }
}

impl<S> Values<S> {
    fn data_type(&self) -> DataType {
        match self {
            Values::Text(_) | Values::Made(_) => DataType::Utf8,
            Values::Integer(_) => DataType::Int64,
            Values::Number(_) => DataType::Int32,
            Values::Share(_) => DataType::Float32,
            Values::Date(_) => DataType::Date32,
            Values::Flag(_) => DataType::Boolean,
            Values::Places(_) => Places::data_type(),
            Values::Scores(_) => Scores::data_type(),
        }
    }

    /// The type as the dictionary calls it.
    fn word(&self) -> &'static str {
        match self {
            Values::Text(_) | Values::Made(_) => "text",
            Values::Integer(_) => "int64",
            Values::Number(_) => "int32",
            Values::Share(_) => "float32",
            Values::Date(_) => "date",
            Values::Flag(_) => "boolean",
            Values::Places(_) => "list<struct<source,file,sheet,row>>",
            Values::Scores(_) => "list<struct<field,level,bits>>",
        }
    }

    /// How many columns of the file it takes.
    pub(super) fn n_leaves(&self) -> usize {
        match self {
            Values::Places(_) => 4,
            Values::Scores(_) => 3,
            _ => 1,
        }
    }

    /// The values of some rows.
    pub(super) fn array(&self, source: &S, rows: &[u32]) -> ArrayRef {
        let rows = rows.iter().map(|it| *it as usize);
        match self {
            Values::Text(value) => {
                let mut array = StringBuilder::with_capacity(rows.len(), rows.len() * 12);
                rows.for_each(|row| match value(source, row) {
                    "" => array.append_null(),
                    text => array.append_value(text),
                });
                Arc::new(array.finish())
            }
            Values::Made(make) => {
                let mut array = StringBuilder::with_capacity(rows.len(), rows.len() * 18);
                let mut made = String::new();
                for row in rows {
                    made.clear();
                    make(source, row, &mut made);
                    array.append_option((!made.is_empty()).then_some(&made));
                }
                Arc::new(array.finish())
            }
            Values::Integer(value) => {
                let mut array = Int64Builder::with_capacity(rows.len());
                rows.for_each(|row| array.append_option(value(source, row)));
                Arc::new(array.finish())
            }
            Values::Number(value) => {
                let mut array = Int32Builder::with_capacity(rows.len());
                rows.for_each(|row| array.append_option(value(source, row)));
                Arc::new(array.finish())
            }
            Values::Share(value) => {
                let mut array = Float32Builder::with_capacity(rows.len());
                rows.for_each(|row| array.append_option(value(source, row)));
                Arc::new(array.finish())
            }
            Values::Date(value) => {
                let mut array = Date32Builder::with_capacity(rows.len());
                rows.for_each(|row| array.append_option(value(source, row).map(days)));
                Arc::new(array.finish())
            }
            Values::Flag(value) => {
                let mut array = BooleanBuilder::with_capacity(rows.len());
                rows.for_each(|row| array.append_value(value(source, row)));
                Arc::new(array.finish())
            }
            Values::Places(fill) => {
                let mut places = Places::new();
                rows.for_each(|row| {
                    fill(source, row, &mut places);
                    places.0.append(true);
                });
                Arc::new(places.0.finish())
            }
            Values::Scores(fill) => {
                let mut scores = Scores::new();
                rows.for_each(|row| {
                    fill(source, row, &mut scores);
                    scores.0.append(true);
                });
                Arc::new(scores.0.finish())
            }
        }
    }
}

/// Days since 1970-01-01.
fn days(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

/// Collects the places of a row.
pub(super) struct Places(ListBuilder<StructBuilder>);

impl Places {
    fn fields() -> Fields {
        let text = |name| Field::new(name, DataType::Utf8, true);
        vec![text("source"), text("file"), text("sheet"), Field::new("row", DataType::Int32, true)]
            .into()
    }

    fn item() -> Field {
        Field::new("item", DataType::Struct(Self::fields()), true)
    }

    fn data_type() -> DataType {
        DataType::List(Arc::new(Self::item()))
    }

    fn new() -> Places {
        let item = StructBuilder::from_fields(Self::fields(), 0);
        Places(ListBuilder::new(item).with_field(Self::item()))
    }

    /// Adds a place to the row at hand.
    pub(super) fn add(&mut self, source: &str, file: &str, sheet: &str, row: u32) {
        let place = self.0.values();
        for (at, text) in [source, file, sheet].into_iter().enumerate() {
            let field = place.field_builder::<StringBuilder>(at);
            field
                .expect("bug: a place has three texts")
                .append_option((!text.is_empty()).then_some(text));
        }
        let field = place.field_builder::<Int32Builder>(3);
        field.expect("bug: a place has a row").append_value(row as i32);
        place.append(true);
    }
}

/// Collects the compared fields of a row.
pub(super) struct Scores(ListBuilder<StructBuilder>);

impl Scores {
    fn fields() -> Fields {
        let text = |name| Field::new(name, DataType::Utf8, true);
        vec![text("field"), text("level"), Field::new("bits", DataType::Float32, true)].into()
    }

    fn item() -> Field {
        Field::new("item", DataType::Struct(Self::fields()), true)
    }

    fn data_type() -> DataType {
        DataType::List(Arc::new(Self::item()))
    }

    fn new() -> Scores {
        let item = StructBuilder::from_fields(Self::fields(), 0);
        Scores(ListBuilder::new(item).with_field(Self::item()))
    }

    /// Adds a field to the row at hand: how well it agrees, and how much that says.
    pub(super) fn add(&mut self, field: &str, level: &str, bits: f32) {
        let score = self.0.values();
        for (at, text) in [field, level].into_iter().enumerate() {
            let field = score.field_builder::<StringBuilder>(at);
            field.expect("bug: a score has two texts").append_value(text);
        }
        let field = score.field_builder::<Float32Builder>(2);
        field.expect("bug: a score has bits").append_value(bits);
        score.append(true);
    }
}

/// What the dictionary says of a table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct About {
    pub table: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub columns: Vec<AboutColumn>,
}

/// What the dictionary says of a column.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct AboutColumn {
    pub name: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub unit: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

impl<S> Table<S> {
    /// The table as the dictionary describes it.
    pub(super) fn about(&self) -> About {
        let columns = self.columns.iter().map(|it| AboutColumn {
            name: it.name,
            kind: it.values.word(),
            unit: it.unit,
            zh: it.zh,
            en: it.en,
        });
        About { table: self.name, zh: self.zh, en: self.en, columns: columns.collect() }
    }
}
