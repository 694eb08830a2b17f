//! What is wrong with the data, and where: output, not an error.

use std::fmt;

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub zh: String,
    pub en: String,
}

impl Message {
    /// A sentence, said twice.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    /// The word shown before the code.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Severity::Note, Lang::Zh) => "提示",
            (Severity::Note, Lang::En) => "note",
            (Severity::Warning, Lang::Zh) => "警告",
            (Severity::Warning, Lang::En) => "warning",
            (Severity::Error, Lang::Zh) => "错误",
            (Severity::Error, Lang::En) => "error",
        }
    }
}

/// The spot a diagnostic points at; what is not known is empty or 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The source's name in `pipeline.toml`.
    pub source: String,
    pub file: String,
    pub sheet: String,
    /// As a person opening the file counts it, from 1.
    pub row: u32,
    /// The header of the column, as found.
    pub column: String,
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}", if self.file.is_empty() { &self.source } else { &self.file })?;
        if !self.sheet.is_empty() {
            write!(to, "[{}]", self.sheet)?;
        }
        if self.row > 0 {
            write!(to, ":{}", self.row)?;
        }
        if !self.column.is_empty() {
            write!(to, ":{}", self.column)?;
        }
        Ok(())
    }
}

/// One thing that is wrong with the inputs: what, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `D` and three digits; a code once used keeps its meaning (see `docs/diagnostics.md`).
    pub code: &'static str,
    pub severity: Severity,
    pub place: Place,
    /// What is wrong.
    pub what: Message,
    /// The value as found; empty where there is none to show, or where it may name a person.
    pub value: String,
    /// What to do.
    pub help: Message,
}

impl Diagnostic {
    /// The diagnostic as lines of text.
    pub fn show(&self, lang: Lang) -> String {
        let word = self.severity.word(lang);
        let mut shown =
            format!("{word}[{}]: {}\n  --> {}", self.code, self.what.say(lang), self.place);
        if !self.value.is_empty() {
            shown.push_str(&format!("\n   | \"{}\"", self.value));
        }
        let help = match lang {
            Lang::Zh => "办法",
            Lang::En => "help",
        };
        shown.push_str(&format!("\n   = {help}: {}", self.help.say(lang)));
        shown
    }
}
