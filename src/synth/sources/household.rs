//! The police roster, a file a township.

use super::{by_township_of, county, id, person, sex, township};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::people::address::address;
use crate::synth::person::{Exit, Home, Kind, Wrote};
use crate::synth::world::World;
use crate::tables::Relation;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["户号", "户编号", "家庭户号", "户籍编号"]),
    must(Shape::Text, &["与户主关系", "与户主关系名称", "户主关系"]),
    must(Shape::Name, &["姓名", "人员姓名", "公民姓名"]),
    may(Shape::Text, &["曾用名", "曾用姓名"]),
    may(Shape::Sex, &["性别"]),
    may(Shape::Text, &["民族"]),
    may(Shape::Birth, &["出生日期", "出生年月日", "出生年月"]),
    must(Shape::Id, &["公民身份号码", "身份证号码", "公民身份证号码", "身份证号"]),
    may(Shape::Text, &["住址", "户籍地址", "户籍详址", "家庭住址"]),
    may(Shape::Text, &["派出所", "所属派出所", "户籍派出所"]),
    must(Shape::Text, &["乡镇", "乡镇街道", "镇（街）"]),
    must(Shape::Village, &["村居", "村（居）", "村社区", "居（村）委会", "村（社区）"]),
    must(Shape::Word, &["户籍状态", "人员状态", "户口状态"]),
    must(Shape::Date, &["变动日期", "变更日期", "变动时间"]),
    may(Shape::Date, &["登记日期", "迁入日期", "何时迁来"]),
];

/// The first registration, the one in the parents' household, and the one under an old number.
const SECOND_HOME: u8 = 1;
const OLD_NUMBER: u8 = 2;

pub fn table(world: &World) -> Table {
    let mut items = Vec::with_capacity(world.people.len());
    for (at, person) in world.people.iter().enumerate() {
        if person.kind != Kind::Registered {
            continue;
        }
        let row = |sub| Item { person: at as u32, sub };
        items.push(row(0));
        items.extend(person.second_home.map(|_| row(SECOND_HOME)));
        items.extend(person.twice_in_roster.then_some(row(OLD_NUMBER)));
    }
    let parts = by_township_of(world, items, home).into_iter().map(|(town, mut items)| {
        items.sort_by_key(|it| (home(world, *it).household, it.sub, it.person));
        Part::single(format!("公安局/户籍人口_{town}"), format!("{town}户籍人口信息"), items)
    });
    Table {
        name: "roster",
        kind: "household",
        supplier: "公安局",
        keys: Vec::new(),
        required: true,
        usual: Usual::Gbk,
        care: Care::System,
        fields: FIELDS,
        total: false,
        parts: parts.collect(),
        fill,
    }
}

fn home(world: &World, item: Item) -> Home {
    let person = person(world, item);
    let other = match item.sub {
        SECOND_HOME => person.second_home,
        OLD_NUMBER => person.old_home,
        _ => None,
    };
    other.unwrap_or(person.home)
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let person = person(world, item);
    let home = home(world, item);
    let wrote = if item.sub == OLD_NUMBER { Wrote::Old } else { Wrote::Own };
    let birth = match wrote {
        Wrote::Old => person.old_number.map_or(person.birth, |it| it.birth),
        _ => person.birth,
    };
    let (status, changed_on) = match person.exit {
        Some(Exit::Death { on, roster: true, .. }) => ("死亡", Some(on)),
        Some(Exit::MovedOut { on }) => ("迁出", Some(on)),
        Some(Exit::Army { from, roster: true }) => ("注销", Some(from)),
        _ => ("正常", None),
    };
    let places = &world.scene.places;
    let town = &places.town_of(home.village).name;
    let station = format!("{}派出所", town.trim_end_matches(['镇', '乡']));
    vec![
        Value::text(format!(
            "{}{:09}",
            county(world, home.village),
            u64::from(home.household) + 1_000
        )),
        Value::text(relation(home.relation, person.sex == crate::clean::sex::Sex::Male)),
        Value::text(person.name.clone()),
        person.former_name.clone().map_or(Value::Empty, Value::Text),
        sex(person),
        Value::text(person.people),
        Value::Date(birth),
        id(world, item, wrote),
        Value::text(address(places, &home)),
        Value::text(station),
        township(world, home.village),
        Value::Village(home.village),
        Value::text(status),
        Value::date(changed_on),
        Value::Date(person.registered_on),
    ]
}

fn relation(relation: Relation, male: bool) -> &'static str {
    match (relation, male) {
        (Relation::Head, _) => "户主",
        (Relation::Spouse, true) => "夫",
        (Relation::Spouse, false) => "妻",
        (Relation::Child, true) => "子",
        (Relation::Child, false) => "女",
        (Relation::Parent, true) => "父亲",
        (Relation::Parent, false) => "母亲",
        (Relation::Grandchild, true) => "孙子",
        (Relation::Grandchild, false) => "孙女",
        (Relation::ChildInLaw, true) => "女婿",
        (Relation::ChildInLaw, false) => "儿媳",
        (Relation::Sibling, true) => "兄弟",
        (Relation::Sibling, false) => "姐妹",
        _ => "其他",
    }
}
