//! What departments print above a column, as nouns: the words in front of them are
//! `words.rs`' concern, so that each noun stands here once.
//!
//! `@` in a word stands for every way to say "on which day", `$` for every way to say "how much".

use crate::{
    ingest::field::Field::{self, *},
    tables::SourceKind,
};

/// What `@` stands for.
pub const DAY: &[&str] =
    &["日期", "时间", "年月日", "年月", "日", "月份", "时点", "起始日期", "起始时间"];

/// What `$` stands for.
pub const MONEY: &[&str] = &["金额", "费用", "额", "款", "费", "数额", "标准", "费额", "金"];

/// Nouns that mean the same in every kind of source.
pub const ANYWHERE: &[(Field, &str)] = &[
    (Sequence, "序号 编序 次序 行号 顺序号 排序 no no. seq xh 序 批次内序号"),
    (
        IdNumber,
        "身份证号码 身份证号 身份证 身份证件号码 身份证件号 身份证编号 身份证明号码 身份号码 身份号 \
         公民身份号码 公民身份证号 公民身份证号码 公民身份证 居民身份证号码 居民身份证号 居民身份证 \
         证件号码 证件号 证件编号 证号 证照号码 证照号 有效证件号码 有效身份证件号 社会保障号码 社会保障号 \
         社保号 社会保障卡号 个人社保号 纳税人识别号 缴费人识别号 公民号码 \
         certno cert_no certnum cert_num certificate_no id_card idcard id_no idno id_number \
         idnumber id_card_no idcardno identity_no id_num card_no cardno sfzh sfzhm sfz sfzjhm sfzjh \
         zjhm zjh gmsfhm gmsfzh shbzh shbzhm aac147 aac002 psn_cert_no psn_certno 證件號碼 身分證號碼 身分證號 身份證號碼 身份證號",
    ),
    (
        IdType,
        "证件类型 证件种类 证件类别 身份证件类型 证照类型 psn_cert_type cert_type certtype zjlx sfzjlx aac058 id_type",
    ),
    (
        DisabilityCard,
        "残疾证号 残疾证号码 残疾人证号 残疾人证号码 残疾人证编号 残疾证编号 残疾人证件号 残疾证 残疾人证 残疾证件号 cjzh",
    ),
    (
        Name,
        "姓名 名字 人员姓名 psn_name name xm aac003 full_name fullname patn_name 姓名全称 名 人名 参保人 缴费人 缴费人名称 纳税人名称 参保人名称 缴款人 缴费人员",
    ),
    (FormerName, "曾用名 曾用姓名 原名 又名 别名 alis cym former_name"),
    (Sex, "性别 gend sex gender xb aac004 性別"),
    (
        Birth,
        "出生@ 出生年月 生日 出生 出生年月日 brdy birthday birth birth_date birthdate date_of_birth csrq csny aac006 dob",
    ),
    (
        Household,
        "户号 户编号 户编码 户籍号 户籍编号 家庭编号 家庭编码 家庭号 户口簿号 户口本号 户口号 户主编号 户标识 \
         户口簿编号 户口本编号 resdbook_no hh hhbh jtbh household household_no household_id hhid 户代码 户序号",
    ),
    (
        Relation,
        "与户主关系 户主关系 与户主的关系 和户主关系 家庭关系 与申请人关系 与保障对象关系 与家长关系 关系 \
         与户主之关系 与救助对象关系 成员关系 yhzgx relation relationship hh_relation 称谓",
    ),
    (
        Address,
        "地址 住址 住所 家庭住址 家庭地址 户籍地址 户籍住址 户口地址 居住地址 详细地址 常住地址 户籍地 户口所在地 \
         现住址 现居住地址 现居住地 居住地 联系地址 通讯地址 户籍所在地 户口所在地址 家庭详细住址 hsreg_addr \
         live_addr addr address zz hjdz jtzz xxdz 门牌号 详址 住处",
    ),
    (
        County,
        "县区 区县 县市区 县(市区) 县(区) 区(县) 县名 县区名称 区县名称 县市区名称 county county_name xqmc",
    ),
    (
        Township,
        "乡镇 镇街 街镇 乡镇街道 镇街道 乡镇街 街道 镇 乡 所属乡镇 乡镇名称 乡镇(街道) 乡镇街道名称 镇乡 街道乡镇 乡(镇) \
         乡街道 镇办 乡镇办 乡办 办事处 街道办 镇街名称 街道办事处 乡镇(街道)名称 镇区 xz xzjd township town xzmc \
         subdistrict 片区 乡镇场 乡镇场街道",
    ),
    (
        Village,
        "村 村居 村社区 村委会 居委会 行政村 村名 村社 社区 村(居) 村居委会 村庄 村民委员会 居民委员会 村级 \
         村居名称 村名称 村社区名称 社区村 村组社区 行政村名称 村(社区) 村居社区 社区居委会 村街 村屯 嘎查 \
         cun cwh xzc cmc village village_name 村别 村委 居村委会 村场 村组 村居委 村(社区)名称",
    ),
    (
        VillageCode,
        "村代码 村编码 区划代码 行政区划代码 村居代码 行政区划编码 行政区划 区划编码 村社区代码 社区代码 \
         village_code admdvs divisions_code xzqh xzqhdm cdm 统计区划代码 地区编码 区划 division_code division \
         emp_no 单位编号 参保单位编号 单位编码 单位代码",
    ),
    (
        Year,
        "年度 缴费年度 参保年度 费款年度 所属年度 年份 保险年度 医保年度 年 参保年份 缴费年份 所属期 费款所属期 \
         费款所属期起 所属期起 费款所属期起始 征收年度 待遇年度 所属时期 费款所属年度 税款所属期起 \
         year nd begn_ym accrym_begn accrym insu_year clct_year 保障年度 缴费所属期 缴费所属年度 对应年度",
    ),
    (
        Scheme,
        "险种 险种类型 险种名称 险种类别 险种代码 征收项目 征收品目 保险类型 险种编码 参保险种 医保类型 医保险种 \
         insutype insu_type xz_code xzlx aae140 scheme 参保类型 保险种类 参保险种名称 参保性质 项目名称 征收子目 费种 \
         医疗保险类型 品目 参保类别 参保种类 医保种类 insurance_type",
    ),
    (
        PersonNumber,
        "人员编号 个人编号 人员编码 个人编码 医保编号 psn_no psnno grbh rybh aac001 person_no 参保编号 个人代码 人员代码 person_number",
    ),
    (
        PersonType,
        "参保人员类别 人员类别 人员类型 参保人员类型 参保身份 psn_type psntype aac066 人员性质 person_type 缴费人员类别 参保人类别 参保人群类别",
    ),
    (
        Unit,
        "单位 单位名称 参保单位 所属单位 工作单位 用人单位 emp_name dwmc aab004 参保单位名称 单位(村) employer unit 缴费单位 缴费单位名称",
    ),
    (Remark, "备注 备注信息 附注 remark memo bz 其他说明 补充说明 备考 备注说明 note notes"),
];

