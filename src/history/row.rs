//! One figure of a run.

/// The scope of what is said of the whole area.
pub const AREA: &str = "";

crate::labelled! {
    /// What a figure is of.
    pub enum Kind {
        /// Persons, by verdict.
        Verdict = "verdict", "参保结论";
        /// Findings, by code, and by code and state.
        Finding = "finding", "问题";
        /// Cases closed on this night, by what closed them.
        Closed = "closed", "当日销号";
        /// 1 where it was met; `.expected` and `.actual` beside it.
        Control = "control", "校验";
        /// Milliseconds of a stage.
        Timing = "timing", "用时（毫秒）";
        /// Persons of the area and of each township.
        Progress = "progress", "进度";
    }
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub kind: Kind,
    /// A verdict, a finding's code, a control, a stage, a count.
    pub name: String,
    /// A unit's code, or a control's file and sheet; [`AREA`] for the whole.
    pub scope: String,
    /// Persons, findings, rows, fen or milliseconds.
    pub value: i64,
}

impl Row {
    /// A figure of the whole area.
    pub fn of_area(kind: Kind, name: impl Into<String>, value: i64) -> Row {
        Row::new(kind, name, AREA, value)
    }

    /// A figure of a part.
    pub fn new(kind: Kind, name: impl Into<String>, scope: impl Into<String>, value: i64) -> Row {
        Row { kind, name: name.into(), scope: scope.into(), value }
    }
}
