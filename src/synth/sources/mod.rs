//! The sources: which files there are, which rows they have, and how a row is filled.

pub mod birth;
pub mod category;
pub mod collection;
pub mod death;
pub mod elsewhere;
pub mod employee;
pub mod enrolment;
pub mod exempt;
pub mod feedback;
pub mod household;
pub mod last_years_payments;
pub mod monthly;
pub mod payment;
pub mod permit;
pub mod student;

use super::dice::spread;
use super::files::dirt_id::looks_eaten;
use super::files::table::{Item, Part, Table, Value};
use super::person::{Home, Person, Wrote};
use super::world::World;
use crate::clean::sex::Sex;

/// Every table of the county, in the order of `pipeline.toml`.
pub fn all(world: &World) -> Vec<Table> {
    let mut tables = vec![household::table(world), permit::table(world), birth::table(world)];
    tables.extend(death::tables(world));
    tables.extend(category::tables(world));
    tables.extend([
        student::table(world),
        enrolment::this_year(world),
        enrolment::last_year(world),
    ]);
    tables.push(employee::table(world));
    tables.extend([payment::table(world), collection::table(world), elsewhere::table(world)]);
    tables.extend(exempt::tables(world));
    tables.push(feedback::table(world));
    tables.extend([employee::maternity(world), last_years_payments::table(world)]);
    tables.retain(|it| {
        it.parts.iter().any(|part| part.pages.iter().any(|page| !page.items.is_empty()))
    });
    tables
}

/// Whether a source decides nothing about the year, so that the truth is silent on it.
pub fn is_aside(source: &str) -> bool {
    matches!(source, employee::MATERNITY | last_years_payments::NAME)
}

/// The people that fit, one row each.
fn people(world: &World, fits: impl Fn(&Person) -> bool) -> Vec<Item> {
    let people = world.people.iter().enumerate();
    people.filter(|it| fits(it.1)).map(|it| Item { person: it.0 as u32, sub: 0 }).collect()
}

/// Rows in an order that follows nothing, the same every time.
fn shuffle(mut items: Vec<Item>, salt: u64) -> Vec<Item> {
    items.sort_by_key(|it| {
        (spread((u64::from(it.person) << 8 | u64::from(it.sub)) ^ salt), it.person, it.sub)
    });
    items
}

fn person(world: &World, item: Item) -> &Person {
    &world.people[item.person as usize]
}

/// The number or certificate that a department wrote down.
pub fn id_text(world: &World, at: u32, wrote: Wrote) -> String {
    let person = &world.people[at as usize];
    let of = |it: &Person| match (it.number, &it.certificate) {
        (Some(number), _) => number.text(),
        (None, Some(certificate)) => certificate.clone(),
        (None, None) => String::new(),
    };
    let other = |it: Option<u32>| it.map_or_else(String::new, |it| of(&world.people[it as usize]));
    match wrote {
        Wrote::Own => of(person),
        Wrote::Old => person.old_number.map_or_else(|| of(person), |it| it.text()),
        Wrote::Guardian => other(person.guardian),
        Wrote::Borrowed => other(person.lender),
        Wrote::Certificate => person.certificate.clone().unwrap_or_else(|| of(person)),
        Wrote::Slipped => slipped(&of(person), at),
    }
}

/// The same one digit of the sequence wrong wherever the slip was copied to.
fn slipped(text: &str, at: u32) -> String {
    if text.len() != 18 {
        return text.to_string();
    }
    let first = spread(u64::from(at)) % 3;
    // A number that ends in zeros looks eaten by a spreadsheet whatever is done to some places.
    let places = (first..first + 3).map(|it| 14 + (it % 3) as usize);
    let slips = places.flat_map(|place| (at % 8..at % 8 + 9).map(move |by| (place, by)));
    let slip = |(place, by): (usize, u32)| {
        let mut digits = text.as_bytes().to_vec();
        digits[place] = b'0' + (digits[place] - b'0' + 1 + (by % 9) as u8) % 10;
        String::from_utf8(digits).unwrap_or_default()
    };
    slips.map(slip).find(|it| !looks_eaten(it)).unwrap_or_default()
}

fn id(world: &World, item: Item, wrote: Wrote) -> Value {
    let text = id_text(world, item.person, wrote);
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

/// The name a department has: the former one still, in some, for people who were renamed.
fn name(world: &World, item: Item, department: u64) -> Value {
    let person = person(world, item);
    let behind = spread(u64::from(item.person) ^ (department << 32)).is_multiple_of(2);
    match &person.former_name {
        Some(former) if behind => Value::text(former.clone()),
        _ => Value::text(person.name.clone()),
    }
}

fn sex(person: &Person) -> Value {
    Value::text(if person.sex == Sex::Male { "男" } else { "女" })
}

/// The six digits of a village's county.
fn county(world: &World, village: u16) -> String {
    format!("{:06}", world.scene.places.county_of(village).code)
}

fn township(world: &World, village: u16) -> Value {
    Value::text(world.scene.places.town_of(village).name.clone())
}

/// The township as a list of the whole city has it, which goes to no county by itself.
fn township_in_city(world: &World, village: u16) -> Value {
    let places = &world.scene.places;
    Value::Text(places.call(places.town_of(village)))
}

/// A list by itself or, in a city, one a county with its name.
fn by_county(world: &World, stem: &str, title: &str, items: Vec<Item>) -> Vec<Part> {
    let places = &world.scene.places;
    if !places.is_city() {
        return vec![Part::single(stem, title, items)];
    }
    let of = |county: usize| {
        let is_there = |it: &&Item| {
            let village = person(world, **it).home.village;
            usize::from(places.town_of(village).county) == county
        };
        items.iter().filter(is_there).copied().collect::<Vec<Item>>()
    };
    let lists = places.counties.iter().enumerate().map(|(at, it)| {
        Part::single(format!("{stem}_{}", it.name), format!("{}{title}", it.name), of(at))
    });
    lists.filter(|it| !it.pages[0].items.is_empty()).collect()
}

/// The items of each township, and its name.
fn by_township(world: &World, items: Vec<Item>) -> Vec<(String, Vec<Item>)> {
    by_township_of(world, items, |world, it| person(world, it).home)
}

/// The same, by the home that a row is about.
fn by_township_of(
    world: &World,
    items: Vec<Item>,
    home: fn(&World, Item) -> Home,
) -> Vec<(String, Vec<Item>)> {
    let places = &world.scene.places;
    let mut towns: Vec<(String, Vec<Item>)> =
        places.townships.iter().map(|it| (places.call(it), Vec::new())).collect();
    for item in items {
        let village = home(world, item).village;
        let town = places.villages[usize::from(village)].township;
        towns[usize::from(town)].1.push(item);
    }
    towns
}
