//! The subsidy list as it was published last: what the next one is compared with.

use std::path::Path;

use chrono::NaiveDate;

use super::{Row, TableFile, manifest::said};
use crate::{
    history::runs_before,
    identity::PersonKey,
    report::subsidy_list::{Before, Change, Marked},
};

/// The list of the newest run of a day before `as_of` in a pipeline's folder: those who bear a mark
/// by it. Nothing where there is no run with such a list for the year: then everybody's mark is
/// the first, and nobody is taken off.
pub fn list_before(home: &Path, as_of: NaiveDate, insurance_year: u16) -> Option<Before> {
    let runs = runs_before(home, as_of);
    runs.iter().find_map(|run| read(&home.join(run.to_string()), insurance_year))
}

fn read(run: &Path, insurance_year: u16) -> Option<Before> {
    let said = said(run).filter(|it| it.insurance_year == insurance_year)?;
    let batches = TableFile::open(run, "subsidy_list").ok()?.batches().ok()?;
    let mut rows = Vec::new();
    for row in batches.iter().flat_map(Row::all) {
        if Change::from_code(&row.text("change"))?.is_marked() {
            rows.push(marked(&row)?);
        }
    }
    Some(Before { as_of: said.as_of, rows })
}

fn marked(row: &Row<'_>) -> Option<Marked> {
    Some(Marked {
        key: PersonKey::read(&row.text("person"))?,
        id_number: row.text("id_number"),
        name: row.text("name"),
        township: row.text("township"),
        township_name: row.text("township_name"),
        village: row.text("village"),
        village_name: row.text("village_name"),
        category: row.text("category"),
        category_name: row.text("category_name"),
        fund: row.text("fund"),
        subsidy_fen: row.integer("subsidy_fen")?,
        due_fen: row.integer("due_fen"),
        listed_from: row.date("listed_from"),
    })
}
