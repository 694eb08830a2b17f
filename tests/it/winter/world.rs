//! The truth of a winter: who lives in two townships, what happens to them on which night, and what
//! the departments' files say of it on each.

use std::{fs, path::Path};

use chrono::{Days, NaiveDate};

/// The first night is 2023-12-01; nights are counted from 0.
pub fn date(night: u32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2023, 12, 1).unwrap();
    first.checked_add_days(Days::new(night.into())).unwrap()
}

/// Numbers that follow from a seed.
pub struct Dice(pub u64);

impl Dice {
    /// One of `0..n`.
    pub fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % u64::from(n)) as u32
    }
}

/// Code, township, village.
const VILLAGES: [(&str, &str, &str); 4] = [
    ("430923109204", "冷市镇", "南华村"),
    ("430923109205", "冷市镇", "文昌村"),
    ("430923123001", "龙塘镇", "茶乡花海社区"),
    ("430923123203", "龙塘镇", "和睦村"),
];

/// The townships, as their workbooks are called.
pub const TOWNSHIPS: [&str; 2] = ["冷市镇", "龙塘镇"];

/// The headers of the departments' files.
const ROSTER: &str =
    "户号,与户主关系,姓名,性别,出生日期,公民身份号码,住址,乡镇,村居,户籍状态,变动日期,登记日期";
const REGISTER: &str = "psn_name,psn_cert_type,certno,insutype,psn_type,psn_insu_stas,psn_insu_date,\
     insuplc_admdvs,emp_name";
const FEED: &str = "电子税票号,姓名,证件号码,征收品目,费款所属期,应缴金额,实缴金额,资助金额,资助类别,缴费日期,\
     缴费渠道,征收乡镇,征收村,状态,原税票号,征收区划";
const AWAY: &str = "姓名,身份证号,险种,参保地,参保状态,参保日期,有效期止";

/// The night on which December's list of the subsidised arrives.
const SECOND_LIST: u32 = 7;

/// One person and what happens to it, by night.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub number: String,
    born: NaiveDate,
    village: usize,
    /// From which night the roster has it; births are the later ones.
    on_roster: u32,
    /// The night of a move, the village, and whether the household's number goes with it.
    moves: Option<(u32, usize, bool)>,
    enrolled: Option<u32>,
    paid: Option<u32>,
    died: Option<u32>,
    /// The night on which cover elsewhere is told, and the last night it covers.
    elsewhere: Option<(u32, u32)>,
    /// On November's and on December's list.
    subsidised: [bool; 2],
}

impl Person {
    fn place(&self, night: u32) -> usize {
        self.moves.filter(|it| it.0 <= night).map_or(self.village, |it| it.1)
    }

    /// The township where the person lives.
    pub fn township(&self, night: u32) -> &'static str {
        VILLAGES[self.place(night)].1
    }

    fn household(&self, night: u32) -> String {
        let is_new = self.moves.is_some_and(|it| it.0 <= night && !it.2);
        format!("43092300{}{}", if is_new { 9 } else { 1 }, &self.number[10..17])
    }

    fn due(&self, night: u32) -> u32 {
        if self.subsidised[usize::from(night >= SECOND_LIST)] { 190 } else { 380 }
    }

    fn is_at(event: Option<u32>, night: u32) -> bool {
        event.is_some_and(|it| it <= night)
    }

    /// What is wrong with the person's cover: the code, and what the rows behind it say.
    pub fn finding(&self, night: u32) -> Option<(&'static str, String)> {
        let is_away = self.elsewhere.is_some_and(|(from, to)| from <= night && night <= to);
        if night < self.on_roster || Person::is_at(self.died, night) {
            return None;
        }
        let due = self.due(night);
        match (Person::is_at(self.enrolled, night), Person::is_at(self.paid, night)) {
            _ if is_away => None,
            (true, true) => None,
            (true, false) => Some(("E02", format!("{due}"))),
            (false, true) => Some(("E03", String::new())),
            (false, false) => Some(("E01", format!("{} {due}", self.household(night)))),
        }
    }

    fn at(&self, night: u32) -> (&'static str, &'static str, &'static str) {
        VILLAGES[self.place(night)]
    }

    /// The person's row of the roster.
    fn resident(&self, night: u32) -> String {
        let (_, township, village) = self.at(night);
        let (household, sex) = (self.household(night), sex(&self.number));
        let Person { name, number, born, .. } = self;
        format!(
            "{household},户主,{name},{sex},{born},{number},安化县{township}{village}1组,\
             {township},{village},正常,,{born}\n"
        )
    }

    fn death(&self) -> String {
        let on = date(self.died.unwrap()).pred_opt().unwrap();
        format!("{},{},{on}\n", self.name, self.number)
    }

    fn enrolment(&self, night: u32) -> String {
        let (on, village) = (date(self.enrolled.unwrap()), self.at(night).2);
        format!("{},01,{},390,1501,1,{on},430923,{village}\n", self.name, self.number)
    }

    fn payment(&self, nth: usize, night: u32) -> String {
        let (on, (_, township, village)) = (self.paid.unwrap(), self.at(night));
        let due = self.due(on);
        let (subsidy, on) = (380 - due, date(on));
        let category = if subsidy > 0 { "低保对象" } else { "" };
        let Person { name, number, .. } = self;
        format!(
            "34309{nth:08},{name},{number},城乡居民基本医疗保险费,2024,{due}.00,{due}.00,\
             {subsidy}.00,{category},{on},微信,{township},{village},正常,,430923\n"
        )
    }

    fn cover_away(&self) -> String {
        let to = date(self.elsewhere.unwrap().1);
        let (name, number) = (&self.name, &self.number);
        format!("{name},{number},城乡居民基本医疗保险,深圳市,正常参保,2023-01-01,{to}\n")
    }
}

