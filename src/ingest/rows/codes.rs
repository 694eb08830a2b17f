//! Codes and words of the national platform and of departments → our closed lists.
//!
//! A code that is not here is reported and kept as found, never guessed.

use crate::{
    clean::id_number::IdKind,
    tables::{EnrolmentStatus, ExemptionReason, PaymentKind, RegistrationStatus, Relation, Scheme},
};

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|it| text.contains(it))
}

/// The code at the start of `390-城乡居民` or `1 正常`, and the words behind it.
fn code_and_words(text: &str) -> (&str, &str) {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (code, words) = text.split_at(digits);
    (code, words.trim_start_matches(['-', '.', ':', '_', '|', '、', '—', ' ']))
}

/// The scheme of an insurance. 330, 392 and their like ride on the basic ones, and so does 510.
pub fn scheme(text: &str) -> Option<Scheme> {
    let (code, words) = code_and_words(text);
    match code {
        "390" | "391" | "380" => return Some(Scheme::Resident),
        "310" => return Some(Scheme::Employee),
        "510" => return Some(Scheme::Maternity),
        "320" | "330" | "340" | "350" | "360" | "370" | "392" | "399" | "410" | "610" => {
            return Some(Scheme::Other);
        }
        _ if code.starts_with("399") && code.len() == 5 => return Some(Scheme::Other),
        _ => {}
    }
    let other = [
        "养老",
        "工伤",
        "失业",
        "大病",
        "大额",
        "补充",
        "公务员",
        "长期护理",
        "长护",
        "离休",
        "伤残",
        "年金",
        "惠民",
    ];
    if has(words, &other) {
        return Some(Scheme::Other);
    }
    // 职工基本医疗保险（含生育保险） is the medical scheme.
    if words.contains("生育") && !words.contains("医疗") {
        return Some(Scheme::Maternity);
    }
    if has(
        words,
        &["居民", "新农合", "新型农村", "城居", "城镇居民", "农村合作", "合作医疗", "学生"],
    ) {
        return Some(Scheme::Resident);
    }
    let employee = ["职工", "在职", "灵活", "退休", "机关", "企业", "职保"];
    has(words, &employee).then_some(Scheme::Employee)
}

/// The state of an enrolment. Code 3 means "invalid" in one system and "ended" in another: it
/// has no entry here, is shown as found, and is not active.
pub fn enrolment_status(text: &str) -> Option<EnrolmentStatus> {
    let (code, words) = code_and_words(text);
    if words.is_empty() {
        return match code {
            "0" | "00" => Some(EnrolmentStatus::NotEnrolled),
            "1" | "01" => Some(EnrolmentStatus::Active),
            "2" | "02" => Some(EnrolmentStatus::Paused),
            "4" | "04" => Some(EnrolmentStatus::Terminated),
            _ => None,
        };
    }
    if has(words, &["未参保", "未登记", "未办理", "没有参保"]) || words == "否" {
        return Some(EnrolmentStatus::NotEnrolled);
    }
    if has(words, &["终止", "注销", "退保", "死亡", "停止", "作废", "失效", "无效", "退出"])
    {
        return Some(EnrolmentStatus::Terminated);
    }
    if has(words, &["暂停", "停保", "中断", "断保", "中止", "冻结", "欠费", "未缴", "封存"])
    {
        return Some(EnrolmentStatus::Paused);
    }
    let active = ["正常", "参保缴费", "在保", "已参保", "有效", "参保中", "续保", "参保"];
    (has(words, &active) || matches!(words, "是" | "在参")).then_some(EnrolmentStatus::Active)
}

/// What the roster says of a registration.
pub fn registration_status(text: &str) -> Option<RegistrationStatus> {
    let (code, words) = code_and_words(text);
    if words.is_empty() {
        return match code {
            "1" | "01" => Some(RegistrationStatus::Registered),
            "2" | "02" => Some(RegistrationStatus::Dead),
            _ => None,
        };
    }
    if has(words, &["死亡", "去世", "亡故", "已故", "逝世", "宣告死亡"]) && !words.contains("配偶")
    {
        return Some(RegistrationStatus::Dead);
    }
    if has(words, &["迁出", "迁往", "外迁", "转出", "移出"]) {
        return Some(RegistrationStatus::MovedOut);
    }
    let cancelled =
        ["注销", "销户", "删除", "冻结", "重户", "重复户口", "出国定居", "无效", "参军", "入伍"];
    if has(words, &cancelled) && !words.contains("未注销") {
        return Some(RegistrationStatus::Cancelled);
    }
    let registered = [
        "正常",
        "在册",
        "有效",
        "常住",
        "出生",
        "迁入",
        "落户",
        "恢复",
        "户籍",
        "未注销",
        "在户",
        "健在",
        "人户",
        "变更",
        "无变动",
        "入户",
        "补录",
        "在世",
        "生存",
        "登记",
        "新增",
        "空挂",
    ];
    if has(words, &registered) || words == "否" {
        return Some(RegistrationStatus::Registered);
    }
    None
}