/// Nouns that mean something of their own in one kind of source; they come before the others.
pub fn of_kind(kind: SourceKind) -> &'static [(Field, &'static str)] {
    match kind {
        SourceKind::Household => HOUSEHOLD,
        SourceKind::ResidencePermit => PERMIT,
        SourceKind::Birth => BIRTH,
        SourceKind::Death => DEATH,
        SourceKind::Category => CATEGORY,
        SourceKind::Student => STUDENT,
        SourceKind::Enrolment => ENROLMENT,
        SourceKind::Payment => PAYMENT,
        SourceKind::Collection => COLLECTION,
        SourceKind::Elsewhere => ELSEWHERE,
        SourceKind::Exempt => EXEMPT,
        SourceKind::Feedback => FEEDBACK,
    }
}

const HOUSEHOLD: &[(Field, &str)] = &[
    (
        Status,
        "状态 户籍状态 户口状态 人员状态 人口状态 变动类型 变动类别 异动类型 变更类型 注销标识 注销原因 户籍变动类型 变动原因 \
         人员户籍状态 surv_stas 生存状态 hjzt ryzt status 增减原因 在册状态 变动情况 异动情况 户籍情况 户口情况 是否注销 是否在册",
    ),
    (
        StatusOn,
        "变动@ 异动@ 变更@ 注销@ 迁出@ 户籍变动@ 状态@ 销户@ 状态变更@ 状态变动@ status_date 迁往@ 死亡@ 减少@ 登记注销@",
    ),
    (
        RegisteredOn,
        "登记@ 落户@ 迁入@ 入户@ 申报@ 户口登记@ 立户@ 上户@ 户籍登记@ 何时迁来本址 何时迁来 增加@ 入籍@ 迁来@ registered_on",
    ),
    (Address, "住址 地址 户籍地 本址"),
];

