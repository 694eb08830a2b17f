//! `subsidy.toml`: who pays how much of whose fee.

use serde::Deserialize;
use toml::Spanned;

use super::{
    category::{Categories, CategoryId},
    rule_file::{Reading, year_rows},
};
use crate::{diagnostic::Message, error::Result, policy::Cited};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SubsidyRow {
    coverage_year: u16,
    category: String,
    share_percent: Option<u8>,
    amount_fen: Option<i64>,
    /// Who pays it; the fund of the year's `[[choice]]` where absent.
    fund: Option<String>,
    /// Rank among several identities, 1 before 2, where the choice is by priority.
    priority: Option<u8>,
    reference: String,
}

crate::labelled! {
    /// Which of several identities counts; it is always one only.
    pub enum Choose {
        Highest = "highest", "按最高标准";
        Priority = "priority", "按优先级";
    }
}

crate::labelled! {
    /// What an identity is worth that was given after the payment, still inside the window.
    pub enum AddedInside {
        Reimbursed = "reimbursed", "事后资助";
        Ignored = "ignored", "不再资助";
    }
}

/// How one subsidy is chosen. An identity counts if it holds on the day of payment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub coverage_year: u16,
    pub choose: Choose,
    pub added_inside_window: AddedInside,
    /// The fund that pays, unless a category names another.
    pub fund: String,
    reference: String,
}

year_rows!(SubsidyRow, Choice);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubsidyToml {
    choice: Vec<Spanned<Choice>>,
    #[serde(default)]
    subsidy: Vec<Spanned<SubsidyRow>>,
}

/// What a category is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Subsidy {
    pub amount_fen: i64,
    pub fund: String,
    pub priority: u8,
}

/// What each category is worth in the run's coverage year.
#[derive(Clone, Debug)]
pub struct Subsidies {
    pub choice: Cited<Choice>,
    /// By category; nothing where the category carries none.
    amounts: Vec<Option<Cited<Subsidy>>>,
}

impl Subsidies {
    pub(in crate::policy) fn load(
        reading: &mut Reading<'_>,
        fee_fen: i64,
        categories: &Categories,
    ) -> Result<Subsidies> {
        let file = reading.open("subsidy.toml")?;
        let toml: SubsidyToml = file.parse()?;
        let choice = reading.one_of_year(&file, "choice", toml.choice)?;
        let mut amounts = vec![None; categories.iter().count()];
        for (span, Cited { value: row, clause }) in reading.of_year(&file, toml.subsidy)? {
            let refuse = |zh: &str, en: &str| {
                let help = Message::new(
                    "category 取 categories.toml 的 code，每类每年一条；share_percent 与 amount_fen 二选一；choose = \"priority\" 时写 priority",
                    "category is a code of categories.toml, once a year; give share_percent or amount_fen, and priority where that decides",
                );
                file.refuse(span.clone(), Message::new(zh, en), help)
            };
            let Some((id, _)) = categories.iter().find(|(_, it)| it.code == row.category) else {
                return Err(refuse("没有这个类别", "there is no such category"));
            };
            let amount_fen = match (row.share_percent, row.amount_fen) {
                (Some(share @ 0..=100), None) => share_of(fee_fen, share),
                (None, Some(amount)) if (0..=fee_fen).contains(&amount) => amount,
                _ => return Err(refuse("资助标准写法不对", "the subsidy is not stated rightly")),
            };
            if row.priority.is_none() && choice.value.choose == Choose::Priority {
                return Err(refuse("缺少优先级", "the priority is missing"));
            }
            let subsidy = Subsidy {
                amount_fen,
                fund: row.fund.unwrap_or_else(|| choice.value.fund.clone()),
                priority: row.priority.unwrap_or(u8::MAX),
            };
            if amounts[id.0 as usize].replace(Cited { value: subsidy, clause }).is_some() {
                return Err(refuse("同一类别写了两条", "the category is there twice"));
            }
        }
        Ok(Subsidies { choice, amounts })
    }

    /// What a category is worth, if anything.
    pub fn of(&self, category: CategoryId) -> Option<&Cited<Subsidy>> {
        self.amounts[category.0 as usize].as_ref().filter(|it| it.value.amount_fen > 0)
    }

    /// The fund that pays for a category.
    pub fn fund_of(&self, category: CategoryId) -> &str {
        self.of(category).map_or(&self.choice.value.fund, |it| &it.value.fund)
    }
}

/// A share of an amount, to the fen, half a fen upwards.
fn share_of(amount_fen: i64, percent: u8) -> i64 {
    (amount_fen * i64::from(percent) + 50) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_exact_to_the_fen() {
        assert_eq!(share_of(38000, 50), 19000);
        assert_eq!(share_of(38000, 100), 38000);
        assert_eq!(share_of(101, 50), 51);
        assert_eq!(share_of(38000, 0), 0);
    }
}
