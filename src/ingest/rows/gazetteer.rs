//! What names of counties, townships and villages mean, together.

use rustc_hash::FxHashMap;

use crate::{
    clean::place::{self, Address},
    config::{Divisions, Level, Pipeline, Resolved},
    tables::DivisionId,
};

/// What a triple of names means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub place: Option<DivisionId>,
    pub is_village: bool,
    /// Several villages bear the name.
    pub several: bool,
}

/// Looks names up, each triple of names once.
pub struct Places<'a> {
    pub(super) divisions: &'a Divisions,
    area: DivisionId,
    /// The counties in which names are looked up: the one the area lies in or is, or a city's.
    counties: Vec<DivisionId>,
    /// Every county and every township of the table.
    all_counties: Vec<DivisionId>,
    townships: Vec<DivisionId>,
    known: FxHashMap<String, Found>,
    key: String,
    /// The last text that named a county, and its code.
    pub(super) last_county: (&'a str, u32),
}

impl<'a> Places<'a> {
    pub fn new(pipeline: &'a Pipeline) -> Places<'a> {
        let divisions = &pipeline.divisions;
        let of_level = |level| -> Vec<DivisionId> {
            divisions.iter().filter(|(_, it)| it.level == level).map(|it| it.0).collect()
        };
        Places {
            divisions,
            area: pipeline.area,
            counties: counties(pipeline),
            all_counties: of_level(Level::County),
            townships: of_level(Level::Township),
            known: FxHashMap::default(),
            key: String::new(),
            last_county: ("", 0),
        }
    }

    /// The village of these names, or else the township; empty where a row does not say.
    pub(super) fn find(&mut self, county: &str, township: &str, village: &str) -> Found {
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
        let mut counties = self.counties_named(county);
        let mut township = township;
        if counties.is_empty() && !self.townships_named(county, &self.counties).is_empty() {
            // 华侨管理区侨兴街道 in an address: a township that sounds like a county.
            counties.clone_from(&self.counties);
            let is_known = !self.townships(township, &counties).is_empty();
            township = if is_known { township } else { county };
        }
        if counties.is_empty() {
            return Found { place: None, is_village: false, several: false };
        }
        let townships = self.townships(township, &counties);
        if village.is_empty() {
            return Found { place: only(&townships), is_village: false, several: false };
        }
        let found = self.look_for(village, &townships, &counties);
        if found.is_village || found.several {
            return found;
        }
        // 安化县冷市镇南华村三组 in the column of villages.
        let Address { county, township: town, village: inner, .. } = place::split(village);
        let told = county.map(|it| self.counties_named(it)).filter(|it| !it.is_empty());
        let counties = told.unwrap_or(counties);
        let townships = match (townships.is_empty(), town) {
            (true, Some(town)) => self.townships(town, &counties),
            _ => townships,
        };
        let rest = self.after_township(village, &townships).unwrap_or(village);
        let inner = inner.unwrap_or("");
        let names =
            [rest, without_number(rest), inner, without_group(rest), without_group(village)];
        let names = names.into_iter().filter(|it| !it.is_empty() && *it != village);
        let mut looked = names.map(|name| self.look_for(name, &townships, &counties));
        let nowhere = Found { place: only(&townships), is_village: false, several: false };
        looked.find(|it| it.is_village || it.several).unwrap_or(nowhere)
    }

    /// The village of that name in one of the townships, or in the counties where no township is
    /// known.
    fn look_for(&self, name: &str, townships: &[DivisionId], counties: &[DivisionId]) -> Found {
        match self.village(name, townships, counties) {
            Resolved::One(id) => Found { place: Some(id), is_village: true, several: false },
            found => Found {
                place: only(townships),
                is_village: false,
                several: found == Resolved::Several,
            },
        }
    }

    /// The counties that a name or code means: all of ours where there is none or it is our
    /// city's, none where it is not ours.
    fn counties_named(&self, name: &str) -> Vec<DivisionId> {
        if name.is_empty() {
            return self.counties.clone();
        }
        let by_name = |level| self.divisions.by_name(level, name, None);
        match (self.by_code(name), by_name(Level::County), by_name(Level::City)) {
            (Some(id), ..) | (None, Resolved::One(id), _) | (None, _, Resolved::One(id)) => {
                match self.divisions.county(id) {
                    Some(county) => vec![county],
                    None => self.of_ours(|it| self.divisions.is_within(it, id)),
                }
            }
            _ => {
                let key = place::key(name);
                let is_called = |it: DivisionId| {
                    let full = &self.divisions.get(it).name;
                    full.ends_with(name) || name.ends_with(full) || full.contains(&key)
                };
                self.of_ours(is_called)
            }
        }
    }

    fn of_ours(&self, fits: impl Fn(DivisionId) -> bool) -> Vec<DivisionId> {
        self.counties.iter().copied().filter(|it| fits(*it)).collect()
    }

    /// The townships that a name means; several where counties have one of that name each, none
    /// where nothing is said or known.
    fn townships(&self, name: &str, counties: &[DivisionId]) -> Vec<DivisionId> {
        if name.is_empty() {
            return self.divisions.township(self.area).into_iter().collect();
        }
        if let Some(id) = self.by_code(name) {
            return self.divisions.township(id).into_iter().collect();
        }
        let (before, rest) = self.after_county(name.trim());
        let counties = before.as_deref().unwrap_or(counties);
        let inner = place::split(rest).township.filter(|it| *it != rest);
        let names = || [rest].into_iter().chain(inner);
        let found = names().map(|it| self.townships_named(it, counties));
        // A list of one county may name people of the next, who are not to be found in this one.
        let is_ours = counties.iter().all(|it| self.counties.contains(it));
        let wider =
            names().filter(|_| is_ours).map(|it| self.townships_named(it, &self.all_counties));
        found.chain(wider).find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// The counties' townships of that name. As written it decides before its key does: 城东镇 of
    /// one county and 城东街道 of another stay two.
    fn townships_named(&self, name: &str, counties: &[DivisionId]) -> Vec<DivisionId> {
        let mut found: Vec<DivisionId> = Vec::new();
        for county in counties {
            if let Resolved::One(id) = self.divisions.by_name(Level::Township, name, Some(*county))
            {
                found.push(id);
            }
        }
        let is_written = |it: &DivisionId| self.divisions.get(*it).name == name;
        if found.iter().any(is_written) {
            found.retain(is_written);
        }
        found
    }

    /// 海丰县城东镇 as the county and the rest.
    fn after_county<'t>(&self, text: &'t str) -> (Option<Vec<DivisionId>>, &'t str) {
        for county in &self.counties {
            let it = self.divisions.get(*county);
            for name in [it.name.as_str(), it.short()] {
                let rest = text.strip_prefix(name).filter(|it| !it.is_empty());
                // 城区街道 is a township.
                if let Some(rest) = rest
                    && !self.townships_named(rest, &[*county]).is_empty()
                {
                    return (Some(vec![*county]), rest);
                }
            }
        }
        (None, text)
    }

    /// 华侨管理区第一社区 without the township, whose name no mark tells from a county's.
    fn after_township<'t>(&self, village: &'t str, townships: &[DivisionId]) -> Option<&'t str> {
        let name = &self.divisions.get(only(townships)?).name;
        let (_, rest) = village.split_once(name.as_str())?;
        Some(rest.trim()).filter(|it| !it.is_empty())
    }

    /// The village of that name. Where 大桥村 and 大桥社区 share a key, the official ending of
    /// what is written decides between them.
    fn village(&self, name: &str, townships: &[DivisionId], counties: &[DivisionId]) -> Resolved {
        let found = self.village_as_written(name, townships, counties);
        if found != Resolved::Several {
            return found;
        }
        let endings =
            [("村", "委会"), ("村", "民委员会"), ("社区", "居委会"), ("社区", "居民委员会")];
        let official = endings.iter().filter(|it| name.ends_with(it.0));
        official
            .map(|it| self.village_as_written(&format!("{name}{}", it.1), townships, counties))
            .find(|it| matches!(it, Resolved::One(_)))
            .unwrap_or(found)
    }

    fn village_as_written(
        &self,
        name: &str,
        townships: &[DivisionId],
        counties: &[DivisionId],
    ) -> Resolved {
        if let Some(id) = self.by_code(name)
            && self.divisions.get(id).level == Level::Village
        {
            return Resolved::One(id);
        }
        if !townships.is_empty() {
            return self.village_among(name, townships.iter().copied());
        }
        let anywhere = self.divisions.by_name(Level::Village, name, None);
        if anywhere == Resolved::None {
            return anywhere;
        }
        let lies_in =
            |town: DivisionId| counties.iter().any(|it| self.divisions.is_within(town, *it));
        let of_counties = self.townships.iter().copied().filter(|it| lies_in(*it));
        match self.village_among(name, of_counties) {
            Resolved::None => anywhere,
            found => found,
        }
    }

    /// The only village of that name in these townships.
    fn village_among(&self, name: &str, townships: impl Iterator<Item = DivisionId>) -> Resolved {
        let mut found = Resolved::None;
        for township in townships {
            match self.divisions.by_name(Level::Village, name, Some(township)) {
                Resolved::None => {}
                one @ Resolved::One(_) if found == Resolved::None => found = one,
                _ => return Resolved::Several,
            }
        }
        found
    }

    /// The division with a code as a cell has it.
    pub(super) fn by_code(&self, text: &str) -> Option<DivisionId> {
        let text = text.trim();
        text.starts_with(|it: char| it.is_ascii_digit())
            .then(|| self.divisions.by_code(text))
            .flatten()
    }
}

/// The counties of a city, or the one that a smaller area lies in.
pub fn counties(pipeline: &Pipeline) -> Vec<DivisionId> {
    let (divisions, area) = (&pipeline.divisions, pipeline.area);
    if let Some(county) = divisions.county(area) {
        return vec![county];
    }
    let counties = divisions.iter().filter(|it| it.1.level == Level::County);
    let of_city: Vec<DivisionId> =
        counties.map(|it| it.0).filter(|it| divisions.is_within(*it, area)).collect();
    // A table without counties: the area is all there is.
    if of_city.is_empty() { vec![area] } else { of_city }
}

fn only(townships: &[DivisionId]) -> Option<DivisionId> {
    match townships {
        [only] => Some(*only),
        _ => None,
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

/// 马村集村三组, 二分场生活区2组 without the group's number: what stands before may be a name of
/// any kind.
fn without_number(village: &str) -> &str {
    let is_number = |it: char| it.is_ascii_digit() || "一二三四五六七八九十".contains(it);
    village.strip_suffix('组').map_or(village, |it| it.trim_end_matches(is_number))
}