const PERMIT: &[(Field, &str)] = &[
    (
        PermitNumber,
        "居住证编号 居住证号 证件编号 居住证号码 证书编号 受理号 居住证件号 居住证受理号 居住证证号 签注号 permit_no 卡体号 居住证卡号 登记编号",
    ),
    (
        OriginPlace,
        "户籍地 户籍地址 户籍所在地 户籍 来源地 原籍 户口所在地 户籍地区划 户籍所在地址 户籍省市县 户籍省市 流出地 原户籍地 户籍地行政区划 国籍地区 籍贯 户籍地详址 来自地区 原住址",
    ),
    (Address, "现住址 居住地址 暂住地址 暂住地 居住地 现居住地址 登记地址 居住地详址 居住处所"),
    (
        ValidFrom,
        "有效期起 有效期开始 起始@ 开始@ 签发@ 发证@ 办证@ 登记@ 签注@ 有效期自 有效起始@ 制证@ 有效期始 生效@ 有效期限起 受理@ 居住@ 来本地@ 领证@ 申领@ valid_from",
    ),
    (
        ValidTo,
        "有效期止 有效期至 有效期 到期@ 截止@ 终止@ 失效@ 有效截止@ 有效期截止 有效期限 有效期终止 有效期限止 有效期限至 有效期到 签注有效期 居住证有效期 valid_to 注销@",
    ),
];

const BIRTH: &[(Field, &str)] = &[
    (
        Certificate,
        "出生医学证明编号 出生证编号 出生医学证明号 出生证号 出生证明编号 证明编号 出生证 出生医学证明 出生证明号 出生证号码 编号 出生证明 出生编号 医学证明编号 证书编号 certificate 出生医学证明编码 cszbh csyxzmbh",
    ),
    (Birth, "出生@ 分娩@ 出生日期时间 生产@ 出生时刻"),
];

const DEATH: &[(Field, &str)] = &[(
    DiedOn,
    "死亡@ 去世@ 逝世@ 火化@ 殡葬@ 火葬@ 死亡年月日 注销@ 销户@ 亡故@ 病故@ 离世@ 安葬@ 死亡登记@ died_on death_date deathdate swrq swsj hhrq 日期 时间",
)];

