//! `subsidy.toml`: who pays how much of whose fee.

use serde::Deserialize;
use toml::Spanned;

use super::{Categories, CategoryId, Cited, Clauses, rule_file};
use crate::{config::Pipeline, diagnostic::Message, error::Result};

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SubsidyRow {
    coverage_year: u16,
    category: String,
    share_percent: Option<u8>,
    amount_fen: Option<i64>,
    reference: String,
}

impl rule_file::YearRow for SubsidyRow {
    fn coverage_year(&self) -> u16 {
        self.coverage_year
    }
    fn reference(&self) -> &str {
        &self.reference
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubsidyToml {
    fund: String,
    subsidy: Vec<Spanned<SubsidyRow>>,
}

/// What each category is worth in the run's coverage year.
#[derive(Clone, Debug)]
pub struct Subsidies {
    /// The fund that pays.
    pub fund: String,
    /// By category: the amount in fen; nothing where the category carries none.
    amounts: Vec<Option<Cited<i64>>>,
}

impl Subsidies {
    pub(super) fn load(
        pipeline: &Pipeline,
        fee_fen: i64,
        categories: &Categories,
        clauses: &mut Clauses,
    ) -> Result<Subsidies> {
        let file = rule_file::open(pipeline, "subsidy.toml")?;
        let toml: SubsidyToml = file.parse()?;
        let mut amounts = vec![None; categories.iter().count()];
        for row in toml.subsidy {
            let span = row.span();
            let year = pipeline.insurance_year;
            for Cited { value: row, clause } in rule_file::of_year(&file, vec![row], year, clauses)?
            {
                let refuse = |zh: &str, en: &str| {
                    let help = Message::new(
                        "category 取 categories.toml 的 code，每类每年一条；share_percent 与 amount_fen 二选一",
                        "category is a code of categories.toml, once a year; give share_percent or amount_fen",
                    );
                    file.refuse(span.clone(), Message::new(zh, en), help)
                };
                let Some((id, _)) = categories.iter().find(|(_, it)| it.code == row.category)
                else {
                    return Err(refuse("没有这个类别", "there is no such category"));
                };
                let amount = match (row.share_percent, row.amount_fen) {
                    (Some(share @ 0..=100), None) => share_of(fee_fen, share),
                    (None, Some(amount)) if (0..=fee_fen).contains(&amount) => amount,
                    _ => {
                        return Err(refuse(
                            "资助标准写法不对",
                            "the subsidy is not stated rightly",
                        ));
                    }
                };
                if amounts[id.0 as usize].replace(Cited { value: amount, clause }).is_some() {
                    return Err(refuse("同一类别写了两条", "the category is there twice"));
                }
            }
        }
        Ok(Subsidies { fund: toml.fund, amounts })
    }

    /// What a category is worth, in fen.
    pub fn of(&self, category: CategoryId) -> Option<&Cited<i64>> {
        self.amounts[category.0 as usize].as_ref().filter(|it| it.value > 0)
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
