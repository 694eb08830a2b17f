//! `audit.jsonl`: who did what, when, on which files, with counts. Lines are only ever added.

use std::{
    fs::{File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::folder;
use crate::error::{Error, Result};

/// The audit log beside the pipelines' homes, open: what cannot be logged is not begun.
pub struct AuditLog {
    file: File,
    path: PathBuf,
}

impl AuditLog {
    /// Opens the log of an output folder.
    pub fn open(out: &Path) -> Result<AuditLog> {
        folder::create(out)?;
        let path = out.join("audit.jsonl");
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(folder::FILE_MODE)
            .open(&path)
            .map_err(Error::io("open the audit log", &path))?;
        folder::set_mode(&path, folder::FILE_MODE)?;
        Ok(AuditLog { file, path })
    }

    /// Adds a line, in one piece, whoever else adds one at the same time.
    pub fn add(&self, entry: &serde_json::Value) -> Result<()> {
        let line = format!("{entry}\n");
        let written = (&self.file).write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(Error::io("write the audit log", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_and_none_is_lost() {
        let out = tempfile::tempdir().unwrap();
        let (one, two) = (AuditLog::open(out.path()).unwrap(), AuditLog::open(out.path()).unwrap());
        for (log, n) in [(&one, 1), (&two, 2), (&one, 3)] {
            log.add(&serde_json::json!({ "n": n, "said": "a\nb" })).unwrap();
        }
        let text = std::fs::read_to_string(out.path().join("audit.jsonl")).unwrap();
        let numbers: Vec<i64> = text
            .lines()
            .map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap()["n"].as_i64().unwrap())
            .collect();
        assert_eq!(numbers, [1, 2, 3]);
    }
}
