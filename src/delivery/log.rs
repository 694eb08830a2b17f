//! `delivery/log.jsonl`: what was sent, what could not be, what was recalled. Lines are only ever
//! added. Files, hashes and units: no person.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lists::FOLDER;
use crate::{
    disk,
    error::{Error, Result},
    history::{BatchNumber, RecipientKind},
};

crate::labelled! {
    /// The kinds of ways to a recipient.
    pub enum Via {
        Outbox = "outbox", "共享目录";
        Command = "command", "投递程序";
    }
}

crate::labelled! {
    /// Why a list could not be delivered.
    pub enum Reason {
        OutboxMissing = "outbox-missing", "共享目录不存在（可能未挂载）";
        Unwritable = "unwritable", "写入失败";
        Differs = "differs", "接收目录已有同名文件，内容不同";
        Changed = "changed", "名单文件与发布时不一致";
        Unreadable = "unreadable", "名单文件读不出";
        CommandFailed = "command-failed", "投递程序失败";
        CommandTimedOut = "command-timed-out", "投递程序超时";
    }
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    Sent(Receipt),
    Failed(Failure),
    Recalled(Recall),
}

/// A list that was delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub batch: BatchNumber,
    pub recipient: String,
    pub name: String,
    pub kind: RecipientKind,
    /// RFC 3339.
    pub at: String,
    pub via: Via,
    /// The folder, or the program.
    pub to: String,
    pub files: Vec<SentFile>,
    /// Rows that ask for an answer.
    pub lines: usize,
    /// The last day on which answers are in time.
    pub due: NaiveDate,
}

/// A file of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// Relative to the run's folder.
    pub path: String,
    /// What it is called where it went.
    pub name: String,
    pub sha256: String,
}

/// A list that could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub batch: BatchNumber,
    pub recipient: String,
    pub name: String,
    pub kind: RecipientKind,
    pub at: String,
    pub via: Via,
    pub to: String,
    pub reason: Reason,
    /// What the system said.
    pub detail: String,
}

/// A list that counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    pub batch: BatchNumber,
    pub recipient: String,
    pub at: String,
    pub because: String,
}

/// Where a home's log is.
fn path(home: &Path) -> PathBuf {
    home.join(FOLDER).join("log.jsonl")
}

/// Every event of a home, oldest first. A line that a killed process left unfinished is none.
pub fn read(home: &Path) -> Result<Vec<Event>> {
    let path = path(home);
    match fs::read(&path) {
        Ok(bytes) => {
            let lines = bytes.split(|it| *it == b'\n');
            Ok(lines.filter_map(|it| serde_json::from_slice(it).ok()).collect())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(Error::Io { doing: "read the delivery log", path, source }),
    }
}

/// Adds an event and waits until the disk has it.
pub fn add(home: &Path, event: &Event) -> Result<()> {
    let path = path(home);
    disk::create(&home.join(FOLDER))?;
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .mode(disk::FILE_MODE)
        .open(&path)
        .map_err(Error::io("open the delivery log", &path))?;
    disk::set_mode(&path, disk::FILE_MODE)?;
    let failed = Error::io("write the delivery log", &path);
    let text = serde_json::to_string(event)
        .map_err(|error| Error::Write { path: path.clone(), reason: error.to_string() })?;
    try_add(&mut file, &text).map_err(failed)?;
    disk::sync(&home.join(FOLDER))
}

fn try_add(file: &mut File, text: &str) -> std::io::Result<()> {
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    // What a killed process began is left as it is, on a line of its own.
    let before = if last == [b'\n'] { "" } else { "\n" };
    file.write_all(format!("{before}{text}\n").as_bytes())?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn recall(batch: &str) -> Event {
        let batch = BatchNumber::parse(batch).unwrap();
        let (at, because) = ("2023-12-21T08:00:00+08:00".into(), "口径\n有误".into());
        Event::Recalled(Recall { recipient: batch.recipient.clone(), batch, at, because })
    }

    #[test]
    fn events_are_read_as_they_were_added_and_are_the_owners_only() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(read(home.path()).unwrap(), []);
        let events = ["2023-12-20-tax", "2023-12-20.2-430923109"].map(recall);
        events.iter().for_each(|it| add(home.path(), it).unwrap());
        assert_eq!(read(home.path()).unwrap(), events);
        let mode = |it: &Path| fs::metadata(it).unwrap().permissions().mode() & 0o777;
        let modes = [mode(&path(home.path())), mode(&home.path().join(FOLDER))];
        assert_eq!(modes, [0o600, 0o700]);
        let text = fs::read_to_string(path(home.path())).unwrap();
        assert!(text.starts_with("{\"event\":\"recalled\",\"batch\":\"2023-12-20-tax\""), "{text}");
    }

    #[test]
    fn a_torn_last_line_is_no_event_and_spoils_none() {
        let home = tempfile::tempdir().unwrap();
        let events = ["2023-12-20-tax", "2023-12-21-tax", "2023-12-22-tax"].map(recall);
        add(home.path(), &events[0]).unwrap();
        add(home.path(), &events[1]).unwrap();
        let text = fs::read_to_string(path(home.path())).unwrap();
        // The third byte from the end is within the last text; the last is the end of the line.
        for torn in [text.len() - 3, text.len() - 1] {
            fs::write(path(home.path()), &text[..torn]).unwrap();
            let known = read(home.path()).unwrap().len();
            add(home.path(), &events[2]).unwrap();
            let read = read(home.path()).unwrap();
            assert_eq!((read.len(), &read[0]), (known + 1, &events[0]));
            assert_eq!(read.last(), Some(&events[2]));
        }
    }
}