const CATEGORY: &[(Field, &str)] = &[
    (
        Category,
        "救助身份 医疗救助身份 资助身份 认定身份 身份类别 身份类型 对象类别 对象类型 人员类别 人员类型 困难类型 困难类别 \
         保障类别 保障类型 救助类别 救助类型 监测对象类别 监测对象类型 资助类别 资助类型 优抚类别 优抚对象类别 困难身份 \
         户类型 户类别 户属性 脱贫属性 属性 类别 类型 身份 低保类别 低保类型 特困类别 供养类型 供养类别 特殊人员身份类别 资助参保身份 代缴类别 \
         人员身份 人员属性 救助对象类别 救助对象类型 特殊身份 困难群众类别 困难人员类别 psn_idet_type category 致贫返贫风险类别 \
         人群类别 人群类型 优待类别 抚恤类别 补助类别 人员分类 困难群体类别 困境类别 儿童类别 孤儿类别 认定类别 享受类别",
    ),
    (
        CategoryFrom,
        "认定@ 纳入@ 识别@ 识别监测@ 享受@ 新增@ 批准@ 审批@ 起始@ 开始@ 生效@ 纳入资助@ 首次纳入@ 首次享受@ 评定@ 核定@ 确认@ 纳入监测@ \
         享受开始@ 享受起始@ 发证@ 签发@ 办证@ 评残@ 审核@ 登记@ 起保@ 首次@ 开始享受@ 保障开始@ 待遇开始@ begntime begin_date start_date from 日期 时间 起保年月 纳入保障@ 救助开始@ 低保开始@ 保障起始@ 待遇享受@ 入保@",
    ),
    (
        CategoryTo,
        "取消@ 退出@ 终止@ 停止@ 停发@ 停保@ 消除监测@ 风险消除@ 消除@ 退保@ 注销@ 清退@ 退出监测@ 取消资助@ 取消享受@ 消除风险@ 脱贫@ 停止享受@ 移出@ 退出保障@ 终止享受@ 取消资格@ 风险解除@ 解除@ 减少@",
    ),
    (
        ValidTo,
        "结束@ 截止@ 到期@ 有效期至 有效期止 享受截止@ 享受终止@ 享受结束@ 末次@ 有效期 截止有效期 保障截止@ 待遇结束@ 保障结束@ endtime end_date 有效期截止 有效截止@ 有效期限",
    ),
    (
        RiskRemoved,
        "风险是否已消除 风险是否消除 是否消除风险 是否已消除 风险消除 是否已消除风险 风险消除状态 风险状态 是否风险消除 监测状态 是否取消 是否退出",
    ),
    (
        DisabilityGrade,
        "残疾等级 残疾级别 残疾程度 残级 等级 级别 伤残等级 残疾评定等级 残疾人等级 残疾证等级 psn_type_lv 致残等级",
    ),
    (Status, "状态 保障状态 享受状态 救助状态 人员状态 对象状态 变更情况 变动情况 低保状态"),
];

const STUDENT: &[(Field, &str)] = &[
    (
        School,
        "学校 学校名称 就读学校 所在学校 学校全称 院校名称 幼儿园 就读院校 园所名称 xxmc school 院校 所在院校 在读学校 毕业学校 学校(机构)名称 办学机构",
    ),
    (
        SchoolNumber,
        "学籍号 全国学籍号 学籍编号 学号 学籍辅号 学籍号码 国网学籍号 xjh 学生编号 学生学籍号 student_no",
    ),
    (EnrolledOn, "入学@ 入学年月 入校@ 入园@ 注册@ 入学年份 报到@ 转入@ 录取@ 建籍@ 入学"),
    (
        LeftOn,
        "毕业@ 离校@ 退学@ 预计毕业@ 转出@ 离园@ 毕业年月 预计毕业年月 休学@ 毕业年份 预毕业@ 毕业",
    ),
    (
        Status,
        "状态 在校生状况 学籍状态 就读状态 在读状态 学生状态 是否在校 在校状态 学生当前状态 在校情况",
    ),
];

const ENROLMENT: &[(Field, &str)] = &[
    (
        Status,
        "状态 参保状态 参保状况 人员参保状态 参保情况 psn_insu_stas 缴费状态 当前状态 参保缴费状态 居民参保状态 职工参保状态 保险状态 insu_stas \
         参保登记状态 status aac031 是否参保 医保状态 大学生参保状态 个人参保状态 psninsustas cbzt 险种状态 待遇状态 人员状态",
    ),
    (
        EnrolledOn,
        "本次参保@ 当前参保@ crt_insu_date psn_insu_date 参保@ 参保登记@ 登记@ 参保开始@ 起始@ 开始@ 个人参保@ 首次参保@ fst_insu_ym insu_date 参保缴费@ enrolled_on 当前参保@ 参保起始@ 开始参保@ 生效@ 新参保@ 参保年月 本次参保年月 险种参保@ aac030 cbrq",
    ),
    (
        PausedOn,
        "暂停@ 停保@ 中断@ 终止@ 断保@ 暂停参保@ 停保年月 参保终止@ 暂停缴费@ 退保@ 结束@ paus_insu_date paused_on 终止参保@ 中断参保@ 停止@ 参保结束@ expi_ym ztrq 减员@",
    ),
    (
        InsuredAt,
        "参保地 参保区划 参保地区划 参保地医保区划 区划 医保区划 统筹区 参保统筹区 insuplc_admdvs 参保所属地 参保机构 经办机构 参保地行政区划 行政区划 参保行政区划 所属统筹区 insuplc 参保地区 参保地名称 统筹地区 参保所属医保区划 参保所在地 统筹区划 医保机构 参保地统筹区 参保区县 admdvs 统筹区编码 参保地区编码 参保地区划代码 统筹区代码 县区 区县 县市区",
    ),
    (Unit, "单位 单位名称 参保单位 村单位 居民虚拟单位 所属单位 参保单位名称 虚拟单位 单位全称"),
];

