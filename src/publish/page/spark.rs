//! A line as small as a word: how one figure has gone, without axes. Its figures stand beside it.

use serde::Serialize;

/// The line's room in user units of the drawing.
const WIDTH: i64 = 96;
const HEIGHT: i64 = 20;
/// What stays free on every side, so that the last point is whole.
const MARGIN: i64 = 3;

/// A line as SVG draws it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Spark {
    width: i64,
    height: i64,
    /// `x,y x,y …` of the values that are known.
    points: String,
    /// The last point.
    x: i64,
    y: i64,
}

/// The line of values at even distances, the highest above. What is not known has no point; nothing
/// where fewer than two are known.
pub(super) fn spark(values: &[Option<i64>]) -> Option<Spark> {
    let known: Vec<i64> = values.iter().flatten().copied().collect();
    let (low, high) = (*known.iter().min()?, *known.iter().max()?);
    let steps = values.len() as i64 - 1;
    let point = |(at, value): (usize, i64)| {
        let x = MARGIN + (WIDTH - 2 * MARGIN) * at as i64 / steps.max(1);
        let room = HEIGHT - 2 * MARGIN;
        // A figure that never changes is a line in the middle.
        let up = if high > low { room * (value - low) / (high - low) } else { room / 2 };
        (x, HEIGHT - MARGIN - up)
    };
    let known = values.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?)));
    let points: Vec<(i64, i64)> = known.map(point).collect();
    let (x, y) = *points.last().filter(|_| points.len() > 1)?;
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    Some(Spark { width: WIDTH, height: HEIGHT, points: points.join(" "), x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[Option<i64>], points: &str) {
        assert_eq!(spark(values).map_or(String::new(), |it| it.points), points);
    }

    #[test]
    fn a_line_goes_from_left_to_right_and_its_highest_is_above() {
        check(&[Some(10), Some(30), Some(20)], "3,17 48,3 93,10");
        check(&[Some(7), None, Some(7)], "3,10 93,10");
    }

    #[test]
    fn one_figure_or_none_is_no_line() {
        for values in [&[][..], &[Some(1)], &[None, Some(1)], &[None, None]] {
            check(values, "");
        }
    }
}
