//! The audit log as the command line keeps it: the line before an act and the line after it.
//!
//! Files, hashes, counts and folders; never an id or a name of a person.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::{
    error::{Error, Result},
    explain::RunFacts,
    publish::AuditLog,
};

/// An act that is being logged.
pub(super) struct Act {
    log: AuditLog,
    /// What its lines share.
    about: Value,
}

impl Act {
    /// Logs that an act begins. A killed process leaves this line and no other.
    pub(super) fn begin(out: &Path, act: &str, what: Value) -> Result<Act> {
        let log = AuditLog::open(out)?;
        let mut about = json!({ "act": act, "process": std::process::id() });
        merge(&mut about, &what);
        let act = Act { log, about };
        act.add("began", json!({ "user": user(), "version": env!("CARGO_PKG_VERSION") }))?;
        Ok(act)
    }

    /// Logs that the people of a published run are about to be read.
    pub(super) fn reading(run: &Path, act: &str, what: Value) -> Result<Act> {
        let facts = RunFacts::read(run)?;
        let run = run.canonicalize().map_err(Error::io("find the run", run))?;
        let mut about = json!({ "run": run });
        merge(&mut about, &what);
        Act::begin(&out_of(&run, &facts.pipeline), act, about)
    }

    /// Logs how it ended.
    pub(super) fn end(&self, status: u8, result: Value) -> Result<()> {
        let mut more = json!({ "status": status });
        merge(&mut more, &result);
        self.add("ended", more)
    }

    fn add(&self, event: &str, more: Value) -> Result<()> {
        let mut line = json!({ "time": super::now(), "event": event });
        merge(&mut line, &self.about);
        merge(&mut line, &more);
        self.log.add(&line)
    }
}

/// The output folder that a run lies in. A run that was taken out of its pipeline's home has none:
/// then the folder it lies in.
fn out_of(run: &Path, pipeline: &str) -> PathBuf {
    let home = run.parent().unwrap_or(run);
    let is_home = home.file_name().is_some_and(|it| it == pipeline);
    home.parent().filter(|_| is_home).unwrap_or(home).to_path_buf()
}

fn merge(to: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        to[key] = value.clone();
    }
}

/// Who the process is run by: the account as the system has it, not as the environment claims.
fn user() -> String {
    let Ok(uid) = fs::metadata("/proc/self").map(|it| it.uid().to_string()) else {
        return String::new();
    };
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let is_ours = |line: &&str| line.split(':').nth(2) == Some(uid.as_str());
    let name = accounts.lines().find(is_ours).and_then(|line| line.split(':').next());
    name.map_or(uid.clone(), str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_logged_beside_its_pipelines_home_and_a_copy_beside_itself() {
        let out = |run: &str| out_of(Path::new(run), "one").display().to_string();
        assert_eq!(out("/data/runs/one/2023-12-20"), "/data/runs");
        assert_eq!(out("/home/me/2023-12-20"), "/home/me");
        assert_eq!(out("/"), "/");
    }
}