/// The relation to the head of the household: the words of GB/T 4761, or its codes.
pub fn relation(text: &str) -> Relation {
    let (code, words) = code_and_words(text);
    if words.is_empty() {
        return match code.as_bytes() {
            [b'0', _] | [b'0'] | [b'1'] => Relation::Head,
            [b'2', b'8'] | [b'3', b'8'] => Relation::ChildInLaw,
            [first, _] => match first {
                b'1' => Relation::Spouse,
                b'2' | b'3' => Relation::Child,
                b'4' => Relation::Grandchild,
                b'5' => Relation::Parent,
                b'6' => Relation::Grandparent,
                b'7' => Relation::Sibling,
                _ => Relation::Other,
            },
            _ => Relation::Unknown,
        };
    }
    let words =
        words.strip_prefix("户主之").or_else(|| words.strip_prefix("户主的")).unwrap_or(words);
    match words {
        "户主" | "本人" | "本人或户主" | "户主本人" => Relation::Head,
        "夫" | "妻" | "丈夫" | "妻子" | "配偶" | "爱人" | "老婆" | "老公" => {
            Relation::Spouse
        }
        _ if has(words, &["配偶", "夫妻"]) => Relation::Spouse,
        _ if has(words, &["媳", "婿"]) => Relation::ChildInLaw,
        _ if has(words, &["曾孙", "孙", "外甥孙"]) => Relation::Grandchild,
        _ if has(words, &["祖", "爷", "奶", "外公", "外婆", "姥"]) => Relation::Grandparent,
        _ if has(
            words,
            &["侄", "甥", "伯", "叔", "姑", "姨", "舅", "表", "堂", "嫂", "弟媳", "妯"],
        ) =>
        {
            Relation::Other
        }
        _ if has(words, &["父", "母", "爸", "妈", "公公", "婆婆", "岳"]) => {
            Relation::Parent
        }
        _ if has(words, &["子", "女", "儿"]) => Relation::Child,
        _ if has(words, &["兄", "弟", "姐", "妹", "哥"]) => Relation::Sibling,
        _ => Relation::Other,
    }
}

/// What a row of the feed is, where its words say so.
pub fn payment_kind(text: &str) -> Option<PaymentKind> {
    let words = text.trim();
    if has(words, &["作废", "冲销", "冲正", "撤销", "红冲", "红字", "废票", "取消", "注销"])
    {
        return Some(PaymentKind::Cancellation);
    }
    if has(words, &["退费", "退款", "退库", "已退", "退还", "退回", "退缴"])
        && !words.contains("未退")
    {
        return Some(PaymentKind::Refund);
    }
    let failed = [
        "失败",
        "未成功",
        "未缴",
        "待缴",
        "未支付",
        "待支付",
        "未扣",
        "余额不足",
        "超时",
        "关闭",
        "未入库失败",
        "处理中",
        "欠费",
        "不成功",
        "未到账",
        "未完成",
    ];
    if has(words, &failed) {
        return Some(PaymentKind::Failed);
    }
    let paid = [
        "成功",
        "正常",
        "已缴",
        "缴费",
        "入库",
        "已支付",
        "有效",
        "完成",
        "征收",
        "申报",
        "已扣",
        "到账",
        "补缴",
        "已开",
        "新缴",
        "续缴",
        "正税",
        "已上解",
        "未退",
        "收款",
    ];
    (has(words, &paid) || matches!(words, "1" | "01" | "0" | "否")).then_some(PaymentKind::Paid)
}

/// Whether a reversal flag says that the row was undone. `Z` is "normal" in one province.
pub fn is_reversed(text: &str) -> bool {
    let words = text.trim();
    let undone = ["冲销", "冲正", "红冲", "已退", "作废"];
    (has(words, &undone) && !words.contains('未'))
        || matches!(words, "1" | "是" | "Y" | "y" | "C" | "c" | "true")
}

