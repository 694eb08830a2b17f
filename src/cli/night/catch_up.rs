//! Whether the night before was missed: the machine was off, or the run failed or was held.

use std::path::Path;

use chrono::{Days, NaiveDate};

use crate::{error::Result, history};

/// The night to make good before this one: yesterday's, if it was not published and the last
/// publication is at most so many days ago. Older missed nights are left out: with today's files they
/// would all say the same but for the date. Where nothing was ever published, nothing was missed.
pub fn missed(home: &Path, as_of: NaiveDate, within_days: u64) -> Result<Option<NaiveDate>> {
    let before = history::runs(home)?.into_iter().map(|it| it.as_of).filter(|it| *it < as_of);
    let (Some(last), Some(yesterday)) = (before.max(), as_of.pred_opt()) else { return Ok(None) };
    let is_recent = last + Days::new(within_days) >= as_of;
    Ok((is_recent && last < yesterday).then_some(yesterday))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn missed_after(published: &[&str], within_days: u64) -> Option<String> {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("history")).unwrap();
        for run in published {
            fs::write(home.path().join(format!("history/{run}.parquet")), "").unwrap();
        }
        let as_of = "2023-12-20".parse().unwrap();
        missed(home.path(), as_of, within_days).unwrap().map(|it| it.to_string())
    }

    #[test]
    fn only_last_night_is_made_good_and_only_where_it_is_missing() {
        let yesterday = Some("2023-12-19".to_string());
        assert_eq!(missed_after(&["2023-12-18"], 7), yesterday);
        assert_eq!(missed_after(&["2023-12-14", "2023-12-15.2", "2023-12-20"], 7), yesterday);
        assert_eq!(missed_after(&["2023-12-19"], 7), None, "it was published");
        assert_eq!(missed_after(&["2023-12-10", "2023-12-19.3"], 7), None);
        assert_eq!(missed_after(&[], 7), None, "the first night of all");
        assert_eq!(missed_after(&["2023-12-20", "2023-12-25"], 7), None, "nothing before tonight");
    }

    #[test]
    fn after_a_long_stop_nothing_is_made_good() {
        assert!(missed_after(&["2023-12-13"], 7).is_some());
        assert_eq!(missed_after(&["2023-12-12"], 7), None);
    }
}
