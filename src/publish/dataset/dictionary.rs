//! The data dictionary: `schema.md` and `schema.json` beside the data, `bulou schema` at a desk.

use super::{About, Staging, View};
use crate::{
    diagnostic::Lang,
    error::{Error, Result},
};

pub(in crate::publish) fn write(_: &View<'_>, staging: &Staging) -> Result<()> {
    let tables = super::tables();
    let json = serde_json::to_string_pretty(&tables)
        .map_err(|error| Error::Write { path: "schema.json".into(), reason: error.to_string() })?;
    staging.write("schema.json", format!("{json}\n").as_bytes())?;
    staging.write("schema.md", markdown(&tables).as_bytes())
}

/// The dictionary of one table or of all, as Markdown in one language; nothing where there is no
/// such table.
pub fn text(table: Option<&str>, lang: Lang) -> Option<String> {
    let tables: Vec<About> = super::tables()
        .into_iter()
        .filter(|it| table.is_none_or(|name| name == it.table))
        .collect();
    let shown: Vec<String> = tables.iter().map(|it| section(it, lang)).collect();
    (!shown.is_empty()).then(|| shown.join("\n"))
}

/// Both languages.
fn markdown(tables: &[About]) -> String {
    let of = |lang| tables.iter().map(|it| section(it, lang)).collect::<Vec<_>>().join("\n");
    format!("# 数据字典\n\n{}\n# Data dictionary\n\n{}", of(Lang::Zh), of(Lang::En))
}

fn section(about: &About, lang: Lang) -> String {
    let (words, heads) = match lang {
        Lang::Zh => (about.zh, "| 列 | 类型 | 单位 | 含义 |"),
        Lang::En => (about.en, "| column | type | unit | meaning |"),
    };
    let mut text = format!("## {}.parquet\n\n{words}\n\n{heads}\n|---|---|---|---|\n", about.table);
    for column in &about.columns {
        let meaning = match lang {
            Lang::Zh => column.zh,
            Lang::En => column.en,
        };
        text += &format!("| {} | {} | {} | {meaning} |\n", column.name, column.kind, column.unit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_and_column_is_described_in_both_languages() {
        for about in super::super::tables() {
            assert!(!about.zh.is_empty() && !about.en.is_empty(), "{}", about.table);
            let mut names: Vec<&str> = about.columns.iter().map(|it| it.name).collect();
            for column in &about.columns {
                assert!(!column.zh.is_empty() && !column.en.is_empty(), "{}", column.name);
                assert!(column.name.ends_with("_fen") == (column.unit == "fen"), "{}", column.name);
            }
            names.sort();
            names.dedup();
            assert_eq!(names.len(), about.columns.len(), "{}: a name twice", about.table);
        }
    }

    #[test]
    fn one_table_can_be_asked_for() {
        let text = text(Some("findings"), Lang::En).unwrap();
        assert!(text.starts_with("## findings.parquet"), "{text}");
        assert!(text.contains("| evidence | list<struct<source,file,sheet,row>> |"), "{text}");
        assert!(super::text(Some("no-such-table"), Lang::En).is_none());
    }
}
