//! The division table: cities, counties, townships and villages, found by code or by any of their
//! names.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::{
    clean::place,
    diagnostic::Message,
    error::{Error, Result},
    tables::DivisionId,
};

crate::labelled! {
    /// The level of a division.
    pub enum Level {
        City = "city", "市";
        County = "county", "县";
        Township = "township", "乡镇";
        Village = "village", "村";
    }
}

/// One row of `divisions.csv`.
#[derive(Clone, Debug)]
pub struct Division {
    /// 4 digits of a city, 6 of a county, 9 of a township, 12 of a village.
    pub code: String,
    pub level: Level,
    /// The official name, as the table has it.
    pub name: String,
    /// The name as people say and print it: the first alias, or the official name.
    pub shown: String,
    pub parent: Option<DivisionId>,
    /// The reporting region, where the table names one; a county without one is its own.
    region: String,
}

impl Division {
    /// The name without the city's: 城区 of 汕尾市城区.
    pub fn short(&self) -> &str {
        place::after_prefecture(&self.shown)
    }
}

/// What a name in a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// Exactly one division.
    One(DivisionId),
    /// Several bear that name.
    Several,
    /// None does.
    None,
}

/// Every division of the city or counties concerned, sorted by code.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    rows: Vec<Division>,
    by_code: FxHashMap<String, DivisionId>,
    /// Names under their parent: (parent, key) → division.
    by_name: FxHashMap<(Option<DivisionId>, String), Resolved>,
    /// Names wherever they are: key → division, for each level.
    anywhere: FxHashMap<(Level, String), Resolved>,
    has_regions: bool,
}

#[derive(Deserialize)]
struct CsvRow {
    code: String,
    level: Level,
    name: String,
    #[serde(default)]
    parent: String,
    /// Other names, separated by `|`; the first is the one shown.
    #[serde(default)]
    aliases: String,
    /// How published progress tables call it, with all that lies in it.
    #[serde(default)]
    region: String,
}

impl Divisions {
    /// Reads `divisions.csv` (code, level, name, parent, and optionally aliases and region).
    pub fn open(path: &Path) -> Result<Divisions> {
        let text = std::fs::read_to_string(path).map_err(Error::io("read the divisions", path))?;
        Self::parse(&text).map_err(|what| Error::Config {
            file: path.into(),
            what,
            shown: String::new(),
            help: Message::new(
                "表头应为 code,level,name,parent[,aliases][,region]；level 取 city、county、township、village；region 不写在村行",
                "the header is code,level,name,parent[,aliases][,region]; level is city, county, township or village; a village has no region",
            ),
        })
    }