const PAYMENT: &[(Field, &str)] = &[
    (
        Voucher,
        "凭证号 凭证号码 缴费凭证号 缴费凭证 电子税票号码 电子税票号 税票号码 税票号 票据号 票据号码 票号 流水号 交易流水号 缴费流水号 \
         订单号 完税凭证号 完税证号 完税凭证号码 电子凭证号 缴款书号 收据号 凭证编号 支付流水号 业务流水号 缴费单号 缴费订单号 征收流水号 voucher pzhm dzsphm 交易号 银行流水号 凭证序号 票证号码 缴款凭证号 税收票证号码 扣款流水号 电子税票 申报流水号 缴费编号",
    ),
    (
        RefersTo,
        "原凭证号 原电子税票号码 原流水号 原票号 冲销凭证号 被冲销凭证号 关联凭证号 原缴费凭证号 退费对应凭证 原订单号 原票据号 原税票号码 对应凭证号 原缴费流水号 退费原凭证号 被冲正流水号 原交易流水号 原缴费凭证 原凭证 refers_to original_voucher",
    ),
    (
        PaymentKind,
        "状态 缴费状态 业务类型 业务类别 交易类型 交易状态 票据状态 征收状态 缴费类型 凭证状态 扣款状态 记录类型 退费标志 作废标志 支付状态 税票状态 缴款状态 扣费状态 入库状态 缴费结果 扣款结果 交易结果 业务种类 clct_flag payment_kind 缴费标志 处理状态 票证状态 缴费情况 扣缴状态 开票状态 类型 是否退费 是否作废 单据状态 退费状态",
    ),
    (
        Reversed,
        "revs_flag 冲销标志 冲正标志 红冲标志 冲销状态 是否冲正 冲正状态 是否红冲 红字标志 是否冲销",
    ),
    (
        Due,
        "应缴$ 应收$ 应征$ 应缴纳$ 应交$ 个人应缴$ 应补$ 缴费标准 个人缴费标准 应缴 应收 应缴费额 应征税额 应征费额 应补退费额 计费$ 征缴标准 应纳$ 应纳费额 due 核定$ 核定应缴$ 个人应缴",
    ),
    (
        Paid,
        "实缴$ 缴费$ 个人缴费$ 实收$ 个人实缴$ 缴纳$ 入库$ 已缴$ 实缴费额 自缴$ 自付$ 个人自付$ 个人承担$ 交费$ 支付$ 实付$ 缴款$ 个人缴纳$ 个人部分 个人$ 扣款$ 实缴 实收 个人缴费 金额 实际缴费$ 已缴费$ 本人缴费$ 交易$ 征收$ 到账$ 缴费 \
         paid paid_amount amount 收款$ 退费$ 实际缴纳$ 实缴税额 实缴(退)$ 实缴退$ 自负$ 实际支付$ 实扣$ 款额 费额 费款 psn_clct_amt je jfje clct_amt pay_amt 个人缴费部分",
    ),
    (
        Subsidised,
        "资助$ 补助$ 代缴$ 财政资助$ 财政代缴$ 政府代缴$ 减免$ 补贴$ 资助参保$ 医疗救助资助$ 救助资助$ 财政补助$ 政府资助$ 财政补贴$ 资助部分 财政承担$ 优惠$ subsidised subsidy 财政缴费$ 救助$ 医疗救助$ 政府补助$ 财政代缴 资助 代缴 财政资助 民政资助$ 定额资助$ 资助缴费$ 政府补贴$ 财政部分 财政配套$ 减免 补助 财政$ 政府$ 财政出资$",
    ),
    (
        Total,
        "缴费总额 缴费合计 合计金额 总金额 合计 缴费总金额 费款合计 总额 应缴总额 total 费用合计 总费额 总缴费额 合计费额 小计 总计",
    ),
    (
        Category,
        "代缴类别 资助类别 资助身份 缴费人员类别 困难类别 困难身份 人员身份 缴费人类别 特殊身份 救助身份 特殊人员身份类别 资助参保身份 身份类别 身份标识 参保身份 特殊人员类别 人员类别 人员类型 缴费人类型 身份类型 优惠类别 减免类型 减免性质 资助对象类别 特殊缴费类型 人员标识 征收子目名称 征收子目 category 资助标识 对象类别",
    ),
    (
        PaidOn,
        "缴费@ 缴款@ 入库@ 缴纳@ 扣款@ 支付@ 交易@ 开票@ 征收@ 到账@ 交费@ 收款@ 上解@ 实缴@ paid_on clct_time pay_time 缴费入库@ 扣费@ 完税@ 业务@ 税款缴纳@ 日期 时间 jfrq 缴款入库@ 扣缴@ 结算@ 退费@ 填发@ 申报@",
    ),
    (
        Channel,
        "渠道 缴费渠道 缴费方式 支付方式 支付渠道 缴款方式 征收方式 缴费途径 收费渠道 代收渠道 业务渠道 申报渠道 数据来源 clct_way channel 扣款方式 付款方式 收款方式 支付平台 代收银行 缴费平台 申报方式 交易渠道 征收渠道 来源",
    ),
    (
        PaidAt,
        "征收机关 缴费地 征收地 入库地 缴费地区划 征收区划 主管税务机关 税务机关 征收税务机关 主管税务所 缴费地区 收款国库 征收单位 主管税务分局 税务所 缴费所在地 征收机构 缴费区划 入库区划 征收区县 社保经办机构 所属税务机关 主管税务所科分局 县区 区县 征收分局 县市区",
    ),
    (Unit, "代收单位 征收村 单位名称 单位 缴费单位 缴费单位名称"),
];