/// Everybody.
pub struct World {
    pub people: Vec<Person>,
}

impl World {
    pub fn new(seed: u64, size: u32, nights: u32) -> World {
        let mut dice = Dice(seed);
        let people = (0..size).map(|it| person(it, nights, &mut dice));
        let mut world = World { people: people.collect() };
        // The lists keep their length, or they would pass for broken.
        let uninsured = |it: &&mut Person| it.paid.is_none() && it.enrolled.is_none();
        let mut swapped = world.people.iter_mut().filter(uninsured);
        for _ in 0..3 {
            swapped.next().unwrap().subsidised = [true, false];
            swapped.next().unwrap().subsidised = [false, true];
        }
        for it in world.people.iter_mut().skip(size as usize / 2).take(24) {
            it.subsidised = [true, true];
        }
        world
    }

    /// Writes what the departments know on a night.
    pub fn write(&self, folder: &Path, night: u32) {
        let people = || self.people.iter();
        let at = |event: Option<u32>| Person::is_at(event, night);
        let file = |name: &str, header: &str, rows: Vec<String>| {
            fs::write(folder.join(name), format!("{header}\n{}", rows.concat())).unwrap();
        };
        let registered = people().filter(|it| it.on_roster <= night);
        file("户籍人口.csv", ROSTER, registered.map(|it| it.resident(night)).collect());
        let dead = people().filter(|it| at(it.died));
        file("死亡名单.csv", "姓名,身份证号,死亡日期", dead.map(Person::death).collect());
        for (month, from) in [(11, 0), (12, SECOND_LIST)] {
            let listed = people().filter(|it| it.subsidised[month - 11]);
            let row = |it: &Person| format!("{},{},{}\n", it.name, it.number, it.at(night).2);
            if from <= night {
                let name = format!("低保对象2023年{month}月.csv");
                file(&name, "姓名,身份证号,村", listed.map(row).collect());
            }
        }
        let enrolled = people().filter(|it| at(it.enrolled));
        file("参保登记.csv", REGISTER, enrolled.map(|it| it.enrolment(night)).collect());
        let paid = people().enumerate().filter(|it| at(it.1.paid));
        file("缴费明细.csv", FEED, paid.map(|(nth, it)| it.payment(nth, night)).collect());
        let away = people().filter(|it| it.elsewhere.is_some_and(|it| it.0 <= night));
        file("异地参保.csv", AWAY, away.map(Person::cover_away).collect());
    }
}

fn sex(number: &str) -> &'static str {
    if (number.as_bytes()[16] - b'0') % 2 == 1 { "男" } else { "女" }
}

