//! Somebody else's program, called for a limited time: an operator's hook, a way to send lists.

use std::{
    fmt,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};

/// How long a program that was told to end may take for it.
const GRACE: Duration = Duration::from_secs(5);
/// How often it is looked whether a program has ended, at most.
const LOOK: Duration = Duration::from_millis(50);

/// What went wrong with a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It could not be started: why.
    NotStarted(String),
    /// It ended with another exit status than 0, or by a signal.
    Failed(ExitStatus),
    /// It took longer than so many seconds and was ended.
    TimedOut(u64),
}

impl fmt::Display for Fault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotStarted(why) => write!(to, "{why}"),
            Fault::Failed(status) => write!(to, "{status}"),
            Fault::TimedOut(seconds) => write!(to, "no end after {seconds} s"),
        }
    }
}

/// Calls a program with its arguments, no shell between, and waits for it. `told` is added to its
/// environment. After `limit` it is ended, with every program that it has started in its group.
/// Nothing is done where the command is empty.
pub fn call(command: &[String], told: &[(&str, String)], limit: Duration) -> Result<(), Fault> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let mut command = Command::new(program);
    // What it says is for the operator; standard output is our own.
    command.args(arguments).stdin(Stdio::null()).stdout(std::io::stderr()).process_group(0);
    command.envs(told.iter().map(|(name, value)| (name, value)));
    let mut child = command.spawn().map_err(|it| Fault::NotStarted(it.to_string()))?;
    match wait(&mut child, limit).map_err(|it| Fault::NotStarted(it.to_string()))? {
        Some(status) if status.success() => Ok(()),
        Some(status) => Err(Fault::Failed(status)),
        None => {
            end(&mut child);
            Err(Fault::TimedOut(limit.as_secs()))
        }
    }
}

/// How it ended; nothing where it has not after so long.
fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let began = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        let Some(left) = limit.checked_sub(began.elapsed()) else { return Ok(None) };
        thread::sleep(pause.min(left));
        pause = (pause * 2).min(LOOK);
    }
}

/// Ends a program and those it has started: first as one asks, then as one does not.
fn end(child: &mut Child) {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let send = |signal| group.is_some_and(|it| kill_process_group(it, signal).is_ok());
    if send(Signal::TERM) {
        // Whether it obeyed is seen below.
        let _ = wait(child, GRACE);
    }
    // Its children may live on when it does not.
    send(Signal::KILL);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn shell(script: &str, limit: Duration) -> Result<(), Fault> {
        let command = ["sh", "-c", script].map(str::to_string);
        call(&command, &[("BULOU_TEST", "a b".to_string())], limit)
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_program_is_judged_by_its_exit_status() {
        assert_eq!(shell("test \"$BULOU_TEST\" = 'a b'", LONG), Ok(()));
        let failed = shell("exit 7", LONG).unwrap_err();
        assert_eq!(failed.to_string(), "exit status: 7");
        let nobody = call(&["/nowhere/program".to_string()], &[], LONG).unwrap_err();
        assert!(matches!(nobody, Fault::NotStarted(_)), "{nobody}");
        assert_eq!(call(&[], &[], LONG), Ok(()));
    }

    #[test]
    fn a_program_that_hangs_is_ended_with_all_it_has_started() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        // The second program outlives the first unless the whole group is ended.
        let script = format!("(sleep 2; touch {0}) & sleep 30; touch {0}", mark.display());
        let began = Instant::now();
        let fault = shell(&script, Duration::from_millis(200)).unwrap_err();
        assert_eq!(fault, Fault::TimedOut(0));
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        thread::sleep(Duration::from_millis(2500));
        assert!(!fs::exists(&mark).unwrap(), "a child lived on");
    }

    #[test]
    fn a_program_that_will_not_hear_is_ended_all_the_same() {
        let began = Instant::now();
        let fault = shell("trap '' TERM; sleep 60 & wait; sleep 60", Duration::from_millis(200));
        assert_eq!(fault, Err(Fault::TimedOut(0)));
        assert!(began.elapsed() < GRACE + Duration::from_secs(3), "{:?}", began.elapsed());
    }
}
