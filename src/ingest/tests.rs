//! Whole pipelines, from files to accounts.

use std::path::Path;

use encoding_rs::GB18030;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use super::*;
use crate::diagnostic::Lang;

mod city;

const DIVISIONS: &str = "code,level,name,parent,aliases\n\
    430923,county,益阳市安化县,4309,安化县\n\
    430923109,township,冷市镇,430923,\n\
    430923110,township,龙塘镇,430923,\n\
    430923109204,village,南华村委会,430923109,\n\
    430923109205,village,文昌村委会,430923109,\n\
    430923109003,village,大桥水社区居委会,430923109,\n\
    430923110204,village,南华村委会,430923110,\n\
    430923110205,village,茶乡花海社区,430923110,\n";

/// Ids with a right check character.
const ZHANG: &str = "34052419800101001X";
const LI: &str = "11010519491231002X";

/// A right id for a number.
fn id(n: u64) -> String {
    let digits =
        format!("430923{:04}0{}{:02}{:03}", 1950 + n % 60, 1 + n % 9, 1 + n / 9 % 28, n % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        digits.bytes().zip(weights).map(|(it, weight)| u32::from(it - b'0') * weight).sum();
    format!("{digits}{}", "10X98765432".as_bytes()[sum as usize % 11] as char)
}

fn pipeline(folder: &Path, sources: &str, files: &[(&str, Vec<u8>)]) -> Pipeline {
    pipeline_of(("430923", DIVISIONS), folder, sources, files)
}

fn pipeline_of(
    (area, divisions): (&str, &str),
    folder: &Path,
    sources: &str,
    files: &[(&str, Vec<u8>)],
) -> Pipeline {
    std::fs::write(folder.join("divisions.csv"), divisions).unwrap();
    std::fs::write(folder.join("key"), "0123456789abcdef0123456789abcdef").unwrap();
    let head =
        format!("name='t'\ntitle='t'\narea='{area}'\ninsurance_year=2024\nperson_key='key'\n");
    std::fs::write(folder.join("pipeline.toml"), format!("{head}{sources}")).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    Pipeline::open(folder).unwrap_or_else(|error| panic!("{}", error.show(Lang::En)))
}

fn source(kind: &str, more: &str) -> String {
    format!(
        "[[source]]\nname='s'\nkind='{kind}'\nsupplier='局'\npath='in*'\nmax_rejected_percent=100\n{more}\n"
    )
}

/// Reads one file as a source of a kind and shows what became of it.
fn check(kind: &str, more: &str, file: (&str, Vec<u8>)) -> (Ingested, String) {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = pipeline(folder.path(), &source(kind, more), &[file]);
    let read = read(&pipeline, &Silent).unwrap_or_else(|error| panic!("{}", error.show(Lang::En)));
    let shown = show(&read, &pipeline);
    (read, shown)
}

fn check_text(kind: &str, more: &str, text: &str, expected: &str) -> Ingested {
    let trimmed: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let (read, shown) = check(kind, more, ("in.csv", trimmed.join("\n").into_bytes()));
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(shown, expected.join("\n"));
    read
}

/// One line an account, and one a record: row, id state, name, place.
fn show(read: &Ingested, pipeline: &Pipeline) -> String {
    let mut lines = Vec::new();
    for account in &read.accounts {
        let sheet = &read.tables.origins.parts[account.part.0 as usize].sheet;
        lines.push(format!(
            "{sheet} {} read={} ok={} rejected={} none={} sum={} header={:?}",
            account.encoding,
            account.rows_read,
            account.accepted,
            account.rejected,
            account.no_data,
            account.sum_fen,
            account.header_rows
        ));
        lines.extend(account.totals.iter().map(|it| {
            format!("total row={} {} {} {}", it.row, it.unit.code(), it.stated, it.counted)
        }));
    }
    for subject in read.tables.subjects() {
        let (_, row) = read.tables.origins.of(subject.record);
        let text = |id| read.tables.texts.get(id);
        let place = subject.place.map_or("-", |it| pipeline.divisions.get(it).code.as_str());
        lines.push(format!(
            "{row} {} {} {place} {}",
            subject.id_state.code(),
            text(subject.name),
            text(subject.place_text)
        ));
    }
    lines.iter().map(|it| it.trim()).collect::<Vec<_>>().join("\n")
}

fn codes(read: &Ingested) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = read.diagnostics.iter().map(|it| it.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn a_list_as_offices_print_it() {
    let text = format!(
        "冷市镇2024年城乡低保对象名单,,,,,
        填报单位：冷市镇人民政府,,,,日期：2024年3月5日,
        序号,姓　名,身份证号码,村（社区）,纳入时间,备注
        1,张三,{ZHANG},南华村,2023-05,
        2,李四,{LI},文昌,2023.6.1,
        ,,,,,
        序号,姓名,身份证号码,村（社区）,纳入时间,备注
        1,王五,,大桥水社区,2023年7月,身份证不详
        2,,,南华村,,
        3,,,,,
        合　计,,3人,,,
        制表人：赵六,,审核人：孙七,,,"
    );
    let read = check_text(
        "category",
        "category='低保'",
        &text,
        "gb read=12 ok=3 rejected=1 none=8 sum=0 header=[3]
        total row=11 rows 3 4
        4 valid 张三 430923109204
        5 valid 李四 430923109205
        8 missing 王五 430923109003"
            .replace("gb", "UTF-8")
            .as_str(),
    );
    assert_eq!(read.rejects[0].row, 9);
    assert_eq!(read.rejects[0].reason, RejectReason::NoPerson);
    assert_eq!(read.tables.texts.get(read.tables.categories[0].label), "低保");
    assert_eq!(read.tables.categories[0].from, NaiveDate::from_ymd_opt(2023, 5, 1));
    assert_eq!(codes(&read), ["D109"]);
}

#[test]
fn payments_with_group_heads_totals_and_refunds() {
    let text = format!(
        "缴费人信息,,,缴费信息,,,
        姓名,证件号码,村,应缴金额,个人缴费金额（元）,财政资助金额,缴费日期
        张三,{ZHANG},冷市镇南华村,380,266.00,114,2023-10-08
        李四,{LI},龙塘镇南华村三组,380,380元,0,45210
        李四,{LI},龙塘镇南华村,380,-380,0,2023-11-01
        王五,,文昌村,380,未知,,2023-11-01
        总计,,,1140,646.00,114,"
    );
    let read = check_text(
        "payment",
        "year=2024\nscheme='390'",
        &text,
        "UTF-8 read=7 ok=3 rejected=1 none=3 sum=26600 header=[2]
        total row=7 fen 114000 152000
        total row=7 fen 64600 26600
        total row=7 fen 11400 11400
        3 valid 张三 430923109204
        4 valid 李四 430923110204
        5 valid 李四 430923110204",
    );
    let kinds: Vec<&str> = read.tables.payments.iter().map(|it| it.kind.code()).collect();
    assert_eq!(kinds, ["paid", "paid", "refund"]);
    assert_eq!(read.tables.payments[2].paid_fen, 38000);
    assert_eq!(read.rejects[0].value, "未知");
    assert_eq!(read.rejects[0].column, "个人缴费金额(元)");
}

/// A collecting village with 乡 in its name was taken apart at the 乡 and then found nowhere.
#[test]
fn a_unit_that_is_a_village_by_its_whole_name_is_not_taken_apart() {
    let text = format!(
        "姓名,证件号码,实缴金额,征收乡镇,征收村
        张三,{ZHANG},380,龙塘镇,茶乡花海社区"
    );
    check_text(
        "payment",
        "year=2024\nscheme='390'",
        &text,
        "UTF-8 read=2 ok=1 rejected=0 none=1 sum=38000 header=[1]
        2 valid 张三 430923110205",
    );
}

#[test]
fn national_field_names_in_gb18030() {
    let text = format!(
        "psn_no,psn_name,certno,insutype,psn_insu_stas,psn_type,insuplc_admdvs,emp_name,crt_insu_date\n\
        430900000001,张三,{ZHANG},390,1,1501,430923,安化县冷市镇南华村,2023-01-01\n\
        430900000002,李四,{LI},310,2,1103,430923,某某公司,2020-01-01\n\
        430900000003,王五,,390,3,1501,430923,安化县冷市镇文昌村居民,2020-01-01\n"
    );
    let (read, shown) = check("enrolment", "year=2024", ("in.txt", GB18030.encode(&text).0.into()));
    assert_eq!(
        shown,
        "gb18030 read=4 ok=3 rejected=0 none=1 sum=0 header=[1]\n\
        2 valid 张三 430923109204\n3 valid 李四 -\n4 missing 王五 430923109205"
    );
    let states: Vec<&str> = read.tables.enrolments.iter().map(|it| it.status.code()).collect();
    assert_eq!(states, ["active", "paused", "unknown"]);
    assert_eq!(read.tables.texts.get(read.tables.enrolments[2].status_text), "3");
    assert_eq!(read.tables.enrolments[1].person_type, 1103);
    assert_eq!(codes(&read), ["D123"]);
}

#[test]
fn a_workbook_of_several_sheets_with_merged_cells() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("特困人员").unwrap();
    sheet.merge_range(0, 0, 0, 4, "冷市镇特困人员花名册", &plain).unwrap();
    for (column, header) in ["序号", "村居", "姓名", "身份证号", "享受时间"].iter().enumerate()
    {
        sheet.write(1, column as u16, *header).unwrap();
    }
    sheet.merge_range(2, 1, 3, 1, "南华村委会", &plain).unwrap();
    sheet.merge_range(4, 1, 5, 1, "文昌村", &plain).unwrap();
    for (row, name) in [(2, "张三"), (3, "李四"), (4, "王五"), (5, "赵六")] {
        sheet.write(row, 0, row - 1).unwrap();
        sheet.write(row, 2, name).unwrap();
        sheet.write(row, 3, id(u64::from(row))).unwrap();
        sheet.write(row, 4, 202_305).unwrap();
    }
    let sheet = book.add_worksheet().set_name("填写说明").unwrap();
    sheet.write(0, 0, "本表由村级填写").unwrap();
    let sheet = book.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    sheet.write(0, 0, "姓名").unwrap();
    let (read, shown) = check("category", "year=2024", ("in.xls", book.save_to_buffer().unwrap()));
    assert_eq!(
        shown,
        "特困人员 xlsx read=6 ok=4 rejected=0 none=2 sum=0 header=[2]\n\
        填写说明 xlsx read=1 ok=0 rejected=0 none=1 sum=0 header=[]\n\
        旧 xlsx read=1 ok=0 rejected=0 none=1 sum=0 header=[]\n\
        3 valid 张三 430923109204\n4 valid 李四 430923109204\n\
        5 valid 王五 430923109205\n6 valid 赵六 430923109205"
    );
    assert_eq!(codes(&read), ["D103", "D107"]);
    assert_eq!(read.tables.texts.get(read.tables.categories[0].label), "特困");
}

#[test]
fn a_wide_table_gives_a_record_for_each_category() {
    let text = format!(
        "镇街,村社区,姓名,身份证,特困,低保,重度残疾,认定身份
        冷市镇,南华村,张三,{ZHANG},,√,2022-03-01,
        冷市镇,文昌村,李四,{LI},否,是,,低保
        冷市镇,文昌村,王五,,,,,"
    );
    let read = check_text(
        "category",
        "",
        &text,
        "UTF-8 read=4 ok=2 rejected=1 none=1 sum=0 header=[1]
        2 valid 张三 430923109204
        2 valid 张三 430923109204
        3 valid 李四 430923109205",
    );
    let labels: Vec<&str> =
        read.tables.categories.iter().map(|it| read.tables.texts.get(it.label)).collect();
    assert_eq!(labels, ["低保", "重度残疾", "低保"]);
}

#[test]
fn a_page_of_html_named_xls() {
    let page = format!(
        "<html><meta charset='gbk'><table><tr><td colspan=3>死亡人员</td></tr>\
        <tr><th>姓名</th><th>身份证号</th><th>死亡日期</th></tr>\
        <tr><td>张三</td><td style='vnd.ms-excel.numberformat:@'>{ZHANG}</td><td>2023-01-02</td></tr></table>"
    );
    let (read, shown) = check("death", "", ("in.xls", GB18030.encode(&page).0.into()));
    assert_eq!(
        shown,
        "gb18030 (html) read=3 ok=1 rejected=0 none=2 sum=0 header=[2]\n3 valid 张三 -"
    );
    assert_eq!(read.accounts[0].first_on, NaiveDate::from_ymd_opt(2023, 1, 2));
}

#[test]
fn ids_under_an_unknown_header_are_used_and_reported() {
    let text = format!("编码X,姓名,死亡时间\n{ZHANG},张三,2023-01-01\n{LI},李四,2023-01-01");
    let read = check_text(
        "death",
        "",
        &text,
        "UTF-8 read=3 ok=2 rejected=0 none=1 sum=0 header=[1]
        2 valid 张三 -
        3 valid 李四 -",
    );
    assert_eq!(codes(&read), ["D105"]);
}

fn refused(sources: &str, files: &[(&str, Vec<u8>)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let pipeline = pipeline(folder.path(), sources, files);
    match read(&pipeline, &Silent) {
        Ok(_) => panic!("must be refused"),
        Err(error) => error.show(Lang::En),
    }
}

#[test]
fn a_required_source_that_cannot_be_used_stops_the_run() {
    let required = source("payment", "required=true");
    let shown = refused(&required, &[]);
    assert!(shown.contains("D101") && shown.contains("in*"), "{shown}");
    let shown =
        refused(&required, &[("in.csv", b"\xe5\xa7\x93\xe5\x90\x8d,id_card\na,b\n".into())]);
    assert!(shown.contains("D104") && shown.contains("paid or total"), "{shown}");
    let shown = refused(&required, &[("in.xlsx", b"PK\x03\x04 truncated".into())]);
    assert!(shown.contains("D102"), "{shown}");
    let shown = refused(&required, &[("in.csv", "甲,乙\n1,2\n".into())]);
    assert!(shown.contains("D103") && shown.contains("甲、乙"), "{shown}");
    let mostly = "[[source]]\nname='s'\nkind='payment'\nsupplier='局'\npath='in*'\n";
    let shown = refused(mostly, &[("in.csv", "姓名,缴费金额\n张三,?\n李四,380\n".into())]);
    assert!(shown.contains("D114") && shown.contains("1 of 2"), "{shown}");
}

#[test]
fn hostile_files_are_reported_and_never_panic() {
    let noise = |n: u32| (0..n).map(|it| (it.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let line = format!("姓名,身份证号,死亡日期\n{}", "张".repeat(3_500_000));
    let nul = format!("姓名,身份证号,死亡日期\n张\0三,{ZHANG},2023-01-01\n");
    let quote = format!("姓名,身份证号,死亡日期\n\"张三,{ZHANG},2023-01-01\n李四,{LI},\n");
    let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    compound.extend(std::iter::repeat_n(0x11, 9000));
    let files: Vec<(&str, Vec<u8>, u64)> = vec![
        ("in.csv", noise(40_000), 0),
        ("in.xlsx", noise(40_000), 0),
        ("in.xls", compound, 0),
        ("in.csv", line.into_bytes(), 1),
        ("in.csv", nul.into_bytes(), 1),
        ("in.csv", quote.into_bytes(), 2),
        ("in.csv", Vec::new(), 0),
        ("in.zip", b"PK\x03\x04\x14\0\0\0\0\0aaaaaaaaaaaaaaaa\x05\0\0\0a.csv".into(), 0),
    ];
    for (name, bytes, accepted) in files {
        let (read, shown) = check("death", "", (name, bytes));
        assert_eq!(read.accounts.iter().map(|it| it.accepted).sum::<u64>(), accepted, "{shown}");
        assert!(accepted > 0 || !read.diagnostics.is_empty(), "{name}: nothing was said");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let rows = |from: u64| -> Vec<u8> {
        let mut text = String::from("姓名,身份证号,乡镇,村,户号\n");
        (from..from + 50_000).for_each(|n| {
            text.push_str(&format!("人{n},{},冷市镇,南华村,{}\n", id(n), n / 3));
        });
        text.into_bytes()
    };
    let files = [("in2.csv", rows(0)), ("in1.csv", rows(7)), ("in3.csv", rows(99))];
    let shown = |threads: usize| {
        let folder = tempfile::tempdir().unwrap();
        let pipeline = pipeline(folder.path(), &source("household", ""), &files);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let read = pool.install(|| read(&pipeline, &Silent)).ok().unwrap();
        let texts: Vec<String> = read.tables.texts.iter().map(|it| it.1.to_string()).collect();
        (show(&read, &pipeline), texts)
    };
    assert!(shown(1) == shown(4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn accounts_always_add_up(lines in proptest::collection::vec("[张三合计姓名,,,\"0-9\n 身份证号]{0,30}", 0..12)) {
        let text = format!("姓名,身份证号,死亡日期\n{}", lines.join("\n"));
        let folder = tempfile::tempdir().unwrap();
        let pipeline = pipeline(folder.path(), &source("death", ""), &[("in.csv", text.into_bytes())]);
        let read = read(&pipeline, &Silent).ok().unwrap();
        let accepted: u64 = read.accounts.iter().map(|it| it.accepted).sum();
        prop_assert_eq!(accepted as usize, read.tables.len());
        let rejected: u64 = read.accounts.iter().map(|it| it.rejected).sum();
        prop_assert_eq!(rejected as usize, read.rejects.len());
    }
}
