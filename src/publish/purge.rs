//! Old runs removed: never the newest, never the one `latest` points to; history stays.
//!
//! Removed is only what is certainly a run of this home: a real folder, named as a run is, whose
//! manifest is of that day. Everything else is left alone and no link is followed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{Datelike, Days, NaiveDate};
use rustc_hash::FxHashSet;

use super::{Lock, folder};
use crate::{
    delivery,
    diagnostic::Message,
    error::{Error, Result},
    history::RunName,
};

/// What an operator wants kept.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// The day from which ages are counted.
    pub as_of: NaiveDate,
    /// Runs of at most so many days ago stay.
    pub days: u64,
    /// So many of the newest runs stay, however old.
    pub newest: usize,
    /// Whether the last run of each month stays.
    pub months: bool,
}

/// What of the manifest is needed.
#[derive(serde::Deserialize)]
struct Manifest {
    as_of: NaiveDate,
}

/// Removes old runs from a pipeline's home and answers with them, oldest first. With `is_dry`
/// nothing is removed. Nobody publishes there meanwhile.
pub fn purge(home: &Path, keep: Keep, is_dry: bool) -> Result<Vec<PathBuf>> {
    if home.is_dir() && runs(home)?.is_empty() {
        return Ok(Vec::new());
    }
    let _lock = lock(home)?;
    let runs = runs(home)?;
    let old = old(&runs, latest(home), keep);
    let folders: Vec<PathBuf> = old.iter().map(|it| home.join(it.to_string())).collect();
    if !is_dry {
        folders.iter().try_for_each(|it| folder::remove(home, it))?;
        if let Some(before) = keep.as_of.checked_sub_days(Days::new(keep.days)) {
            delivery::forget(home, before)?;
        }
    }
    Ok(folders)
}

fn lock(home: &Path) -> Result<Lock> {
    // `.` has a name too.
    let whole = home.canonicalize().ok().filter(|it| it.is_dir());
    let parts = whole.as_deref().and_then(|it| it.parent().zip(it.file_name()?.to_str()));
    let (out, pipeline) = parts.ok_or_else(|| {
        Error::Usage(Message::new(
            format!("{} 不是流水线的结果文件夹，例如 runs/lengshi", home.display()),
            format!("{} is no folder of a pipeline's runs, such as runs/lengshi", home.display()),
        ))
    })?;
    Lock::take(out, pipeline)
}

/// The runs in a home, in order.
fn runs(home: &Path) -> Result<Vec<RunName>> {
    let names = folder::names(home)?;
    let runs = names.iter().filter_map(|it| RunName::parse(it));
    let mut runs: Vec<RunName> = runs.filter(|it| is_run(home, *it)).collect();
    runs.sort();
    Ok(runs)
}

fn is_run(home: &Path, run: RunName) -> bool {
    let folder = home.join(run.to_string());
    let manifest = folder.join("manifest.json");
    // Of the thing itself, not of what a link points to.
    let is_folder = fs::symlink_metadata(&folder).is_ok_and(|it| it.is_dir());
    let is_file = || fs::symlink_metadata(&manifest).is_ok_and(|it| it.is_file());
    let says = || serde_json::from_slice::<Manifest>(&fs::read(&manifest).ok()?).ok();
    is_folder && is_file() && says().is_some_and(|it| it.as_of == run.as_of)
}

fn latest(home: &Path) -> Option<RunName> {
    RunName::parse(fs::read_link(home.join("latest")).ok()?.file_name()?.to_str()?)
}

