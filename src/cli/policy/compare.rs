//! Two dates or two localities side by side: what differs.

use std::collections::BTreeSet;

use super::{
    Edition,
    listing::{row_name, value, word},
};
use crate::{columns::align, diagnostic::Lang, policy::Parameter};

pub(super) fn print(left: &Edition, right: &Edition, lang: Lang) {
    let title = |it: &Edition| match lang {
        Lang::Zh => format!("{} {}（{} 参保年度）", it.name, it.day, it.policy.year),
        Lang::En => format!("{} {} (coverage year {})", it.name, it.day, it.policy.year),
    };
    let mut rows = vec![vec![String::new(), String::new(), title(left), title(right)]];
    let mut n_same = 0;
    for (a, b) in pairs(left, right) {
        let shown = |it: Option<&Parameter>, of: &Edition| {
            it.map_or("—".to_string(), |it| value(it, &of.policy, lang))
        };
        if a.map(|it| &it.value) == b.map(|it| &it.value) {
            n_same += 1;
            continue;
        }
        let Some(any) = a.or(b) else { continue };
        let policy = if a.is_some() { &left.policy } else { &right.policy };
        rows.push(vec![
            row_name(any, policy, lang),
            word(&any.key, lang),
            shown(a, left),
            shown(b, right),
        ]);
    }
    for line in align(&rows) {
        println!("{line}");
    }
    match lang {
        Lang::Zh => println!("\n不同 {} 项，相同 {n_same} 项。", rows.len() - 1),
        Lang::En => println!("\n{} differ, {n_same} are the same.", rows.len() - 1),
    }
}

/// Parameters of the same name, in the order of the left and then of what only the right has.
fn pairs<'a>(
    left: &'a Edition,
    right: &'a Edition,
) -> Vec<(Option<&'a Parameter>, Option<&'a Parameter>)> {
    let known: BTreeSet<_> = left.parameters.iter().map(Parameter::name).collect();
    let find = |name| right.parameters.iter().find(|it| it.name() == name);
    let both = left.parameters.iter().map(|it| (Some(it), find(it.name())));
    let rest = right.parameters.iter().filter(|it| !known.contains(&it.name()));
    both.chain(rest.map(|it| (None, Some(it)))).collect()
}
