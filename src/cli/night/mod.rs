//! `bulou night`: the runs of several pipelines, one after the other, each failing alone.
//!
//! Each run is a process of its own, so that one that is killed for its memory, or stops at a bug,
//! takes no other with it.

mod catch_up;
mod file;
mod hook;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use chrono::NaiveDate;

use super::{Langs, deliver, monitor::LogFormat, purge};
use crate::{
    config::Pipeline,
    diagnostic::Lang,
    error::{Error, Result},
    publish::Keep,
};
use file::{County, NightFile};

crate::labelled! {
    /// What came of one run, or of the delivery after it.
    pub enum Status {
        Done = "done", "完成";
        /// Not every list has reached whom it is for.
        Undelivered = "undelivered", "名单未全部送达";
        Locked = "locked", "另一任务占用";
        Held = "held", "暂不发布";
        Failed = "failed", "失败";
    }
}

impl Status {
    /// What a run's exit status means; none where it was killed.
    fn of_run(code: Option<i32>) -> Status {
        match code {
            Some(0) => Status::Done,
            Some(3) => Status::Held,
            Some(4) => Status::Locked,
            _ => Status::Failed,
        }
    }

    /// What a delivery's exit status means.
    fn of_delivery(code: Option<i32>) -> Status {
        match code {
            Some(0) => Status::Done,
            Some(4) => Status::Locked,
            _ => Status::Undelivered,
        }
    }

    /// The exit status of a night of which this is the worst.
    fn exit_code(self) -> u8 {
        match self {
            Status::Done => 0,
            Status::Undelivered => deliver::UNDELIVERED,
            Status::Failed => 1,
            Status::Held => 3,
            Status::Locked => 4,
        }
    }
}

#[derive(clap::Args)]
pub struct Args {
    /// The file with the night's pipelines
    night: PathBuf,
    /// The day to look at the world from; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
}

pub(super) fn execute(args: &Args, langs: Langs) -> Result<u8> {
    let file = NightFile::open(&args.night)?;
    // One day for all, also if midnight passes meanwhile.
    let as_of = args.as_of.unwrap_or_else(super::today);
    let program = std::env::current_exe().map_err(Error::io("find the program", "bulou"))?;
    let job = Job { file: &file, program, langs };
    let all: Vec<Status> = file.counties.iter().flat_map(|it| job.county(it, as_of)).collect();
    Ok(all.into_iter().max().unwrap_or(Status::Done).exit_code())
}

/// What the runs of a night share.
struct Job<'a> {
    file: &'a NightFile,
    program: PathBuf,
    langs: Langs,
}

/// One county, as the night knows it.
struct Named<'a> {
    county: &'a County,
    name: String,
    /// Where its runs are; nothing where its configuration cannot be read.
    home: Option<PathBuf>,
    /// Whether its lists are delivered.
    delivers: bool,
}

