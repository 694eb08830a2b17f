//! The unattended night as deploy/README.md installs it: the service's own command line, on a machine
//! that lies under a prefix.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::support::{copy, copy_pipelines, files, repository, said};

/// A machine whose root is a folder.
struct Machine {
    root: TempDir,
}

impl Machine {
    /// What the steps of deploy/README.md leave: program, folders, counties, night.toml.
    fn installed() -> Machine {
        let machine = Machine { root: TempDir::new().unwrap() };
        let program = machine.path("/usr/local/bin/bulou");
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_bulou"), program).unwrap();
        let home = machine.path("/srv/bulou");
        copy_pipelines(&home);
        for sample in ["lengshi", "taikang"] {
            let part = format!("data-samples/{sample}");
            copy(&repository().join(&part), &home.join(part));
        }
        // The deployed night.toml names a county anhua; the samples' town stands for it.
        fs::rename(home.join("pipelines/lengshi"), home.join("pipelines/anhua")).unwrap();
        let pipeline = home.join("pipelines/anhua/pipeline.toml");
        let text = fs::read_to_string(&pipeline).unwrap();
        fs::write(pipeline, text.replace("name = \"lengshi\"", "name = \"anhua\"")).unwrap();
        for folder in ["", "runs", "pipelines"] {
            let folder = home.join(folder);
            fs::create_dir_all(&folder).unwrap();
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
        }
        let night = fs::read_to_string(repository().join("deploy/night.toml")).unwrap();
        fs::write(home.join("night.toml"), machine.moved(&night)).unwrap();
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path.trim_start_matches('/'))
    }

    /// A text whose paths begin at the prefix.
    fn moved(&self, text: &str) -> String {
        let to = |path: &str| self.path(path).display().to_string();
        text.replace("/srv/bulou", &to("/srv/bulou"))
            .replace("/usr/local/bin", &to("/usr/local/bin"))
    }

    /// Starts the service as systemd would, as far as a user can: its command line word by word, its
    /// umask and folder, and nothing in the environment.
    fn start(&self) -> Output {
        let line = self.moved(&setting("ExecStart"));
        assert!(!line.contains(['"', '\'', '$', '%', '\\']), "systemd reads {line} in its own way");
        let umask = setting("UMask");
        Command::new("/bin/sh")
            .args(["-c", &format!("umask {umask}; exec env -i \"$@\""), "sh"])
            .args(line.split_whitespace())
            .current_dir(self.moved(&setting("WorkingDirectory")))
            .env_clear()
            .output()
            .unwrap()
    }
}

/// The one value of a key in deploy/bulou.service.
fn setting(key: &str) -> String {
    let unit = fs::read_to_string(repository().join("deploy/bulou.service")).unwrap();
    let mut values = unit.lines().filter_map(|it| it.strip_prefix(key)?.strip_prefix('='));
    let value = values.next().unwrap_or_else(|| panic!("no {key}")).to_string();
    assert!(values.next().is_none(), "{key} twice");
    value
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let inner = entries.filter(|it| it.is_dir() && !it.is_symlink());
    let mut all: Vec<PathBuf> = inner.flat_map(|it| folders(&it)).collect();
    all.push(folder.to_path_buf());
    all
}

#[test]
fn the_services_own_command_line_publishes_the_night_for_its_owner_only() {
    let machine = Machine::installed();
    let output = machine.start();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let runs = machine.path("/srv/bulou/runs");
    for county in ["anhua", "taikang"] {
        let latest = runs.join(county).join("latest").canonicalize().expect("a published run");
        assert!(latest.join("manifest.json").is_file() && latest.join("report.html").is_file());
        assert_eq!(fs::read_dir(runs.join(county).join("history")).unwrap().count(), 1);
    }
    assert!(files(&runs).len() > 40);
    for file in files(&runs) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    for folder in folders(&runs) {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    // What the unit lets it write is all that it has written; there is no share to send lists to.
    let home = machine.path("/srv/bulou");
    assert_eq!(setting("ReadWritePaths"), "/srv/bulou/runs -/srv/outbox");
    let mut left: Vec<_> = fs::read_dir(&home).unwrap().map(|it| it.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["data-samples", "night.toml", "pipelines", "runs"]);
    // The journal gets lines that a program can read, in Chinese where they are sentences.
    let log = String::from_utf8_lossy(&output.stderr);
    let is_told = |it: &str| serde_json::from_str::<serde_json::Value>(it).is_ok();
    assert!(log.lines().any(is_told), "{log}");
}

#[test]
fn a_county_without_its_key_fails_the_service_and_not_its_neighbour() {
    let machine = Machine::installed();
    fs::remove_file(machine.path("/srv/bulou/pipelines/anhua/person.key")).unwrap();
    let output = machine.start();
    assert_eq!(output.status.code(), Some(1), "the unit must fail: {}", said(&output));
    assert!(machine.path("/srv/bulou/runs/taikang/latest").exists());
    assert!(!machine.path("/srv/bulou/runs/anhua/latest").exists());
}
