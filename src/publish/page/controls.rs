//! What must agree, and whether it does: what failed comes first.

use serde::Serialize;

use super::words::without_ids;
use crate::{
    diagnostic::Lang,
    publish::{Check, Control, View},
};

/// The section.
#[derive(Serialize)]
pub(super) struct Controls {
    passed: i64,
    failed: i64,
    checks: Vec<OfCheck>,
    /// Every control that was not met.
    breaches: Vec<Breach>,
}

#[derive(Serialize)]
struct OfCheck {
    code: &'static str,
    name: String,
    passed: i64,
    failed: i64,
}

#[derive(Serialize)]
struct Breach {
    name: String,
    /// The file or list; empty for the run as a whole.
    scope: String,
    expected: i64,
    actual: i64,
    /// Whether more than expected would do.
    is_least: bool,
    /// Whether it says that the program miscounted, not that a department did.
    is_ours: bool,
}

pub(super) fn controls(view: &View<'_>) -> Controls {
    let (all, lang) = (view.night.controls, view.night.cx.lang);
    let of = |check: Check, passed: bool| {
        all.iter().filter(|it| it.name == check && it.passed == passed).count() as i64
    };
    let mut checks: Vec<OfCheck> = Check::ALL
        .iter()
        .map(|it| OfCheck {
            code: it.code(),
            name: name(lang, *it),
            passed: of(*it, true),
            failed: of(*it, false),
        })
        .filter(|it| it.passed + it.failed > 0)
        .collect();
    checks.sort_by_key(|it| it.failed == 0);
    let breaches = all.iter().filter(|it| !it.passed).map(|it| breach(lang, it));
    Controls {
        passed: checks.iter().map(|it| it.passed).sum(),
        failed: checks.iter().map(|it| it.failed).sum(),
        checks,
        breaches: breaches.collect(),
    }
}

fn name(lang: Lang, check: Check) -> String {
    match lang {
        Lang::Zh => check.zh().to_string(),
        Lang::En => check.code().replace('-', " "),
    }
}

fn breach(lang: Lang, it: &Control) -> Breach {
    Breach {
        name: name(lang, it.name),
        scope: without_ids(&it.scope).replace("../", ""),
        expected: it.expected,
        actual: it.actual,
        is_least: it.is_least(),
        is_ours: it.is_ours(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture::World;

    #[test]
    fn what_failed_comes_first_and_nothing_is_left_out() {
        let world = World::new(30, 4);
        let cx = world.context();
        let shown = controls(&View::first(&world.night(&cx)));
        assert_eq!(shown.passed + shown.failed, world.controls.len() as i64);
        assert_eq!(shown.failed, shown.breaches.len() as i64);
        assert_eq!(shown.checks[0].code, "stated-total", "the fixture's total row is wrong");
        assert!(shown.checks.iter().skip_while(|it| it.failed > 0).all(|it| it.failed == 0));
        let breach = &shown.breaches[0];
        assert_eq!((breach.expected, breach.actual, breach.is_ours), (7, 8, false));
        assert!(breach.scope.contains("data/缴费.csv"), "{}", breach.scope);
    }
}