impl Job<'_> {
    /// One county: the night that was missed, tonight's, its lists, then what has become old.
    fn county(&self, county: &County, as_of: NaiveDate) -> Vec<Status> {
        // What is wrong with it is said by its run.
        let pipeline = Pipeline::open(&county.pipeline).ok();
        let folder = county.pipeline.file_name().unwrap_or_default().to_string_lossy();
        let delivers = pipeline.as_ref().is_some_and(|it| it.delivery.is_some());
        let name = pipeline.map(|it| it.name);
        let home = name.as_ref().map(|it| self.file.out.join(it));
        let name = name.unwrap_or_else(|| folder.into_owned());
        let it = Named { county, name, home, delivers };
        let mut all: Vec<Status> =
            self.missed(&it, as_of).into_iter().map(|missed| self.run(&it, missed)).collect();
        let tonight = self.run(&it, as_of);
        all.push(tonight);
        // Also where the run was held: what could not be delivered before is tried again.
        if it.delivers && it.home.as_ref().is_some_and(|it| it.is_dir()) {
            all.push(self.deliver(&it, as_of));
        }
        if let (Status::Done, Some(days)) = (tonight, self.file.keep_runs_days) {
            self.purge(&it, Keep { as_of, days, newest: 1, months: true });
        }
        all
    }

    fn missed(&self, it: &Named<'_>, as_of: NaiveDate) -> Option<NaiveDate> {
        let missed = catch_up::missed(it.home.as_ref()?, as_of, self.file.catch_up_days?);
        missed.unwrap_or_else(|error| {
            self.tell("catch-up", it, &error.show(self.langs.said));
            None
        })
    }

    /// One run and its hook.
    fn run(&self, it: &Named<'_>, as_of: NaiveDate) -> Status {
        if self.file.log == LogFormat::Text {
            eprintln!("== {} {as_of}", it.name);
        }
        let log = match self.file.log {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        let more = ["--no-progress", "--log-format", log];
        let status = match self.child("run", it, as_of).args(more).status() {
            Ok(status) => Status::of_run(status.code()),
            Err(error) => {
                self.tell("run", it, &error.to_string());
                Status::Failed
            }
        };
        let run = it.home.as_deref().filter(|_| status == Status::Done).and_then(latest);
        self.ended(it, &hook::Told { pipeline: &it.name, as_of, status, run: run.as_deref() });
        status
    }

    /// Sends the lists that are due. A hook hears of it where one has not arrived.
    fn deliver(&self, it: &Named<'_>, as_of: NaiveDate) -> Status {
        let mut command = self.child("deliver", it, as_of);
        if self.file.log == LogFormat::Json {
            command.arg("--json");
        }
        let status = match command.status() {
            Ok(status) => Status::of_delivery(status.code()),
            Err(error) => {
                self.tell("deliver", it, &error.to_string());
                Status::Undelivered
            }
        };
        if status != Status::Done {
            let run = it.home.as_deref().and_then(latest);
            self.ended(it, &hook::Told { pipeline: &it.name, as_of, status, run: run.as_deref() });
        }
        status
    }

    /// Another command of this program, for a county and a day.
    fn child(&self, act: &str, it: &Named<'_>, as_of: NaiveDate) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(act).arg(&it.county.pipeline).args(["--as-of", &as_of.to_string()]);
        command.arg("--out").arg(&self.file.out);
        // The locale is the command's own to read.
        match self.langs.asked {
            None => {}
            Some(Lang::Zh) => {
                command.args(["--lang", "zh"]);
            }
            Some(Lang::En) => {
                command.args(["--lang", "en"]);
            }
        }
        command
    }

    /// The hook that is to hear how something ended, then the log.
    fn ended(&self, it: &Named<'_>, told: &hook::Told<'_>) {
        let hook = match told.status {
            Status::Done => &it.county.on_success,
            Status::Undelivered | Status::Locked | Status::Held | Status::Failed => {
                &it.county.on_failure
            }
        };
        if let Err(error) = hook::call(hook, told, self.file.hook_timeout) {
            self.tell("hook", it, &error);
        }
        self.told(told);
    }

    fn purge(&self, it: &Named<'_>, keep: Keep) {
        let Some(home) = &it.home else { return };
        match purge::remove(home, keep) {
            Ok(removed) => removed.iter().for_each(|run| {
                self.tell("purged", it, &run.display().to_string());
            }),
            Err(error) => self.tell("purge", it, &error.show(self.langs.said)),
        }
    }

    /// How a run ended.
    fn told(&self, told: &hook::Told<'_>) {
        let run = told.run.map(|it| it.display().to_string()).unwrap_or_default();
        match self.file.log {
            LogFormat::Text => {
                let status = match self.langs.said {
                    Lang::Zh => told.status.zh(),
                    Lang::En => told.status.code(),
                };
                let line = format!("{} {} {status} {run}", told.pipeline, told.as_of);
                println!("{}", line.trim_end());
            }
            LogFormat::Json => println!(
                "{}",
                serde_json::json!({
                    "event": "night", "pipeline": told.pipeline, "as_of": told.as_of.to_string(),
                    "status": told.status.code(), "folder": run,
                })
            ),
        }
    }

    /// What else the operator must know of.
    fn tell(&self, event: &str, it: &Named<'_>, what: &str) {
        match self.file.log {
            LogFormat::Text => eprintln!("{} {event}: {what}", it.name),
            LogFormat::Json => {
                eprintln!(
                    "{}",
                    serde_json::json!({"event": event, "pipeline": it.name, "what": what})
                );
            }
        }
    }
}

/// The folder that was just published.
fn latest(home: &Path) -> Option<PathBuf> {
    home.join("latest").canonicalize().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_a_night_is_its_exit_status() {
        let night = |codes: &[Option<i32>]| {
            codes.iter().map(|it| Status::of_run(*it)).max().map(Status::exit_code)
        };
        assert_eq!(night(&[Some(0), Some(0)]), Some(0));
        assert_eq!(night(&[Some(0), Some(4)]), Some(4));
        assert_eq!(night(&[Some(4), Some(3), Some(0)]), Some(3));
        assert_eq!(night(&[Some(3), Some(1), Some(4)]), Some(1));
        assert_eq!(night(&[Some(0), None]), Some(1), "killed");
        let delivered = |code| [Status::of_delivery(code), Status::Done].into_iter().max();
        assert_eq!(delivered(Some(0)).map(Status::exit_code), Some(0));
        assert_eq!(delivered(Some(5)).map(Status::exit_code), Some(5));
        assert_eq!(delivered(Some(2)).map(Status::exit_code), Some(5), "its configuration");
        assert!(Status::Undelivered < Status::Locked, "what was not even run is worse");
        assert_eq!(night(&[Some(2), Some(0)]), Some(1), "one county's configuration");
    }
}
