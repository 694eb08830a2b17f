//! `[delivery]` of `pipeline.toml`: how lists reach their recipients, and until when answers are due.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use chrono::Weekday;
use serde::Deserialize;
use toml::Spanned;

use super::TomlFile;
use crate::{diagnostic::Message, error::Result};

/// How long a recipient has to answer, where a pipeline says nothing.
const DAYS_TO_ANSWER: u32 = 7;
/// How long a command may take for one recipient, where a pipeline says nothing.
const TIMEOUT_SECONDS: u64 = 600;

/// How lists go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Days after sending on the last of which an answer is in time.
    pub days_to_answer: u32,
    /// The runs of these days of the week are sent; every run where there is none.
    pub weekdays: Vec<Weekday>,
    /// How all lists go that have no way of their own.
    pub way: Option<Way>,
    /// How long a command may take for one recipient.
    pub timeout: Duration,
    pub recipients: Vec<Recipient>,
}

/// A way to a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Files are copied into the recipient's folder in this one, which must be there.
    Outbox(PathBuf),
    /// A program and its arguments, called once a recipient.
    Command(Vec<String>),
}

/// `[[delivery.recipient]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// A township's code, a department's code, or `county`.
    pub code: String,
    /// Where the code stands in the file, for a message that shows it.
    pub span: Range<usize>,
    /// Its own way; that of all where there is none.
    pub way: Option<Way>,
    /// Whether it gets anything.
    pub deliver: bool,
}

impl Delivery {
    /// What is said of a recipient by name.
    pub fn recipient(&self, code: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|it| it.code == code)
    }

    /// The way to a recipient; nothing where nothing is to go there.
    pub fn way_to(&self, code: &str) -> Option<&Way> {
        match self.recipient(code) {
            None => self.way.as_ref(),
            Some(it) if it.deliver => it.way.as_ref().or(self.way.as_ref()),
            Some(_) => None,
        }
    }

    /// Whether the lists of a run of that day go out.
    pub fn is_due_on(&self, weekday: Weekday) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&weekday)
    }
}

/// The section as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeliveryToml {
    days_to_answer: Option<u32>,
    #[serde(default)]
    weekdays: Vec<Spanned<String>>,
    outbox: Option<Spanned<PathBuf>>,
    command: Option<Spanned<Vec<String>>>,
    timeout_seconds: Option<Spanned<u64>>,
    #[serde(default)]
    recipient: Vec<RecipientToml>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipientToml {
    code: Spanned<String>,
    outbox: Option<Spanned<PathBuf>>,
    command: Option<Spanned<Vec<String>>>,
    deliver: Option<bool>,
}

impl DeliveryToml {
    /// Checks the section; paths begin where the file lies.
    pub(super) fn check(self, file: &TomlFile) -> Result<Delivery> {
        let weekdays = self.weekdays.iter().map(|it| weekday(file, it));
        let weekdays = weekdays.collect::<Result<Vec<Weekday>>>()?;
        let seconds = self.timeout_seconds.as_ref().map_or(TIMEOUT_SECONDS, |it| *it.get_ref());
        if let Some(given) = self.timeout_seconds.filter(|_| seconds == 0) {
            return Err(file.refuse(
                given.span(),
                Message::new("投递程序没有时间运行", "that leaves a command no time"),
                Message::new("填秒数，或删去该行", "write seconds, or leave it out"),
            ));
        }
        let mut recipients: Vec<Recipient> = Vec::new();
        for raw in self.recipient {
            let recipient = raw.check(file)?;
            if recipients.iter().any(|it| it.code == recipient.code) {
                return Err(file.refuse(
                    recipient.span,
                    Message::new("同一接收单位写了两次", "this recipient stands here twice"),
                    Message::new("删去一处", "remove one of them"),
                ));
            }
            recipients.push(recipient);
        }
        Ok(Delivery {
            days_to_answer: self.days_to_answer.unwrap_or(DAYS_TO_ANSWER),
            weekdays,
            way: way(file, self.outbox, self.command)?,
            timeout: Duration::from_secs(seconds),
            recipients,
        })
    }
}

impl RecipientToml {
    fn check(self, file: &TomlFile) -> Result<Recipient> {
        let span = self.code.span();
        let way = way(file, self.outbox, self.command)?;
        let deliver = self.deliver.unwrap_or(true);
        if way.is_some() && !deliver {
            return Err(file.refuse(
                span,
                Message::new(
                    "写了 deliver = false，又写了投递方式",
                    "deliver = false, and yet a way to deliver",
                ),
                Message::new("只留一个", "keep one of them"),
            ));
        }
        Ok(Recipient { code: self.code.into_inner(), span, way, deliver })
    }
}

