//! Headers as departments print them, and what they mean.

use super::*;

fn source(kind: SourceKind) -> Source {
    let text = format!("name='a'\nkind='{}'\nsupplier='s'\npath='p'\n", kind.code());
    toml::from_str(&format!("{text}[columns]\n'参保人（本人）'='name'\n'核验'='-'")).unwrap()
}

fn check(kind: SourceKind, headers: &[(&str, &str)]) {
    let matcher = Matcher::new(&source(kind), 2024);
    for (header, expected) in headers {
        let (group, own) = header.split_once('/').unwrap_or(("", header));
        let found = matcher.read(group, own).map_or("-", |it| it.field.code());
        assert_eq!(found, *expected, "{header} in {}", kind.code());
    }
}

#[test]
fn a_person_is_found_under_any_of_the_usual_headers() {
    let headers = [
        ("姓 名", "name"),
        ("参保人员姓名", "name"),
        ("缴费人姓名*", "name"),
        ("公民身份号码", "id_number"),
        ("身份证号码（必填）", "id_number"),
        ("居民身份证号码", "id_number"),
        ("参保人有效身份证件号码", "id_number"),
        ("sfzh", "id_number"),
        ("certno", "id_number"),
        ("psn_name", "name"),
        ("Name", "name"),
        ("镇（街）", "township"),
        ("镇街", "township"),
        ("乡镇街道", "township"),
        ("所属乡镇", "township"),
        ("村（居）", "village"),
        ("村/社区", "village"),
        ("户籍所在村社区", "village"),
        ("所在行政村", "village"),
        ("出生年月日", "birth"),
        ("备 注", "remark"),
    ];
    check(SourceKind::Category, &headers);
    check(SourceKind::Death, &headers);
}

#[test]
fn somebody_elses_columns_are_never_the_persons() {
    check(
        SourceKind::Category,
        &[
            ("户主姓名", "-"),
            ("户主身份证号", "-"),
            ("监护人证件号码", "-"),
            ("姓名（监护人）", "-"),
            ("监护人信息/姓名", "-"),
            ("母亲姓名", "-"),
            ("联系人姓名", "-"),
            ("帮扶干部姓名", "-"),
            ("与户主关系", "relation"),
            ("户主编号", "household"),
            ("联系电话", "-"),
            ("银行卡号", "-"),
            ("低保证号", "-"),
            ("是否有身份证号", "-"),
            ("收款人", "-"),
            ("收费人员", "-"),
            ("监测对象基本信息/证件号码", "id_number"),
        ],
    );
    check(
        SourceKind::Birth,
        &[
            ("母亲姓名", "mother_name"),
            ("母亲身份证号", "mother_id"),
            ("产妇/证件号码", "mother_id"),
            ("父亲身份证号", "-"),
            ("新生儿姓名", "name"),
            ("出生医学证明编号", "certificate"),
            ("分娩时间", "birth"),
            ("母亲所在村", "village"),
        ],
    );
}

#[test]
fn a_word_means_what_the_kind_makes_of_it() {
    check(
        SourceKind::Payment,
        &[
            ("缴费日期", "paid_on"),
            ("日期", "paid_on"),
            ("个人缴费金额（元）", "paid"),
            ("实缴金额", "paid"),
            ("应缴费额", "due"),
            ("财政资助金额", "subsidised"),
            ("代缴金额", "subsidised"),
            ("缴费总额", "total"),
            ("费款所属期起", "year"),
            ("2024年缴费金额", "paid"),
            ("电子税票号码", "voucher"),
            ("缴费状态", "payment_kind"),
            ("冲销税票号", "refers_to"),
            ("缴费人", "name"),
            ("代收村（社区）", "village"),
        ],
    );
    check(
        SourceKind::Death,
        &[("日期", "died_on"), ("火化日期", "died_on"), ("死亡时间", "died_on")],
    );
    check(
        SourceKind::Category,
        &[
            ("纳入资助时间", "category_from"),
            ("识别监测时间", "category_from"),
            ("消除监测时间", "category_to"),
            ("风险是否已消除", "risk_removed"),
            ("医疗救助身份", "category"),
            ("监测对象类别", "category"),
            ("残疾等级", "disability_grade"),
            ("残疾人证号", "disability_card"),
        ],
    );
    check(
        SourceKind::Enrolment,
        &[
            ("psn_insu_stas", "status"),
            ("人员参保状态", "status"),
            ("首次参保日期", "enrolled_on"),
            ("insuplc_admdvs", "insured_at"),
            ("单位名称(村)", "unit"),
            ("险种", "scheme"),
            ("begn_ym", "year"),
        ],
    );
    check(SourceKind::ResidencePermit, &[("户籍地址", "origin_place"), ("有效期至", "valid_to")]);
    check(
        SourceKind::Feedback,
        &[
            ("未参保原因", "answer"),
            ("核实日期", "answered_on"),
            ("下发批次", "batch"),
            ("批次编号", "batch"),
        ],
    );
}

#[test]
fn what_the_pipeline_says_goes_before_all() {
    check(SourceKind::Payment, &[("参保人（本人）", "name"), ("核验", "-")]);
}

#[test]
fn a_county_is_the_persons_unless_it_says_where_cover_or_money_is() {
    let headers = ["县区", "区县", "县（市、区）", "所属县区", "户籍所在县区"];
    for kind in [SourceKind::Household, SourceKind::Category, SourceKind::Feedback] {
        check(kind, &headers.map(|it| (it, "county")));
    }
    check(SourceKind::Enrolment, &[("县区", "insured_at"), ("参保县区", "insured_at")]);
    check(SourceKind::Elsewhere, &[("县区", "insured_at"), ("参保县区", "insured_at")]);
    check(SourceKind::Payment, &[("县区", "paid_at"), ("征收区县", "paid_at")]);
}