/// Why the law covers or excuses a person.
pub fn exemption_reason(text: &str) -> Option<ExemptionReason> {
    let prison =
        ["服刑", "监狱", "入狱", "羁押", "收监", "看守", "罪犯", "劳教", "戒毒", "社区矫正"];
    if has(text, &prison) {
        return Some(ExemptionReason::Prison);
    }
    if has(text, &["现役", "服役", "军", "武警", "义务兵", "士官", "入伍", "部队", "兵"])
    {
        return Some(ExemptionReason::Army);
    }
    let abroad = ["出国", "出境", "境外", "国外", "定居", "移民", "海外", "外籍", "出入境"];
    if has(text, &abroad) {
        return Some(ExemptionReason::SettledAbroad);
    }
    (text == "其他" || text == "其它").then_some(ExemptionReason::Other)
}

/// The kind of certificate by the national code or its name.
pub fn id_kind(text: &str) -> Option<IdKind> {
    let (code, words) = code_and_words(text);
    if words.is_empty() {
        return match code {
            "04" | "05" | "06" => Some(IdKind::TravelPermit),
            "07" => Some(IdKind::Foreigner),
            "08" | "16" => Some(IdKind::Passport),
            "21" => Some(IdKind::BirthCertificate),
            _ => None,
        };
    }
    if has(words, &["出生"]) {
        return Some(IdKind::BirthCertificate);
    }
    if has(words, &["通行证"]) {
        return Some(IdKind::TravelPermit);
    }
    if has(words, &["居住证"]) {
        return Some(IdKind::ResidencePermit);
    }
    if has(words, &["永久居留"]) {
        return Some(IdKind::Foreigner);
    }
    has(words, &["护照"]).then_some(IdKind::Passport)
}

/// The national person type, by code or by its words; 0 where neither is known.
pub fn person_type(text: &str) -> u16 {
    let (code, words) = code_and_words(text);
    if !code.is_empty() {
        return code.parse().unwrap_or(0);
    }
    let table: &[(&[&str], u16)] = &[
        (&["灵活就业退休"], 1203),
        (&["灵活"], 1103),
        (&["退休"], 1201),
        (&["离休"], 1300),
        (&["公务员"], 1102),
        (&["在职", "职工"], 1101),
        (&["新生儿"], 1401),
        (&["学龄前", "幼儿"], 1402),
        (&["大学生"], 1404),
        (&["中小学", "学生"], 1403),
        (&["未成年", "儿童"], 1405),
        (&["老年"], 16),
        (&["居民", "成年"], 1501),
    ];
    table.iter().find(|(found, _)| has(words, found)).map_or(0, |it| it.1)
}

/// The grade, 1 to 4, in words such as 肢体二级, 一级 or 2; or that of a disability card.
pub fn disability_grade(text: &str, card: &str) -> Option<u8> {
    let digits: Vec<u8> = card.bytes().filter(u8::is_ascii_alphanumeric).collect();
    if digits.len() >= 20
        && (b'1'..=b'4').contains(&digits[19])
        && (b'1'..=b'7').contains(&digits[18])
    {
        return Some(digits[19] - b'0');
    }
    let grades = [
        ('一', 1),
        ('壹', 1),
        ('1', 1),
        ('二', 2),
        ('贰', 2),
        ('2', 2),
        ('三', 3),
        ('叁', 3),
        ('3', 3),
        ('四', 4),
        ('肆', 4),
        ('4', 4),
        ('Ⅰ', 1),
        ('Ⅱ', 2),
    ];
    // Of several grades the most severe counts.
    grades.iter().filter(|(mark, _)| text.contains(*mark)).map(|it| it.1).min()
}

/// Whether a cell of a yes-or-no column says yes or no.
pub fn yes(text: &str) -> Option<bool> {
    match text.trim() {
        "是" | "√" | "✓" | "✔" | "☑" | "1" | "Y" | "y" | "有" | "已消除" | "已" | "对" | "享受"
        | "true" | "是的" | "v" | "V" | "已取消" | "已退出" | "●" | "★" => Some(true),
        "否" | "×" | "✗" | "✘" | "0" | "N" | "n" | "无" | "未消除" | "未" | "不是" | "不享受"
        | "false" | "x" | "X" | "没有" | "○" | "未取消" => Some(false),
        other if other.starts_with("已消除") || other.starts_with("已解除") => Some(true),
        other if other.starts_with('未') => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
