//! What each measure of a reported table counts, in a sentence for those who are measured.

use crate::{
    policy::{Counted, Insurance},
    report::{layout::Value, progress::Breakdown},
};

/// What a value counts; nothing for what needs no words (numbers, names, blanks).
pub(super) fn of_value(value: Value) -> Option<&'static str> {
    Some(match value {
        Value::Sequence | Value::Name | Value::Within | Value::Code | Value::Blank => return None,
        Value::Population => "户籍名册登记在本地、未去世、未迁出的人。",
        Value::Residents => "任务表列明的人口数，不随每日数据变动。",
        Value::Liable => {
            "按参保范围应有医保的人（户籍、居住证、新生儿、学生等，以当地规定为准），不论以哪种方式参保；不含去世、迁出、服役、服刑等不需参保的人。"
        }
        Value::Covered => "应保人数中已参保的人，含居民、职工、灵活就业和异地参保。",
        Value::Owing => {
            "应保人数中应在本地缴纳居民医保费的人：除去已参加职工医保、灵活就业医保和异地医保的。"
        }
        Value::Unenrolled => "应保、查不到任何参保和缴费的人；与入户名单一致。",
        Value::Unpaid => "已登记当年居民医保，没有有效缴费的人。",
        Value::Review => "是否已参保尚不能确定、待核实的人；不计入应保未保。",
        Value::Insured => {
            "数据截止日参保有效的人。居民医保须已登记，并已缴费或由资助全额代缴；按居住的村统计，职工医保在外县区参保的，计在参保地。"
        }
        Value::InsuredDay => "参保人数中最近一天新增的：居民按缴费日期，职工、生育按参保日期。",
        Value::InsuredWeek => "参保人数中最近一周新增的，日期同上。",
        Value::InsuredMonth => "参保人数中最近一月新增的，日期同上。",
        Value::Paid => {
            "有当年有效缴费的人（含资助全额代缴）；已退费、冲销的不计，一人只计一次，计在居住的村，不论在何处缴费。"
        }
        Value::PaidDay => "缴费人数中最近一天缴费的。",
        Value::PaidWeek => "缴费人数中最近一周缴费的。",
        Value::PaidMonth => "缴费人数中最近一月缴费的。",
        Value::Amount => "个人缴纳金额，已扣除退费，不含资助。",
        Value::Subsidised => "由资助代缴的金额，已扣除退费。",
        Value::Target => "要完成的人数，来源见“任务”一栏。",
        Value::Gap => "任务数减完成人数；负数为超额完成。",
        Value::Completion => "完成人数除以任务数，四舍五入保留两位小数；没有任务数的不计算。",
        Value::CoverRate => "已参保人数除以应参保人数，分母见“参保率的分母”。",
        Value::ResidentsRate => "完成人数除以任务表人口。",
        Value::Accuracy => "缴费人员中姓名、证件号码无误的人数除以缴费人数。",
        Value::Rank => "同级各地按完成率由高到低的名次，完成率相同的名次相同。",
        Value::RankWeekBefore => "扣除最近一周新增后的名次。",
        Value::Grade => "按完成率评定，标准见“等次”。",
        Value::IncentiveCount => "奖惩按多少人、多少个百分点或多少个单位计算。",
        Value::Incentive => "按所列办法计算的金额，负数为扣减；文件给出幅度的，列出幅度。",
        Value::IncentiveSum => "各项奖惩金额之和。",
        Value::Households => "有应保成员的户数，按户籍名册的户号。",
        Value::WholeHouseholds => "全部应保成员都已参保的户数，计算办法见“整户参保”。",
    })
}

/// Whom "done" counts.
pub(super) fn of_counted(counted: Counted) -> &'static str {
    match counted {
        Counted::Paid => "按缴费人数计",
        Counted::Insured => "按参保人数计",
    }
}

/// Who belongs to an insurance.
pub(super) fn of_insurance(insurance: Insurance) -> &'static str {
    match insurance {
        Insurance::All => "居民医保加职工医保（含灵活就业）；生育保险不另计人数。",
        Insurance::Employee => "职工医保参保有效的人，含灵活就业人员。",
        Insurance::Flexible => "以灵活就业人员身份参加职工医保的人，已含在职工医保中。",
        Insurance::Resident => "城乡居民基本医疗保险当年已登记、已缴费的人。",
        Insurance::Maternity => "生育保险参保有效的人，与职工医保重复，不计入合计。",
    }
}

/// What stands under the line of an insurance's rate; nothing where nobody is bound to it.
pub(super) fn of_base(insurance: Insurance) -> Option<&'static str> {
    match insurance {
        Insurance::All => {
            Some("分母为应保人数，分子为其中已参保的人（含职工、灵活就业和异地参保）。")
        }
        Insurance::Resident => Some("分母为应缴人数，分子为其中已参加居民医保的人。"),
        Insurance::Employee | Insurance::Flexible | Insurance::Maternity => None,
    }
}

/// Who belongs to some people of a place; nothing for everybody.
pub(super) fn of_people(people: Breakdown) -> Option<&'static str> {
    match people {
        Breakdown::All => None,
        Breakdown::Group(_) => Some("每人只归入一类，先符合先归入。"),
        Breakdown::Category(_) => {
            Some("数据截止日在名单上的人；同时在几张名单上的，每张名单各计一次，不能相加。")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_a_sentence_and_no_two_are_alike() {
        let mut sentences: Vec<&str> = Value::ALL.iter().filter_map(|it| of_value(*it)).collect();
        assert_eq!(sentences.len() + 5, Value::ALL.len());
        assert!(sentences.iter().all(|it| it.ends_with('。')));
        sentences.sort_unstable();
        let n = sentences.len();
        sentences.dedup();
        assert_eq!(sentences.len(), n);
    }
}
