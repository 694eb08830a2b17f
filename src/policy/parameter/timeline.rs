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

    /// Since when the value that holds on a day has held.
    pub fn since(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.on(day)?;
        self.0.iter().map(|it| it.0).rfind(|from| *from <= day)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::policy::ClauseId;

    fn day(at: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(at)
    }

    /// Rows that start on some days, each ending a day or more before the next or not at all.
    fn timeline(rows: &[(u64, Option<u64>)]) -> Timeline<u64> {
        let cited = |value| Cited { value, clause: ClauseId::NONE };
        Timeline(rows.iter().map(|(at, end)| (day(*at), end.map(day), cited(*at))).collect())
    }

    proptest! {
        #[test]
        fn a_value_holds_from_its_day_until_the_next_or_its_last(
            starts in prop::collection::btree_set(1u64..400, 1..8),
            lengths in prop::collection::vec(prop::option::of(0u64..60), 8),
        ) {
            let starts: Vec<u64> = starts.into_iter().collect();
            let next = |at: usize| starts.get(at + 1).copied().unwrap_or(u64::MAX);
            let rows: Vec<(u64, Option<u64>)> = starts
                .iter()
                .enumerate()
                .map(|(at, from)| (*from, lengths[at].map(|it| (from + it).min(next(at) - 1))))
                .collect();
            let timeline = timeline(&rows);
            // Every day of change, the day before and the day after.
            let changes = rows.iter().flat_map(|(from, end)| [Some(*from), *end]).flatten();
            let days: Vec<u64> = changes.flat_map(|it| [it - 1, it, it + 1]).collect();
            let expected = |on: u64| {
                let (from, end) = rows.iter().rev().find(|(from, _)| *from <= on)?;
                end.is_none_or(|end| on <= end).then_some(*from)
            };
            for on in &days {
                let held = timeline.on(day(*on)).map(|it| it.value);
                prop_assert_eq!(held, expected(*on), "on day {}", on);
                prop_assert_eq!(timeline.since(day(*on)), expected(*on).map(day));
            }
        }
    }

    #[test]
    fn nothing_holds_before_the_first_row_or_in_a_gap() {
        let timeline = timeline(&[(10, Some(19)), (30, None)]);
        let held = |at| timeline.on(day(at)).map(|it| it.value);
        assert_eq!(
            [9, 10, 19, 20, 29, 30, 999].map(held),
            [None, Some(10), Some(10), None, None, Some(30), Some(30)]
        );
    }
}
