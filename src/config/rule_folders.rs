//! The folders whose rules hold: the pipeline's own, then those it extends, nearest first.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::TomlFile;
use crate::{
    diagnostic::Message,
    error::{Error, Result},
};

/// Folders with `policy/`, `divisions.csv`, `targets.csv` and `layouts.toml`, nearest first. Of a
/// file that several have, the nearest counts, whole.
#[derive(Clone, Debug)]
pub struct RuleFolders {
    folders: Vec<PathBuf>,
    /// The table of targets that the pipeline names itself.
    targets: Option<PathBuf>,
}

/// What matters here of a `pipeline.toml`; the rest is checked by its own type.
#[derive(Deserialize)]
struct ExtendsToml {
    rules: Option<Spanned<String>>,
    targets: Option<String>,
}

impl RuleFolders {
    /// Follows `rules` from a folder to the last that extends nothing.
    pub fn open(folder: &Path) -> Result<RuleFolders> {
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = next(&folders)? {
            folders.push(next);
        }
        let targets = extends(folder)?.and_then(|it| it.1.targets);
        Ok(RuleFolders { folders, targets: targets.map(|it| folder.join(it)) })
    }

    /// Folders given one by one.
    pub fn of(folders: Vec<PathBuf>) -> RuleFolders {
        RuleFolders { folders, targets: None }
    }

    /// The folders, nearest first.
    pub fn iter(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(PathBuf::as_path)
    }

    /// The nearest file of that name.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        if name == "targets.csv" && self.targets.is_some() {
            return self.targets.clone();
        }
        self.folders.iter().map(|it| it.join(name)).find(|it| it.is_file())
    }

    /// The nearest file of that name, which must be there.
    pub fn need(&self, name: &str) -> Result<PathBuf> {
        self.file(name).ok_or_else(|| {
            let searched: Vec<String> = self.iter().map(|it| it.display().to_string()).collect();
            let searched = searched.join(", ");
            Error::Usage(Message::new(
                format!(
                    "缺少 {name}（找过 {searched}）；放进流水线文件夹，或用 rules 继承有它的文件夹"
                ),
                format!(
                    "{name} is missing (searched {searched}); add it, or extend a folder that has \
                     it by `rules`"
                ),
            ))
        })
    }
}

/// What a folder's `pipeline.toml` says of rules, if it has one.
fn extends(folder: &Path) -> Result<Option<(TomlFile, ExtendsToml)>> {
    let path = folder.join("pipeline.toml");
    if !path.is_file() {
        return Ok(None);
    }
    let file = TomlFile::open(&path)?;
    let extends = file.parse::<ExtendsToml>()?;
    Ok(Some((file, extends)))
}

/// The folder that the last one extends.
fn next(folders: &[PathBuf]) -> Result<Option<PathBuf>> {
    let last = &folders[folders.len() - 1];
    let Some((file, ExtendsToml { rules: Some(rules), .. })) = extends(last)? else {
        return Ok(None);
    };
    let next = last.join(rules.get_ref());
    let canonical = |it: &PathBuf| it.canonicalize().ok();
    let is_known = folders.iter().any(|it| canonical(it) == canonical(&next));
    if next.is_dir() && !is_known {
        return Ok(Some(next));
    }
    let shown = next.display();
    Err(file.refuse(
        rules.span(),
        Message::new(
            format!("继承的规则文件夹 {shown} 不存在或循环继承"),
            format!("the rules folder {shown} does not exist, or extends itself"),
        ),
        Message::new(
            "rules 应指向另一个含 policy/ 的文件夹（相对本文件夹）",
            "rules names another folder with policy/, relative to this one",
        ),
    ))
}
