//! Codes and words, and what they mean.

use super::*;

#[test]
fn codes_and_words_mean_the_same() {
    assert_eq!(scheme("390"), Some(Scheme::Resident));
    assert_eq!(scheme("310-职工基本医疗保险"), Some(Scheme::Employee));
    assert_eq!(scheme("城乡居民基本医疗保险费"), Some(Scheme::Resident));
    assert_eq!(scheme("城乡居民基本养老保险费"), Some(Scheme::Other));
    assert_eq!(scheme("392"), Some(Scheme::Other));
    assert_eq!(scheme("510"), Some(Scheme::Maternity));
    assert_eq!(scheme("510-生育保险"), Some(Scheme::Maternity));
    assert_eq!(scheme("职工生育保险费"), Some(Scheme::Maternity));
    assert_eq!(scheme("职工基本医疗保险（含生育保险）"), Some(Scheme::Employee));
    assert_eq!(scheme("养老、工伤、生育"), Some(Scheme::Other));
    assert_eq!(scheme("777"), None);
    assert_eq!(enrolment_status("1"), Some(EnrolmentStatus::Active));
    assert_eq!(enrolment_status("1-正常参保"), Some(EnrolmentStatus::Active));
    assert_eq!(enrolment_status("暂停参保"), Some(EnrolmentStatus::Paused));
    assert_eq!(enrolment_status("终止参保"), Some(EnrolmentStatus::Terminated));
    assert_eq!(enrolment_status("未参保"), Some(EnrolmentStatus::NotEnrolled));
    assert_eq!(enrolment_status("3"), None, "no two systems agree on 3");
    assert_eq!(registration_status("死亡注销"), Some(RegistrationStatus::Dead));
    assert_eq!(registration_status("迁往市外"), Some(RegistrationStatus::MovedOut));
    assert_eq!(registration_status("正常"), Some(RegistrationStatus::Registered));
    assert_eq!(payment_kind("缴费成功"), Some(PaymentKind::Paid));
    assert_eq!(payment_kind("缴费失败"), Some(PaymentKind::Failed));
    assert_eq!(payment_kind("已退费"), Some(PaymentKind::Refund));
    assert_eq!(payment_kind("作废"), Some(PaymentKind::Cancellation));
    assert_eq!(exemption_reason("现役军人"), Some(ExemptionReason::Army));
    assert_eq!(person_type("1103"), 1103);
    assert_eq!(person_type("灵活就业人员"), 1103);
}

#[test]
fn relations_are_those_to_the_head() {
    let check = |text, expected| assert_eq!(relation(text), expected, "{text}");
    check("户主", Relation::Head);
    check("长子", Relation::Child);
    check("儿媳", Relation::ChildInLaw);
    check("孙女", Relation::Grandchild);
    check("岳母", Relation::Parent);
    check("外祖父", Relation::Grandparent);
    check("侄子", Relation::Other);
    check("妻", Relation::Spouse);
    check("妹妹", Relation::Sibling);
    check("10", Relation::Spouse);
    check("38", Relation::ChildInLaw);
}

#[test]
fn a_disability_card_carries_its_grade() {
    assert_eq!(disability_grade("", "43092319800101123442"), Some(2));
    assert_eq!(disability_grade("肢体一级", ""), Some(1));
    assert_eq!(disability_grade("三级、四级", ""), Some(3));
    assert_eq!(disability_grade("肢体", ""), None);
}
