//! Running the program on copies of the samples, and reading what it publishes.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use calamine::{Data, Reader, open_workbook_auto};
use tempfile::TempDir;

/// The day on which the samples are looked at: inside the window.
pub const AS_OF: &str = "2023-12-20";

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program with these arguments, speaking English.
pub fn bulou<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    command.args(args).env("LC_ALL", "C.UTF-8").env_remove("LANG");
    command
}

/// A copy of the pipelines and samples that a test may spoil.
pub struct Town {
    folder: TempDir,
}

/// What a run said, and every file that it published.
struct Night {
    said: String,
    files: Vec<(PathBuf, Vec<u8>)>,
}

/// The night of the untouched samples: half of all tests begin with it, so it is run once.
static NIGHT: OnceLock<Night> = OnceLock::new();

impl Night {
    fn of_samples() -> &'static Night {
        NIGHT.get_or_init(|| {
            let town = Town::new();
            let output = town.run();
            assert!(output.status.success(), "{}", said(&output));
            let run = town.latest();
            let read =
                |it: PathBuf| (it.strip_prefix(&run).unwrap().into(), fs::read(&it).unwrap());
            Night { said: said(&output), files: files(&run).into_iter().map(read).collect() }
        })
    }
}

impl Town {
    pub fn new() -> Town {
        let folder = TempDir::new().expect("a temporary folder");
        for part in ["pipelines", "data-samples/lengshi"] {
            copy(&repository().join(part), &folder.path().join(part));
        }
        Town { folder }
    }

    /// A copy of the samples whose first night is done, and what it said.
    pub fn published() -> (Town, String) {
        let (town, night) = (Town::new(), Night::of_samples());
        let runs = town.out().join("lengshi");
        for (file, bytes) in &night.files {
            let path = runs.join(AS_OF).join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        symlink(AS_OF, runs.join("latest")).unwrap();
        (town, night.said.clone())
    }

    /// A few hundred people in the place of the samples, for what takes many runs.
    pub fn small() -> Town {
        Town::of(300)
    }

    /// So many people in the place of the samples.
    pub fn of(people: u32) -> Town {
        let folder = TempDir::new().expect("a temporary folder");
        copy_pipelines(folder.path());
        let town = Town { folder };
        let data = town.folder.path().join("data-samples/lengshi");
        let (rules, out) = (town.pipeline(), data.to_str().unwrap());
        let people = people.to_string();
        let mut args = vec!["synth", "--county", "430923109", "--people", &people, "--seed", "7"];
        args.extend(["--as-of", AS_OF, "--rules", rules.to_str().unwrap(), "--out", out]);
        let synth = bulou(&args).output().unwrap();
        assert!(synth.status.success(), "{}", said(&synth));
        town
    }

    pub fn pipeline(&self) -> PathBuf {
        self.folder.path().join("pipelines/lengshi")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("runs")
    }

    /// The published folder of the newest run.
    pub fn latest(&self) -> PathBuf {
        self.out().join("lengshi/latest").canonicalize().expect("a published run")
    }

    /// The command line of the nightly job.
    pub fn job(&self, more: &[&str]) -> Command {
        self.job_on(AS_OF, more)
    }

    /// The same for another day.
    pub fn job_on(&self, day: &str, more: &[&str]) -> Command {
        let (pipeline, out) = (self.pipeline(), self.out());
        let paths = [pipeline.to_str().unwrap(), "--out", out.to_str().unwrap()];
        let mut args = vec!["run"];
        args.extend(paths);
        args.extend(["--as-of", day]);
        args.extend(more);
        bulou(&args)
    }

    /// Runs the job and returns what it said.
    pub fn run(&self) -> Output {
        self.job(&[]).output().expect("the program starts")
    }

    /// Runs the job, which must succeed.
    pub fn publish(&self) -> PathBuf {
        let output = self.run();
        assert!(output.status.success(), "{}", said(&output));
        self.latest()
    }

    /// The one sample file whose path ends so.
    pub fn sample(&self, ending: &str) -> PathBuf {
        let all = files(&self.folder.path().join("data-samples"));
        let mut found = all.into_iter().filter(|it| it.to_string_lossy().ends_with(ending));
        let one = found.next().unwrap_or_else(|| panic!("no sample ends with {ending}"));
        assert!(found.next().is_none(), "several samples end with {ending}");
        one
    }

    /// Changes a text file of the pipeline.
    pub fn edit(&self, file: &str, change: impl Fn(&str) -> String) {
        let path = self.pipeline().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "the edit of {file} changes nothing");
        fs::write(path, changed).unwrap();
    }
}

/// Copies the pipelines to where there are no samples: Lengshi is measured by its real targets.
pub fn copy_pipelines(folder: &Path) {
    copy(&repository().join("pipelines"), &folder.join("pipelines"));
    let path = folder.join("pipelines/lengshi/pipeline.toml");
    let text = fs::read_to_string(&path).unwrap();
    let lines = text.lines().filter(|it| !it.starts_with("targets = "));
    fs::write(path, lines.collect::<Vec<_>>().join("\n")).unwrap();
}

/// Everything a program wrote.
pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// Every file below a folder, sorted, symbolic links left out.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            continue;
        }
        match path.is_dir() {
            true => all.extend(files(&path)),
            false => all.push(path),
        }
    }
    all.sort();
    all
}

/// The cells of a sheet as text, a vector a row.
pub fn sheet(workbook: &Path, name: &str) -> Vec<Vec<String>> {
    let mut workbook = open_workbook_auto(workbook).expect("a workbook");
    let range = workbook.worksheet_range(name).expect("the sheet");
    let text = |cell: &Data| cell.to_string();
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => {
                fs::copy(&path, target).unwrap();
            }
        }
    }
}
