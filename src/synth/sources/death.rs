//! Deaths: civil affairs' cremations and the health bureau's certificates.

use super::{by_county, id, name, people, person, sex, shuffle, township, township_in_city};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Exit, Wrote};
use crate::synth::world::World;

const CIVIL: &[Field] = &[
    must(Shape::Name, &["死者姓名", "姓名", "逝者姓名"]),
    may(Shape::Sex, &["性别"]),
    must(Shape::Id, &["身份证号", "身份证号码", "死者身份证号"]),
    must(Shape::Text, &["乡镇", "镇（街）"]),
    must(Shape::Village, &["村（居）", "村社区"]),
    must(Shape::Date, &["死亡时间", "死亡日期"]),
    may(Shape::Date, &["火化日期", "火化时间"]),
];

const HEALTH: &[Field] = &[
    must(Shape::Name, &["姓名", "死者姓名"]),
    may(Shape::Sex, &["性别"]),
    may(Shape::Birth, &["出生日期"]),
    must(Shape::Id, &["证件号码", "身份证号码", "公民身份号码"]),
    must(Shape::Date, &["死亡日期", "死亡时间"]),
    may(Shape::Text, &["根本死因", "死亡原因"]),
    must(Shape::Text, &["乡镇"]),
    must(Shape::Village, &["村居", "户籍村（居）"]),
];

pub fn tables(world: &World) -> [Table; 2] {
    let listed = |wanted: fn(bool, bool) -> bool| {
        people(world, |it| match it.exit {
            Some(Exit::Death { health, civil, .. }) => wanted(health, civil),
            _ => false,
        })
    };
    let base = Table {
        name: "deaths-civil",
        kind: "death",
        supplier: "民政局",
        keys: Vec::new(),
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: CIVIL,
        total: false,
        parts: by_county(
            world,
            "民政局/死亡火化名单",
            "殡葬火化人员名单",
            shuffle(listed(|_, it| it), 13),
        ),
        fill: civil,
    };
    let items = shuffle(listed(|it, _| it), 14);
    let health = Table {
        name: "deaths-health",
        supplier: "卫健局",
        usual: Usual::Gbk,
        care: Care::System,
        fields: HEALTH,
        parts: vec![Part::single("卫健局/死亡医学证明", "死亡医学证明", items)],
        fill: health,
        keys: Vec::new(),
        ..base_of(&base)
    };
    [base, health]
}

/// The parts of a table that do not own anything.
fn base_of(table: &Table) -> Table {
    Table { keys: Vec::new(), parts: Vec::new(), ..*table }
}

fn died(world: &World, item: Item) -> Option<chrono::NaiveDate> {
    person(world, item).left_on()
}

fn civil(world: &World, item: Item) -> Vec<Value> {
    let dead = person(world, item);
    vec![
        name(world, item, 3),
        sex(dead),
        id(world, item, Wrote::Own),
        township(world, dead.home.village),
        Value::Village(dead.home.village),
        Value::date(died(world, item)),
        Value::date(died(world, item).map(|it| (it + chrono::Days::new(2)).min(world.scene.as_of))),
    ]
}

fn health(world: &World, item: Item) -> Vec<Value> {
    let dead = person(world, item);
    let cause = ["脑出血", "肺癌", "冠心病", "呼吸衰竭", "意外伤害"][item.person as usize % 5];
    vec![
        name(world, item, 4),
        sex(dead),
        Value::Date(dead.birth),
        id(world, item, Wrote::Own),
        Value::date(died(world, item)),
        Value::text(cause),
        township_in_city(world, dead.home.village),
        Value::Village(dead.home.village),
    ]
}
