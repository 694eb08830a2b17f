//! The one place that writes: beside the final place, for the owner's eyes only, moved whole.
//!
//! A run killed at any moment leaves the previous run and `latest` as they were; what it left
//! behind is removed by the next one.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use chrono::NaiveDate;

use super::{HandedOut, Published};
pub(super) use crate::disk::{FILE_MODE, create, names, set_mode, sha256};
use crate::{
    disk::{sync, write_new},
    error::{Error, Result},
    history::{self, RunName},
};

/// What the names of unfinished runs begin with.
const STAGING: &str = ".staging-";
/// The figures of a run, in its folder until they are in the history.
const HISTORY: &str = ".history.parquet";
/// The link to be, before it takes the place of `latest`.
const NEXT_LATEST: &str = ".latest-next";

/// A file of a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Written {
    /// Relative to the run's folder.
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A run that is being written.
pub struct Staging {
    /// The pipeline's folder.
    home: PathBuf,
    /// Where the run is written.
    folder: PathBuf,
    /// What it will be called. The lock sees to it that nobody takes the name.
    run: RunName,
    written: Mutex<Vec<Written>>,
    handed_out: Mutex<Vec<HandedOut>>,
}

impl Staging {
    /// Clears what killed runs left and starts a new run beside its final place.
    pub(super) fn begin(out: &Path, pipeline: &str, as_of: NaiveDate) -> Result<Staging> {
        let home = out.join(pipeline);
        create(&home)?;
        clear(&home)?;
        let folder = home.join(format!("{STAGING}{}", std::process::id()));
        create(&folder)?;
        let run = free_name(&home, as_of)?;
        Ok(Staging { home, folder, run, written: Mutex::default(), handed_out: Mutex::default() })
    }

    /// What the run will be called.
    pub(super) fn run(&self) -> RunName {
        self.run
    }

    /// Writes one file, creating the folder it is in, and waits until the disk has it.
    pub(super) fn write(&self, path: &str, content: &[u8]) -> Result<()> {
        self.put(path, content)?;
        let sha256 = sha256(content);
        let written = Written { path: path.to_string(), bytes: content.len() as u64, sha256 };
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push(written);
        Ok(())
    }

    /// Writes the run's file of the history, which is no part of the run.
    pub(super) fn write_history(&self, content: &[u8]) -> Result<()> {
        self.put(HISTORY, content)
    }

    fn put(&self, path: &str, content: &[u8]) -> Result<()> {
        let place = self.folder.join(path);
        let parent = place.parent().unwrap_or(&self.folder);
        create(parent)?;
        write_new(&place, content)
    }

    /// What has been written so far, in the order of paths.
    pub(super) fn written(&self) -> Vec<Written> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner).clone();
        written.sort();
        written
    }

    /// Notes what stands on a list.
    pub(super) fn hand_out(&self, list: HandedOut) {
        self.handed_out.lock().unwrap_or_else(PoisonError::into_inner).push(list);
    }

    /// The lists so far: townships, then departments, in the order of codes.
    pub(super) fn handed_out(&self) -> Vec<HandedOut> {
        let mut lists = self.handed_out.lock().unwrap_or_else(PoisonError::into_inner).clone();
        lists.sort_by(|a, b| (a.kind, &a.recipient).cmp(&(b.kind, &b.recipient)));
        lists
    }

    /// Moves the run to its place by one rename and its figures to the history, then lets `latest`
    /// point to it.
    pub(super) fn finish(self) -> Result<Published> {
        sync_folders(&self.folder)?;
        let name = self.run.to_string();
        let folder = self.home.join(&name);
        fs::rename(&self.folder, &folder).map_err(Error::io("move the run into place", &folder))?;
        sync(&self.home)?;
        link_latest(&self.home, &name)?;
        move_history(&self.home)?;
        Ok(Published { folder, files: self.written() })
    }
}

/// Moves the figures of published runs to the history: of the run just moved into place, and of one
/// that was killed between both moves.
fn move_history(home: &Path) -> Result<()> {
    let kept = home.join(history::FOLDER);
    for run in names(home)?.iter().filter_map(|it| RunName::parse(it)) {
        let from = home.join(run.to_string()).join(HISTORY);
        if !from.is_file() {
            continue;
        }
        create(&kept)?;
        let to = kept.join(format!("{run}.parquet"));
        fs::rename(&from, &to).map_err(Error::io("move the figures into the history", &to))?;
        sync(&kept)?;
    }
    Ok(())
}

/// Removes what killed runs left. The lock sees to it that nobody is still writing there.
fn clear(home: &Path) -> Result<()> {
    for name in names(home)? {
        let path = home.join(&name);
        if name.starts_with(STAGING) {
            fs::remove_dir_all(&path).map_err(Error::io("remove an unfinished run", &path))?;
        } else if name == NEXT_LATEST {
            fs::remove_file(&path).map_err(Error::io("remove an unfinished link", &path))?;
        }
    }
    // A run that still has its figures was killed before the link pointed to it.
    let has_figures = |name: &String| home.join(name).join(HISTORY).exists();
    let runs = names(home)?.into_iter().filter(has_figures).filter_map(|it| RunName::parse(&it));
    if let Some(run) = runs.max() {
        link_latest(home, &run.to_string())?;
    }
    move_history(home)
}

