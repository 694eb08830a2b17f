//! From `links.parquet` to what the source rows said, and how they were compared.

use super::{
    dossier::{Comparison, Partner, Place, SourceRow, Weight, Who},
    read::Run,
};
use crate::{error::Result, publish::Row};

pub(super) const LINK: &[&str] = &[
    "person",
    "source",
    "file",
    "sheet",
    "row",
    "kind",
    "id_state",
    "id_number",
    "name",
    "sex",
    "birth",
    "place",
    "household",
    "on",
    "year",
    "amount_fen",
    "state",
    "method",
    "probability",
    "probable_person",
    "match_probability",
    "rival_probability",
    "compared_with",
    "comparisons",
];

/// Places that a row lists.
pub(super) fn places(row: Row<'_>, column: &str) -> Vec<Place> {
    row.list(column).map_or_else(Vec::new, |it| Row::all(&it).map(place).collect())
}

fn place(row: Row<'_>) -> Place {
    Place {
        source: row.text("source"),
        file: row.text("file"),
        sheet: row.text("sheet"),
        row: row.integer("row").unwrap_or(0),
    }
}

/// Some rows of `links.parquet`, their ids not masked yet.
pub(super) fn source_rows(run: &Run, rows: &[usize]) -> Result<Vec<SourceRow>> {
    let batch = run.links.take(rows, LINK)?;
    let mut all = Vec::new();
    for row in Row::all(&batch) {
        let division = row.text("place");
        // A person's rows mostly name one village.
        let known = all.iter().find(|it: &&SourceRow| it.division == division);
        let division_name = match known.map(|it| it.division_name.clone()) {
            Some(known) => known,
            None if division.is_empty() => String::new(),
            None => run.division(&division)?,
        };
        all.push(SourceRow {
            person: row.text("person"),
            place: place(row),
            kind: row.text("kind"),
            id_state: row.text("id_state"),
            id_number: row.text("id_number"),
            name: row.text("name"),
            sex: row.text("sex"),
            birth: row.date("birth"),
            division,
            division_name,
            household: row.text("household"),
            on: row.date("on"),
            year: row.integer("year"),
            amount_fen: row.integer("amount_fen"),
            state: row.text("state"),
            differs: Vec::new(),
            method: row.text("method"),
            probability: row.share("probability").unwrap_or(1.0),
            comparison: comparison(run, row)?,
        });
    }
    Ok(all)
}

/// How the row was compared, if it was.
fn comparison(run: &Run, row: Row<'_>) -> Result<Option<Comparison>> {
    let fields =
        row.list("comparisons").map_or_else(Vec::new, |it| Row::all(&it).map(weight).collect());
    let with = places(row, "compared_with");
    let probable = row.text("probable_person");
    if fields.is_empty() && with.is_empty() && probable.is_empty() {
        return Ok(None);
    }
    let probable_person = match probable.as_str() {
        "" => None,
        key => {
            Some(run.person(key)?.unwrap_or_else(|| Who { person: key.into(), ..Who::default() }))
        }
    };
    Ok(Some(Comparison {
        probable_person,
        probability: row.share("match_probability"),
        rival_probability: row.share("rival_probability"),
        with: with.into_iter().map(|it| partner(run, it)).collect::<Result<_>>()?,
        fields,
    }))
}

fn weight(row: Row<'_>) -> Weight {
    let bits = row.share("bits").unwrap_or(0.0);
    Weight { field: row.text("field"), level: row.text("level"), bits }
}

/// Whose the row at a place is, and what it says. A row that is nobody's, such as a file's own
/// total, is a place and nothing more.
pub(super) fn partner(run: &Run, at: Place) -> Result<Partner> {
    let candidates = run.links.find_number("row", at.row)?;
    let batch = run.links.take(&candidates, &["source", "file", "sheet", "row"])?;
    let found = Row::all(&batch).position(|it| place(it) == at);
    let mut partner = Partner { place: at, ..Partner::default() };
    if let Some(found) = found {
        let columns = ["person", "name", "id_number", "birth"];
        let batch = run.links.take(&[candidates[found]], &columns)?;
        for row in Row::all(&batch) {
            partner.person = row.text("person");
            partner.name = row.text("name");
            partner.id_number = run.shown(&row.text("id_number"));
            partner.birth = row.date("birth");
        }
    }
    Ok(partner)
}