const COLLECTION: &[(Field, &str)] = &[
    (
        CollectedAmount,
        "金额 收费$ 代收$ 收款$ 缴费$ 实收$ 缴款$ 交费$ 个人缴费$ 收缴$ 已收$ 已缴$ 实缴$ 款额 缴纳$ 收取$ 代缴$ 现金 缴费 amount 交款$ 个人缴费 个人$ 收费 交费 实收 收款 代收 应缴$ 应收$ 合计 缴纳 费用 款项 元 收款数 缴费数 交款 代收费用",
    ),
    (
        CollectedOn,
        "收费@ 代收@ 收款@ 缴费@ 收缴@ 缴款@ 交费@ 登记@ 收取@ 日期 时间 交款@ 代缴@ date 经办@ 缴纳@ 开票@",
    ),
    (
        Receipt,
        "收据号 收据编号 票据号 收据 票号 收据号码 票据编号 单据号 收款收据号 凭证号 收条号 票据号码 编号 receipt 单据编号 收据单号",
    ),
    (Category, "人员类别 缴费类别 类别 资助身份 身份类别 身份 人员类型"),
];

const ELSEWHERE: &[(Field, &str)] = &[
    (
        Status,
        "状态 参保状态 参保状况 缴费状态 人员参保状态 当前状态 psn_insu_stas 参保情况 是否参保 在保状态 省内参保状态 省外参保状态 insu_stas",
    ),
    (
        InsuredAt,
        "参保地 参保统筹区 统筹区 参保区划 参保地区划 参保所属地 参保地区 异地参保地 参保机构 经办机构 insuplc_admdvs 参保省份 参保城市 异地统筹区 区划 医保区划 参保地名称 参保所在地 省外参保地 省内参保地 外地参保地 行政区划 统筹地区 参保省市 参保县区 参保市县 异地参保地区 参保地统筹区 参保地行政区划 参保省 insured_at 参保地点 参保区县 县区 区县 县市区",
    ),
    (
        ValidFrom,
        "参保@ 开始@ 起始@ 生效@ 有效期起 本次参保@ 首次参保@ 登记@ 参保开始@ 参保起始@ psn_insu_date crt_insu_date 缴费起始@ 当前参保@ 起",
    ),
    (
        ValidTo,
        "截止@ 终止@ 有效期止 有效期至 到期@ 结束@ 失效@ 有效期 暂停@ 停保@ 参保截止@ 参保终止@ 缴费截止@ 证明有效期 参保有效期 paus_insu_date 止 有效期限 佐证有效期",
    ),
    (Scheme, "省内参保类型 省外参保类型 参保类型 异地参保类型 参保种类 参保险种类型"),
];