    /// The table in a text of CSV.
    pub fn parse(text: &str) -> std::result::Result<Divisions, Message> {
        let mut rows: Vec<CsvRow> = csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .collect::<std::result::Result<_, _>>()
            .map_err(|error| Message::new(format!("区划表有误：{error}"), error.to_string()))?;
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].code == pair[1].code) {
            let code = &pair[0].code;
            return Err(Message::new(
                format!("区划代码 {code} 出现两次"),
                format!("the code {code} is there twice"),
            ));
        }
        let by_code: FxHashMap<String, DivisionId> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (row.code.clone(), DivisionId(at as u16)))
            .collect();
        let mut table = Divisions { by_code, ..Divisions::default() };
        for (at, row) in rows.into_iter().enumerate() {
            let parent = table.by_code.get(&row.parent).copied();
            // Parents have shorter codes than their children, so there is no circle.
            if parent.is_some() && row.parent.len() >= row.code.len() {
                return Err(Message::new(
                    format!("区划 {} 的上级 {} 不是上一级", row.code, row.parent),
                    format!("{} cannot lie in {}", row.code, row.parent),
                ));
            }
            check_level(&row)?;
            table.name(DivisionId(at as u16), parent, &row);
            let shown = match row.aliases.split('|').next() {
                Some(alias) if !alias.is_empty() => alias.to_string(),
                _ => shown(&row.name),
            };
            let CsvRow { code, level, name, region, .. } = row;
            table.has_regions |= !region.is_empty();
            table.rows.push(Division { code, level, name, shown, parent, region });
        }
        Ok(table)
    }

    fn name(&mut self, id: DivisionId, parent: Option<DivisionId>, row: &CsvRow) {
        let spoken = row.aliases.split('|').filter(|it| !it.is_empty());
        let mut keys: Vec<String> = std::iter::once(row.name.as_str())
            .chain(spoken)
            .flat_map(|name| [place::key(name), name.to_string(), shown(name)])
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let enter = |found: &mut Resolved| {
                if *found != Resolved::One(id) {
                    *found = Resolved::Several;
                }
            };
            let one = Resolved::One(id);
            self.by_name.entry((parent, key.clone())).and_modify(enter).or_insert(one);
            self.anywhere.entry((row.level, key)).and_modify(enter).or_insert(one);
        }
    }

    /// The division with this id.
    pub fn get(&self, id: DivisionId) -> &Division {
        &self.rows[id.0 as usize]
    }

    /// All divisions in the order of their codes.
    pub fn iter(&self) -> impl Iterator<Item = (DivisionId, &Division)> {
        self.rows.iter().enumerate().map(|(at, row)| (DivisionId(at as u16), row))
    }

    /// The division with this code; it may come with more zeros behind. What is shorter than a
    /// county's code is a city's, or nothing.
    pub fn by_code(&self, code: &str) -> Option<DivisionId> {
        if let Some(found) = self.by_code.get(code) {
            return Some(*found);
        }
        let is_number = !code.is_empty() && code.bytes().all(|it| it.is_ascii_digit());
        if !is_number || code.len() < 6 {
            return None;
        }
        [12, 9, 6, 4].into_iter().filter(|length| code.len() > *length).find_map(|length| {
            let (head, tail) = code.split_at(length);
            tail.bytes().all(|it| it == b'0').then(|| self.by_code.get(head).copied()).flatten()
        })
    }

    /// The division of that level with this name, inside `within` if that is known.
    ///
    /// The name as written decides, then as people say it, then its key, so that 大桥村 and 大桥社区
    /// stay two.
    pub fn by_name(&self, level: Level, name: &str, within: Option<DivisionId>) -> Resolved {
        for key in [name.to_string(), shown(name), place::key(name)] {
            let found = match within {
                Some(_) => self.by_name.get(&(within, key)),
                None => self.anywhere.get(&(level, key)),
            };
            match found {
                Some(Resolved::One(id)) if self.get(*id).level == level => {
                    return Resolved::One(*id);
                }
                Some(Resolved::Several) => return Resolved::Several,
                _ => {}
            }
        }
        Resolved::None
    }

    /// The township that a village belongs to, or the township itself.
    pub fn township(&self, id: DivisionId) -> Option<DivisionId> {
        match self.get(id).level {
            Level::Village => self.get(id).parent,
            Level::Township => Some(id),
            Level::City | Level::County => None,
        }
    }

    /// The county that a place lies in, or is; nothing for a city.
    pub fn county(&self, id: DivisionId) -> Option<DivisionId> {
        let mut at = id;
        while self.get(at).level != Level::County {
            at = self.get(at).parent?;
        }
        Some(at)
    }

    /// Whether a six-digit division that a row names is here: the county that the area lies in, an
    /// office of its city (whose last two digits are 00 or 99) or, where the area is a city, any of
    /// its counties. An unknown place, 0, counts as here.
    pub fn is_here(&self, division: u32, area: DivisionId) -> bool {
        let home = self.get(self.county(area).unwrap_or(area));
        let Ok(code) = home.code.parse::<u32>() else { return true };
        let is_city_office = |city| division / 100 == city && matches!(division % 100, 0 | 99);
        division == 0
            || match home.level {
                Level::City => division / 100 == code,
                _ => division == code || is_city_office(code / 100),
            }
    }

    /// The reporting region of a place: the nearest one that the table names above it, or else
    /// the county. Empty for a city, which has several.
    pub fn region(&self, id: DivisionId) -> &str {
        let mut at = Some(id);
        while let Some(here) = at.map(|it| self.get(it)) {
            match here.level {
                _ if !here.region.is_empty() => return &here.region,
                Level::County => return here.short(),
                _ => at = here.parent,
            }
        }
        ""
    }

    /// Whether any region is named that is more than a county by its own name.
    pub fn has_regions(&self) -> bool {
        self.has_regions
    }

    /// Where an enrolment kept at a six-digit division is counted: at home, if that lies there or
    /// the division is not known here; else in that county. A city's own office counts as the
    /// city itself.
    pub fn insured_at(
        &self,
        division: u32,
        home: Option<DivisionId>,
        area: DivisionId,
    ) -> Option<DivisionId> {
        let area_code = self.get(area).code.parse::<u32>().unwrap_or(0);
        if self.get(area).level != Level::City || division / 100 != area_code {
            return home;
        }
        if matches!(division % 100, 0 | 99) {
            return Some(area);
        }
        let county = self.by_code(&division.to_string());
        let is_home = home.is_some_and(|it| self.county(it) == county);
        if is_home || county.is_none() { home } else { county }
    }

    /// The name of a township as a run of this area prints it: in a city, where counties have
    /// townships of one name, behind the county's.
    pub fn shown_in(&self, township: DivisionId, area: DivisionId) -> String {
        let name = &self.get(township).shown;
        match (self.get(area).level, self.county(township)) {
            (Level::City, Some(county)) => format!("{}{name}", self.get(county).short()),
            _ => name.clone(),
        }
    }

    /// Whether `id` is `area` or lies in it.
    pub fn is_within(&self, id: DivisionId, area: DivisionId) -> bool {
        let mut at = Some(id);
        while let Some(here) = at {
            if here == area {
                return true;
            }
            at = self.get(here).parent;
        }
        false
    }
}

