//! Who should be insured and is not: by age and group, and by place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    config::Level,
    diagnostic::Lang,
    ledger::{Context, Group, Verdict},
    publish::View,
    tables::DivisionId,
};

crate::labelled! {
    /// Ages as the work is divided: before school, at school, young, middle, old.
    pub enum Age {
        To5 = "0–5", "0–5岁";
        To17 = "6–17", "6–17岁";
        To29 = "18–29", "18–29岁";
        To44 = "30–44", "30–44岁";
        To59 = "45–59", "45–59岁";
        To74 = "60–74", "60–74岁";
        From75 = "75+", "75岁以上";
        Unknown = "unknown", "不明";
    }
}

impl Age {
    /// The age in full years on a day.
    fn on(day: NaiveDate, birth: Option<NaiveDate>) -> Age {
        match birth.and_then(|it| day.years_since(it)) {
            None => Age::Unknown,
            Some(..=5) => Age::To5,
            Some(..=17) => Age::To17,
            Some(..=29) => Age::To29,
            Some(..=44) => Age::To44,
            Some(..=59) => Age::To59,
            Some(..=74) => Age::To74,
            Some(_) => Age::From75,
        }
    }
}

/// The section. Everything counts persons.
#[derive(Serialize)]
pub(super) struct Missing {
    total: i64,
    /// The groups and ages that occur.
    groups: Vec<&'static str>,
    ages: Vec<&'static str>,
    /// By group, then age.
    cells: Vec<Vec<i64>>,
    of_group: Vec<i64>,
    of_age: Vec<i64>,
    /// Villages in the order of codes, places that are not known last.
    places: Vec<Place>,
    /// Whether there is more than one township.
    has_townships: bool,
    tree: Vec<Node>,
}

/// A village, or those of a township whose village is not known.
#[derive(Serialize)]
struct Place {
    township: String,
    village: String,
    total: i64,
    /// In the order of the section's groups.
    of_group: Vec<i64>,
}

/// A place with what lies in it, as the tree map draws it.
#[derive(Clone, Default, PartialEq, Debug, Serialize)]
struct Node {
    name: String,
    value: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Node>,
}

/// Counts of one place, by group.
type OfGroup = [i64; Group::ALL.len()];

pub(super) fn missing(view: &View<'_>) -> Missing {
    let (night, lang) = (&view.night, view.night.cx.lang);
    let mut cells = [[0; Age::ALL.len()]; Group::ALL.len()];
    let mut places: BTreeMap<(bool, Option<DivisionId>), OfGroup> = BTreeMap::new();
    let all = night.identities.people.iter().zip(night.standings);
    for (person, standing) in all.filter(|it| it.1.verdict == Verdict::Unenrolled) {
        cells[standing.group as usize][Age::on(night.cx.as_of, person.birth) as usize] += 1;
        let place = person.place.filter(|it| night.cx.divisions.is_within(*it, night.cx.area));
        places.entry((place.is_none(), place)).or_default()[standing.group as usize] += 1;
    }
    let of_age = |age: &Age| cells.iter().map(|it| it[*age as usize]).sum::<i64>();
    let of_group = |group: &Group| cells[*group as usize].iter().sum::<i64>();
    let ages: Vec<Age> = Age::ALL.iter().copied().filter(|it| of_age(it) > 0).collect();
    let groups: Vec<Group> = Group::ALL.iter().copied().filter(|it| of_group(it) > 0).collect();
    let places = || places.iter().map(|((_, place), counts)| (*place, counts));
    Missing {
        total: groups.iter().map(of_group).sum(),
        cells: groups
            .iter()
            .map(|group| ages.iter().map(|age| cells[*group as usize][*age as usize]).collect())
            .collect(),
        of_group: groups.iter().map(of_group).collect(),
        of_age: ages.iter().map(of_age).collect(),
        places: places().map(|(place, counts)| place_row(view, place, counts, &groups)).collect(),
        has_townships: matches!(
            night.cx.divisions.get(night.cx.area).level,
            Level::City | Level::County
        ),
        tree: tree(night.cx, places().map(|(place, counts)| (place, counts.iter().sum()))),
        groups: groups.iter().map(|it| shown(lang, it.zh(), it.code())).collect(),
        ages: ages.iter().map(|it| shown(lang, it.zh(), it.code())).collect(),
    }
}

