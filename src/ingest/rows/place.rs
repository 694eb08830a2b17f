//! Which village a row means: by code, by name and township, by address, by the name of a unit.

use rustc_hash::FxHashMap;

use super::Desk;
use crate::{
    clean::place::{self, Address},
    config::{Divisions, Level, Pipeline, Resolved},
    ingest::{complaints, field::Field},
    tables::{DivisionId, Subject},
};

/// What a pair of names means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    place: Option<DivisionId>,
    is_village: bool,
    several: bool,
}

/// Looks names up, each pair once.
pub struct Places<'a> {
    divisions: &'a Divisions,
    area: DivisionId,
    /// The county the area lies in, or is.
    county: DivisionId,
    /// Townships of the county, to find a village that is the only one of its name there.
    townships: Vec<DivisionId>,
    known: FxHashMap<String, Found>,
    key: String,
    /// The last text that named a county, and its code.
    last_county: (&'a str, u32),
}

impl<'a> Places<'a> {
    pub fn new(pipeline: &'a Pipeline) -> Places<'a> {
        let divisions = &pipeline.divisions;
        let mut county = pipeline.area;
        while let Some(parent) = divisions.get(county).parent {
            county = parent;
        }
        let townships = divisions
            .iter()
            .filter(|(id, it)| it.level == Level::Township && divisions.is_within(*id, county))
            .map(|(id, _)| id)
            .collect();
        let area = pipeline.area;
        let (known, key) = (FxHashMap::default(), String::new());
        Places { divisions, area, county, townships, known, key, last_county: ("", 0) }
    }

    fn find(&mut self, county: &str, township: &str, village: &str) -> Found {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        for part in [county, "\u{1}", township, "\u{1}", village] {
            key.push_str(part);
        }
        let found = match self.known.get(&key) {
            Some(found) => *found,
            None => {
                let found = self.resolve(county, township, village);
                self.known.insert(key.clone(), found);
                found
            }
        };
        self.key = key;
        found
    }

    fn resolve(&self, county: &str, township: &str, village: &str) -> Found {
        let nowhere = Found { place: None, is_village: false, several: false };
        let Some(county) = self.county(county) else { return nowhere };
        let within = self.township(township, county);
        if village.is_empty() {
            return Found { place: within, ..nowhere };
        }
        match self.village(village, within) {
            Resolved::One(id) => {
                return Found { place: Some(id), is_village: true, several: false };
            }
            Resolved::Several => return Found { place: within, is_village: false, several: true },
            Resolved::None => {}
        }
        // 冷市镇南华村三组 in the column of villages.
        let Address { township: town, village: inner, .. } = place::split(village);
        let within = within.or_else(|| self.township(town.unwrap_or(""), county));
        let names = inner.into_iter().chain([without_group(village)]).filter(|it| *it != village);
        for name in names {
            match self.village(name, within) {
                Resolved::One(id) => {
                    return Found { place: Some(id), is_village: true, several: false };
                }
                Resolved::Several => {
                    return Found { place: within, is_village: false, several: true };
                }
                Resolved::None => {}
            }
        }
        Found { place: within, ..nowhere }
    }

    /// The county a row names; our own where it names none.
    fn county(&self, name: &str) -> Option<DivisionId> {
        if name.is_empty() {
            return Some(self.county);
        }
        match self.divisions.by_name(Level::County, name, None) {
            Resolved::One(id) => Some(id),
            _ => {
                let ours = &self.divisions.get(self.county).name;
                (ours.ends_with(name) || ours.contains(&place::key(name))).then_some(self.county)
            }
        }
    }

    fn township(&self, name: &str, county: DivisionId) -> Option<DivisionId> {
        if name.is_empty() {
            let area = self.divisions.get(self.area);
            return (area.level != Level::County)
                .then(|| self.divisions.township(self.area))
                .flatten();
        }
        if let Some(id) = self.by_code(name) {
            return self.divisions.township(id);
        }
        let inner = place::split(name).township.filter(|it| *it != name);
        for name in [Some(name.trim()), inner].into_iter().flatten() {
            if let Resolved::One(id) = self.divisions.by_name(Level::Township, name, Some(county)) {
                return Some(id);
            }
        }
        None
    }

    /// The village of that name. Where 大桥村 and 大桥社区 share a key, the official ending of
    /// what is written decides between them.
    fn village(&self, name: &str, within: Option<DivisionId>) -> Resolved {
        let found = self.village_as_written(name, within);
        if found != Resolved::Several {
            return found;
        }
        let endings =
            [("村", "委会"), ("村", "民委员会"), ("社区", "居委会"), ("社区", "居民委员会")];
        let official = endings.iter().filter(|it| name.ends_with(it.0));
        official
            .map(|it| self.village_as_written(&format!("{name}{}", it.1), within))
            .find(|it| matches!(it, Resolved::One(_)))
            .unwrap_or(found)
    }

    fn village_as_written(&self, name: &str, within: Option<DivisionId>) -> Resolved {
        if let Some(id) = self.by_code(name)
            && self.divisions.get(id).level == Level::Village
        {
            return Resolved::One(id);
        }
        if within.is_some() {
            return self.divisions.by_name(Level::Village, name, within);
        }
        let mut found = Resolved::None;
        for township in &self.townships {
            match self.divisions.by_name(Level::Village, name, Some(*township)) {
                Resolved::None => {}
                one @ Resolved::One(_) if found == Resolved::None => found = one,
                _ => return Resolved::Several,
            }
        }
        match found {
            Resolved::None => self.divisions.by_name(Level::Village, name, None),
            found => found,
        }
    }

    fn by_code(&self, text: &str) -> Option<DivisionId> {
        let text = text.trim();
        text.starts_with(|it: char| it.is_ascii_digit())
            .then(|| self.divisions.by_code(text))
            .flatten()
    }
}

/// 南华村三组, 南华村第2小组 without the group.
fn without_group(village: &str) -> &str {
    let end = ["村", "社区", "居委会", "村委会"]
        .iter()
        .filter_map(|it| village.find(it).map(|at| at + it.len()))
        .min();
    end.map_or(village, |end| &village[..end])
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
    let mut stated = desk.places.find("", township, village);
    if !stated.is_village && township.is_empty() && !desk.given.township.is_empty() {
        stated = desk.places.find("", desk.given.township, village);
    }
    if stated.is_village {
        subject.place = stated.place;
        return;
    }
    let mut place = stated.place.or_else(|| desk.places.by_code(code));
    for field in [Field::Unit, Field::Address] {
        let text = trimmed(desk, field);
        if text.is_empty() {
            continue;
        }
        // A unit may be a village's own name, which taking it apart would spoil: 茶乡花海社区.
        let whole = desk.places.find("", township, text);
        let parts = place::split(text);
        let found = match whole.is_village {
            true => whole,
            false => desk.places.find(
                parts.county.unwrap_or(""),
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
    subject.place = place.filter(|it| desk.places.divisions.get(*it).level != Level::County);
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
    let counties = divisions.iter().filter(|(_, it)| it.level == Level::County);
    for (_, county) in counties {
        let names = [county.name.as_str(), county.shown.as_str()];
        if names.iter().any(|it| it.ends_with(text) || text.contains(it)) {
            return county.code.parse().unwrap_or(0);
        }
    }
    0
}
