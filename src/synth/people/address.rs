//! Addresses as the police write them.

use crate::synth::person::Home;
use crate::synth::places::Places;

/// The whole address: county, township, village, group and house.
pub fn address(places: &Places, home: &Home) -> String {
    let village = &places.villages[usize::from(home.village)];
    let town = &places.townships[usize::from(village.township)];
    let county = &places.county_of(home.village).name;
    format!("{county}{}{}{}组{}号", town.name, village.name, home.group, home.house)
}

/// Places where people live or work when they are not here, with their division codes.
pub const FAR: &[(&str, u32)] = &[
    ("广东省东莞市", 441900),
    ("广东省深圳市宝安区", 440306),
    ("湖南省长沙市雨花区", 430111),
    ("浙江省温州市乐清市", 330382),
    ("广东省佛山市顺德区", 440606),
    ("福建省泉州市晋江市", 350582),
    ("江苏省苏州市昆山市", 320583),
    ("湖南省益阳市赫山区", 430903),
    ("上海市松江区", 310117),
    ("湖北省武汉市武昌区", 420106),
    ("重庆市万州区", 500101),
    ("广西壮族自治区桂林市", 450300),
];
