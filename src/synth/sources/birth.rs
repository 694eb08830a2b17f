//! Birth certificates: the child by name or as its parent's, and the mother's id.

use super::{by_county, id_text, people, person, sex, shuffle, township};
use crate::synth::dice::spread;
use crate::synth::files::table::{Care, Field, Item, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Kind, Wrote};
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["出生医学证明编号", "出生证编号", "出生证明号"]).under("新生儿信息"),
    must(Shape::Name, &["新生儿姓名", "婴儿姓名", "姓名"]).under("新生儿信息"),
    must(Shape::Sex, &["新生儿性别", "性别"]).under("新生儿信息"),
    must(Shape::Date, &["出生日期", "出生时间"]).under("新生儿信息"),
    must(Shape::Text, &["母亲姓名", "产妇姓名"]).under("母亲信息"),
    must(Shape::Text, &["母亲身份证号", "母亲证件号码", "产妇身份证号码"]).under("母亲信息"),
    must(Shape::Text, &["乡镇", "母亲所在乡镇"]),
    must(Shape::Village, &["村（居）", "母亲所在村"]),
    may(Shape::Text, &["接生机构", "助产机构"]),
];

pub fn table(world: &World) -> Table {
    let items = shuffle(people(world, |it| it.birth_listed), 12);
    Table {
        name: "births",
        kind: "birth",
        supplier: "卫健局",
        keys: Vec::new(),
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: FIELDS,
        total: false,
        parts: by_county(world, "卫健局/出生医学证明", "出生医学证明签发台账", items),
        fill,
    }
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let child = person(world, item);
    let mother = child.mother.map(|it| &world.people[it as usize]);
    let number = spread(u64::from(item.person)) % 1_000_000_000;
    let certificate = child.certificate.clone().unwrap_or_else(|| format!("W{number:09}"));
    // A registered child was often unnamed when it left the hospital.
    let unnamed = child.kind == Kind::Registered && number.is_multiple_of(5);
    let name = match mother.filter(|_| unnamed) {
        Some(mother) => {
            format!("{}之{}", mother.name, if number.is_multiple_of(2) { "婴" } else { "子" })
        }
        None => child.name.clone(),
    };
    vec![
        Value::Text(certificate),
        Value::Text(name),
        sex(child),
        Value::Date(child.birth),
        mother.map_or(Value::Empty, |it| Value::text(it.name.clone())),
        child.mother.map_or(Value::Empty, |it| Value::Text(id_text(world, it, Wrote::Own))),
        township(world, child.home.village),
        Value::Village(child.home.village),
        Value::text(
            *["县人民医院", "县妇幼保健院", "镇中心卫生院"].get(number as usize % 3).unwrap_or(&""),
        ),
    ]
}
