//! An answer of the policy: a value, the clause that gave it, and why.

use super::ClauseId;

/// A value, the clause that gave it, and why that clause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision<T> {
    pub value: T,
    pub clause: ClauseId,
    pub reason: Reason,
}

crate::labelled! {
    /// Why a clause was the one to decide.
    pub enum Reason {
        Registered = "registered", "本地户籍，未参加职工医保";
        Permit = "permit", "持有效居住证";
        PermitWithCertificate = "permit-with-certificate", "持有效居住证，须提供户籍地未参保证明";
        Newborn = "newborn", "新生儿，凭出生医学证明";
        StudiesHere = "studies-here", "在本地就读，在就读地参保";
        StudiesElsewhere = "studies-elsewhere", "在外地就读，在就读地参保";
        Exited = "exited", "已死亡、迁出、注销、服役、服刑或出国（境）定居";
        EmployeeCover = "employee-cover", "已参加职工医保";
        FlexibleCover = "flexible-cover", "已以灵活就业身份参加职工医保";
        CoveredElsewhere = "covered-elsewhere", "已在异地参保";
        NotHere = "not-here", "不在本地应保范围";
        InWindow = "in-window", "在集中缴费期内";
        Reopened = "reopened", "在延长（重新开放）的缴费期内";
        NotYetOpen = "not-yet-open", "缴费期尚未开始";
        Late = "late", "缴费期已过，可以补缴";
        Refused = "refused", "缴费期已过，不再办理";
        TwoLevels = "two-levels", "集中缴费期后参保，应缴信息须两级复核";
        YearOver = "year-over", "参保年度已结束";
        ByEvent = "by-event", "符合缴费期外参保的特殊情形";
        InTime = "in-time", "事由发生后规定期限内缴费";
        TooLate = "too-late", "事由发生后超过规定期限";
        WindowCover = "window-cover", "按参保年度享受待遇";
        WaitFixed = "wait-fixed", "未在集中缴费期参保或未连续参保，设固定等待期";
        WaitVariable = "wait-variable", "断保每多一年加一个月变动等待期";
        WaitRepaired = "wait-repaired", "变动等待期已按修复缴费缩短";
        WaitLongLapse = "wait-long-lapse", "断保多年，等待期不少于下限";
        WaitExempt = "wait-exempt", "属于免等待期人员";
        NoWait = "no-wait", "连续参保，无等待期";
        NothingLeft = "nothing-left", "待遇开始前参保年度已结束，缴费不产生待遇";
        StudentCover = "student-cover", "学生待遇期延长";
        Entitled = "entitled", "缴费日在资助名单内";
        EntitledHighest = "entitled-highest", "多重身份，只按最高标准资助一次";
        EntitledFirst = "entitled-first", "多重身份，只按优先级最高的身份资助一次";
        AddedInsideWindow = "added-inside-window", "缴费后、集中缴费期内新认定，事后资助";
        CategoryWithoutSubsidy = "category-without-subsidy", "身份不在资助范围";
        NoIdentity = "no-identity", "无资助身份";
        WageUnknown = "wage-unknown", "计算期的社会平均工资未配置";
        Contribution = "contribution", "按缴费基数乘费率按月缴纳";
        FirstEnrolment = "first-enrolment", "首次参保，须连续缴费满规定月数";
        NotYetContinuous = "not-yet-continuous", "连续缴费尚未满规定月数";
        PaidUp = "paid-up", "正常缴费，待遇连续";
        Suspended = "suspended", "欠费次月起暂停待遇";
        ArrearsPaid = "arrears-paid", "欠费未超过规定月数，补缴后继续享受";
        ArrearsTooLong = "arrears-too-long", "欠费超过规定月数，重新设等待期";
        SwitchSeamless = "switch-seamless", "连续参保满规定年限且中断未超过规定月数，无等待期";
        SwitchWait = "switch-wait", "中断超过规定月数，设等待期";
        SwitchAsFirst = "switch-as-first", "连续参保未满规定年限，按首次参保";
        OldCoverUntil = "old-cover-until", "等待期内原参保关系保留，期满后暂停";
    }
}

impl<T> Decision<T> {
    /// The same clause and reason for another value.
    pub fn map<U>(self, to: impl FnOnce(T) -> U) -> Decision<U> {
        Decision { value: to(self.value), clause: self.clause, reason: self.reason }
    }
}