/// Lets `latest` point to a run.
fn link_latest(home: &Path, name: &str) -> Result<()> {
    let (next, latest) = (home.join(NEXT_LATEST), home.join("latest"));
    symlink(name, &next).map_err(Error::io("link to the run", &next))?;
    fs::rename(&next, &latest).map_err(Error::io("replace the link", &latest))?;
    sync(home)
}

/// Removes a run. It is out of its place by one rename, so that nobody meets half of it; what a
/// killed process leaves is cleared like an unfinished run.
pub(super) fn remove(home: &Path, run: &Path) -> Result<()> {
    let name = run.file_name().unwrap_or_default().to_string_lossy();
    let aside = home.join(format!("{STAGING}purged-{name}"));
    fs::rename(run, &aside).map_err(Error::io("remove a run", run))?;
    fs::remove_dir_all(&aside).map_err(Error::io("remove a run", &aside))
}

/// The date, or with `.2`, `.3` … where the date has been published before, also if that run has
/// been purged: a name is given once.
fn free_name(home: &Path, as_of: NaiveDate) -> Result<RunName> {
    let names = names(home)?;
    let runs = names.iter().filter_map(|it| RunName::parse(it));
    Ok(RunName::next(as_of, runs.chain(history::runs(home)?)))
}

/// Waits until the disk knows the entries of a folder and of those in it.
fn sync_folders(folder: &Path) -> Result<()> {
    for name in names(folder)? {
        let path = folder.join(name);
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    sync(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn run(out: &Path, content: &str) -> Published {
        let staging = Staging::begin(out, "p", day("2023-12-20")).unwrap();
        staging.write("a/b.txt", content.as_bytes()).unwrap();
        staging.finish().unwrap()
    }

    #[test]
    fn a_second_run_of_a_date_stands_beside_the_first_and_is_the_latest() {
        let out = tempfile::tempdir().unwrap();
        let names: Vec<String> = ["one", "two", "three"]
            .map(|it| run(out.path(), it).folder.file_name().unwrap().to_str().unwrap().into())
            .into();
        assert_eq!(names, ["2023-12-20", "2023-12-20.2", "2023-12-20.3"]);
        let read = |path: &str| fs::read_to_string(out.path().join("p").join(path)).unwrap();
        assert_eq!(read("2023-12-20/a/b.txt"), "one");
        assert_eq!(read("latest/a/b.txt"), "three");
        let link = fs::read_link(out.path().join("p/latest")).unwrap();
        assert_eq!(link.to_str(), Some("2023-12-20.3"), "the link survives moving the folder");
    }

    #[test]
    fn an_unfinished_run_is_invisible_and_cleared_by_the_next() {
        let out = tempfile::tempdir().unwrap();
        run(out.path(), "one");
        let killed = Staging::begin(out.path(), "p", day("2023-12-20")).unwrap();
        killed.write("a/b.txt", b"half").unwrap();
        symlink("2023-12-21", out.path().join("p/.latest-next")).unwrap();
        assert_eq!(fs::read_to_string(out.path().join("p/latest/a/b.txt")).unwrap(), "one");
        run(out.path(), "two");
        assert_eq!(names(&out.path().join("p")).unwrap(), ["2023-12-20", "2023-12-20.2", "latest"]);
    }

    #[test]
    fn the_figures_go_to_the_history_also_of_a_run_that_was_killed_right_after_its_move() {
        let out = tempfile::tempdir().unwrap();
        let kept = out.path().join("p/history");
        let staging = Staging::begin(out.path(), "p", day("2023-12-20")).unwrap();
        staging.write_history(b"one").unwrap();
        assert!(!kept.exists(), "a run that is not published has no history");
        let published = staging.finish().unwrap();
        assert_eq!((published.files, names(&published.folder).unwrap()), (vec![], vec![]));
        fs::create_dir(out.path().join("p/2023-12-21")).unwrap();
        fs::write(out.path().join("p/2023-12-21/.history.parquet"), "two").unwrap();
        Staging::begin(out.path(), "p", day("2023-12-22")).unwrap();
        let link = fs::read_link(out.path().join("p/latest")).unwrap();
        assert_eq!(link.to_str(), Some("2023-12-21"), "what was published is the latest");
        assert_eq!(names(&kept).unwrap(), ["2023-12-20.parquet", "2023-12-21.parquet"]);
        assert_eq!(fs::read(kept.join("2023-12-21.parquet")).unwrap(), b"two");
    }

    #[test]
    fn the_name_of_a_purged_run_is_not_given_again() {
        let out = tempfile::tempdir().unwrap();
        let staging = Staging::begin(out.path(), "p", day("2023-12-20")).unwrap();
        staging.write_history(b"one").unwrap();
        let folder = staging.finish().unwrap().folder;
        fs::remove_dir_all(folder).unwrap();
        assert_eq!(run(out.path(), "two").folder.file_name().unwrap(), "2023-12-20.2");
        assert_eq!(fs::read(out.path().join("p/history/2023-12-20.parquet")).unwrap(), b"one");
    }

    #[test]
    fn what_was_written_is_listed_with_its_hash() {
        let out = tempfile::tempdir().unwrap();
        let files = run(out.path(), "abc").files;
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let expected = Written { path: "a/b.txt".into(), bytes: 3, sha256: hash.into() };
        assert_eq!(files, [expected]);
    }
}