/// Those that may go; `runs` are in order.
fn old(runs: &[RunName], latest: Option<RunName>, keep: Keep) -> Vec<RunName> {
    let newest = runs.len().saturating_sub(keep.newest.max(1));
    let mut kept: FxHashSet<RunName> = runs[newest..].iter().copied().chain(latest).collect();
    if keep.months {
        let month = |it: &RunName| (it.as_of.year(), it.as_of.month());
        let of_months = runs.chunk_by(|one, two| month(one) == month(two));
        kept.extend(of_months.filter_map(<[RunName]>::last));
    }
    let oldest = keep.as_of.checked_sub_days(Days::new(keep.days)).unwrap_or(NaiveDate::MIN);
    runs.iter().filter(|it| it.as_of < oldest && !kept.contains(it)).copied().collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn keep(as_of: &str, days: u64) -> Keep {
        Keep { as_of: day(as_of), days, newest: 1, months: false }
    }

    fn publish(home: &Path, run: &str) {
        fs::create_dir_all(home.join(run).join("townships")).unwrap();
        let manifest = format!("{{\"as_of\": \"{}\"}}", &run[..10]);
        fs::write(home.join(run).join("manifest.json"), manifest).unwrap();
        fs::write(home.join(run).join("townships/a.xlsx"), "").unwrap();
    }

    fn home_of(runs: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let out = tempfile::tempdir().unwrap();
        let home = out.path().join("p");
        runs.iter().for_each(|it| publish(&home, it));
        (out, home)
    }

    fn removed(home: &Path, keep: Keep) -> Vec<String> {
        let folders = purge(home, keep, false).unwrap();
        assert!(!folders.iter().any(|it| it.exists()));
        folders.iter().map(|it| it.file_name().unwrap().to_str().unwrap().into()).collect()
    }

    #[test]
    fn a_run_of_exactly_so_many_days_ago_stays() {
        let runs = ["2023-12-09", "2023-12-10", "2023-12-11", "2023-12-20"];
        let (_out, home) = home_of(&runs);
        assert_eq!(removed(&home, keep("2023-12-20", 10)), ["2023-12-09"]);
        assert_eq!(removed(&home, keep("2023-12-20", 9)), ["2023-12-10"]);
        assert!(home.join("2023-12-11/townships/a.xlsx").is_file());
    }

    #[test]
    fn the_newest_and_what_latest_points_to_stay_however_old() {
        let (_out, home) = home_of(&["2023-01-01", "2023-01-02", "2023-01-02.2", "2023-01-03"]);
        symlink("2023-01-02", home.join("latest")).unwrap();
        assert_eq!(removed(&home, keep("2024-12-31", 0)), ["2023-01-01", "2023-01-02.2"]);
        assert!(home.join("latest/manifest.json").is_file() && home.join("2023-01-03").is_dir());
    }

    #[test]
    fn so_many_of_the_newest_stay() {
        let (_out, home) = home_of(&["2023-01-01", "2023-01-02", "2023-01-02.10", "2023-01-02.2"]);
        let keep = Keep { newest: 2, ..keep("2024-12-31", 0) };
        assert_eq!(removed(&home, keep), ["2023-01-01", "2023-01-02"]);
    }

    #[test]
    fn the_last_run_of_each_month_stays_unless_all_are_to_go() {
        let runs = ["2022-12-31", "2023-11-29", "2023-11-30", "2023-11-30.2", "2023-12-01"];
        let (_out, home) = home_of(&runs);
        let months = Keep { months: true, ..keep("2024-12-31", 0) };
        assert_eq!(removed(&home, months), ["2023-11-29", "2023-11-30"]);
        let all = removed(&home, keep("2024-12-31", 0));
        assert_eq!(all, ["2022-12-31", "2023-11-30.2"]);
    }

    #[test]
    fn what_is_no_run_of_this_home_is_left_alone() {
        let (_out, home) = home_of(&["2023-01-01", "2023-12-31"]);
        let elsewhere = tempfile::tempdir().unwrap();
        publish(elsewhere.path(), "2023-01-02");
        symlink(elsewhere.path().join("2023-01-02"), home.join("2023-01-02")).unwrap();
        symlink(elsewhere.path(), home.join("2023-01-01/townships/out")).unwrap();
        publish(&home, "2023-01-03-of-mine");
        fs::create_dir(home.join("2023-01-04")).unwrap();
        fs::create_dir(home.join("2023-01-05")).unwrap();
        fs::write(home.join("2023-01-05/manifest.json"), "{\"as_of\": \"2023-01-06\"}").unwrap();
        fs::create_dir(home.join("history")).unwrap();
        fs::write(home.join("history/2023-01-01.parquet"), "").unwrap();
        assert_eq!(removed(&home, keep("2024-12-31", 0)), ["2023-01-01"]);
        for it in ["2023-01-02", "2023-01-03-of-mine", "2023-01-04", "2023-01-05", "2023-12-31"] {
            assert!(home.join(it).exists(), "{it}");
        }
        assert!(home.join("history/2023-01-01.parquet").is_file());
        assert!(elsewhere.path().join("2023-01-02/townships/a.xlsx").is_file());
        assert!(!home.join(".staging-purged-2023-01-01").exists());
    }

    #[test]
    fn a_rehearsal_removes_nothing_and_a_running_job_is_waited_for() {
        let (out, home) = home_of(&["2023-01-01", "2023-12-31"]);
        let keep = keep("2024-12-31", 0);
        assert_eq!(purge(&home, keep, true).unwrap(), [home.join("2023-01-01")]);
        assert!(home.join("2023-01-01").is_dir());
        let lock = Lock::take(out.path(), "p").unwrap();
        assert_eq!(purge(&home, keep, false).unwrap_err().exit_code(), 4);
        drop(lock);
        assert_eq!(purge(&out.path().join("q"), keep, false).unwrap_err().exit_code(), 2);
        assert!(!out.path().join("q").exists());
    }
}
