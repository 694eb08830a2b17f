//! The fields that a column of a source can be: what `[source.columns]` names and headers mean.

crate::labelled! {
    /// What a column holds, whoever printed the header.
    pub enum Field {
        IdNumber = "id_number", "证件号码";
        IdType = "id_type", "证件类型";
        DisabilityCard = "disability_card", "残疾人证号";
        Name = "name", "姓名";
        FormerName = "former_name", "曾用名";
        Sex = "sex", "性别";
        Birth = "birth", "出生日期";
        Household = "household", "户号";
        Relation = "relation", "与户主关系";
        Address = "address", "地址";
        County = "county", "县区";
        Township = "township", "乡镇街道";
        Village = "village", "村社区";
        VillageCode = "village_code", "区划代码";
        Status = "status", "状态";
        StatusOn = "status_on", "状态变动日期";
        RegisteredOn = "registered_on", "登记（落户）日期";
        PermitNumber = "permit_number", "居住证编号";
        OriginPlace = "origin_place", "户籍所在地（外地）";
        ValidFrom = "valid_from", "有效期起";
        ValidTo = "valid_to", "有效期止（含当日）";
        Certificate = "certificate", "出生医学证明编号";
        MotherId = "mother_id", "母亲证件号码";
        MotherName = "mother_name", "母亲姓名";
        DiedOn = "died_on", "死亡日期";
        Category = "category", "人员类别";
        CategoryFrom = "category_from", "认定日期";
        CategoryTo = "category_to", "取消日期（自当日起不再享受）";
        RiskRemoved = "risk_removed", "风险是否已消除";
        DisabilityGrade = "disability_grade", "残疾等级";
        School = "school", "学校";
        SchoolNumber = "school_number", "学籍号";
        LeftOn = "left_on", "离校日期";
        PersonNumber = "person_number", "人员编号";
        Scheme = "scheme", "险种";
        PersonType = "person_type", "参保人员类别";
        EnrolledOn = "enrolled_on", "参保（入学）日期";
        PausedOn = "paused_on", "暂停日期";
        InsuredAt = "insured_at", "参保地";
        Unit = "unit", "单位名称";
        Year = "year", "参保年度";
        Voucher = "voucher", "缴费凭证号";
        RefersTo = "refers_to", "原凭证号";
        PaymentKind = "payment_kind", "缴费状态";
        Reversed = "reversed", "冲销标志";
        Due = "due", "应缴金额";
        Paid = "paid", "个人实缴金额";
        Subsidised = "subsidised", "资助金额";
        Total = "total", "缴费总额";
        PaidOn = "paid_on", "缴费日期";
        Channel = "channel", "缴费渠道";
        PaidAt = "paid_at", "征收地";
        CollectedAmount = "collected_amount", "代收金额";
        CollectedOn = "collected_on", "代收日期";
        Receipt = "receipt", "收据号";
        ExemptionReason = "exemption_reason", "不需参保原因";
        Detail = "detail", "说明";
        Batch = "batch", "批次";
        Finding = "finding", "问题编号";
        Answer = "answer", "核实结果";
        Evidence = "evidence", "佐证材料";
        Remark = "remark", "备注";
        AnsweredOn = "answered_on", "反馈日期";
        Sequence = "sequence", "序号";
    }
}

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = Field::ALL.len();

    /// Whether the column describes a person, so that a guardian's column of the same name must
    /// never stand for it.
    pub fn is_personal(self) -> bool {
        matches!(
            self,
            Field::IdNumber
                | Field::IdType
                | Field::DisabilityCard
                | Field::Name
                | Field::FormerName
                | Field::Sex
                | Field::Birth
                | Field::DiedOn
                | Field::Address
                | Field::Status
                | Field::PersonType
                | Field::PersonNumber
        )
    }

    /// Whether the column holds an amount of money.
    pub fn is_money(self) -> bool {
        matches!(
            self,
            Field::Due | Field::Paid | Field::Subsidised | Field::Total | Field::CollectedAmount
        )
    }
}
