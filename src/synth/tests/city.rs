//! Tests of a synthetic city: two towns of two counties.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Options, bytes, made, options, table};
use crate::synth::places::Places;

const DIVISIONS: &str = "code,level,name,parent\n\
    4415,city,汕尾市,44\n\
    441502,county,汕尾市城区,4415\n\
    441502006,township,遮浪街道,441502\n\
    441502006201,village,宫前村委会,441502006\n\
    441521,county,汕尾市海丰县,4415\n\
    441521120,township,城东镇,441521\n\
    441521120201,village,北山村民委员会,441521120\n\
    441581,county,汕尾市陆丰市,4415\n\
    441581400,township,华侨管理区,441581\n\
    441581400001,village,汕尾市华侨管理区侨兴街道第一社区居民委员会,441581400\n";

fn city(root: &Path, name: &str, areas: &[u64]) -> Options {
    let options = Options { areas: areas.to_vec(), dirt: 0.0, ..options(root, name) };
    std::fs::write(options.rules_folder.join("divisions.csv"), DIVISIONS).unwrap();
    options
}

fn places(areas: &[u64]) -> Places {
    let root = tempfile::tempdir().unwrap();
    let options = city(root.path(), "", areas);
    Places::read(&options.rules_folder, areas).unwrap()
}

#[test]
fn the_smallest_division_that_has_all_areas_is_the_pipelines() {
    let check = |areas: &[u64], area: u64, name: &str, towns: &[&str]| {
        let places = places(areas);
        assert_eq!((places.area, places.area_name.as_str()), (area, name));
        let called: Vec<String> = places.townships.iter().map(|it| places.call(it)).collect();
        assert_eq!(called, towns);
    };
    check(&[441_521], 441_521, "海丰县", &["城东镇"]);
    check(&[441_521_120, 441_521], 441_521, "海丰县城东镇、海丰县", &["城东镇"]);
    let two = ["城区遮浪街道", "陆丰市华侨管理区"];
    let name = "城区遮浪街道、陆丰市华侨管理区";
    check(&[441_502_006, 441_581_400], 4415, name, &two);
    let all = ["城区遮浪街道", "海丰县城东镇", "陆丰市华侨管理区"];
    check(&[4415], 4415, "汕尾市", &all);
    assert_eq!(places(&[441_581]).villages[0].name, "第一社区");
}

#[test]
fn counties_without_their_citys_row_make_no_city() {
    let root = tempfile::tempdir().unwrap();
    let options = city(root.path(), "", &[]);
    let without: String = DIVISIONS.replace("4415,city,汕尾市,44\n", "");
    std::fs::write(options.rules_folder.join("divisions.csv"), without).unwrap();
    let refused = Places::read(&options.rules_folder, &[441_502, 441_581]);
    assert!(format!("{:?}", refused.unwrap_err()).contains("441502,441581"));
}

#[test]
fn everybody_of_a_city_is_of_their_own_county() {
    let root = tempfile::tempdir().unwrap();
    let options = city(root.path(), "city", &[441_502_006, 441_581_400]);
    made(&options, 2);
    let pipeline = std::fs::read_to_string(options.out.join("pipeline.toml")).unwrap();
    assert!(pipeline.contains("area = \"4415\""));
    // Most numbers, and all places of insurance, are of the county of the village.
    let people = table(&options.out.join("truth/people.csv"));
    let own = people.iter().filter(|it| it[1].starts_with(&it[5][..6])).count();
    assert!(own * 10 > people.len() * 7, "{own} of {}", people.len());
    let register = table(&options.out.join("data/医保局/2023年度上年度居民参保信息.csv"));
    let mut counties = BTreeSet::new();
    for row in &register {
        let unit = row.iter().find(|it| it.len() == 13 && it.starts_with("4415")).unwrap();
        assert!(row.iter().any(|it| *it == unit[..6]), "{row:?}");
        assert!(row[0].starts_with(&unit[..6]), "{row:?}");
        counties.insert(unit[..6].to_string());
    }
    assert_eq!(counties.into_iter().collect::<Vec<_>>(), ["441502", "441581"]);
}

#[test]
fn a_citys_departments_name_the_county_in_file_or_row() {
    let root = tempfile::tempdir().unwrap();
    let options = city(root.path(), "city", &[441_502_006, 441_581_400]);
    made(&options, 2);
    let files: Vec<String> =
        bytes(&options.out).keys().map(|it| it.to_string_lossy().into_owned()).collect();
    for file in [
        "data/公安局/户籍人口_城区遮浪街道.csv",
        "data/公安局/户籍人口_陆丰市华侨管理区.csv",
        "data/民政局/城乡低保对象花名册_城区.xlsx",
        "data/民政局/城乡低保对象花名册_陆丰市.xlsx",
    ] {
        assert!(files.iter().any(|it| it == file), "{file} is not in {files:?}");
    }
    let feed = "data/税务局/居民医保缴费明细_202311.csv";
    let feed = super::lines(&options.out.join(feed));
    assert!(feed.iter().any(|it| it.contains("陆丰市华侨管理区")));
    assert!(feed.iter().any(|it| it.contains("城区遮浪街道")));
}

#[test]
fn a_place_far_away_is_never_in_the_own_city() {
    let root = tempfile::tempdir().unwrap();
    let options = city(root.path(), "", &[]);
    // 益阳, of which 赫山区 is among the places far away.
    let text = DIVISIONS.replace("汕尾市", "益阳市").replace("4415", "4309");
    std::fs::write(options.rules_folder.join("divisions.csv"), text).unwrap();
    let far = |areas: &[u64]| {
        let places = Places::read(&options.rules_folder, areas).unwrap();
        (0..12).map(|at| places.far(at).1).filter(|it| it / 100 == 4309).count()
    };
    assert_eq!((far(&[430_902]), far(&[4309])), (1, 0));
}
