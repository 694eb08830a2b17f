//! Residence permits.

use super::{by_county, county, id, people, person, sex, shuffle, township};
use crate::synth::files::table::{Care, Field, Item, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Kind, Wrote};
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["居住证编号", "居住证号", "证件编号"]),
    must(Shape::Name, &["姓名", "持证人姓名"]),
    may(Shape::Sex, &["性别"]),
    may(Shape::Birth, &["出生日期"]),
    must(Shape::Id, &["证件号码", "公民身份号码", "身份证号码"]),
    may(Shape::Text, &["户籍地", "户籍所在地", "来源地"]),
    must(Shape::Text, &["乡镇", "镇（街）"]),
    must(Shape::Village, &["居住村（社区）", "现住村居", "村（居）"]),
    must(Shape::Date, &["签发日期", "有效期起", "发证日期"]),
    must(Shape::Date, &["有效期至", "有效期止", "到期日期"]),
];

pub fn table(world: &World) -> Table {
    let items = shuffle(people(world, |it| it.kind == Kind::Permit), 11);
    Table {
        name: "permits",
        kind: "residence-permit",
        supplier: "公安局",
        keys: Vec::new(),
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: FIELDS,
        total: false,
        parts: by_county(world, "公安局/居住证持有人", "居住证持有人登记表", items),
        fill,
    }
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let person = person(world, item);
    let origin = world.scene.places.far(item.person as usize).0;
    vec![
        Value::text(format!("J{}{:08}", county(world, person.home.village), item.person)),
        Value::text(person.name.clone()),
        sex(person),
        Value::Date(person.birth),
        id(world, item, Wrote::Own),
        Value::text(origin),
        township(world, person.home.village),
        Value::Village(person.home.village),
        Value::date(person.permit.map(|it| it.0)),
        Value::date(person.permit.map(|it| it.1)),
    ]
}