fn way(
    file: &TomlFile,
    outbox: Option<Spanned<PathBuf>>,
    command: Option<Spanned<Vec<String>>>,
) -> Result<Option<Way>> {
    let folder = file.path.parent().unwrap_or(Path::new(""));
    match (outbox, command) {
        (Some(_), Some(command)) => Err(file.refuse(
            command.span(),
            Message::new("outbox 和 command 只能写一个", "outbox and command exclude each other"),
            Message::new(
                "留 outbox（复制到共享目录）或 command（调用程序）",
                "keep outbox (a share) or command (a program)",
            ),
        )),
        (Some(outbox), None) => Ok(Some(Way::Outbox(folder.join(outbox.get_ref())))),
        (None, Some(command)) if command.get_ref().is_empty() => Err(file.refuse(
            command.span(),
            Message::new("没有程序", "there is no program"),
            Message::new(
                "写程序及其参数，如 [\"/usr/local/bin/send\", \"--county\"]",
                "write a program and its arguments: [\"/usr/local/bin/send\", \"--county\"]",
            ),
        )),
        (None, Some(command)) => Ok(Some(Way::Command(command.into_inner()))),
        (None, None) => Ok(None),
    }
}

fn weekday(file: &TomlFile, text: &Spanned<String>) -> Result<Weekday> {
    Weekday::from_str(text.get_ref()).map_err(|_| {
        file.refuse(
            text.span(),
            Message::new("没有这个星期几", "there is no such day of the week"),
            Message::new(
                "写 mon、tue、wed、thu、fri、sat 或 sun",
                "write mon, tue, wed, thu, fri, sat or sun",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    fn read(text: &str) -> Result<Delivery> {
        let file = TomlFile { path: "/srv/anhua/pipeline.toml".into(), text: text.into() };
        file.parse::<DeliveryToml>()?.check(&file)
    }

    #[test]
    fn a_recipient_goes_its_own_way_or_that_of_all_or_gets_nothing() {
        let delivery = read(
            "weekdays = [\"mon\", \"thu\"]\noutbox = \"/srv/outbox\"\n\
             [[recipient]]\ncode = \"tax\"\ncommand = [\"send\", \"a b\"]\n\
             [[recipient]]\ncode = \"430923110\"\noutbox = \"own\"\n\
             [[recipient]]\ncode = \"finance\"\ndeliver = false\n\
             [[recipient]]\ncode = \"county\"\n",
        )
        .unwrap();
        let outbox = |path: &str| Some(Way::Outbox(path.into()));
        assert_eq!(delivery.way_to("430923109"), outbox("/srv/outbox").as_ref());
        assert_eq!(delivery.way_to("430923110"), outbox("/srv/anhua/own").as_ref());
        let command = Way::Command(vec!["send".into(), "a b".into()]);
        assert_eq!(delivery.way_to("tax"), Some(&command));
        assert_eq!((delivery.way_to("finance"), delivery.way_to("county").is_some()), (None, true));
        assert_eq!((delivery.days_to_answer, delivery.timeout.as_secs()), (7, 600));
        assert!(delivery.is_due_on(Weekday::Thu) && !delivery.is_due_on(Weekday::Fri));
        assert!(read("").unwrap().is_due_on(Weekday::Fri), "every day where none is named");
    }

    #[test]
    fn what_cannot_be_meant_is_shown_with_its_line() {
        for (text, said) in [
            ("days = 7", " 1 | days = 7"),
            ("days_to_answer = -1", " 1 | days_to_answer = -1"),
            ("weekdays = [\"mon\", \"someday\"]", "\"someday\""),
            ("outbox = \"a\"\ncommand = [\"b\"]", " 2 | command"),
            ("command = []", " 1 | command = []"),
            ("timeout_seconds = 0", " 1 | timeout_seconds = 0"),
            ("[[recipient]]\ncode = \"a\"\n[[recipient]]\ncode = \"a\"", " 4 | code = \"a\""),
            ("[[recipient]]\ncode = \"a\"\ndeliver = false\noutbox = \"x\"", " 2 | code = \"a\""),
            ("[[recipient]]\nname = \"a\"", " 2 | name = \"a\""),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.show(Lang::En).contains(said), "{}", error.show(Lang::En));
        }
    }
}