const EXEMPT: &[(Field, &str)] = &[
    (
        ExemptionReason,
        "原因 类别 类型 豁免原因 人员类别 人员类型 不参保原因 不需参保原因 免缴原因 未参保原因 身份 人员身份 事由 无需参保原因 剔除原因 reason 核减原因 身份类别 情形 情况 不予参保原因",
    ),
    (
        Detail,
        "说明 详情 单位 部队 部队番号 服刑单位 监狱 服刑地点 监所 所在国家 前往国家 前往国 前往国家地区 定居国家 情况说明 备注 羁押地 服刑场所 所在单位 部队代号 监狱名称 服役单位 服役部队 关押场所 目的国 所在部队 看守所",
    ),
    (
        ValidFrom,
        "入伍@ 开始@ 起始@ 生效@ 入狱@ 收监@ 服刑开始@ 出境@ 定居@ 入监@ 羁押@ 服役开始@ 刑期起 刑期开始 刑期起始 刑期起@ 判决@ 批准@ 应征@ 服刑起@ 服刑起始@ 服役@ 日期 时间 服役起@ 刑期自 出国@ 入所@ 移居@ 参军@ 认定@",
    ),
    (
        ValidTo,
        "终止@ 结束@ 截止@ 服刑截止@ 服刑结束@ 刑期止 刑期截止 刑期至 有效期至 到期@ 有效期止 有效期 刑期止@ 刑期终止 刑期结束 服刑止@ 预计退役@ 服役结束@ 刑期满 预计退伍@",
    ),
    (CategoryTo, "退役@ 退伍@ 释放@ 出狱@ 刑满@ 刑满释放@ 退出现役@ 出监@ 回国@ 复员@ 刑释@"),
];

const FEEDBACK: &[(Field, &str)] = &[
    (
        Batch,
        "批次 批次号 下发批次 批次编号 清单批次 名单批次 批号 下发批次号 任务批次 发放批次 batch batch_no batch_number",
    ),
    (
        Finding,
        "问题编号 发现编号 任务编号 事项编号 核查编号 线索编号 编号 疑点编号 工单号 finding finding_id 数据编号 记录编号 下发编号 问题号 问题id 问题编码 问题代码 核查问题",
    ),
    (
        Answer,
        "核实结果 核查结果 反馈结果 未参保原因 反馈原因 原因 核实情况 核查情况 反馈情况 综合情况 情况 处理结果 结果 答复 核实原因 反馈内容 落实情况 调查结果 走访结果 入户核实结果 核实结论 反馈意见 回复 办理结果 处理情况 结论 反馈 answer 核查结论 排查结果 排查情况 未缴费原因 核实反馈 反馈代码 原因代码 结果代码 入户情况 摸排情况 摸排结果",
    ),
    (
        Evidence,
        "佐证材料 证明材料 佐证 证据 佐证情况 材料 附件 佐证资料 evidence 证明 佐证材料名称 佐证说明 凭据 证明资料",
    ),
    (
        AnsweredOn,
        "核实@ 反馈@ 填报@ 核查@ 走访@ 入户@ 答复@ 回复@ 排查@ 填表@ 调查@ 日期 时间 办理@ answered_on 摸排@ 处理@",
    ),
    (Remark, "备注 说明 情况说明 补充说明 具体情况 详细说明 详细情况"),
    (Status, "户籍状态 人员状态"),
];
