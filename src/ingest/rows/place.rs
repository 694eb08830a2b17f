//! Which village a row means: by code, by name and township, by address, by the name of a unit.

use super::{Desk, gazetteer::Found};
use crate::{
    clean::place,
    config::Level,
    ingest::{complaints, field::Field},
    tables::Subject,
};

/// What a row says of its county: a column of it or of its code, else the sheet or the file, else
/// nothing.
fn county_told<'a>(desk: &Desk<'a>) -> &'a str {
    let code = trimmed(desk, Field::VillageCode);
    let is_county = |id| desk.places.divisions.get(id).level == Level::County;
    match trimmed(desk, Field::County) {
        "" if desk.places.by_code(code).is_some_and(is_county) => code,
        "" => desk.given.county,
        told => told,
    }
}

/// The place by names, within the county that is told. Where several counties have a village of
/// that name, the one decides where the person is insured or paid.
fn find(desk: &mut Desk<'_>, county: &str, township: &str, village: &str) -> Found {
    let found = desk.places.find(county, township, village);
    if !found.several {
        return found;
    }
    let offices = [Field::InsuredAt, Field::PaidAt].map(|it| trimmed(desk, it));
    let mut by_office = offices
        .into_iter()
        .filter(|it| !it.is_empty())
        .map(|it| desk.places.find(it, township, village));
    by_office.find(|it| it.is_village).unwrap_or(found)
}

/// Sets a subject's place, and what is left of it in words.
pub fn read(desk: &mut Desk<'_>, subject: &mut Subject) {
    let code = desk.cell(Field::VillageCode).text;
    if let Some(id) = desk.places.by_code(code)
        && desk.places.divisions.get(id).level == Level::Village
    {
        subject.place = Some(id);
        return;
    }
    let (township, mut village) = (trimmed(desk, Field::Township), trimmed(desk, Field::Village));
    if village.is_empty() {
        village = desk.section();
    }
    let county = county_told(desk);
    let mut stated = find(desk, county, township, village);
    if !stated.is_village && township.is_empty() && !desk.given.township.is_empty() {
        stated = find(desk, county, desk.given.township, village);
    }
    if stated.is_village {
        subject.place = stated.place;
        return;
    }
    // A county or a city is nobody's place: no list goes there.
    let by_code = desk.places.by_code(code);
    let by_code = by_code.filter(|it| desk.places.divisions.township(*it).is_some());
    let mut place = stated.place.or(by_code);
    for field in [Field::Unit, Field::Address] {
        let text = trimmed(desk, field);
        if text.is_empty() {
            continue;
        }
        // A unit may be a village's own name, which taking it apart would spoil: 茶乡花海社区.
        let whole = find(desk, county, township, text);
        let parts = place::split(text);
        let found = match whole.is_village {
            true => whole,
            false => find(
                desk,
                parts.county.unwrap_or(county),
                parts.township.unwrap_or(township),
                parts.village.unwrap_or(""),
            ),
        };
        let agrees = place.is_none()
            || found.place.and_then(|it| desk.places.divisions.township(it)) == place;
        if found.is_village && agrees {
            subject.place = found.place;
            subject.place_text = desk.texts.intern(village);
            return;
        }
        place = place.or(found.place);
    }
    subject.place = place;
    // An employer is no village, nor is an address that names none.
    let unit = Some(trimmed(desk, Field::Unit)).filter(|it| place::split(it).village.is_some());
    let named = [village, unit.unwrap_or("")].into_iter().find(|it| !it.is_empty());
    // A unit's code that is no division's is an employer's.
    let is_ours = |it: &str| it.get(..6).is_some_and(|it| desk.places.by_code(it).is_some());
    let is_code = matches!(code.trim().len(), 9 | 12) && is_ours(code.trim());
    let as_found = named.unwrap_or(if is_code { code.trim() } else { "" });
    subject.place_text = desk.texts.intern(as_found);
    if !village.is_empty() {
        let complaint = match stated.several {
            true => &complaints::SEVERAL_VILLAGES,
            false => &complaints::UNKNOWN_VILLAGE,
        };
        desk.complain(complaint, Field::Village, village);
    }
}

fn trimmed<'a>(desk: &Desk<'a>, field: Field) -> &'a str {
    let cell = desk.cell(field);
    if cell.is_blank() { "" } else { cell.text.trim() }
}

/// The six-digit division that a cell names by code or by words, or 0.
pub fn county_code(desk: &mut Desk<'_>, field: Field) -> u32 {
    let text = desk.cell(field).text;
    // A column of this kind says the same for thousands of rows.
    if desk.places.last_county.0 != text {
        let code = read_county(desk, &desk.words(field));
        desk.places.last_county = (text, code);
    }
    desk.places.last_county.1
}

fn read_county(desk: &Desk<'_>, text: &str) -> u32 {
    let text = text.trim();
    if let Some(code) = text.get(..6)
        && code.bytes().all(|it| it.is_ascii_digit())
    {
        return code.parse().unwrap_or(0);
    }
    if text.is_empty() {
        return 0;
    }
    let divisions = desk.places.divisions;
    let named = |level, is_called: &dyn Fn(&str) -> bool| {
        let mut of_level = divisions.iter().map(|it| it.1).filter(|it| it.level == level);
        let found = of_level.find(|it| is_called(&it.name) || is_called(&it.shown))?;
        found.code.parse::<u32>().ok()
    };
    let county = named(Level::County, &|it| it.ends_with(text) || text.contains(it));
    // Of a city only the whole name is its office: 市 ends them all.
    let office = || named(Level::City, &|it| it == text).map(|it| it * 100);
    county.or_else(office).unwrap_or(0)
}