fn shown(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn place_row(
    view: &View<'_>,
    place: Option<DivisionId>,
    counts: &OfGroup,
    groups: &[Group],
) -> Place {
    Place {
        township: view.township_name(place).map_or_else(|| unknown(view.night.cx), str::to_string),
        village: view.village(place).map_or_else(|| unknown(view.night.cx), |it| it.shown.clone()),
        total: counts.iter().sum(),
        of_group: groups.iter().map(|it| counts[*it as usize]).collect(),
    }
}

/// What stands where a place is not known.
fn unknown(cx: &Context<'_>) -> String {
    cx.say(|| "（不明）".into(), || "(unknown)".into())
}

/// The places below the area with what lies in them: counties of a city, townships, villages.
fn tree(cx: &Context<'_>, places: impl Iterator<Item = (Option<DivisionId>, i64)>) -> Vec<Node> {
    let mut root = Node::default();
    for (place, value) in places {
        let mut at = &mut root;
        for name in path(cx, place) {
            let known = at.children.iter().position(|it| it.name == name);
            let next = known.unwrap_or_else(|| {
                at.children.push(Node { name, ..Node::default() });
                at.children.len() - 1
            });
            at = &mut at.children[next];
            at.value += value;
        }
    }
    root.children
}

/// The names on the way from below the area down to a place; one that stops short of a village
/// ends in "unknown".
fn path(cx: &Context<'_>, place: Option<DivisionId>) -> Vec<String> {
    let mut names = Vec::new();
    let is_village = place.is_some_and(|it| cx.divisions.get(it).level == Level::Village);
    if !is_village {
        names.push(unknown(cx));
    }
    let mut at = place;
    while let Some(here) = at.filter(|it| *it != cx.area) {
        let division = cx.divisions.get(here);
        names.push(division.short().to_string());
        at = division.parent;
    }
    if is_village && place == Some(cx.area) {
        names.push(cx.divisions.get(cx.area).shown.clone());
    }
    names.reverse();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::{World, day};

    #[test]
    fn an_age_is_that_of_full_years_on_the_day() {
        let on = |birth: &str| Age::on(day("2023-12-20"), Some(day(birth)));
        assert_eq!((on("2017-12-21"), on("2017-12-20")), (Age::To5, Age::To17));
        assert_eq!((on("1948-12-21"), on("1948-12-20")), (Age::To74, Age::From75));
        assert_eq!((on("2023-12-20"), on("2023-12-21")), (Age::To5, Age::Unknown));
        assert_eq!(Age::on(day("2023-12-20"), None), Age::Unknown);
    }

    #[test]
    fn everybody_missing_is_counted_once_in_each_table() {
        let world = World::new(300, 4);
        let cx = world.context();
        let missing = missing(&View::new(&world.night(&cx), None));
        let of = |it: Verdict| world.standings.iter().filter(|row| row.verdict == it).count();
        assert!(missing.total > 20);
        assert_eq!(missing.total, of(Verdict::Unenrolled) as i64);
        assert_eq!(missing.cells.iter().flatten().sum::<i64>(), missing.total);
        assert_eq!(missing.of_age.iter().sum::<i64>(), missing.total);
        assert_eq!(missing.of_group.iter().sum::<i64>(), missing.total);
        assert_eq!(missing.places.iter().map(|it| it.total).sum::<i64>(), missing.total);
        assert_eq!(missing.tree.iter().map(|it| it.value).sum::<i64>(), missing.total);
        assert!(missing.tree.iter().all(|it| it.children.is_empty()), "a township has villages");
        assert!(!missing.has_townships);
    }

    #[test]
    fn a_countys_tree_has_townships_and_in_them_villages() {
        let world = World::new(1, 4);
        let divisions = &world.pipeline.divisions;
        let cx = Context { area: divisions.by_code("430923").unwrap(), ..world.context() };
        let place = |code: &str| divisions.by_code(code);
        let village = divisions.iter().find(|it| it.1.parent == place("430923109")).unwrap();
        let places = [(Some(village.0), 3), (place("430923109"), 2), (None, 1)];
        let township = |village: &str, value, more: &[(&str, i64)]| {
            let leaf = |name: &str, value| Node { name: name.into(), value, children: vec![] };
            let mut children = vec![leaf(village, value)];
            children.extend(more.iter().map(|it| leaf(it.0, it.1)));
            let sum = children.iter().map(|it| it.value).sum();
            Node { name: "冷市镇".into(), value: sum, children }
        };
        let expected = vec![
            township(&village.1.shown, 3, &[("（不明）", 2)]),
            Node { name: "（不明）".into(), value: 1, children: vec![] },
        ];
        assert_eq!(tree(&cx, places.into_iter()), expected);
    }
}
