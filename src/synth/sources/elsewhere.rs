//! Evidence of cover in another place, as the comparison with the province's data returns it.

use super::{id, name, people, person, shuffle, township_in_city};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::{Scheme, Wrote};
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Name, &["姓名", "人员姓名"]),
    must(Shape::Id, &["身份证号码", "证件号码", "身份证"]),
    must(Shape::Text, &["参保地", "参保统筹区", "外地参保地"]),
    must(Shape::Text, &["险种", "参保险种", "险种类型"]),
    must(Shape::Word, &["参保状态"]),
    must(Shape::Date, &["参保起始日期", "待遇开始日期", "参保日期"]),
    must(Shape::Date, &["有效期至", "待遇截止日期", "参保截止日期"]),
    must(Shape::Text, &["户籍乡镇", "乡镇"]),
    may(Shape::Village, &["户籍村", "村（居）"]),
];

pub fn table(world: &World) -> Table {
    let items = shuffle(people(world, |it| it.away.is_some()), 17);
    Table {
        name: "elsewhere",
        kind: "elsewhere",
        supplier: "医保局",
        keys: Vec::new(),
        required: false,
        usual: Usual::Xlsx,
        care: Care::Hand,
        fields: FIELDS,
        total: false,
        parts: vec![Part::single("医保局/异地参保比对结果", "异地参保比对结果", items)],
        fill,
    }
}

fn fill(world: &World, item: Item) -> Vec<Value> {
    let it = person(world, item);
    let Some(away) = it.away else { return vec![Value::Empty; FIELDS.len()] };
    let scheme = match away.scheme {
        Scheme::Resident => "城乡居民基本医疗保险",
        Scheme::Employee => "职工基本医疗保险",
    };
    vec![
        name(world, item, 10),
        id(world, item, Wrote::Own),
        Value::text(world.scene.places.far(usize::from(away.place)).0),
        Value::text(scheme),
        Value::text("正常参保"),
        Value::Date(away.from),
        Value::date(away.to),
        township_in_city(world, it.home.village),
        Value::Village(it.home.village),
    ]
}
