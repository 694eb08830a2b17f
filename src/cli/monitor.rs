//! How a run is shown while it goes: a moving line on a terminal, plain or JSON lines elsewhere.
//!
//! Nothing that names a person is ever shown: files, counts and seconds only.

use std::{
    io::IsTerminal,
    sync::Mutex,
    time::{Duration, Instant},
};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    diagnostic::Lang,
    ingest::Progress,
    run::{Monitor, Stage},
};

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Shows a run and keeps its time.
pub struct Screen {
    lang: Lang,
    format: LogFormat,
    bar: Option<ProgressBar>,
    watch: Mutex<Watch>,
}

struct Watch {
    began: Instant,
    running: Option<(Stage, Instant)>,
    ended: Vec<(String, f64)>,
}

impl Screen {
    /// A moving line if standard error is a terminal and it is wanted, log lines otherwise.
    pub fn new(lang: Lang, format: LogFormat, wants_progress: bool) -> Screen {
        let is_live =
            wants_progress && format == LogFormat::Text && std::io::stderr().is_terminal();
        let bar = is_live.then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:>4} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let watch = Watch { began: Instant::now(), running: None, ended: Vec::new() };
        Screen { lang, format, bar, watch: Mutex::new(watch) }
    }

    /// Ends the last stage and clears the moving line; says how long it all took.
    pub fn finish(&self) -> f64 {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.with_watch(|watch| {
            watch.end_stage();
            watch.began.elapsed().as_secs_f64()
        })
    }

    fn with_watch<T>(&self, look: impl FnOnce(&mut Watch) -> T) -> T {
        // A watch that a panicking thread held is still a watch.
        let mut watch = self.watch.lock().unwrap_or_else(|it| it.into_inner());
        look(&mut watch)
    }

    fn say(&self, event: &str, shown: &str, fields: &[(&str, serde_json::Value)]) {
        if let Some(bar) = &self.bar {
            bar.set_message(shown.to_string());
            return;
        }
        let seconds = self.with_watch(|watch| watch.began.elapsed().as_secs_f64());
        match self.format {
            LogFormat::Text => eprintln!("{seconds:8.2}s  {shown}"),
            LogFormat::Json => {
                let seconds = (seconds * 1000.0).round() / 1000.0;
                let mut line = serde_json::json!({ "event": event, "seconds": seconds });
                for (name, value) in fields {
                    line[*name] = value.clone();
                }
                eprintln!("{line}");
            }
        }
    }
}

impl Watch {
    fn end_stage(&mut self) {
        if let Some((stage, began)) = self.running.take() {
            self.ended.push((stage.code().to_string(), began.elapsed().as_secs_f64()));
        }
    }
}

impl Progress for Screen {
    fn file_started(&self, source: &str, file: &str, bytes: u64) {
        let shown = format!("{source}: {file}");
        self.say(
            "file-started",
            &shown,
            &[("source", source.into()), ("file", file.into()), ("bytes", bytes.into())],
        );
    }

    fn file_done(&self, source: &str, file: &str, rows: u64) {
        let shown = match self.lang {
            Lang::Zh => format!("{source}: {file}（{rows}行）"),
            Lang::En => format!("{source}: {file} ({rows} rows)"),
        };
        self.say(
            "file-done",
            &shown,
            &[("source", source.into()), ("file", file.into()), ("rows", rows.into())],
        );
    }
}

impl Monitor for Screen {
    fn stage(&self, stage: Stage) {
        self.with_watch(|watch| {
            watch.end_stage();
            watch.running = Some((stage, Instant::now()));
        });
        let shown = match self.lang {
            Lang::Zh => stage.zh(),
            Lang::En => stage.code(),
        };
        self.say("stage", shown, &[("stage", stage.code().into())]);
    }

    fn timings(&self) -> Vec<(String, f64)> {
        self.with_watch(|watch| {
            let so_far = |(stage, began): &(Stage, Instant)| {
                (stage.code().to_string(), began.elapsed().as_secs_f64())
            };
            watch.ended.iter().cloned().chain(watch.running.iter().map(so_far)).collect()
        })
    }
}