/// A person with a story of its own.
fn person(nth: u32, nights: u32, dice: &mut Dice) -> Person {
    const FAMILY: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
    const FIRST: &str = "建国志明晓春文海玉秀家永";
    const SECOND: &str = "军华平芳丽强伟红梅云";
    let pick = |from: &str, at: u32| from.chars().nth(at as usize).unwrap();
    let name = [pick(FAMILY, nth % 20), pick(FIRST, nth % 12), pick(SECOND, nth / 12 % 10)]
        .iter()
        .collect();
    let is_born_late = nth % 16 == 15;
    let on_roster = if is_born_late { 1 + dice.below(nights / 2) } else { 0 };
    let born = match is_born_late {
        true => date(on_roster).checked_sub_days(Days::new(9)).unwrap(),
        false => {
            let (year, month) = (1945 + (nth * 7 % 75) as i32, 1 + nth % 12);
            NaiveDate::from_ymd_opt(year, month, 1 + nth % 28).unwrap()
        }
    };
    let village = dice.below(4) as usize;
    let mut it = Person {
        name,
        number: number(born, 100 + nth),
        born,
        village,
        on_roster,
        moves: None,
        enrolled: None,
        paid: None,
        died: None,
        elsewhere: None,
        subsidised: [false; 2],
    };
    let first = on_roster + 1 + dice.below(nights - on_roster - 1);
    let later = (first + 1 + dice.below(6)).min(nights);
    let over = (village + 2) % 4;
    match dice.below(24) {
        0..4 if !is_born_late => (it.enrolled, it.paid) = (Some(0), Some(0)),
        0..8 => {}
        8..12 => (it.enrolled, it.paid) = (Some(first), Some(first)),
        12..15 => (it.enrolled, it.paid) = (Some(first), Some(later)),
        15..17 => (it.enrolled, it.paid) = (Some(later), Some(first)),
        17..19 => it.died = Some(first),
        19..21 => it.elsewhere = Some((first, later)),
        21 => it.moves = Some((first, over, true)),
        22 => it.moves = Some((first, over, false)),
        _ => (it.moves, it.paid) = (Some((first, over, false)), Some(later)),
    }
    it
}

/// A citizen's number with its check character.
fn number(born: NaiveDate, sequence: u32) -> String {
    let digits = format!("430923{}{sequence:03}", born.format("%Y%m%d"));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(it, by)| u32::from(it - b'0') * by).sum();
    format!("{digits}{}", "10X98765432".as_bytes()[sum as usize % 11] as char)
}

/// Writes the pipeline of the two townships.
pub fn pipeline(folder: &Path) {
    let source = |name: &str, kind: &str, path: &str, more: &str| {
        format!(
            "\n[[source]]\nname = \"{name}\"\nkind = \"{kind}\"\nsupplier = \"部门\"\n\
             path = \"{path}\"\n{more}\n"
        )
    };
    let sources = [
        source("roster", "household", "户籍人口.csv", "required = true"),
        source("deaths", "death", "死亡名单.csv", ""),
        source(
            "dibao",
            "category",
            "低保对象*.csv",
            "category = \"低保对象\"\nfull_list = \"monthly\"",
        ),
        source("enrolment", "enrolment", "参保登记.csv", "year = 2024"),
        source("payments", "payment", "缴费明细.csv", ""),
        source("elsewhere", "elsewhere", "异地参保.csv", ""),
        source("returned", "feedback", "returned/*", ""),
    ];
    let head = "name = \"winter\"\ntitle = \"安化县\"\narea = \"430923\"\ninsurance_year = 2024\n\
                rules = \"../lengshi\"\nperson_key = \"../lengshi/person.key\"\n";
    fs::create_dir_all(folder.join("returned")).unwrap();
    fs::write(folder.join("pipeline.toml"), format!("{head}{}", sources.concat())).unwrap();
    let villages = VILLAGES.map(|it| format!("{},village,{},{},\n", it.0, it.2, &it.0[..9]));
    let divisions = format!(
        "code,level,name,parent,aliases\n430923,county,益阳市安化县,4309,安化县\n\
         430923109,township,冷市镇,430923,\n430923123,township,龙塘镇,430923,\n{}",
        villages.concat()
    );
    fs::write(folder.join("divisions.csv"), divisions).unwrap();
    let targets = "code,name,residents,target,reference\n430923109,冷市镇,60,50,测试\n\
                   430923123,龙塘镇,60,50,测试\n";
    fs::write(folder.join("targets.csv"), targets).unwrap();
}
