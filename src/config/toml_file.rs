//! A TOML file whose every complaint shows the line it is about.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use crate::{
    diagnostic::Message,
    error::{Error, Result},
};

/// A configuration file in memory, kept to show its lines in messages.
#[derive(Clone, Debug)]
pub struct TomlFile {
    pub path: PathBuf,
    pub text: String,
}

impl TomlFile {
    /// Reads the file.
    pub fn open(path: &Path) -> Result<TomlFile> {
        let text = fs::read_to_string(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => Error::Usage(Message::new(
                format!("找不到配置文件 {}；请检查路径，或用 bulou synth 生成示例", path.display()),
                format!("there is no configuration file {}; check the path", path.display()),
            )),
            _ => Error::Io { doing: "read the configuration", path: path.into(), source },
        })?;
        Ok(TomlFile { path: path.into(), text })
    }

    /// The content as a checked type; unknown keys are refused by the types themselves.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(&self.text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let said = error.message().trim().replace('\n', "; ");
            self.refuse(
                span,
                Message::new(format!("不能识别：{said}"), said.clone()),
                Message::new(
                    "按所示行改正；可用的键见 docs/configuration.md",
                    "mend the line shown; docs/configuration.md has every key",
                ),
            )
        })
    }

    /// An error about a stretch of this file.
    pub fn refuse(&self, span: Range<usize>, what: Message, help: Message) -> Error {
        Error::Config { file: self.path.clone(), what, shown: self.snippet(span), help }
    }

    /// The line a stretch of this file starts on, counted from 1.
    pub fn line(&self, span: Range<usize>) -> usize {
        let start = span.start.min(self.text.len());
        self.text[..start].matches('\n').count() + 1
    }

    /// The lines of a stretch with their numbers, and what is meant underlined.
    fn snippet(&self, span: Range<usize>) -> String {
        if span.is_empty() && span.start == 0 {
            return String::new();
        }
        let start = span.start.min(self.text.len());
        let line_start = self.text[..start].rfind('\n').map_or(0, |it| it + 1);
        let line = self.text[line_start..].lines().next().unwrap_or("");
        let number = self.line(span.clone());
        let before = self.text[line_start..start].chars().map(width).sum::<usize>();
        let end = span.end.min(line_start + line.len()).max(start);
        let marked = self.text[start..end].chars().map(width).sum::<usize>().max(1);
        let margin = " ".repeat(number.to_string().len());
        format!(
            " {margin} |\n {number} | {line}\n {margin} | {}{}\n",
            " ".repeat(before),
            "^".repeat(marked)
        )
    }
}

/// How many terminal columns a character takes.
fn width(character: char) -> usize {
    if matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
    {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Fee {
        #[expect(dead_code, reason = "only parsed")]
        amount: i64,
    }

    #[test]
    fn an_unknown_key_is_shown_with_its_line() {
        let file = TomlFile { path: "fee.toml".into(), text: "# 标准\namuont = 380\n".into() };
        let shown = file.parse::<Fee>().unwrap_err().show(crate::diagnostic::Lang::En);
        assert!(shown.contains("fee.toml"), "{shown}");
        assert!(shown.contains(" 2 | amuont = 380"), "{shown}");
        assert!(shown.contains("^^^^^^"), "{shown}");
        assert!(shown.contains("unknown field"), "{shown}");
    }
}
