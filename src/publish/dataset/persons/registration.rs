//! The columns of the registration that a verdict stands on.

use std::fmt::Write;

use super::{Column, Values, View, standing};
use crate::ledger::cover::Registration;

fn of<'r>(view: &'r View<'_>, row: usize) -> Option<&'r Registration> {
    standing(view, row).registration.as_ref()
}

/// In what a person is registered, where and since when.
pub(super) fn registration<'v>() -> Vec<Column<View<'v>>> {
    let new = Column::new;
    vec![
        new(
            "scheme",
            "参保结论所依据的登记：险种代码；没有登记为空",
            "scheme of the registration that the verdict stands on; null where there is none",
            Values::Text(|view: &View<'v>, row| of(view, row).map_or("", |it| it.scheme.code())),
        ),
        new(
            "insured_at",
            "该登记的参保地：区划表里的名称，或登记、证明所写；不明为空",
            "its place of insurance: by the division table's name, or as stated; null where unknown",
            Values::Made(|view: &View<'v>, row, to| {
                let Some(it) = of(view, row) else { return };
                let cx = view.night.cx;
                if it.insured_at == 0 {
                    return to.push_str(cx.text(it.insured_at_text));
                }
                let code = format!("{:06}", it.insured_at);
                let _ = match cx.divisions.by_code(&code) {
                    Some(known) => write!(to, "{}", cx.divisions.get(known).name),
                    None => write!(to, "{code}"),
                };
            }),
        ),
        new(
            "enrolled_on",
            "该登记的参保日期",
            "day of that registration",
            Values::Date(|view: &View<'v>, row| of(view, row).and_then(|it| it.enrolled_on)),
        ),
    ]
}
