//! Complaints about the data, gathered where they arise and shortened to what a person reads.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Message, Place, Severity};

/// How many examples of one complaint a source shows; the rest is a count.
const EXAMPLES: usize = 20;

/// One complaint about a cell, before anyone knows how many there are of it.
#[derive(Clone, Debug)]
struct Note {
    row: u32,
    column: String,
    value: String,
}

/// What is complained of, once for all cells it is true of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    pub code: &'static str,
    pub severity: Severity,
    pub what: (&'static str, &'static str),
    pub help: (&'static str, &'static str),
}

/// The complaints of one stretch of rows, the first of each kept as examples.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    found: BTreeMap<&'static str, (Option<Complaint>, u64, Vec<Note>)>,
}

impl Notes {
    /// Adds a complaint about a cell. The value must name no person.
    pub fn add(&mut self, complaint: &Complaint, row: u32, column: &str, value: &str) {
        let (known, count, examples) = self.found.entry(complaint.code).or_default();
        *known = Some(*complaint);
        *count += 1;
        if examples.len() < EXAMPLES {
            let value = value.chars().take(60).collect();
            examples.push(Note { row, column: column.into(), value });
        }
    }

    /// Adds what the rows after these complain of.
    pub fn absorb(&mut self, later: Notes) {
        for (code, (complaint, count, notes)) in later.found {
            let (known, total, examples) = self.found.entry(code).or_default();
            *known = known.or(complaint);
            *total += count;
            let room = EXAMPLES.saturating_sub(examples.len());
            examples.extend(notes.into_iter().take(room));
        }
    }

    /// The complaints as diagnostics of one sheet; `left` counts down the examples that the
    /// source may still show of each code.
    pub fn into_diagnostics(self, place: &Place, left: &mut Examples) -> Vec<Diagnostic> {
        let mut shown = Vec::new();
        for (code, (complaint, count, examples)) in self.found {
            let Some(complaint) = complaint else { continue };
            let room = left.room(code);
            let n_shown = examples.len().min(*room);
            *room -= n_shown;
            for note in examples.into_iter().take(n_shown) {
                let place = Place { row: note.row, column: note.column, ..place.clone() };
                shown.push(complaint.at(place, note.value));
            }
            if count > n_shown as u64 {
                shown.push(complaint.counted(place.clone(), count, n_shown));
            }
        }
        shown
    }
}

/// How many examples of each code one source may still show.
#[derive(Default)]
pub struct Examples(BTreeMap<&'static str, usize>);

impl Examples {
    fn room(&mut self, code: &'static str) -> &mut usize {
        self.0.entry(code).or_insert(EXAMPLES)
    }
}

impl Complaint {
    /// The complaint about one cell.
    pub fn at(&self, place: Place, value: String) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            place,
            what: Message::new(self.what.0, self.what.1),
            value,
            help: Message::new(self.help.0, self.help.1),
        }
    }

    fn counted(&self, place: Place, count: u64, shown: usize) -> Diagnostic {
        let what = Message::new(
            format!("{}：本表共 {count} 处，已列出 {shown} 处", self.what.0),
            format!("{}: {count} in this sheet, {shown} of them shown", self.what.1),
        );
        Diagnostic { what, ..self.at(place, String::new()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    const ODD: Complaint = Complaint {
        code: "D999",
        severity: Severity::Warning,
        what: ("怪", "odd"),
        help: ("改", "mend"),
    };

    #[test]
    fn a_source_shows_twenty_examples_and_then_counts() {
        let (mut first, mut second) = (Notes::default(), Notes::default());
        (1..=15).for_each(|row| first.add(&ODD, row, "日期", "?"));
        (16..=45).for_each(|row| second.add(&ODD, row, "日期", "?"));
        first.absorb(second);
        let mut left = Examples::default();
        let shown = first.clone().into_diagnostics(&Place::default(), &mut left);
        assert_eq!(shown.len(), 21);
        assert_eq!(shown[19].place.row, 20);
        assert!(shown[20].what.say(Lang::En).contains("45 in this sheet, 20 of them shown"));
        assert_eq!(first.into_diagnostics(&Place::default(), &mut left).len(), 1);
    }
}
