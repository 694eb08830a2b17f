//! The policy numbers that the synthetic county lives by, handed in by the caller.

use chrono::{Datelike, Months, NaiveDate};

crate::labelled! {
    /// Whether a list names each person it means, or a household.
    pub enum Level {
        Household = "household", "户";
        Person = "person", "人";
    }
}

/// One category of subsidised (or watched) people.
#[derive(Clone, Debug)]
pub struct CategoryRule {
    pub code: String,
    /// What lists call it; the first is the usual one.
    pub labels: Vec<String>,
    /// What is paid for the person, in fen; 0 where the category is only watched.
    pub subsidy_fen: i64,
    pub level: Level,
}

/// What the policy says of those who come to flexible employment.
#[derive(Clone, Copy, Debug)]
pub struct FlexibleRule {
    /// The first day on which the rule holds.
    pub from: NaiveDate,
    /// Months from the first one paid, that one included, until cover begins.
    pub wait_months: u32,
}

impl FlexibleRule {
    /// The first day of enrolment for which cover has not begun on a day.
    pub fn waits_since(self, day: NaiveDate) -> NaiveDate {
        let month = day.with_day(1).unwrap_or(day);
        let next = month.checked_add_months(Months::new(1));
        next.and_then(|it| it.checked_sub_months(Months::new(self.wait_months))).unwrap_or(day)
    }

    /// Whether cover that was taken out on a day is still to begin on another.
    pub fn waits(self, enrolled_on: NaiveDate, day: NaiveDate) -> bool {
        self.from <= enrolled_on && self.waits_since(day) <= enrolled_on
    }
}

/// The policy of one insurance year.
#[derive(Clone, Debug)]
pub struct Rules {
    pub coverage_year: i32,
    pub fee_fen: i64,
    pub window_opens: NaiveDate,
    pub window_closes: NaiveDate,
    /// Stretches after the window, both days included, in which its fee is still taken.
    pub later: Vec<(NaiveDate, NaiveDate)>,
    pub newborn_days: u32,
    pub lapse_days: u32,
    pub categories: Vec<CategoryRule>,
    /// Nothing where no rule knows flexible employment.
    pub flexible: Option<FlexibleRule>,
}

impl Rules {
    /// Whether the window's fee is taken on a day.
    pub fn is_taken(&self, on: NaiveDate) -> bool {
        let holds = |it: &(NaiveDate, NaiveDate)| it.0 <= on && on <= it.1;
        holds(&(self.window_opens, self.window_closes)) || self.later.iter().any(holds)
    }

    /// The position of a category by its code.
    pub fn category(&self, code: &str) -> Option<u8> {
        self.categories.iter().position(|it| it.code == code).map(|it| it as u8)
    }

    pub fn subsidy_fen(&self, category: u8) -> i64 {
        self.categories[usize::from(category)].subsidy_fen
    }

    pub fn is_full(&self, category: u8) -> bool {
        self.subsidy_fen(category) >= self.fee_fen
    }

    /// Lengshi's numbers for the insurance year 2024.
    pub fn example() -> Rules {
        let category = |code: &str, labels: &[&str], subsidy_fen, level| CategoryRule {
            code: code.to_string(),
            labels: labels.iter().map(|it| it.to_string()).collect(),
            subsidy_fen,
            level,
        };
        use Level::{Household, Person};
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
        Rules {
            coverage_year: 2024,
            fee_fen: 38_000,
            window_opens: day(2023, 9, 1),
            window_closes: day(2023, 12, 31),
            later: Vec::new(),
            newborn_days: 90,
            lapse_days: 90,
            categories: vec![
                category("tekun", &["特困人员", "特困供养人员", "特困人员-7131"], 38_000, Person),
                category("orphan", &["孤儿", "城乡孤儿", "民政城乡孤儿"], 38_000, Person),
                category("unattended-child", &["事实无人抚养儿童"], 38_000, Person),
                category("severe-disability", &["重度残疾人", "重度（1-2级）残疾"], 38_000, Person),
                category("dibao", &["低保对象", "最低生活保障对象"], 19_000, Household),
                category("dibao-edge", &["低保边缘家庭成员", "低保边缘户"], 19_000, Household),
                category(
                    "monitored",
                    &["脱贫不稳定户", "边缘易致贫户", "突发严重困难户"],
                    19_000,
                    Household,
                ),
                category("stable", &["稳定脱贫人口", "脱贫户"], 0, Household),
                category("veteran", &["优抚对象", "在乡重点优抚对象"], 0, Person),
            ],
            flexible: None,
        }
    }
}
