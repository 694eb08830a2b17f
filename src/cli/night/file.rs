//! `night.toml`: the counties of a night, and what is to be done around their runs.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Deserialize;
use toml::Spanned;

use crate::{
    cli::monitor::LogFormat,
    config::TomlFile,
    diagnostic::Message,
    error::{Error, Result},
};

/// How long a hook may take, where the file does not say.
const HOOK_TIMEOUT_SECONDS: u64 = 600;
/// How long the stop before a missed night may have been, where the file does not say.
const CATCH_UP_DAYS: u64 = 7;

/// A checked `night.toml`; paths begin where the file lies.
#[derive(Debug)]
pub struct NightFile {
    pub out: PathBuf,
    pub log: LogFormat,
    /// Runs of more days ago are removed; nothing is where the file does not say.
    pub keep_runs_days: Option<u64>,
    /// How many days ago the last publication may lie for a missed night to be made good; nothing
    /// where none is to be.
    pub catch_up_days: Option<u64>,
    /// How long a hook may take.
    pub hook_timeout: Duration,
    pub counties: Vec<County>,
}

/// One pipeline of the night, with its hooks: its own, else those of the night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct County {
    pub pipeline: PathBuf,
    /// A program and its arguments; nothing is run where it is empty.
    pub on_success: Vec<String>,
    pub on_failure: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    night: RawNight,
    county: Vec<RawCounty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNight {
    out: PathBuf,
    log: Option<Spanned<String>>,
    keep_runs_days: Option<u64>,
    #[serde(default)]
    catch_up: bool,
    catch_up_days: Option<u64>,
    hook_timeout_seconds: Option<u64>,
    #[serde(default)]
    on_success: Vec<String>,
    #[serde(default)]
    on_failure: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCounty {
    pipeline: Spanned<PathBuf>,
    on_success: Option<Vec<String>>,
    on_failure: Option<Vec<String>>,
}

impl NightFile {
    /// Reads and checks the file. Whether a county's folder is sound is the county's own matter.
    pub fn open(path: &Path) -> Result<NightFile> {
        NightFile::of(&TomlFile::open(path)?)
    }

    fn of(file: &TomlFile) -> Result<NightFile> {
        let folder = file.path.parent().unwrap_or(Path::new(""));
        let Raw { night, county } = file.parse::<Raw>()?;
        let mut counties: Vec<County> = Vec::new();
        for raw in county {
            let pipeline = folder.join(raw.pipeline.get_ref());
            if counties.iter().any(|it| it.pipeline == pipeline) {
                return Err(twice(file, &raw.pipeline));
            }
            let on_success = raw.on_success.unwrap_or_else(|| night.on_success.clone());
            let on_failure = raw.on_failure.unwrap_or_else(|| night.on_failure.clone());
            counties.push(County { pipeline, on_success, on_failure });
        }
        Ok(NightFile {
            out: folder.join(&night.out),
            log: night.log.as_ref().map_or(Ok(LogFormat::Text), |it| log_format(file, it))?,
            keep_runs_days: night.keep_runs_days,
            catch_up_days: night.catch_up.then(|| night.catch_up_days.unwrap_or(CATCH_UP_DAYS)),
            hook_timeout: Duration::from_secs(
                night.hook_timeout_seconds.unwrap_or(HOOK_TIMEOUT_SECONDS),
            ),
            counties,
        })
    }
}

fn twice(file: &TomlFile, pipeline: &Spanned<PathBuf>) -> Error {
    file.refuse(
        pipeline.span(),
        Message::new("同一流水线写了两次", "this pipeline stands here twice"),
        Message::new("删去一处", "remove one of them"),
    )
}

fn log_format(file: &TomlFile, log: &Spanned<String>) -> Result<LogFormat> {
    <LogFormat as clap::ValueEnum>::from_str(log.get_ref(), false).map_err(|_| {
        file.refuse(
            log.span(),
            Message::new("没有这种日志格式", "there is no such format of log lines"),
            Message::new("写 \"text\" 或 \"json\"", "write \"text\" or \"json\""),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Lang;

    fn read(text: &str) -> Result<NightFile> {
        NightFile::of(&TomlFile { path: "/srv/bulou/night.toml".into(), text: text.into() })
    }

    #[test]
    fn a_county_has_the_hooks_of_the_night_unless_it_names_its_own() {
        let night = read(
            "[night]\nout = \"runs\"\non_failure = [\"mail\", \"a b\"]\n\
             [[county]]\npipeline = \"anhua\"\n\
             [[county]]\npipeline = \"/etc/taikang\"\non_failure = []\non_success = [\"ok\"]\n",
        )
        .unwrap();
        let [one, two] = &night.counties[..] else { panic!("{night:?}") };
        assert_eq!(one.pipeline, Path::new("/srv/bulou/anhua"));
        assert_eq!(
            (&one.on_failure[..], one.on_success.len()),
            (&["mail".into(), "a b".into()][..], 0)
        );
        assert_eq!(two.pipeline, Path::new("/etc/taikang"));
        assert_eq!((two.on_failure.len(), &two.on_success[..]), (0, &["ok".to_string()][..]));
        assert_eq!(night.out, Path::new("/srv/bulou/runs"));
        assert_eq!((night.keep_runs_days, night.catch_up_days), (None, None), "nothing unasked");
        assert_eq!(night.hook_timeout.as_secs(), HOOK_TIMEOUT_SECONDS);
    }

    #[test]
    fn the_example_loads() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/night.toml");
        let night = NightFile::open(&path).unwrap();
        assert_eq!((night.counties.len(), night.keep_runs_days), (2, Some(60)));
        assert_eq!((night.log, night.catch_up_days), (LogFormat::Json, Some(CATCH_UP_DAYS)));
    }

    #[test]
    fn what_cannot_be_meant_is_shown_with_its_line() {
        let county = "[[county]]\npipeline = \"a\"\n";
        for (text, said) in [
            (format!("[night]\nout = \"r\"\nlog = \"xml\"\n{county}"), "3 | log = \"xml\""),
            (format!("[night]\nout = \"r\"\nkeep = 3\n{county}"), "3 | keep = 3"),
            (
                format!("[night]\nout = \"r\"\non_failure = \"rm -rf /\"\n{county}"),
                "3 | on_failure",
            ),
            (format!("[night]\nout = \"r\"\n{county}{county}"), "6 | pipeline = \"a\""),
            ("[night]\nout = \"r\"\n".to_string(), "missing field `county`"),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.exit_code(), 2);
            assert!(error.show(Lang::En).contains(said), "{}", error.show(Lang::En));
        }
    }
}
