//! A value that changes on days: each with the day it starts, and none once it has ended.

use chrono::NaiveDate;
use toml::Spanned;

use super::rule_file::{Reading, check_reference};
use crate::{config::TomlFile, diagnostic::Message, error::Result, policy::Cited};

/// What every row of a timeline states.
pub(in crate::policy) trait DatedRow {
    /// The day from which the row holds.
    fn from(&self) -> NaiveDate;
    /// The last day on which it holds, where nothing follows it.
    fn until(&self) -> Option<NaiveDate>;
    fn reference(&self) -> &str;
}

/// Values in the order of the days they start on.
#[derive(Clone, Debug)]
pub struct Timeline<T>(Vec<(NaiveDate, Option<NaiveDate>, Cited<T>)>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Timeline(Vec::new())
    }
}

#[expect(private_bounds, reason = "only the policy's own rows are loaded")]
impl<T: DatedRow> Timeline<T> {
    /// Checks the rows of one table of a file.
    pub(in crate::policy) fn load(
        reading: &mut Reading<'_>,
        file: &TomlFile,
        rows: Vec<Spanned<T>>,
    ) -> Result<Timeline<T>> {
        let mut sorted = Vec::with_capacity(rows.len());
        for row in rows {
            let span = row.span();
            let row = row.into_inner();
            check_reference(file, span.clone(), row.reference())?;
            let clause = reading.clauses.add(row.reference(), &file.path.display().to_string());
            sorted.push((span, Cited { value: row, clause }));
        }
        sorted.sort_by_key(|(_, it)| it.value.from());
        for at in 0..sorted.len() {
            let (span, row) = (&sorted[at].0, &sorted[at].1.value);
            let is_reversed = row.until().is_some_and(|until| until < row.from());
            let before = at.checked_sub(1).map(|it| &sorted[it].1.value);
            let overlaps = before.is_some_and(|it| {
                it.from() == row.from() || it.until().is_some_and(|until| row.from() <= until)
            });
            if is_reversed || overlaps {
                return Err(file.refuse(
                    span.clone(),
                    Message::new(
                        "这一条的日期与上一条重叠或颠倒",
                        "the dates of this row overlap the row before, or are reversed",
                    ),
                    Message::new(
                        "每条从 from 起有效，到下一条的 from 或自己的 until 为止",
                        "a row holds from its `from` to the next row's `from` or its own `until`",
                    ),
                ));
            }
        }
        let rows = sorted.into_iter().map(|(_, it)| (it.value.from(), it.value.until(), it));
        Ok(Timeline(rows.collect()))
    }
}

impl<T> Timeline<T> {
    /// A value that holds on every day.
    pub(in crate::policy) fn always(value: Cited<T>) -> Timeline<T> {
        Timeline(vec![(NaiveDate::MIN, None, value)])
    }

    /// The value that holds on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&Cited<T>> {
        let at = self.0.partition_point(|(from, ..)| *from <= day);
        let (_, until, value) = &self.0[at.checked_sub(1)?];
        until.is_none_or(|until| day <= until).then_some(value)
    }

    /// The values that hold on each of many days.
    pub fn at(&self, days: &[NaiveDate]) -> Vec<Option<&Cited<T>>> {
        days.iter().map(|day| self.on(*day)).collect()
    }

    /// Whether nothing is ever set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::policy::ClauseId;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::MIN + TimeDelta::days(number)
    }

    /// Rows of some days each, a gap before each, the last open where it ends nowhere.
    fn timeline(rows: &[(i64, Option<i64>)]) -> Timeline<usize> {
        let mut next = 1000;
        let mut timeline = Vec::new();
        for (value, (gap, days)) in rows.iter().enumerate() {
            let from = next + gap;
            let until = days.map(|it| day(from + it));
            next = from + days.unwrap_or(30) + 1;
            timeline.push((day(from), until, Cited { value, clause: ClauseId::NONE }));
        }
        Timeline(timeline)
    }

    #[test]
    fn a_value_holds_from_its_day_to_the_next_or_its_last() {
        let it = timeline(&[(0, Some(4)), (2, None), (0, Some(0))]);
        let held = |number| it.on(day(number)).map(|it| it.value);
        let days = [999, 1000, 1004, 1005, 1006, 1007, 1037, 1038, 1039];
        let expected = [None, Some(0), Some(0), None, None, Some(1), Some(1), Some(2), None];
        assert_eq!(days.map(held), expected);
    }

    proptest! {
        #[test]
        fn many_days_at_once_are_each_day_on_its_own(
            rows in prop::collection::vec((0_i64..3, prop::option::of(0_i64..40)), 0..6),
        ) {
            let it = timeline(&rows);
            let changes = it.0.iter().flat_map(|(from, until, _)| [Some(*from), *until]).flatten();
            let days: Vec<NaiveDate> =
                changes.flat_map(|day| [-1, 0, 1].map(|by| day + TimeDelta::days(by))).collect();
            let plain = |day: NaiveDate| {
                let begun = it.0.iter().rfind(|(from, ..)| *from <= day)?;
                (begun.1.is_none() || begun.1 >= Some(day)).then_some(&begun.2)
            };
            let expected: Vec<_> = days.iter().map(|day| plain(*day)).collect();
            prop_assert_eq!(it.at(&days), expected.clone());
            let one_by_one: Vec<_> = days.iter().map(|day| it.on(*day)).collect();
            prop_assert_eq!(one_by_one, expected);
        }
    }
}