/// Four digits are a city's, and a region is something that a county is or has several of.
fn check_level(row: &CsvRow) -> std::result::Result<(), Message> {
    let (code, level) = (&row.code, row.level);
    if (level == Level::City) != (code.len() == 4) {
        return Err(Message::new(
            format!("区划 {code} 的级别 {} 与代码位数不符：市为4位", level.code()),
            format!("{code} is no code of a {}: a city has four digits", level.code()),
        ));
    }
    if !row.region.is_empty() && level == Level::Village {
        return Err(Message::new(
            format!("区划 {code} 是村，不能写 region"),
            format!("{code} is a village and has no region"),
        ));
    }
    Ok(())
}

/// A name as people say it: 南华村委会 as 南华村.
fn shown(name: &str) -> String {
    let endings = [
        ("村民委员会", "村"),
        ("村委会", "村"),
        ("社区居民委员会", "社区"),
        ("社区居委会", "社区"),
        ("居民委员会", "社区"),
        ("居委会", "社区"),
    ];
    let plain = |(long, short): &(&str, &str)| Some(format!("{}{short}", name.strip_suffix(long)?));
    endings.iter().find_map(plain).unwrap_or_else(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "code,level,name,parent,aliases\n\
        430923,county,益阳市安化县,4309,安化县\n\
        430923109,township,冷市镇,430923,\n\
        430923110,township,龙塘镇,430923,\n\
        430923109204,village,南华村委会,430923109,\n\
        430923109253,village,琶栗村委会,430923109,琵琶村\n\
        430923109003,village,大桥社区,430923109,\n\
        430923109004,village,大桥村委会,430923109,\n\
        430923110204,village,南华村委会,430923110,\n";

    fn check(level: Level, name: &str, within: &str, expected: &str) {
        let table = Divisions::parse(TABLE).unwrap();
        let found = match table.by_name(level, name, table.by_code(within)) {
            Resolved::One(id) => table.get(id).code.clone(),
            Resolved::Several => "several".into(),
            Resolved::None => "none".into(),
        };
        assert_eq!(found, expected, "{name} within {within}");
    }

    #[test]
    fn a_village_is_found_by_its_names_and_their_variants() {
        check(Level::Village, "南华村", "430923109", "430923109204");
        check(Level::Village, "南华", "430923109", "430923109204");
        check(Level::Village, "南华村委会", "430923110", "430923110204");
        check(Level::Village, "琵琶村", "430923109", "430923109253");
        check(Level::Village, "琶栗村", "", "430923109253");
    }

    #[test]
    fn a_name_that_several_bear_is_never_guessed() {
        check(Level::Village, "南华村", "", "several");
        check(Level::Village, "大桥", "430923109", "several");
        check(Level::Village, "大桥社区", "430923109", "430923109003");
        check(Level::Village, "大桥村委会", "430923109", "430923109004");
        check(Level::Village, "大桥村民委员会", "430923109", "430923109004");
        check(Level::Village, "大桥社区居委会", "430923109", "430923109003");
        check(Level::Village, "没有村", "430923109", "none");
    }

    #[test]
    fn the_level_of_a_name_is_respected() {
        check(Level::Township, "冷市镇", "430923", "430923109");
        check(Level::Township, "冷市", "", "430923109");
        check(Level::Village, "冷市镇", "", "none");
    }

    #[test]
    fn codes_may_be_padded_with_zeros() {
        let table = Divisions::parse(TABLE).unwrap();
        let code = |code| table.by_code(code).map(|id| table.get(id).code.as_str());
        assert_eq!(code("430923109204"), Some("430923109204"));
        assert_eq!(code("430923109000"), Some("430923109"));
        assert_eq!(code("430923000000"), Some("430923"));
        assert_eq!(code("430923109999"), None);
        assert_eq!(code("abc"), None);
    }

    /// Two counties of a city, each with a 城东 and in it a 新村.
    const CITY: &str = "code,level,name,parent,aliases,region\n\
        4415,city,汕尾市,44,,\n\
        441502,county,汕尾市城区,4415,,\n\
        441502006,township,遮浪街道,441502,,红海湾\n\
        441502006001,village,新村社区居民委员会,441502006,,\n\
        441521,county,汕尾市海丰县,4415,海丰,海丰\n\
        441521120,township,城东镇,441521,,\n\
        441521120201,village,新村民委员会,441521120,,\n\
        441581,county,汕尾市陆丰市,4415,,\n\
        441581003,township,城东街道,441581,,\n\
        441581003201,village,新村民委员会,441581003,,\n";

    fn code_of<'t>(table: &'t Divisions, code: &str) -> Option<&'t str> {
        table.by_code(code).map(|id| table.get(id).code.as_str())
    }

    #[test]
    fn a_city_has_four_digits_and_takes_no_countys_code_for_its_own() {
        let city = Divisions::parse(CITY).unwrap();
        for code in ["4415", "441500", "441500000000"] {
            assert_eq!(code_of(&city, code), Some("4415"), "{code}");
        }
        for code in ["44", "441", "44150", "441599", "441523", "441521999", "4415020"] {
            let county = Some("441502").filter(|_| code == "4415020");
            assert_eq!(code_of(&city, code), county, "{code}");
        }
        assert_eq!(code_of(&Divisions::parse(TABLE).unwrap(), "4309"), None);
        let wrong = |from, to| Divisions::parse(&CITY.replace(from, to)).unwrap_err();
        assert!(wrong("4415,city", "4415,county").en.contains("four digits"));
        assert!(wrong("441502,county", "441502,city").en.contains("four digits"));
    }

    #[test]
    fn everything_of_a_city_lies_in_it_and_in_its_county() {
        let table = Divisions::parse(CITY).unwrap();
        let id = |code| table.by_code(code).unwrap();
        for (_, it) in table.iter() {
            assert!(table.is_within(id(&it.code), id("4415")), "{}", it.code);
        }
        assert!(!table.is_within(id("441581003201"), id("441521")));
        assert_eq!(table.county(id("441581003201")), Some(id("441581")));
        assert_eq!(table.county(id("4415")), None);
        assert_eq!(table.township(id("4415")), None);
        assert_eq!(table.shown_in(id("441581003"), id("4415")), "陆丰市城东街道");
        assert_eq!(table.shown_in(id("441581003"), id("441581")), "城东街道");
    }

    #[track_caller]
    fn check_here(table: &str, area: &str, here: &[u32], elsewhere: &[u32]) {
        let table = Divisions::parse(table).unwrap();
        let is_here = |it: &u32| table.is_here(*it, table.by_code(area).unwrap());
        assert!(here.iter().all(is_here), "{area}");
        assert!(!elsewhere.iter().any(is_here), "{area}");
    }

    #[test]
    fn a_countys_neighbours_are_elsewhere_and_its_citys_offices_are_here() {
        let elsewhere = [441_581, 441_503, 440_300, 441_600, 4415];
        for area in ["441502", "441502006", "441502006001"] {
            check_here(CITY, area, &[0, 441_502, 441_500, 441_599], &elsewhere);
        }
        check_here(TABLE, "430923", &[0, 430_923, 430_900, 430_999], &[430_922, 431_000]);
    }

    #[test]
    fn all_counties_of_a_city_are_here() {
        let here = [0, 441_502, 441_581, 441_523, 441_500, 441_599];
        check_here(CITY, "4415", &here, &[440_300, 441_600, 440_399, 4415]);
    }

    #[test]
    fn one_name_in_two_counties_is_found_within_the_one_that_is_said() {
        let table = Divisions::parse(CITY).unwrap();
        let find = |level, name, within: &str| table.by_name(level, name, table.by_code(within));
        let one = |code| Resolved::One(table.by_code(code).unwrap());
        assert_eq!(find(Level::Township, "城东", "441521"), one("441521120"));
        assert_eq!(find(Level::Township, "城东", "441581"), one("441581003"));
        assert_eq!(find(Level::Township, "城东", ""), Resolved::Several);
        assert_eq!(find(Level::Village, "新村", ""), Resolved::Several);
        assert_eq!(find(Level::City, "汕尾市", ""), one("4415"));
    }

    #[test]
    fn a_region_is_inherited_until_a_nearer_one_is_named() {
        let table = Divisions::parse(CITY).unwrap();
        let check = |code: &str, region: &str| {
            assert_eq!(table.region(table.by_code(code).unwrap()), region, "{code}");
        };
        check("441502", "城区");
        check("441502006", "红海湾");
        check("441502006001", "红海湾");
        check("441521120201", "海丰");
        check("441581003201", "陆丰市");
        check("4415", "");
        let table = Divisions::parse(TABLE).unwrap();
        assert_eq!(table.region(table.by_code("430923109204").unwrap()), "安化县");
        let on_a_village = CITY.replace("新村社区居民委员会,441502006,,", "新村,441502006,,湾");
        assert!(Divisions::parse(&on_a_village).unwrap_err().en.contains("no region"));
    }
}
