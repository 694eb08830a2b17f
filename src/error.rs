//! Why a run could not go on.

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Lang, Message};

/// A reason to stop. Bad data is not one: that is a [`Diagnostic`], and output.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration cannot be used; `shown` has the place with its line.
    #[error("{}", .what.en)]
    Config { file: PathBuf, what: Message, shown: String, help: Message },
    /// The command line asks for something that is not there.
    #[error("{}", .0.en)]
    Usage(Message),
    /// What was asked about is not in the run.
    #[error("{}", .0.en)]
    NotFound(Message),
    /// The inputs cannot be used at all.
    #[error("the inputs cannot be used: {} problem(s)", .0.len())]
    Inputs(Vec<Diagnostic>),
    /// Another run holds the lock.
    #[error("another run holds the lock {}", .0.display())]
    Locked(PathBuf),
    /// The file system refused.
    #[error("{doing}: {}: {source}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    /// A file we write could not be made.
    #[error("cannot write {}: {reason}", .path.display())]
    Write { path: PathBuf, reason: String },
    /// A published file could not be read back.
    #[error("cannot read {}: {reason}", .path.display())]
    Read { path: PathBuf, reason: String },
}

/// A result that can stop the run.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The process's exit status: 2 wrong usage or configuration, 4 locked, else 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Config { .. } | Error::Usage(_) => 2,
            Error::Locked(_) => 4,
            Error::NotFound(_)
            | Error::Inputs(_)
            | Error::Io { .. }
            | Error::Write { .. }
            | Error::Read { .. } => 1,
        }
    }

    /// An [`Error::Io`] from what was being done and where.
    pub fn io(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::Io { doing, path, source }
    }

    /// The error as an operator reads it.
    pub fn show(&self, lang: Lang) -> String {
        match (self, lang) {
            (Error::Config { file, what, shown, help }, _) => {
                let (word, remedy) = match lang {
                    Lang::Zh => ("配置错误", "办法"),
                    Lang::En => ("configuration error", "help"),
                };
                let file = file.display();
                let what = what.say(lang);
                format!("{word}: {what}\n  --> {file}\n{shown}   = {remedy}: {}", help.say(lang))
            }
            (Error::Usage(message) | Error::NotFound(message), _) => message.say(lang).to_string(),
            (Error::Inputs(problems), _) => {
                problems.iter().map(|it| it.show(lang)).collect::<Vec<_>>().join("\n")
            }
            (Error::Locked(path), Lang::Zh) => {
                format!("另一个任务正在运行（锁文件 {}）；请等它结束后再试", path.display())
            }
            (Error::Locked(path), Lang::En) => {
                format!(
                    "another run holds the lock {}; try again when it has ended",
                    path.display()
                )
            }
            (Error::Io { path, source, .. }, Lang::Zh) => {
                format!("读写失败：{}：{source}", path.display())
            }
            (Error::Write { path, reason }, Lang::Zh) => {
                format!("无法写出 {}：{reason}", path.display())
            }
            (Error::Read { path, reason }, Lang::Zh) => {
                format!("无法读取 {}：{reason}", path.display())
            }
            (other, Lang::En) => other.to_string(),
        }
    }
}
