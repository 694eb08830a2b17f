//! A run that answers for a city: townships and villages of one name in several counties.

use super::{pipeline_of, source};
use crate::{diagnostic::Lang, ingest::Silent};

/// 城东 is in both counties, and so are 新村 and 大湖村; 汕尾 itself has a 城区.
const DIVISIONS: &str = "code,level,name,parent\n\
    4415,city,汕尾市,44\n\
    441502,county,汕尾市城区,4415\n\
    441502006,township,遮浪街道,441502\n\
    441502006001,village,新村社区居民委员会,441502006\n\
    441521,county,汕尾市海丰县,4415\n\
    441521120,township,城东镇,441521\n\
    441521120201,village,新村民委员会,441521120\n\
    441521120202,village,大湖村民委员会,441521120\n\
    441521120203,village,金山村民委员会,441521120\n\
    441581,county,汕尾市陆丰市,4415\n\
    441581003,township,城东街道,441581\n\
    441581003201,village,大湖村民委员会,441581003\n\
    441581003202,village,炎龙村民委员会,441581003\n\
    441581003203,village,马村集村民委员会,441581003\n\
    441581003204,village,二分场生活区,441581003\n\
    441581400,township,华侨管理区,441581\n\
    441581400001,village,第一社区居民委员会,441581400\n";

/// Reads the rows of one file and shows the place and what is left in words, `?` where a village
/// is borne by several.
#[track_caller]
fn check(kind: &str, file: &str, header: &str, rows: &[(&str, &str)]) {
    check_in("4415", kind, file, header, rows);
}

#[track_caller]
fn check_in(area: &str, kind: &str, file: &str, header: &str, rows: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let mut text = format!("姓名,身份证号码,{header}\n");
    for (row, _) in rows {
        text.push_str(&format!("张三,11010519491231002X,{row}\n"));
    }
    let source = source(kind, "");
    let file = format!("in_{file}.csv");
    let files = [(file.as_str(), text.into_bytes())];
    let pipeline = pipeline_of((area, DIVISIONS), folder.path(), &source, &files);
    let read = crate::ingest::read(&pipeline, &Silent);
    let read = read.unwrap_or_else(|error| panic!("{}", error.show(Lang::En)));
    let place = |subject: &crate::tables::Subject| {
        let code = subject.place.map_or("-", |it| pipeline.divisions.get(it).code.as_str());
        format!("{code} {}", read.tables.texts.get(subject.place_text)).trim().to_string()
    };
    let places: Vec<String> = read.tables.subjects().iter().map(place).collect();
    let expected: Vec<&str> = rows.iter().map(|it| it.1).collect();
    assert_eq!(places, expected, "{file}");
}

#[test]
fn a_village_behind_its_township_is_taken_whole_before_it_is_taken_apart() {
    check(
        "household",
        "户籍",
        "乡镇,村",
        &[
            ("城东街道,城东街道马村集村", "441581003203"),
            ("城东街道,陆丰市城东街道 马村集村4组", "441581003203"),
            ("城东街道,二分场生活区2组", "441581003204"),
            ("城东街道,城东街道二分场生活区十二组", "441581003204"),
        ],
    );
}

#[test]
fn the_rows_county_decides_between_namesakes() {
    check(
        "household",
        "户籍",
        "县（市、区）,乡镇,村",
        &[
            ("海丰县,城东,大湖村", "441521120202"),
            ("陆丰市,城东,大湖村", "441581003201"),
            ("441581,城东,大湖村", "441581003201"),
            ("汕尾市陆丰市,,大湖村", "441581003201"),
            ("城区,遮浪街道,新村", "441502006001"),
            ("汕尾市,城东镇,大湖村", "441521120202"),
            ("深圳市,城东镇,大湖村", "- 大湖村"),
        ],
    );
}

#[test]
fn without_a_county_only_what_is_one_of_its_name_is_found() {
    check(
        "household",
        "户籍",
        "乡镇,村",
        &[
            ("城东镇,大湖村", "441521120202"),
            ("城东街道,大湖村", "441581003201"),
            ("城东,金山村", "441521120203"),
            ("城东,大湖村", "- 大湖村"),
            (",大湖村", "- 大湖村"),
            (",炎龙村", "441581003202"),
            (",海丰县大湖村", "441521120202"),
            (",陆丰市城东街道大湖村三组", "441581003201"),
            ("城东,没有村", "- 没有村"),
            ("海丰县城东镇,大湖村", "441521120202"),
            ("汕尾市陆丰市城东,大湖村", "441581003201"),
            ("陆丰市华侨管理区,第一社区", "441581400001"),
            ("华侨管理区,陆丰市华侨管理区 第一社区3组", "441581400001"),
        ],
    );
}

#[test]
fn the_file_tells_the_county_of_rows_that_name_none() {
    let rows = [
        ("城东,大湖村", "441581003201"),
        (",大湖村", "441581003201"),
        ("城东镇,大湖村", "441581003201"),
        ("遮浪街道,新村", "441502006001"),
    ];
    check("household", "陆丰市户籍", "乡镇,村", &rows);
    let by_both = [(",大湖村", "441581003201"), (",炎龙村", "441581003202")];
    check("household", "户籍_陆丰市城东街道", "乡镇,村", &by_both);
    // Two counties tell nothing.
    check("household", "海丰县和陆丰市户籍", "乡镇,村", &[(",大湖村", "- 大湖村")]);
}

#[test]
fn an_address_tells_the_county() {
    check(
        "household",
        "户籍",
        "地址",
        &[
            ("广东省汕尾市海丰县城东镇大湖村三组", "441521120202"),
            ("广东省汕尾市陆丰市城东街道大湖村三组", "441581003201"),
            ("陆丰市华侨管理区第一社区3组5号", "441581400001"),
            ("华侨管理区第一社区", "441581400001"),
            ("汕尾市华侨管理区侨兴街道第一社区9号", "441581400001"),
            ("汕尾市城区遮浪街道", "441502006"),
        ],
    );
}

#[test]
fn a_countys_code_in_the_place_of_a_villages_tells_the_county() {
    let rows = [
        ("441581,大湖村", "441581003201"),
        ("441521000000,大湖村", "441521120202"),
        ("4415,大湖村", "- 大湖村"),
        ("441521,", "-"),
    ];
    check("household", "户籍", "区划代码,村", &rows);
}

#[test]
fn the_office_tells_the_county_of_a_village_that_several_have() {
    let rows = [
        ("441521,大湖村", "441521120202"),
        ("441581,大湖村", "441581003201"),
        ("441500,大湖村", "- 大湖村"),
        ("441581,金山村", "441521120203"),
    ];
    check("enrolment", "参保", "insuplc_admdvs,emp_name", &rows);
    let paid = rows.map(|it| (format!("{},1.00", it.0), it.1));
    let paid = paid.each_ref().map(|it| (it.0.as_str(), it.1));
    check("payment", "缴费", "征收地,村,实缴金额", &paid);
}

#[test]
fn a_county_of_a_citys_table_is_read_as_a_county() {
    let rows = [
        ("城东,大湖村", "441521120202"),
        (",大湖村", "441521120202"),
        // Of the next county, not the 新村 of this one.
        ("遮浪街道,新村", "441502006001"),
    ];
    check_in("441521", "household", "户籍", "乡镇,村", &rows);
}
