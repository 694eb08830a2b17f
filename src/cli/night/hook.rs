//! What an operator wants done after a run: a program, never a shell.

use std::{path::Path, time::Duration};

use chrono::NaiveDate;

use super::Status;
use crate::program;

/// What a hook is told, in its environment.
pub struct Told<'a> {
    pub pipeline: &'a str,
    pub as_of: NaiveDate,
    pub status: Status,
    /// The published folder.
    pub run: Option<&'a Path>,
}

/// Runs a hook and waits for it, so long at most; says what went wrong with it. Nothing is done where
/// there is none.
pub fn call(command: &[String], told: &Told<'_>, limit: Duration) -> Result<(), String> {
    let text = |path: &Path| path.display().to_string();
    let manifest = told.run.map(|it| text(&it.join("manifest.json"))).unwrap_or_default();
    let told = [
        ("BULOU_PIPELINE", told.pipeline.to_string()),
        ("BULOU_AS_OF", told.as_of.to_string()),
        ("BULOU_STATUS", told.status.code().to_string()),
        ("BULOU_RUN", told.run.map(text).unwrap_or_default()),
        ("BULOU_MANIFEST", manifest),
    ];
    let program = command.first().map_or("", String::as_str);
    program::call(command, &told, limit).map_err(|fault| format!("{program}: {fault}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(run: Option<&'a Path>) -> Told<'a> {
        let as_of = "2023-12-20".parse().unwrap();
        Told { pipeline: "p", as_of, status: Status::Held, run }
    }

    const LIMIT: Duration = Duration::from_secs(60);

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|it| it.to_string()).collect()
    }

    #[test]
    fn a_hook_has_its_words_as_they_are_and_what_it_must_know_in_its_environment() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a b; c");
        let script = "env | grep ^BULOU | sort > \"$1\"";
        let command = words(&["sh", "-c", script, "hook", to.to_str().unwrap()]);
        call(&command, &told(Some(Path::new("/runs/p/2023-12-20"))), LIMIT).unwrap();
        assert_eq!(
            std::fs::read_to_string(&to).unwrap(),
            "BULOU_AS_OF=2023-12-20\nBULOU_MANIFEST=/runs/p/2023-12-20/manifest.json\n\
             BULOU_PIPELINE=p\nBULOU_RUN=/runs/p/2023-12-20\nBULOU_STATUS=held\n"
        );
    }

    #[test]
    fn a_hook_that_fails_or_is_not_there_says_so() {
        assert_eq!(call(&[], &told(None), LIMIT), Ok(()));
        let failed = call(&words(&["sh", "-c", "exit 7"]), &told(None), LIMIT).unwrap_err();
        assert!(failed.contains('7'), "{failed}");
        let shell = call(&words(&["echo hello; true"]), &told(None), LIMIT).unwrap_err();
        assert!(shell.starts_with("echo hello; true: "), "{shell}");
    }

    #[test]
    fn a_hook_that_hangs_is_ended_and_says_so() {
        let hook = words(&["sleep", "60"]);
        let hanging = call(&hook, &told(None), Duration::from_millis(100)).unwrap_err();
        assert_eq!(hanging, "sleep: no end after 0 s");
    }
}
