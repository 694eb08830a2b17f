//! The score as a person reads it.

use std::fmt::Write as _;

use super::Score;
use super::links::Pairs;
use super::list::Wrong;
use super::tally::Count;

/// The score as a table.
pub fn text(score: &Score) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{:6}{:^48} {:^48}", "", "all", "decidable exactly");
    let head = format!(
        "{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "planted", "found", "right", "prec", "recall", "F1"
    );
    let _ = writeln!(out, "{:6}{head} {head}", "code");
    for it in &score.codes {
        let _ = writeln!(out, "{:6}{} {}", it.code, counts(&it.all), counts(&it.exact));
    }
    let again: usize = score.codes.iter().map(|it| it.again).sum();
    if again > 0 {
        let _ =
            writeln!(out, "{again} finding(s) about somebody already reported under the same code");
    }
    let links = &score.links;
    let _ = writeln!(
        out,
        "\nlinks: {} rows ({} unknown), {}",
        links.rows,
        links.unknown_rows,
        pairs(&links.all)
    );
    let _ = writeln!(out, "hard links: {} rows, {}", links.hard_rows, pairs(&links.hard));
    let broken = |takes_linkage| {
        let these = score.must_not.iter().filter(|it| it.takes_linkage == takes_linkage);
        these.map(|it| it.times).sum::<usize>()
    };
    let (exact, linkage) = (broken(false), broken(true));
    let _ = writeln!(out, "\nmust not be found, and was: {exact}, and {linkage} that take linkage");
    for it in &score.must_not {
        let level = if it.takes_linkage { "takes linkage" } else { "" };
        let _ = writeln!(out, "  {} {:>6}  {}  {level}", it.code, it.times, it.why);
    }
    out
}

fn pairs(pairs: &Pairs) -> String {
    format!(
        "pairs: true {}, linked {}, right {}; precision {:.5} recall {:.5} F1 {:.5}",
        pairs.true_pairs,
        pairs.linked_pairs,
        pairs.right_pairs,
        pairs.precision(),
        pairs.recall(),
        pairs.f1(),
    )
}

fn counts(count: &Count) -> String {
    format!(
        "{:>8}{:>8}{:>8}{:>8.4}{:>8.4}{:>8.4}",
        count.planted,
        count.found,
        count.right,
        count.precision(),
        count.recall(),
        count.f1(),
    )
}

/// Misses and false findings, one a paragraph.
pub fn wrongs(list: &[Wrong]) -> String {
    let mut out = String::new();
    for it in list {
        let word = if it.missed { "missed" } else { "false " };
        let _ = writeln!(out, "{} {word} {} {}", it.code, it.person, it.note);
        for row in &it.rows {
            let _ = writeln!(out, "      {row}");
        }
    }
    out
}
