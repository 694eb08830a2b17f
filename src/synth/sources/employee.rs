//! The employee scheme's rows.

use super::enrolment::{covers, person_number, status};
use super::{county, id, name, person, sex};
use crate::synth::dice::{Dice, spread};
use crate::synth::files::table::{Care, Field, Item, Part, Shape, Table, Usual, Value, may, must};
use crate::synth::person::Scheme;
use crate::synth::world::World;

const FIELDS: &[Field] = &[
    must(Shape::Text, &["psn_no", "人员编号"]),
    must(Shape::Name, &["psn_name", "姓名"]),
    must(Shape::Id, &["certno", "身份证号码", "证件号码"]),
    may(Shape::Sex, &["gend", "性别"]),
    may(Shape::Birth, &["brdy", "出生日期"]),
    must(Shape::Word, &["insutype", "险种类型"]),
    must(Shape::Text, &["psn_type", "人员类别"]),
    must(Shape::Word, &["psn_insu_stas", "参保状态"]),
    must(Shape::Date, &["psn_insu_date", "参保日期"]),
    must(Shape::Date, &["paus_insu_date", "暂停参保日期"]),
    must(Shape::Text, &["insuplc_admdvs", "参保地区划"]),
    must(Shape::Text, &["emp_name", "单位名称"]),
];

pub fn table(world: &World) -> Table {
    let items = covers(world, Scheme::Employee);
    Table {
        name: "employee",
        kind: "enrolment",
        supplier: "医保局",
        keys: vec![
            ("year", world.scene.rules.coverage_year.to_string()),
            ("scheme", "\"310\"".to_string()),
        ],
        required: true,
        usual: Usual::Utf8,
        care: Care::System,
        fields: FIELDS,
        total: false,
        parts: vec![Part::single("医保局/职工参保信息", "职工参保信息", items)],
        fill,
    }
}

/// The name of the register of maternity insurance.
pub const MATERNITY: &str = "maternity";

/// Of a hundred employees in service so many are in maternity insurance.
const IN_MATERNITY: f64 = 97.0;

/// Maternity insurance, which rides on the employee scheme: most of those in service have a second
/// row. It insures nobody, so the truth is silent on it.
pub fn maternity(world: &World) -> Table {
    let is_in = |it: &Item| {
        let type_of = person(world, *it).covers[usize::from(it.sub)].person_type;
        let mut dice = Dice::new(world.scene.seed, MATERNITY, u64::from(it.person));
        matches!(type_of, 1101 | 1102) && dice.chance(IN_MATERNITY / 100.0)
    };
    let items = covers(world, Scheme::Employee).into_iter().filter(is_in).collect();
    Table {
        name: MATERNITY,
        keys: vec![
            ("year", world.scene.rules.coverage_year.to_string()),
            ("scheme", "\"510\"".to_string()),
        ],
        required: false,
        parts: vec![Part::single("医保局/生育保险参保信息", "生育保险参保信息", items)],
        fill: |world, item| row(world, item, "510"),
        ..table(world)
    }
}

const EMPLOYERS: [&str; 8] = [
    "县人民医院",
    "县第一中学",
    "安达建筑工程有限公司",
    "惠民超市有限公司",
    "茶业有限责任公司",
    "县供电公司",
    "黑茶产业园服务中心",
    "兴旺鞋业有限公司",
];

fn fill(world: &World, item: Item) -> Vec<Value> {
    row(world, item, "310")
}

fn row(world: &World, item: Item, scheme: &str) -> Vec<Value> {
    let it = person(world, item);
    let cover = it.covers[usize::from(item.sub)];
    let employer = match cover.person_type {
        1103 => "灵活就业人员虚拟单位",
        _ => EMPLOYERS[(spread(u64::from(item.person)) % 8) as usize],
    };
    vec![
        Value::Text(person_number(world, item, 0)),
        name(world, item, 1),
        id(world, item, cover.wrote),
        sex(it),
        Value::Date(it.birth),
        Value::text(scheme),
        Value::text(cover.person_type.to_string()),
        Value::text(status(cover.status)),
        Value::Date(cover.from),
        Value::date(cover.paused_on),
        Value::text(county(world, cover.village)),
        Value::text(employer),
    ]
}
