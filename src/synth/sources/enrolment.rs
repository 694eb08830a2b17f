//! The register of residents, this year's and last year's, with the national field names.

use chrono::NaiveDate;

use super::{county, id, name, people, person, sex, shuffle};
use crate::synth::dice::spread;
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Cover, LastYear, Scheme, Status, Wrote};
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["psn_no", "人员编号", "个人编号"]),
    must(Shape::Name, &["psn_name", "姓名", "人员姓名"]),
    may(Shape::Text, &["psn_cert_type", "证件类型"]),
    must(Shape::Id, &["certno", "证件号码", "身份证号码"]),
    may(Shape::Sex, &["gend", "性别"]),
    may(Shape::Birth, &["brdy", "出生日期"]),
    must(Shape::Word, &["insutype", "险种", "险种类型"]),
    must(Shape::Text, &["psn_type", "人员类别"]),
    must(Shape::Word, &["psn_insu_stas", "参保状态", "人员参保状态"]),
    must(Shape::Date, &["psn_insu_date", "参保日期", "本次参保日期"]),
    must(Shape::Date, &["paus_insu_date", "暂停参保日期", "暂停日期"]),
    must(Shape::Text, &["insuplc_admdvs", "参保地区划", "参保所属医保区划"]),
    may(Shape::Text, &["emp_no", "单位编号"]),
    must(Shape::Village, &["emp_name", "单位名称", "参保单位名称"]),
];

/// The name of last year's register.
pub const LAST_YEAR: &str = "enrolment-last-year";

pub fn this_year(world: &World) -> Table {
    let items = covers(world, Scheme::Resident);
    table(world, "enrolment", "居民参保信息", world.scene.rules.coverage_year, items, fill_this)
}

pub fn last_year(world: &World) -> Table {
    let had = people(world, |it| it.last_year == LastYear::Resident);
    let year = world.scene.rules.coverage_year - 1;
    table(world, LAST_YEAR, "上年度居民参保信息", year, had, fill_last)
}

/// The rows of one scheme, in no order at all.
pub fn covers(world: &World, scheme: Scheme) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, person) in world.people.iter().enumerate() {
        for (sub, cover) in person.covers.iter().enumerate() {
            if cover.scheme == scheme {
                items.push(Item { person: at as u32, sub: sub as u8 });
            }
        }
    }
    shuffle(items, 15)
}

fn table(
    _world: &World,
    name: &'static str,
    stem: &str,
    year: i32,
    items: Vec<Item>,
    fill: fn(&World, Item) -> Vec<Value>,
) -> Table {
    let title = format!("{year}年度{stem}");
    Table {
        name,
        kind: "enrolment",
        supplier: "医保局",
        keys: vec![("year", year.to_string())],
        required: name == "enrolment",
        usual: Usual::Utf8,
        care: Care::System,
        fields: FIELDS,
        total: false,
        parts: vec![Part::single(format!("医保局/{title}"), title, items)],
        fill,
    }
}

/// A person number of 26 digits; a second enrolment has a number of its own.
pub fn person_number(world: &World, item: Item, twin: u8) -> String {
    let mixed = spread((u64::from(item.person) << 8) | u64::from(twin));
    format!("{}{mixed:020}", county(world, person(world, item).home.village))
}

fn fill_this(world: &World, item: Item) -> Vec<Value> {
    row(world, item, person(world, item).covers[usize::from(item.sub)])
}

fn fill_last(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let year = world.scene.rules.coverage_year - 1;
    let day = NaiveDate::from_ymd_opt(year - 1, 10, 1).unwrap_or_default();
    let from = day + chrono::Days::new(u64::from(item.person % 80));
    row(
        world,
        item,
        Cover {
            scheme: Scheme::Resident,
            status: Status::Active,
            person_type: 1501,
            from: from.max(it.birth),
            paused_on: None,
            village: it.home.village,
            wrote: Wrote::Own,
        },
    )
}

fn row(world: &World, item: Item, cover: Cover) -> Vec<Value> {
    let it = person(world, item);
    // Two active rows are two person numbers; a move between villages keeps the number.
    let earlier = it.covers[..usize::from(item.sub)].iter();
    let doubled = cover.status == Status::Active
        && earlier.filter(|it| it.scheme == cover.scheme).any(|it| it.status == Status::Active);
    let certificate = match (cover.wrote, &it.certificate) {
        (Wrote::Certificate, _) => "99",
        (_, Some(text)) if it.number.is_none() => {
            if text.starts_with(['H', 'M']) {
                "04"
            } else {
                "07"
            }
        }
        _ => "01",
    };
    vec![
        Value::Text(person_number(world, item, u8::from(doubled))),
        registered_name(world, item, &cover),
        Value::text(certificate),
        id(world, item, cover.wrote),
        sex(it),
        Value::Date(it.birth),
        Value::text("390"),
        Value::text(cover.person_type.to_string()),
        Value::text(status(cover.status)),
        Value::Date(cover.from),
        Value::date(cover.paused_on),
        Value::text(county(world, cover.village)),
        Value::text(format!("{}0", world.scene.places.villages[usize::from(cover.village)].code)),
        Value::Village(cover.village),
    ]
}

/// The national code of a status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "1",
        Status::Paused => "2",
        Status::Terminated => "4",
    }
}

/// A baby enrolled before it was named stands there as its mother's.
fn registered_name(world: &World, item: Item, cover: &Cover) -> Value {
    let it = person(world, item);
    let mother = it.mother.filter(|_| cover.wrote == Wrote::Certificate && it.number.is_some());
    match mother {
        Some(mother) => Value::text(format!("{}之婴", world.people[mother as usize].name)),
        None => name(world, item, 1),
    }
}
